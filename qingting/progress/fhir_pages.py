"""Questionnaires and check-ins as FHIR: taken along as one file, and answers from elsewhere brought
here by pasting them. Nothing is uploaded as a file; a browser may read one into the field."""

from __future__ import annotations

import json
import logging
from typing import Any, Final
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from qingting.companion.instruments.shelf import instruments
from qingting.people.accounts.freshness import asked_first
from qingting.people.actor import actor_of
from qingting.people.visitors import person_of, token_of
from qingting.privacy import audit
from qingting.privacy.audit import Action, By
from qingting.progress import fhir_words, question_hearing
from qingting.progress.errors import CannotStore
from qingting.progress.fhir import making, reading, taking_in
from qingting.progress.fhir.reading import Read
from qingting.progress.fhir.taking_in import Taken
from qingting.progress.moods import moods
from qingting.progress.questionnaires import past
from qingting.progress.questions_page import asker
from qingting.progress.service import current
from qingting.progress.visiting import saving
from qingting.safety.hearing import Answer

log = logging.getLogger(__name__)

# Bytes of one paste; what else a form carries fits beside it (site/settings.py: 256 KiB).
MOST_BYTES: Final = 240_000
_TOLD: Final = 20


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def fhir(request: HttpRequest) -> HttpResponse:
    """The two ways. Posting with step "take" answers with the file, else with what came of what was
    pasted."""
    if request.method != "POST":
        return _page(request)
    if request.POST.get("step") == "take":
        return _take(request)
    text = request.POST.get("answers", "")
    if len(text.encode(errors="replace")) > MOST_BYTES:
        return _page(request, text, problem=fhir_words.too_much(), status=400)
    found = _read(request, text)
    if found.problem is not None:
        heard = _heard(request, found)
        return _page(request, text, problem=_wrong(found), heard=heard, status=400)
    who, seed = asker(request)[1], uuid4().hex

    def save(person: UUID) -> HttpResponse:
        taken = taking_in.take_in(current(), person, found.brought, who, seed)
        return _page(request, taken=taken, found=found, heard=taken.heard)

    def refused(said: str, status: int) -> HttpResponse:
        return _page(request, text, said=said, heard=_unkept(request, found), status=status)

    return saving(request, save, refused, begins=True)


@cache_control(no_store=True)
def expired(request: HttpRequest) -> HttpResponse:
    """A form whose protection expired: what was pasted stays in the field, and danger in it is
    heard."""
    text = request.POST.get("answers", "")
    heard = None
    if text and len(text.encode(errors="replace")) <= MOST_BYTES:
        heard = _unkept(request, _read(request, text))
    return _page(request, text, said="expired", heard=heard, status=403)


def _take(request: HttpRequest) -> HttpResponse:
    """The file: noted before it is handed out, as every copy."""
    whole = request.POST.get("what") != "answers"

    def make(person: UUID) -> HttpResponse:
        asked = asked_first(request, person, reverse("progress_fhir"))
        if asked is not None:
            return asked
        progress, reader = current(), person_of(request)
        now = progress.clock()
        found = moods(progress, person) if whole else []
        bundle = making.bundle(person, past(progress, person), found, reader, now)
        audit.record(Action.EXPORTED, by=By("person", str(person)), subject=person, now=now)
        # Without a space that is not needed, so that more of it goes into a field again.
        text = json.dumps(bundle, ensure_ascii=False, separators=(",", ":"))
        response = HttpResponse(text, content_type="application/fhir+json; charset=utf-8")
        # A name that says nothing to whoever looks over a shoulder.
        name = f"copy-{now:%Y-%m-%d}.json"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def refused(said: str, status: int) -> HttpResponse:
        return _page(request, said="unreadable" if said == "unsaved" else said, status=status)

    try:
        if actor_of(request).person is None:
            return _page(request, said="nothing")
    except CannotStore:
        return refused("unreadable", 503)
    return saving(request, make, refused)


def _read(request: HttpRequest, text: str) -> Read:
    reader = person_of(request)
    today = reader.local(current().clock()).date()
    return reading.read(text, instruments(), today, lambda moment: reader.local(moment).date())


def _wrong(found: Read) -> str:
    return fhir_words.told(found.problem) if found.problem is not None else ""


def _heard(request: HttpRequest, found: Read) -> Answer | None:
    """The words for danger in what is not taken, with the episode raised where that can be kept."""
    person, who = asker(request)
    if person is not None and found.brought:
        try:
            return taking_in.hear(current(), person, found.brought, who, uuid4().hex)
        except CannotStore as error:
            log.error("danger could not be stored: %s", type(error).__name__)
    return _unkept(request, found)


def _unkept(request: HttpRequest, found: Read) -> Answer | None:
    """The same where nothing can be kept: such words do not wait for storage."""
    who = asker(request)[1]
    ticked = taking_in.dangers(found.brought, ())
    return question_hearing.hear_unsaved(current(), token_of(request), ticked, who, uuid4().hex)


def _page(
    request: HttpRequest,
    text: str = "",
    *,
    said: str = "",
    problem: str = "",
    taken: Taken | None = None,
    found: Read | None = None,
    heard: Answer | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "text": text,
        "said": said,
        "problem": problem,
        "taken": taken,
        "heard": heard,
        "key": uuid4().hex,
        "most": MOST_BYTES,
    }
    if taken is not None and found is not None:
        context["left"] = [fhir_words.told(one) for one in found.left[:_TOLD]]
        context["more"] = max(0, len(found.left) - _TOLD)
        context["kept_out"] = fhir_words.kept_out(taken.kept_out, person_of(request))
    return render(request, "progress/fhir.html", context, status=status)
