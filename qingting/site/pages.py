"""Pages of no feature: what this is, and whether it is up."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from qingting.people import data_pages
from qingting.skills import pages as skill_pages
from qingting.talk import pages as talk_pages


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is, who can read what is written, when somebody would be told."""
    return render(request, "about.html")


def broken(request: HttpRequest) -> HttpResponse:
    """Something of ours failed; Django's own handler would leave the page without its language."""
    return HttpResponseServerError(render_to_string("500.html", request=request))


def refused(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A form whose protection expired: each feature keeps what was typed into its own."""
    if request.path.startswith(reverse("skills")):
        return skill_pages.expired(request)
    if request.path.startswith(reverse("my_data")):
        return data_pages.expired(request)
    return talk_pages.csrf_failed(request, reason)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answers when the process does; says nothing else."""
    return HttpResponse("ok", content_type="text/plain")
