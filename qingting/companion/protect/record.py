"""The stored form of a safety episode: JSON types only, read back exactly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from qingting.companion.protect.episode import Asking, Episode, People, Steps, Transition
from qingting.companion.protect.facets import Known

VERSION: Final = 2


def dump(episode: Episode) -> dict[str, Any]:
    """The stored form."""
    asking, people, steps = episode.asking, episode.people, episode.steps
    return {
        "v": VERSION,
        "levels": dict(episode.levels),
        "subject": episode.subject,
        "aside": dict(episode.aside),
        "opened_at": _iso(episode.opened_at),
        "danger_at": _iso(episode.danger_at),
        "fell_at": _iso(episode.fell_at),
        "number_level": episode.number_level,
        "number_in": episode.number_in,
        "act": [episode.act, episode.held],
        "shown": episode.shown,
        "quiet": episode.quiet,
        "known": {key: [k.value, k.words, k.at.isoformat()] for key, k in asking.known.items()},
        "asked": [dict(asking.times), sorted(asking.said), asking.open, asking.unanswered],
        "people": [list(people.named), sorted(people.hurt_by), sorted(people.hushed)],
        "steps": [dict(steps.offered), steps.plan_at, sorted(steps.plan_done), sorted(steps.back)],
        "transitions": [
            [t.at.isoformat(), t.before, t.after, t.reason, t.evidence] for t in episode.transitions
        ],
    }


def load(stored: Mapping[str, Any]) -> Episode:
    """The episode back from its stored form, of this version or the first. Raises KeyError or
    ValueError when it is not one."""
    act, held = stored.get("act", ("none", False))
    return Episode(
        levels=stored["levels"],
        subject=stored["subject"],
        aside=stored.get("aside", {}),
        opened_at=_moment(stored["opened_at"]),
        danger_at=_moment(stored["danger_at"]),
        fell_at=_moment(stored["fell_at"]),
        number_level=stored["number_level"],
        number_in=stored["number_in"],
        act=act,
        held=held,
        # What an earlier version stored is taken as meant.
        shown=stored.get("shown", True),
        quiet=stored.get("quiet", 0),
        asking=_asking(stored),
        people=_people(stored.get("people", ((), ()))),
        steps=_steps(stored.get("steps", ({}, "", (), ()))),
        transitions=tuple(
            Transition(datetime.fromisoformat(at), *rest) for at, *rest in stored["transitions"]
        ),
    )


def _asking(stored: Mapping[str, Any]) -> Asking:
    times, said, opened, *more = stored.get("asked", ({}, (), ""))
    known = {
        key: Known(value, words, datetime.fromisoformat(at))
        for key, (value, words, at) in stored.get("known", {}).items()
    }
    return Asking(known, times, frozenset(said), opened, more[0] if more else 0)


def _people(stored: Any) -> People:
    # An earlier version knew nobody who keeps it down.
    named, hurt_by, *hushed = stored
    return People(tuple(named), frozenset(hurt_by), frozenset(*hushed))


def _steps(stored: Any) -> Steps:
    offered, plan_at, plan_done, back = stored
    return Steps(offered, plan_at, frozenset(plan_done), frozenset(back))


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
