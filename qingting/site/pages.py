"""Pages of no feature: what this is, and whether it is up."""

from __future__ import annotations

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseForbidden,
    HttpResponseServerError,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from qingting.complaints import pages as complaint_pages
from qingting.memory import pages as memory_pages
from qingting.people import data_pages
from qingting.people.hiding import pin_pages
from qingting.progress import (
    choice_pages,
    fhir_pages,
    import_pages,
    journal_pages,
    letter_pages,
    mood_pages,
    questionnaire_pages,
    summary_pages,
)
from qingting.skills import pages as skill_pages
from qingting.talk import pages as talk_pages
from qingting.voices import pages as voice_pages


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is, who can read what is written, when somebody would be told."""
    return render(request, "about.html")


@require_safe
def promise(request: HttpRequest) -> HttpResponse:
    """What no school can do here, and what happens before something changes or ends."""
    return render(request, "promise.html")


def broken(request: HttpRequest) -> HttpResponse:
    """Something of ours failed; Django's own handler would leave the page without its language."""
    return HttpResponseServerError(render_to_string("500.html", request=request))


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that nothing can be made of. The page asks nothing of it but its language."""
    return HttpResponseBadRequest(_bare("400.html", request))


def closed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page that is not theirs to open; it says no more than that."""
    return HttpResponseForbidden(_bare("403.html", request))


def _bare(template: str, request: HttpRequest) -> str:
    language = translation.get_language_from_request(request)
    with translation.override(language):
        return render_to_string(template, {"html_lang": language})


def refused(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A form whose protection expired: each feature keeps what was typed into its own."""
    if request.path.startswith(reverse("skills")):
        return skill_pages.expired(request)
    if request.path.startswith(reverse("memory")):
        return memory_pages.expired(request)
    for prefix, page in (
        (reverse("mood"), mood_pages.expired),
        (reverse("journal"), journal_pages.expired),
        (reverse("progress_import"), import_pages.expired),
        (reverse("progress_choice"), choice_pages.expired),
        (reverse("letters"), letter_pages.expired),
        (reverse("progress_summary"), summary_pages.expired),
        (reverse("progress_fhir"), fhir_pages.expired),
        (reverse("voices"), voice_pages.expired),
        (reverse("complaints"), complaint_pages.expired),
    ):
        if request.path.startswith(prefix):
            return page(request)
    if request.path.startswith(reverse("questions")):
        return questionnaire_pages.expired(request)
    if request.path.startswith(reverse("my_data")):
        return data_pages.expired(request)
    if request.path.startswith(reverse("notes")):
        return pin_pages.shut(request)
    if request.path.startswith(reverse("staff")):
        # Nothing that was typed on a page of staff goes on: it is about somebody else.
        return render(request, "staff/shut.html", {"expired": True}, status=403)
    return talk_pages.csrf_failed(request, reason)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answers when the process does; says nothing else."""
    return HttpResponse("ok", content_type="text/plain")
