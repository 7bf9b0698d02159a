"""The journal: its list, a page to read, and writing one, with a prompt or without. Everything
works without a script, and nothing that was typed is lost."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from qingting.companion.person import Person
from qingting.companion.progress.mood import Entry
from qingting.companion.progress.prompts import prompts
from qingting.companion.words.script import in_script
from qingting.people.visitors import person_of, token_of
from qingting.progress import journal
from qingting.progress.hearing import Answer, dangers_in, hear_unsaved, kept_and_heard
from qingting.progress.service import NoSuchThing, current
from qingting.progress.visiting import A_PAGE, page_number, reading, saving, to, uuid_or_none

# Characters of a page; all of them in Chinese still fit into a form.
ROOM: Final = 20_000
ROOM_OF_TITLE: Final = 120
_BEGINNING: Final = 90
_SAID: Final = frozenset({"written", "both", "deleted"})


@dataclass(frozen=True, slots=True)
class Typed:
    """A page as it was typed. which: the entry it is or will be. seen: version of what the form
    had shown. prompt: key of the prompt it answers, "" for none."""

    which: str
    words: str = ""
    title: str = ""
    prompt: str = ""
    seen: str = ""
    problem: str = ""


@cache_control(no_store=True)
@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """Every page there is, by its beginning."""
    said = request.GET.get("said", "")
    return _list(request, said if said in _SAID else "", 200)


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """A new page."""
    if request.method == "POST":
        return _written(request, None)
    asked = request.GET.get("prompt", "")
    known = prompts(person_of(request).language)
    prompt = asked if asked in known else secrets.choice(list(known)) if asked == "any" else ""
    return _form(request, Typed(uuid4().hex, prompt=prompt))


@cache_control(no_store=True)
@require_safe
def entry(request: HttpRequest, which: UUID) -> HttpResponse:
    """One page, to be read."""

    def read(person: UUID | None) -> HttpResponse:
        found = _theirs(person, which)
        context = {"which": which, "one": found, "asked": _asked(found.prompt, person_of(request))}
        return render(request, "progress/journal_entry.html", context)

    return reading(request, read, lambda said, status: _list(request, said, status))


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, which: UUID) -> HttpResponse:
    """One page, to be written on."""
    if request.method == "POST":
        return _written(request, which)

    def read(person: UUID | None) -> HttpResponse:
        found = _theirs(person, which)
        seen = journal.version_of(found)
        typed = Typed(found.id, found.words, found.title, found.prompt, seen)
        return _form(request, typed, which=which)

    return reading(request, read, lambda said, status: _list(request, said, status))


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, which: UUID) -> HttpResponse:
    """Delete one: asked once, then done."""

    def read(person: UUID | None) -> HttpResponse:
        found = _theirs(person, which)
        context = {"which": which, "one": found, "beginning": _beginning(found)}
        return render(request, "progress/journal_delete.html", context)

    def save(person: UUID) -> HttpResponse:
        journal.forget(current(), person, which)
        return to(reverse("journal") + "?said=deleted")

    def refused(said: str, status: int) -> HttpResponse:
        return _list(request, said, status)

    return (
        saving(request, save, refused)
        if request.method == "POST"
        else reading(request, read, refused)
    )


@cache_control(no_store=True)
def expired(request: HttpRequest) -> HttpResponse:
    """A form whose protection expired: what was typed stays, and is read for danger all the
    same."""
    found = resolve(request.path)
    if found.url_name in ("journal_write", "journal_edit"):
        which = found.kwargs.get("which")
        return _unkept(request, _typed(request), "expired", 403, which)
    return _list(request, "expired", 403)


def _written(request: HttpRequest, which: UUID | None) -> HttpResponse:
    typed = _typed(request)
    if "another" in request.POST or "without" in request.POST:
        prompt = _another(typed.prompt, person_of(request)) if "another" in request.POST else ""
        return _form(request, replace(typed, prompt=prompt), which=which)

    def save(person: UUID) -> HttpResponse:
        before = _before(person, typed, which)
        if not typed.words:
            problem = _("There is nothing written there yet.")
            return _form(request, replace(typed, problem=problem), which=which, status=400)
        return _keep(request, person, typed, before)

    def refused(said: str, status: int) -> HttpResponse:
        return _unkept(request, typed, said, status, which)

    return saving(request, save, refused, begins=which is None)


def _keep(request: HttpRequest, whose: UUID, typed: Typed, before: Entry | None) -> HttpResponse:
    reader, progress = person_of(request), current()
    now = reader.local(progress.clock()).replace(microsecond=0)
    id_ = UUID(before.id) if before else journal.own_id(whose, uuid_or_none(typed.which) or uuid4())
    one = Entry(id_.hex, now.date(), now, typed.words, typed.prompt, typed.title)
    said = "written"
    if before is not None:
        # Written on in another window meanwhile: neither of the two takes the other's place.
        beside = typed.seen != journal.version_of(before) and typed.words != before.words
        said = "both" if beside else said
        id_ = uuid4() if beside else id_
        one = replace(one, id=id_.hex, on=before.on, at=before.at)
    asked = _asked(typed.prompt, reader)
    found = dangers_in(f"{typed.title}\n{typed.words}", _all_of(before), reader, asked)
    heard = kept_and_heard(
        progress, whose, lambda: journal.write(progress, whose, one), found, reader, one.id
    )
    if heard is not None:
        context = {"heard": heard, "key": uuid4().hex, "back": "journal"}
        return render(request, "progress/heard.html", context)
    return to(f"{reverse('journal')}?said={said}#e{one.id}")


def _before(whose: UUID, typed: Typed, which: UUID | None) -> Entry | None:
    """The page as it is kept; None for a new one. Raises NoSuchThing."""
    if which is not None:
        return journal.entry(current(), whose, which)
    sent = uuid_or_none(typed.which)
    try:
        return journal.entry(current(), whose, sent) if sent else None
    except NoSuchThing:
        return None


def _unkept(
    request: HttpRequest, typed: Typed, said: str, status: int, which: UUID | None
) -> HttpResponse:
    """The form with what was typed still in it, and an answer to danger above it."""
    reader = person_of(request)
    asked = _asked(typed.prompt, reader)
    found = dangers_in(f"{typed.title}\n{typed.words}", "", reader, asked)
    heard = hear_unsaved(current(), token_of(request), found, reader, typed.which)
    return _form(request, typed, which=which, said=said, heard=heard, status=status)


def _form(
    request: HttpRequest,
    typed: Typed,
    *,
    which: UUID | None = None,
    said: str = "",
    heard: Answer | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "typed": typed,
        "asked": _asked(typed.prompt, person_of(request)),
        "which": which,
        "said": said,
        "heard": heard,
        "room": ROOM,
        "room_of_title": ROOM_OF_TITLE,
    }
    return render(request, "progress/journal_write.html", context, status=status)


def _list(request: HttpRequest, said: str, status: int) -> HttpResponse:
    number = page_number(request)
    start = (number - 1) * A_PAGE

    def read(person: UUID | None) -> HttpResponse:
        found = journal.entries(current(), person) if person else []
        context: dict[str, Any] = {
            "said": said,
            "entries": [
                (UUID(one.id), one, _beginning(one)) for one in found[start : start + A_PAGE]
            ],
            "newer": number - 1 if number > 1 else 0,
            "older": number + 1 if len(found) > start + A_PAGE else 0,
        }
        return render(request, "progress/journal.html", context, status=status)

    def refused(why: str, broken: int) -> HttpResponse:
        context = {"said": said or why, "unreadable": True}
        told = broken if status == 200 else status
        return render(request, "progress/journal.html", context, status=told)

    return reading(request, read, refused)


def _typed(request: HttpRequest) -> Typed:
    form = request.POST
    prompt = form.get("prompt", "")
    return Typed(
        which=form.get("which", ""),
        words=form.get("words", "").replace("\r\n", "\n").strip(),
        title=" ".join(form.get("title", "").split()),
        prompt=prompt if prompt in prompts(person_of(request).language) else "",
        seen=form.get("seen", ""),
    )


def _theirs(person: UUID | None, which: UUID) -> Entry:
    if person is None:
        raise NoSuchThing
    return journal.entry(current(), person, which)


def _another(prompt: str, person: Person) -> str:
    return secrets.choice([one for one in prompts(person.language) if one != prompt])


def _asked(prompt: str, person: Person) -> str:
    return in_script(prompts(person.language).get(prompt, ""), person)


def _all_of(entry: Entry | None) -> str:
    return f"{entry.title}\n{entry.words}" if entry is not None else ""


def _beginning(entry: Entry) -> str:
    """The title, or how it begins."""
    line = entry.title or " ".join(entry.words[: 4 * _BEGINNING].split())
    return line if len(line) <= _BEGINNING else line[:_BEGINNING] + "…"
