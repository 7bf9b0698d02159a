"""The letters of somebody: the one about last week, earlier ones, and changing or deleting them.
The letter is made when its page is opened; nothing is sent anywhere."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from qingting.companion.person import Person
from qingting.companion.progress.letter_kept import KeptLetter
from qingting.companion.words.script import in_script
from qingting.people.visitors import person_of, token_of
from qingting.progress import letters
from qingting.progress.hearing import Answer, dangers_in, hear_unsaved, kept_and_heard
from qingting.progress.service import NoSuchThing, current
from qingting.progress.visiting import reading, saving, to

log = logging.getLogger(__name__)

# Characters of a letter that somebody changed.
ROOM: Final = 4_000
_SAID: Final = frozenset({"kept", "deleted"})


@cache_control(no_store=True)
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """The letter about last week, or the newest there is, and the earlier ones."""
    said = request.GET.get("said", "")
    return _list(request, said if said in _SAID else "", 200)


@cache_control(no_store=True)
@require_safe
def one(request: HttpRequest, which: UUID) -> HttpResponse:
    """One letter, to be read."""

    def read(person: UUID | None) -> HttpResponse:
        context = {"shown": _shown(_theirs(person, which), person_of(request))}
        return render(request, "progress/letter.html", context)

    return reading(request, read, lambda said, status: _list(request, said, status))


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, which: UUID) -> HttpResponse:
    """One letter, to be changed."""
    if request.method == "POST":
        return _changed(request, which)

    def read(person: UUID | None) -> HttpResponse:
        found = _theirs(person, which)
        return _form(request, which, _words(found, person_of(request)))

    return reading(request, read, lambda said, status: _list(request, said, status))


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, which: UUID) -> HttpResponse:
    """Delete one: asked once, then done."""

    def read(person: UUID | None) -> HttpResponse:
        context = {"shown": _shown(_theirs(person, which), person_of(request))}
        return render(request, "progress/letter_delete.html", context)

    def save(person: UUID) -> HttpResponse:
        letters.forget(current(), person, which)
        return to(reverse("letters") + "?said=deleted")

    def refused(said: str, status: int) -> HttpResponse:
        return _list(request, said, status)

    if request.method == "POST":
        return saving(request, save, refused)
    return reading(request, read, refused)


@cache_control(no_store=True)
def expired(request: HttpRequest) -> HttpResponse:
    """A form whose protection expired: what was typed stays, and is read for danger all the
    same."""
    found = resolve(request.path)
    if found.url_name == "letter_edit":
        return _unkept(request, found.kwargs["which"], "expired", 403)
    return _list(request, "expired", 403)


def _changed(request: HttpRequest, which: UUID) -> HttpResponse:
    words, reader = _typed(request), person_of(request)

    def save(person: UUID) -> HttpResponse:
        progress = current()
        before = _theirs(person, which)
        if not words:
            return _form(request, which, words, problem=True, status=400)
        found = dangers_in(words, _words(before, reader), reader)

        def keep() -> None:
            # The same words in the reader's own characters are no change.
            kept = before.words if words == _words(before, reader) else words
            letters.reword(progress, person, which, kept)

        heard = kept_and_heard(progress, person, keep, found, reader, which.hex)
        if heard is not None:
            context = {"heard": heard, "key": which.hex, "back": "letters"}
            return render(request, "progress/heard.html", context)
        return to(reverse("letters") + "?said=kept")

    return saving(request, save, lambda said, status: _unkept(request, which, said, status))


def _unkept(request: HttpRequest, which: UUID, said: str, status: int) -> HttpResponse:
    """The form with what was typed still in it, and an answer to danger above it."""
    words, reader = _typed(request), person_of(request)
    found = dangers_in(words, "", reader)
    heard = hear_unsaved(current(), token_of(request), found, reader, which.hex)
    return _form(request, which, words, said=said, heard=heard, status=status)


def _form(
    request: HttpRequest,
    which: UUID,
    words: str,
    *,
    said: str = "",
    heard: Answer | None = None,
    problem: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "which": which,
        "words": words,
        "said": said,
        "heard": heard,
        "problem": problem,
        "room": ROOM,
    }
    return render(request, "progress/letter_edit.html", context, status=status)


def _list(request: HttpRequest, said: str, status: int) -> HttpResponse:
    reader = person_of(request)

    def read(person: UUID | None) -> HttpResponse:
        context: dict[str, Any] = {"said": said, "wanted": True, "earlier": []}
        if person is not None:
            progress = current()
            # Storage that failed a moment ago is not asked for more.
            if status == 200 and request.method == "GET":
                letters.make(progress, person, reader)
            found = [_shown(one, reader) for one in letters.letters(progress, person)]
            context["wanted"] = progress.choice(person).letters
            context["shown"], context["earlier"] = (found[0] if found else None), found[1:]
        return render(request, "progress/letters.html", context, status=status)

    def refused(why: str, broken: int) -> HttpResponse:
        context = {"said": said or why, "unreadable": True}
        told = broken if status == 200 else status
        return render(request, "progress/letters.html", context, status=told)

    return reading(request, read, refused)


def _shown(found: KeptLetter, reader: Person) -> dict[str, Any]:
    """A letter as its page shows it. paragraphs: its words; monday: the first day of its week."""
    words = _words(found, reader)
    return {
        "which": UUID(found.id),
        "monday": _monday(found),
        "paragraphs": [one for one in words.split("\n\n") if one.strip()],
        "lang": reader.script if found.language == "zh" == reader.language else found.language,
        "present": found.present,
        "by": "own" if found.edited else found.by,
    }


def _monday(found: KeptLetter) -> date:
    return letters.monday_of(found.week)


def _words(found: KeptLetter, reader: Person) -> str:
    """In the reader's characters, unless they changed it themselves."""
    if found.language != "zh" or found.edited:
        return found.words
    return in_script(found.words, reader)


def _typed(request: HttpRequest) -> str:
    return request.POST.get("words", "").replace("\r\n", "\n").strip()[: 2 * ROOM]


def _theirs(person: UUID | None, which: UUID) -> KeptLetter:
    if person is None:
        raise NoSuchThing
    return letters.kept_letter(current(), person, which)
