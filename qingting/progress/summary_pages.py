"""The page to take to a counsellor or a doctor: to be changed, printed by their own browser, and
kept only where they say so. We send it to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from qingting.companion.person import Person
from qingting.companion.progress.letter_kept import SECTIONS, Section, Summary
from qingting.people.visitors import person_of, token_of
from qingting.progress import summaries
from qingting.progress.hearing import Answer, dangers_in, hear_unsaved, kept_and_heard
from qingting.progress.service import current
from qingting.progress.visiting import reading, saving, to

# Characters of one section, and of a name.
ROOM: Final = 2_000
ROOM_OF_NAME: Final = 60
_SAID: Final = frozenset({"kept", "deleted"})


@dataclass(frozen=True, slots=True)
class Part:
    """One section as the page shows it."""

    key: Section
    title: str
    text: str
    left_out: bool


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def summary(request: HttpRequest) -> HttpResponse:
    """The page, in fields. Posting keeps it, deletes what was kept, fills it anew, or shows it as
    it will print."""
    if request.method != "POST":
        said = request.GET.get("said", "")
        return _opened(request, said if said in _SAID else "")
    press = request.POST.get("press", "")
    if press == "print":
        return _as_printed(request)
    if press == "back":
        return _form(request, _typed(request))
    if press == "anew":
        return _opened(request, "", anew=True)
    if press == "delete":
        return _deleted(request)
    return _kept(request)


@cache_control(no_store=True)
def expired(request: HttpRequest) -> HttpResponse:
    """A form whose protection expired: what was typed stays, and is read for danger all the
    same."""
    return _unkept(request, "expired", 403)


def _opened(request: HttpRequest, said: str, *, anew: bool = False) -> HttpResponse:
    reader = person_of(request)

    def read(person: UUID | None) -> HttpResponse:
        if person is None:
            return _form(request, _empty(reader), said=said)
        kept = summaries.kept_summary(current(), person)
        shown = kept if kept and not anew else summaries.summary_of(current(), person, reader)
        return _form(request, shown, said=said, kept=kept is not None)

    def refused(why: str, status: int) -> HttpResponse:
        # An empty page can still be written on and printed.
        return _form(request, _empty(reader), said=why, status=status)

    return reading(request, read, refused)


def _kept(request: HttpRequest) -> HttpResponse:
    typed, reader = _typed(request), person_of(request)

    def save(person: UUID) -> HttpResponse:
        progress = current()
        before = summaries.kept_summary(progress, person)
        known = before or summaries.summary_of(progress, person, reader)
        found = dangers_in(_all(typed), _all(known), reader)
        heard = kept_and_heard(
            progress,
            person,
            lambda: summaries.keep(progress, person, typed),
            found,
            reader,
            person.hex,
        )
        if heard is not None:
            context = {"heard": heard, "key": person.hex, "back": "summary"}
            return render(request, "progress/heard.html", context)
        return to(reverse("progress_summary") + "?said=kept")

    def refused(said: str, status: int) -> HttpResponse:
        return _unkept(request, said, status)

    return saving(request, save, refused, begins=True)


def _deleted(request: HttpRequest) -> HttpResponse:
    def save(person: UUID) -> HttpResponse:
        summaries.forget(current(), person)
        return to(reverse("progress_summary") + "?said=deleted")

    return saving(request, save, lambda said, status: _unkept(request, said, status))


def _as_printed(request: HttpRequest) -> HttpResponse:
    """The page as it will print; nothing is kept."""
    typed = _typed(request)
    context = {
        "typed": typed,
        "parts": [one for one in _parts(typed) if one.text and not one.left_out],
        "all_parts": _parts(typed),
        "heard": _heard(request, typed),
    }
    return render(request, "progress/summary_print.html", context)


def _unkept(request: HttpRequest, said: str, status: int) -> HttpResponse:
    typed = _typed(request)
    return _form(request, typed, said=said, heard=_heard(request, typed), status=status)


def _heard(request: HttpRequest, typed: Summary) -> Answer | None:
    """What is said to danger in what was typed, beside what we had filled in ourselves."""
    found = dangers_in(_all(typed), "", person_of(request))
    return hear_unsaved(current(), token_of(request), found, person_of(request), typed.id)


def _form(
    request: HttpRequest,
    shown: Summary,
    *,
    said: str = "",
    heard: Answer | None = None,
    kept: bool = False,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "typed": shown,
        "parts": _parts(shown),
        "said": said,
        "heard": heard,
        "kept": kept or said == "kept",
        "room": ROOM,
        "room_of_name": ROOM_OF_NAME,
    }
    return render(request, "progress/summary.html", context, status=status)


def _parts(shown: Summary) -> list[Part]:
    titles = _titles()
    return [
        Part(key, titles[key], shown.sections.get(key, ""), key in shown.left_out)
        for key in SECTIONS
    ]


def _titles() -> dict[Section, str]:
    return {
        "lately": _("What it has been like lately"),
        "sleep": _("Sleep"),
        "worse": _("What makes it worse"),
        "helps": _("What makes it a bit easier"),
        "questions": _("Questionnaires, with date and number"),
        "want": _("What I'd like from this visit"),
        "dont_want": _("What I don't want"),
    }


def _typed(request: HttpRequest) -> Summary:
    form, reader = request.POST, person_of(request)
    sections = {
        key: form.get(key, "").replace("\r\n", "\n").strip()[: 2 * ROOM] for key in SECTIONS
    }
    # A tick means that it goes onto the paper; one that the form did not show is on it.
    out = {key for key in SECTIONS if form.get("ticked") and f"with_{key}" not in form}
    return Summary(
        id="",
        language=reader.language,
        on=_today(reader),
        sections=sections,
        left_out=frozenset(out),
        name=" ".join(form.get("name", "").split())[:ROOM_OF_NAME],
    )


def _empty(reader: Person) -> Summary:
    return Summary("", reader.language, _today(reader), summaries.blank())


def _today(reader: Person) -> Any:
    return reader.local(current().clock()).date()


def _all(shown: Summary) -> str:
    return "\n".join(shown.sections.get(key, "") for key in SECTIONS)
