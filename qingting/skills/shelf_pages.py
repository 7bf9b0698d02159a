"""The page of all exercises, by what somebody needs now."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from qingting.companion.exercise.fitting import allowed
from qingting.companion.exercise.shelf import exercises
from qingting.companion.protect.episode import Episode
from qingting.people.visitors import person_of, token_of
from qingting.skills.reasons import shelf_names, weighs
from qingting.skills.rows import KeptRun
from qingting.skills.service import CannotStore, current
from qingting.skills.shown import calming, shelves
from qingting.skills.shown_runs import shown_runs

# So many runs are looked through for those that wait to be gone on with, and shown.
_LOOKED_AT: Final = 20
_WAITING: Final = 3


@cache_control(no_store=True)
@require_safe
def skills(request: HttpRequest) -> HttpResponse:
    """All exercises: first what was left and one to begin with; in danger, what fits now."""
    person = person_of(request)
    episode, kept = _known(request)
    context = {
        "shelves": shelves(person, episode, shelf_names()),
        "waiting": shown_runs(_to_go_on_with(kept, episode), person),
        "calm": calming(person, episode),
        "weighs": weighs(episode),
        "any": bool(kept),
        "talk": current().open_talk(token_of(request)),
    }
    return render(request, "skills/skills.html", context)


def _known(request: HttpRequest) -> tuple[Episode, list[KeptRun]]:
    """What is known of the person; nothing where it cannot be read, for the exercises matter
    more."""
    token = token_of(request)
    try:
        return current().episode_of(token), current().runs_of(token, most=_LOOKED_AT)
    except CannotStore:
        return Episode(), []


def _to_go_on_with(kept: list[KeptRun], episode: Episode) -> list[KeptRun]:
    """What was left, last touched first; not what had better wait."""
    known = exercises()
    found = [
        one
        for one in kept
        if one.waits and one.run.exercise in known and allowed(known[one.run.exercise], episode)
    ]
    return found[:_WAITING]
