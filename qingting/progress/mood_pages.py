"""The page where somebody notes how they are: one tap and a button, the rest if they like. Below it
what they noted, to be put right or deleted. Everything works without a script."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from qingting.companion.progress.mood import Mood
from qingting.people.actor import actor_of
from qingting.people.visitors import person_of, token_of
from qingting.progress import moods
from qingting.progress.errors import CannotStore
from qingting.progress.hearing import Answer, dangers_in, hear_unsaved, kept_and_heard
from qingting.progress.mood_forms import ROOM, TypedMood, as_typed, mood_of, typed_mood
from qingting.progress.mood_shown import said_after, shown_form, shown_mood
from qingting.progress.service import NoSuchThing, current
from qingting.progress.visiting import A_PAGE, page_number, reading, saving, to, uuid_or_none

_SAID: Final = frozenset({"noted", "changed", "deleted", "imported", "taken_back"})


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def mood(request: HttpRequest) -> HttpResponse:
    """The form and what was noted. Posting to it notes how they are."""
    if request.method != "POST":
        said = request.GET.get("said", "")
        return _page(request, TypedMood(uuid4().hex), said=said if said in _SAID else "")
    return _noted(request)


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, which: UUID) -> HttpResponse:
    """One check-in, to be put right."""
    if request.method == "POST":
        return _changed(request, which)

    def read(person: UUID | None) -> HttpResponse:
        if person is None:
            raise NoSuchThing
        return _form(request, which, as_typed(moods.mood(current(), person, which)))

    return reading(request, read, lambda said, status: _list(request, said, status))


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, which: UUID) -> HttpResponse:
    """Delete one: asked once, then done."""

    def read(person: UUID | None) -> HttpResponse:
        if person is None:
            raise NoSuchThing
        found = shown_mood(moods.mood(current(), person, which), person_of(request))
        return render(request, "progress/mood_delete.html", {"one": found})

    def save(person: UUID) -> HttpResponse:
        moods.forget(current(), person, which)
        return to(reverse("mood") + "?said=deleted")

    def refused(said: str, status: int) -> HttpResponse:
        return _list(request, said, status)

    return (
        saving(request, save, refused)
        if request.method == "POST"
        else reading(request, read, refused)
    )


@cache_control(no_store=True)
def expired(request: HttpRequest) -> HttpResponse:
    """A form whose protection expired: what was typed stays in its fields, with a new form, and
    is read for danger all the same."""
    found = resolve(request.path)
    if found.url_name == "mood_edit":
        return _unkept(request, _typed(request), "expired", 403, which=found.kwargs["which"])
    if found.url_name == "mood":
        return _unkept(request, _typed(request), "expired", 403)
    return _list(request, "expired", 403)


def _noted(request: HttpRequest) -> HttpResponse:
    typed = _typed(request)
    if typed.problem:
        return _unkept(request, typed, "", 400)

    def save(person: UUID) -> HttpResponse:
        which = moods.own_id(person, uuid_or_none(typed.which) or uuid4())
        return _keep(request, person, mood_of(typed, which, _now(request)), "noted")

    return saving(
        request, save, lambda said, status: _unkept(request, typed, said, status), begins=True
    )


def _changed(request: HttpRequest, which: UUID) -> HttpResponse:
    sent = _typed(request)

    def save(person: UUID) -> HttpResponse:
        before = moods.mood(current(), person, which)
        typed = _typed(request, before)
        if typed.problem:
            return _unkept(request, typed, "", 400, which=which)
        fresh = mood_of(typed, which, _now(request), before)
        return _keep(request, person, fresh, "changed", before.note)

    return saving(
        request, save, lambda said, status: _unkept(request, sent, said, status, which=which)
    )


def _keep(
    request: HttpRequest, whose: UUID, one: Mood, said: str, before: str = ""
) -> HttpResponse:
    reader, progress = person_of(request), current()
    found = dangers_in(one.note, before, reader)
    heard = kept_and_heard(
        progress, whose, lambda: moods.note(progress, whose, one), found, reader, one.id
    )
    if heard is not None:
        context = {"heard": heard, "key": uuid4().hex, "back": "mood"}
        return render(request, "progress/heard.html", context)
    return to(f"{reverse('mood')}?said={said}&which={one.id}#said")


def _unkept(
    request: HttpRequest, typed: TypedMood, said: str, status: int, which: UUID | None = None
) -> HttpResponse:
    """The form with what was typed still in it, and an answer to danger above it."""
    reader, token = person_of(request), token_of(request)
    found = dangers_in(typed.note, "", reader)
    heard = hear_unsaved(current(), token, found, reader, typed.which)
    if said:
        typed = replace(typed, problem="", wrong="")
    if which is not None:
        return _form(request, which, typed, said=said, heard=heard, status=status)
    return _page(request, typed, said=said, heard=heard, status=status)


def _form(
    request: HttpRequest,
    which: UUID,
    typed: TypedMood,
    *,
    said: str = "",
    heard: Answer | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {**_words(request, typed), "which": which, "said": said, "heard": heard}
    return render(request, "progress/mood_edit.html", context, status=status)


def _list(request: HttpRequest, said: str, status: int) -> HttpResponse:
    return _page(request, TypedMood(uuid4().hex), said=said, status=status)


def _page(
    request: HttpRequest,
    typed: TypedMood,
    *,
    said: str,
    heard: Answer | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {**_words(request, typed), "said": said, "heard": heard}
    try:
        person = actor_of(request).person
        context |= _noted_so_far(request, person) if person is not None else {}
    except CannotStore:
        # What can still be said is said: that it is not lost. The form stays.
        context, status = {**context, "unreadable": True}, 503 if status == 200 else status
    return render(request, "progress/mood.html", context, status=status)


def _words(request: HttpRequest, typed: TypedMood) -> dict[str, Any]:
    reader = person_of(request)
    return {
        "typed": typed,
        "form": shown_form(typed, reader),
        "today": _now(request).date().isoformat(),
        "room": ROOM,
    }


def _noted_so_far(request: HttpRequest, person: UUID) -> dict[str, Any]:
    reader, number = person_of(request), page_number(request)
    found = moods.moods(current(), person)
    start = (number - 1) * A_PAGE
    just = next((one for one in found if one.id == request.GET.get("which")), None)
    return {
        "noted": [shown_mood(one, reader) for one in found[start : start + A_PAGE]],
        "line": said_after(just, reader) if just is not None else "",
        "newer": number - 1 if number > 1 else 0,
        "older": number + 1 if len(found) > start + A_PAGE else 0,
    }


def _typed(request: HttpRequest, before: Mood | None = None) -> TypedMood:
    return typed_mood(request.POST, _now(request).date(), before)


def _now(request: HttpRequest) -> datetime:
    return person_of(request).local(current().clock())
