"""Bringing check-ins along from another app: pasted as text, looked at first, then taken in with
one button and taken back with one. Nothing is uploaded as a file; a browser may read one into the
field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from qingting.companion.person import Person
from qingting.companion.progress.importing import MOST_WORDS, Scale, Understood, understood
from qingting.companion.progress.mood import LEAST, MOST, Mood
from qingting.people.actor import actor_of
from qingting.people.visitors import person_of, token_of
from qingting.progress import importing
from qingting.progress.errors import CannotStore
from qingting.progress.hearing import dangers_in, hear_unsaved, kept_and_heard
from qingting.progress.import_words import problem_of, told, too_much
from qingting.progress.mood_shown import ShownMood, shown_mood, steps_in_words
from qingting.progress.moods import moods
from qingting.progress.service import current
from qingting.progress.visiting import saving, to

# Bytes of one paste. A form may weigh 256 KiB (site/settings.py), and what else it carries is less
# than the rest.
MOST_BYTES: Final = 240_000
_SHOWN: Final = 3
_TOLD: Final = 20
_SCALES: Final[dict[str, Scale]] = {
    "one_to_five": "one_to_five",
    "minus_two_to_two": "minus_two_to_two",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A mood in words of one's own: how often it stands there, and which step was chosen."""

    word: str
    count: int
    step: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in a paste, for the page. new: check-ins that are not there yet; known: how
    many are there already. told: what was left out, line by line; more: how many lines beyond
    that."""

    new: int
    known: int
    first: tuple[ShownMood, ...]
    told: tuple[str, ...]
    more: int
    words: tuple[Word, ...]
    asks_scale: bool


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """The field, and what was understood of it. Posting with step "keep" takes it in."""
    if request.method != "POST":
        return _page(request)
    text = request.POST.get("table", "")
    if len(text.encode()) > MOST_BYTES:
        return _page(request, text, problem=too_much(), status=400)
    found = understood(text, _today(request), _meanings(request), _scale(request))
    if found.problem:
        return _page(request, text, problem=problem_of(found), found=found, status=400)
    if request.POST.get("step") != "keep":
        return _page(request, text, found=found)

    def save(person: UUID) -> HttpResponse:
        return _keep(request, person, found)

    def refused(said: str, status: int) -> HttpResponse:
        return _page(request, text, said=said, found=found, status=status)

    return saving(request, save, refused, begins=True)


@cache_control(no_store=True)
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Undo an import."""

    def save(person: UUID) -> HttpResponse:
        importing.take_back(current(), person, request.POST.get("batch", ""))
        return to(reverse("mood") + "?said=taken_back")

    return saving(request, save, lambda said, status: _page(request, said=said, status=status))


@cache_control(no_store=True)
def expired(request: HttpRequest) -> HttpResponse:
    """A form whose protection expired: what was pasted stays in the field."""
    return _page(request, request.POST.get("table", ""), said="expired", status=403)


def _keep(request: HttpRequest, whose: UUID, found: Understood) -> HttpResponse:
    reader, progress = person_of(request), current()
    fresh, _known = importing.new_of(found.rows, moods(progress, whose), _zone(reader))
    notes = importing.recent_notes(fresh, _today(request))
    dangers = dangers_in(notes, "", reader)
    heard = kept_and_heard(
        progress,
        whose,
        lambda: importing.take_in(progress, whose, fresh),
        dangers,
        reader,
        uuid4().hex,
    )
    if heard is not None:
        context = {"heard": heard, "key": uuid4().hex, "back": "mood"}
        return render(request, "progress/heard.html", context)
    return to(reverse("mood") + "?said=imported")


def _page(
    request: HttpRequest,
    text: str = "",
    *,
    said: str = "",
    problem: str = "",
    found: Understood | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "text": text,
        "said": said,
        "problem": problem,
        "most": MOST_BYTES,
        "steps": steps_in_words(person_of(request)),
        "scale": _scale(request),
    }
    known: list[Mood] = []
    try:
        person = actor_of(request).person
        if person is not None:
            context["imports"] = importing.imports(current(), person)
            known = moods(current(), person)
    except CannotStore:
        context, status = {**context, "said": said or "unreadable"}, 503
    if found is not None:
        context["looked"] = _looked(request, found, known)
    if said and found is not None:
        notes = importing.recent_notes(_fresh(request, found, known), _today(request))
        reader = person_of(request)
        dangers = dangers_in(notes, "", reader)
        context["heard"] = hear_unsaved(current(), token_of(request), dangers, reader, uuid4().hex)
    return render(request, "progress/import.html", context, status=status)


def _fresh(request: HttpRequest, found: Understood, known: list[Mood]) -> list[Mood]:
    return importing.new_of(found.rows, known, _zone(person_of(request)))[0]


def _looked(request: HttpRequest, found: Understood, known: list[Mood]) -> Looked:
    reader = person_of(request)
    fresh = _fresh(request, found, known)
    meanings = _meanings(request)
    # A word that was given a step is no longer unknown, and stays there to be changed.
    asked = {**dict.fromkeys(_words(request), 0), **(found.words or {})}
    return Looked(
        new=len(fresh),
        known=len(found.rows) - len(fresh),
        first=tuple(shown_mood(one, reader) for one in fresh[:_SHOWN]),
        told=tuple(told(one) for one in found.skipped[:_TOLD]),
        more=max(0, len(found.skipped) - _TOLD),
        words=tuple(
            Word(word, count, str(meanings.get(word, ""))) for word, count in asked.items()
        ),
        asks_scale=found.asks_scale,
    )


def _words(request: HttpRequest) -> list[str]:
    """The words that were asked about before, as the form carries them."""
    sent = (request.POST.get(f"word_{number}", "") for number in range(MOST_WORDS))
    return [word for word in sent if word]


def _meanings(request: HttpRequest) -> dict[str, int]:
    """What was said these words mean."""
    steps = {str(step): step for step in range(LEAST, MOST + 1)}
    found = {}
    for number in range(MOST_WORDS):
        word, step = (request.POST.get(f"{name}_{number}", "") for name in ("word", "means"))
        if word and step in steps:
            found[word] = steps[step]
    return found


def _scale(request: HttpRequest) -> Scale:
    return _SCALES.get(request.POST.get("scale", ""), "")


def _zone(reader: Person) -> ZoneInfo:
    try:
        return ZoneInfo(reader.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _today(request: HttpRequest) -> date:
    return person_of(request).local(current().clock()).date()
