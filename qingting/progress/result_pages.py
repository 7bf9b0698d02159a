"""Pages of what came of a questionnaire: read, deleted, asked again or not."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from qingting.companion.instruments.instrument import Answers
from qingting.companion.instruments.shelf import instruments
from qingting.companion.person import Person
from qingting.companion.protect.resources import Directory
from qingting.progress import question_hearing, questionnaires, schedules
from qingting.progress.errors import CannotStore
from qingting.progress.question_shown import shown_past, shown_result
from qingting.progress.questions_page import asker, listed, may
from qingting.progress.service import NoSuchThing, current
from qingting.safety.hearing import Answer
from qingting.safety.shown import first_line

log = logging.getLogger(__name__)


@cache_control(no_store=True)
@require_safe
def result(request: HttpRequest, which: UUID) -> HttpResponse:
    """What came of one."""
    person, who = asker(request)
    try:
        answers = questionnaires.result(current(), person, which)
    except NoSuchThing:
        raise Http404 from None
    except CannotStore:
        return listed(request, said="unreadable", status=503)
    return shown(request, answers, who)


@cache_control(no_store=True)
@require_POST
def delete(request: HttpRequest, which: UUID) -> HttpResponse:
    """Delete one, when the box beside the button was ticked."""

    def do(person: UUID | None) -> HttpResponse:
        if request.POST.get("sure"):
            questionnaires.delete(current(), person, which)
            return _to(reverse("questions") + "?said=deleted")
        questionnaires.result(current(), person, which)
        return _to(reverse("questions_result", args=[which]))

    return _guarded(request, do)


@cache_control(no_store=True)
@require_POST
def again(request: HttpRequest, key: str) -> HttpResponse:
    """Ask one again every two weeks, or no more."""
    if key not in instruments():
        raise Http404
    wanted = request.POST.get("want") == "yes"

    def do(person: UUID | None) -> HttpResponse:
        # Who never answered anything has nothing to be asked again.
        if person is not None and wanted:
            today = asker(request)[1].local(current().clock()).date()
            schedules.ask_again(current(), person, key, today)
        elif person is not None:
            schedules.ask_no_more(current(), person, key)
        return _to(reverse("questions") + f"?said={'again' if wanted else 'quiet'}")

    return _guarded(request, do)


def shown(
    request: HttpRequest, answers: Answers, who: Person, *, heard: Answer | None = None
) -> HttpResponse:
    """The page of one. heard: the words for danger answered just now; where it is read again, its
    first words and a line lead the page."""
    instrument = instruments().get(answers.instrument)
    moment = current().clock()
    context: dict[str, Any] = {
        "id": UUID(answers.id),
        "heard": heard,
        "asked": heard is not None,
        "key": uuid4().hex,
    }
    if instrument is None:
        context["gone"] = shown_past(answers, None, who)
        return render(request, "progress/question_result.html", context)
    if heard is None:
        context["heard"] = question_hearing.again(instrument, answers, who, moment)
    person, _who = asker(request)
    found = shown_result(instrument, answers, _before(person, answers), who)
    context |= {
        "result": found,
        "every": _every(person, answers.instrument),
        "begin": "" if context["heard"] else _beginning(),
        "can_open": any(one.key == instrument.key for one in questionnaires.offered(who, moment)),
    }
    if found.above and not context["heard"]:
        place = Directory.load().for_place(who.region, language=who.language)
        context["line"] = first_line(place, who, moment)
    return render(request, "progress/question_result.html", context)


def _beginning() -> str:
    """What a talk may begin with; in the field, to be changed or taken out."""
    return _(
        "I've just answered some questions about how I've been, and I'd like to talk about it."
    )


def _before(person: UUID | None, answers: Answers) -> Answers | None:
    try:
        return None if person is None else questionnaires.one_before(current(), person, answers)
    except CannotStore:
        return None


def _every(person: UUID | None, key: str) -> int:
    try:
        found = {} if person is None else schedules.chosen(current(), person)
    except CannotStore:
        return 0
    return found[key].every if key in found else 0


def _guarded(request: HttpRequest, do: Callable[[UUID | None], HttpResponse]) -> HttpResponse:
    person, _who = asker(request)
    if not may(request, person):
        return listed(request, said="slow", status=429)
    try:
        return do(person)
    except NoSuchThing:
        raise Http404 from None
    except CannotStore as error:
        log.error("a questionnaire could not be changed: %s", type(error).__name__)
        return listed(request, said="undone", status=503)


def _to(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=303)
