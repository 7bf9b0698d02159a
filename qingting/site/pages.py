"""Pages of no feature: what this is, and whether it is up."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is, who can read what is written, when somebody would be told."""
    return render(request, "about.html")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answers when the process does; says nothing else."""
    return HttpResponse("ok", content_type="text/plain")
