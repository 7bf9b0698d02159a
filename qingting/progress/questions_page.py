"""The page of all questionnaires: what there is to answer, what was left, what was answered
before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from qingting.companion.instruments.instrument import Answers
from qingting.companion.instruments.shelf import instruments
from qingting.companion.person import Person
from qingting.people.actor import actor_of
from qingting.people.visitors import person_of, token_of
from qingting.progress import questionnaires, schedules
from qingting.progress.errors import CannotStore
from qingting.progress.question_shown import offer, shown_past
from qingting.progress.service import current
from qingting.safety.hearing import Answer

_SAID: Final = frozenset({"kept", "deleted", "again", "quiet", "not_now"})


@cache_control(no_store=True)
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """What there is to answer, what was left, what was answered before."""
    said = request.GET.get("said", "")
    return listed(request, said=said if said in _SAID else "")


def asker(request: HttpRequest) -> tuple[UUID | None, Person]:
    """Who asks, with the age they said. Nobody known where that cannot be read."""
    try:
        person = actor_of(request).person
    except CannotStore:
        person = None
    band = questionnaires.age_band(current(), person)
    return person, replace(person_of(request), age_band=band)


def listed(
    request: HttpRequest, *, said: str, status: int = 200, heard: Answer | None = None
) -> HttpResponse:
    """The page of all of them. heard: the words of danger that lead it."""
    person, who = asker(request)
    there = questionnaires.offered(who, current().clock())
    context: dict[str, Any] = {
        "said": said,
        "heard": heard,
        "too_young": who.age_band == "under_14",
    }
    half: dict[str, Answers] = {}
    again: dict[str, schedules.Again] = {}
    due: tuple[str, ...] = ()
    if person is not None:
        try:
            today = who.local(current().clock()).date()
            half = questionnaires.half_done(current(), person, today)
            again = schedules.chosen(current(), person)
            due = schedules.due(current(), person, today)
            kept = questionnaires.past(current(), person)
            known = instruments()
            context["past"] = [shown_past(one, known.get(one.instrument), who) for one in kept]
        except CannotStore:
            # What there is can be answered all the same.
            context["unreadable"] = True
    context["offers"] = [
        offer(
            one,
            who,
            half.get(one.key),
            again[one.key].every if one.key in again else 0,
            due=one.key in due,
        )
        for one in there
    ]
    return render(request, "progress/questions.html", context, status=status)


def may(request: HttpRequest, person: UUID | None) -> bool:
    """Whether one more form may come from there now."""
    who = str(person) if person else token_of(request) or request.META.get("REMOTE_ADDR", "")
    return bool(ratelimit.consume(request, action="progress", key=who))
