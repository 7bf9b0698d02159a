"""Pages of one exercise, a step at a time. Everything works without JavaScript, and nothing is
kept before a button is pressed."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import resolve, reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from qingting.companion.exercise.exercise import Exercise
from qingting.companion.exercise.shelf import exercises, titles
from qingting.companion.protect.episode import Episode
from qingting.companion.words.script import in_script
from qingting.people.visitors import give_token, new_token, person_of, token_of
from qingting.skills import screens
from qingting.skills.answers import (
    PRESSES,
    ROOM,
    Answers,
    Filled,
    Press,
    seen_on,
    typed_answers,
)
from qingting.skills.hearing import Answer
from qingting.skills.pace import step_of, style
from qingting.skills.reasons import look_first, why_not
from qingting.skills.rows import KeptRun
from qingting.skills.screens import Screen, screen_at
from qingting.skills.service import CannotStore, NoSuchRun, Saved, current
from qingting.skills.shown import instead_of, shown_answers, shown_steps
from qingting.skills.words import WordsOf

log = logging.getLogger(__name__)

_HOUR: Final = 3600
# So many runs are looked through for one that waits to be gone on with.
_LOOKED_AT: Final = 20


@dataclass(frozen=True, slots=True)
class OnPage:
    """What one page of an exercise starts from. which: the run it belongs to. answers: what is
    stored, or was just typed. kept: whether the run is stored. waiting: a run of it that was left
    for later. heard: the words of danger that lead the page. onward: where one goes on without
    what could not be stored."""

    which: UUID
    screen: Screen
    answers: Answers = field(default_factory=dict)
    seen: str = ""
    kept: bool = False
    waiting: KeptRun | None = None
    heard: Answer | None = None
    onward: str = ""


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def exercise(request: HttpRequest, name: str) -> HttpResponse:
    """One exercise, at one of its steps. Posting to it keeps what was typed and goes on."""
    if name not in titles(person_of(request).language):
        raise Http404
    one = exercises()[name]
    if request.method == "POST":
        return _save(request, one)
    asked = _uuid(request.GET.get("run", ""))
    said = request.GET.get("said", "")
    try:
        page = _opened(request, one, asked)
    except NoSuchRun:
        raise Http404 from None
    except CannotStore:
        # What was kept cannot be read; the exercise itself can be done all the same.
        page = OnPage(uuid4(), screen_at(one, request.GET.get("step", "")))
        return _page(request, one, page, Episode(), said="unreadable" if asked else said)
    if page is None:
        return HttpResponseRedirect(reverse("skill_run", args=[asked]))
    if said == "stopped" and page.kept:
        return _stopped(request, one, page)
    return _page(request, one, page, _episode(request), said=said)


@require_safe
def pace(request: HttpRequest, rhythm: str, rounds: int) -> HttpResponse:
    """The style sheet of a pacer."""
    step = step_of(rhythm, rounds)
    if step is None:
        raise Http404
    response = HttpResponse(style(step), content_type="text/css")
    response["Cache-Control"] = f"max-age={_HOUR}"
    return response


@cache_control(no_store=True)
def expired(request: HttpRequest) -> HttpResponse:
    """A form whose protection expired: what was typed stays in the fields, with a new form, and
    is read for danger all the same."""
    name = resolve(request.path).kwargs.get("name", "")
    if name not in titles(person_of(request).language):
        return HttpResponseRedirect(reverse("skill_runs") + "?said=expired", status=303)
    return _unkept(request, _filled(request, exercises()[name]), said="expired", status=403)


def _save(request: HttpRequest, one: Exercise) -> HttpResponse:
    known, person, filled = token_of(request), person_of(request), _filled(request, one)
    if not current().allows(known, request.META.get("REMOTE_ADDR", "")):
        return _unkept(request, filled, said="slow", status=429)
    token = known or new_token()
    try:
        saved = current().save(token, filled, person)
    except CannotStore as error:
        log.error("an exercise could not be stored: %s", type(error).__name__)
        return _unkept(request, filled, said="unsaved", status=503)
    if saved is None:
        return _to(reverse("skills"))
    if saved.heard is not None:
        context = {"heard": saved.heard, "kept": saved.kept.id, "key": uuid4().hex}
        response = render(request, "skills/heard.html", context)
    else:
        response = _to(_next_address(one, saved, filled.press))
    if known is None:
        give_token(response, token)
    return response


def _next_address(one: Exercise, saved: Saved, press: Press) -> str:
    run, which = saved.kept.run, saved.kept.id
    if run.ended == "finished":
        return reverse("skill_run", args=[which]) + "?said=finished"
    if saved.other:
        return reverse("skill", args=[saved.other]) + "?said=instead"
    address = reverse("skill", args=[one.id])
    if press == "later":
        return f"{address}?run={which}&said=stopped"
    return f"{address}?run={which}&step={run.at}"


def _unkept(request: HttpRequest, filled: Filled, *, said: str, status: int) -> HttpResponse:
    """The page with what was typed still in its fields, and an answer to danger above it."""
    heard = current().hear_unsaved(token_of(request), filled, person_of(request))
    page = OnPage(
        filled.which,
        filled.screen,
        filled.answers,
        filled.seen,
        heard=heard,
        onward=_onward(request, filled) if said == "unsaved" else "",
    )
    return _page(request, filled.exercise, page, Episode(), said=said, status=status)


def _onward(request: HttpRequest, filled: Filled) -> str:
    """The next step, where this one could not be stored: breathing does not wait for a disk."""
    following = screens.after(filled.exercise, filled.screen)
    if following is None:
        return ""
    address = f"{reverse('skill', args=[filled.exercise.id])}?step={following.key}"
    try:
        current().run_of(token_of(request), filled.which)
    except (NoSuchRun, *CannotStore):
        return address
    return f"{address}&run={filled.which}"


def _opened(request: HttpRequest, one: Exercise, asked: UUID | None) -> OnPage | None:
    """What the page starts from; None for a run that is to be read. Raises NoSuchRun."""
    token, step = token_of(request), request.GET.get("step", "")
    if asked is None:
        waiting = None if step else _waiting_of(one, token)
        return OnPage(uuid4(), screen_at(one, step), waiting=waiting)
    found = current().run_of(token, asked)
    if found.run.exercise != one.id:
        raise NoSuchRun
    if found.talk is not None or (found.run.ended == "finished" and not step):
        return None
    screen, answers = screen_at(one, step or found.run.at), found.run.answers
    return OnPage(found.id, screen, answers, seen_on(screen, answers), kept=True)


def _waiting_of(one: Exercise, token: str | None) -> KeptRun | None:
    kept = current().runs_of(token, most=_LOOKED_AT)
    return next(
        (run for run in kept if run.run.exercise == one.id and run.waits and run.talk is None),
        None,
    )


def _page(
    request: HttpRequest,
    one: Exercise,
    page: OnPage,
    episode: Episode,
    *,
    said: str,
    status: int = 200,
) -> HttpResponse:
    """One exercise at a step, or why it had better wait. said: what is told above it."""
    person = person_of(request)
    words = WordsOf(one, person.language, page.which.hex)
    reason = why_not(one, episode)
    context = {
        "exercise": one,
        "title": in_script(words.title, person),
        "lead": in_script(words.page, person),
        "page": page,
        "said": said,
        "reason": reason,
        "look_first": look_first(one),
        "instead": instead_of(one, person, episode),
        "heard": page.heard,
        "talk": current().open_talk(token_of(request)) if reason else None,
    }
    if not reason:
        told = shown_answers(one, words, person, page.answers, but=page.screen)
        context |= {
            "screen": page.screen,
            "steps": shown_steps(one, page.screen, person, page.which.hex, page.answers),
            "told": told,
            "room": ROOM,
            "numbers": [str(number) for number in range(11)],
        }
    return render(request, "skills/exercise.html", context, status=status)


def _stopped(request: HttpRequest, one: Exercise, page: OnPage) -> HttpResponse:
    """After "enough for now": it is kept, and there is a way on from here."""
    person = person_of(request)
    words = WordsOf(one, person.language, page.which.hex)
    context = {
        "exercise": one,
        "title": in_script(words.title, person),
        "stop": in_script(words.stop, person),
        "page": page,
        "screen": page.screen,
        "talk": current().open_talk(token_of(request)),
    }
    return render(request, "skills/stopped.html", context)


def _filled(request: HttpRequest, one: Exercise) -> Filled:
    form = {name: str(value) for name, value in request.POST.items()}
    screen = screen_at(one, form.get("step", ""))
    steps = (*screen.asked, screen.whom) if screen.whom else screen.asked
    return Filled(
        exercise=one,
        which=_uuid(form.get("run", "")) or uuid4(),
        screen=screen,
        answers=typed_answers(steps, form),
        seen=form.get("seen", ""),
        press=next((one for one in PRESSES if one in form), "later"),
    )


def _episode(request: HttpRequest) -> Episode:
    """What is known of the person; nothing where it cannot be read, for the exercises matter
    more."""
    try:
        return current().episode_of(token_of(request))
    except CannotStore:
        return Episode()


def _to(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=303)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
