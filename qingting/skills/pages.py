"""Pages of the exercises: all of them, and one to do. Everything works without JavaScript, and
nothing is kept before it is asked for."""

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
from qingting.skills.answers import Answers, room, typed_answers, version_of
from qingting.skills.hearing import Answer
from qingting.skills.pace import step_of, style
from qingting.skills.reasons import group_names, look_first, why_not
from qingting.skills.service import CannotStore, Filled, KeptRun, NoSuchRun, current
from qingting.skills.shown import instead_of, shelf, shown_runs, shown_steps
from qingting.skills.words import WordsOf

log = logging.getLogger(__name__)

_HOUR: Final = 3600
# So many runs are looked through for those that wait to be gone on with, and shown.
_LOOKED_AT: Final = 20
_WAITING: Final = 3


@dataclass(frozen=True, slots=True)
class OnPage:
    """What one exercise's page starts from. which: the run it belongs to. seen: version of the
    answers that are stored. at: the step to go on with. waiting: a run of it that was left for
    later. heard: the words of danger that lead the page."""

    which: UUID
    answers: Answers = field(default_factory=dict)
    seen: str = ""
    at: str = ""
    waiting: KeptRun | None = None
    heard: Answer | None = None


@cache_control(no_store=True)
@require_safe
def skills(request: HttpRequest) -> HttpResponse:
    """All exercises, by group."""
    person, names = person_of(request), group_names()
    episode, kept = _known(request)
    waiting = [one for one in kept if one.run.ended is None][:_WAITING]
    groups = [(names[group], listed) for group, listed in shelf(person, episode)]
    return render(
        request,
        "skills/skills.html",
        {"groups": groups, "waiting": shown_runs(waiting, person), "any": bool(kept)},
    )


@cache_control(no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def exercise(request: HttpRequest, name: str) -> HttpResponse:
    """One exercise. Posting to it keeps what was typed."""
    if name not in titles(person_of(request).language):
        raise Http404
    one = exercises()[name]
    if request.method == "POST":
        return _save(request, one)
    asked = _uuid(request.GET.get("run", ""))
    try:
        page = _opened(request, one, asked)
    except NoSuchRun:
        raise Http404 from None
    except CannotStore:
        # What was kept cannot be read; the exercise itself can be done all the same.
        said = "unreadable" if asked else ""
        return _page(request, one, OnPage(uuid4()), Episode(), said=said)
    if page is None:
        return HttpResponseRedirect(reverse("skill_run", args=[asked]))
    return _page(request, one, page, _known(request)[0], said=request.GET.get("said", ""))


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
    token = known or new_token()
    try:
        kept, heard = current().save(token, filled, person)
    except CannotStore as error:
        log.error("an exercise could not be stored: %s", type(error).__name__)
        return _unkept(request, filled, said="unsaved", status=503)
    if heard is not None:
        context = {"heard": heard, "kept": kept.id, "key": uuid4().hex}
        response = render(request, "skills/heard.html", context)
    elif filled.finished:
        response = _to(reverse("skill_run", args=[kept.id]) + "?said=finished")
    else:
        address = reverse("skill", args=[one.id])
        response = _to(f"{address}?run={kept.id}&said=saved")
    if known is None:
        give_token(response, token)
    return response


def _unkept(request: HttpRequest, filled: Filled, *, said: str, status: int) -> HttpResponse:
    """The page with what was typed still in its fields, and an answer to danger above it."""
    heard = current().hear_unsaved(token_of(request), filled, person_of(request))
    page = OnPage(filled.which, filled.answers, filled.seen, heard=heard)
    return _page(request, filled.exercise, page, Episode(), said=said, status=status)


def _opened(request: HttpRequest, one: Exercise, asked: UUID | None) -> OnPage | None:
    """What the page starts from; None for a run that is finished. Raises NoSuchRun."""
    token = token_of(request)
    if asked is None:
        kept = current().runs_of(token, most=_LOOKED_AT)
        left = (run for run in kept if run.run.exercise == one.id and run.run.ended is None)
        return OnPage(uuid4(), waiting=next(left, None))
    found = current().run_of(token, asked)
    if found.run.exercise != one.id:
        raise NoSuchRun
    if found.run.ended == "finished":
        return None
    return OnPage(found.id, found.run.answers, version_of(found.run.answers), found.run.at)


def _page(
    request: HttpRequest,
    one: Exercise,
    page: OnPage,
    episode: Episode,
    *,
    said: str,
    status: int = 200,
) -> HttpResponse:
    """One exercise, or why it had better wait. said: what is told above it."""
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
        "key": uuid4().hex,
        "kept": None,
    }
    if not reason:
        context |= {
            "steps": shown_steps(one, person, page.which.hex, page.answers),
            "stop": in_script(words.stop, person),
            "room": room(one),
            "numbers": [str(number) for number in range(11)],
            "to_write": any(step.kind in ("ask", "list") for step in one.steps),
        }
    return render(request, "skills/exercise.html", context, status=status)


def _filled(request: HttpRequest, one: Exercise) -> Filled:
    form = {name: str(value) for name, value in request.POST.items()}
    return Filled(
        exercise=one,
        which=_uuid(form.get("run", "")) or uuid4(),
        answers=typed_answers(one, form),
        seen=form.get("seen", ""),
        finished="finish" in form,
    )


def _known(request: HttpRequest) -> tuple[Episode, list[KeptRun]]:
    """What is known of the person; nothing where it cannot be read, for the exercises matter
    more."""
    token = token_of(request)
    try:
        return current().episode_of(token), current().runs_of(token, most=_LOOKED_AT)
    except CannotStore:
        return Episode(), []


def _to(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=303)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
