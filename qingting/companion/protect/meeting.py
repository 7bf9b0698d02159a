"""Two records of one episode that went on side by side: two tabs, or a talk and an exercise."""

from __future__ import annotations

from dataclasses import replace

from qingting.companion.protect.episode import Asking, Episode, Steps, Transition
from qingting.companion.protect.said import worst_act
from qingting.companion.understand.reading import Kind, Level, worst

_KEPT: int = 200


def met(mine: Episode, theirs: Episode) -> Episode:
    """One record out of both: the graver level of every kind, the worse act, everything told and
    asked. What both know otherwise is as in `mine`, the later one. Nothing is lowered by meeting.
    """
    if mine == theirs:
        return mine
    kinds: set[Kind] = {*mine.levels, *theirs.levels}
    levels: dict[Kind, Level] = {
        kind: worst(mine.levels.get(kind, "none"), theirs.levels.get(kind, "none"))
        for kind in kinds
    }
    asides: set[Kind] = {*mine.aside, *theirs.aside}
    aside: dict[Kind, Level] = {
        kind: worst(mine.aside.get(kind, "none"), theirs.aside.get(kind, "none")) for kind in asides
    }
    return replace(
        mine,
        levels=levels,
        aside=aside,
        opened_at=min(filter(None, (mine.opened_at, theirs.opened_at)), default=None),
        danger_at=max(filter(None, (mine.danger_at, theirs.danger_at)), default=None),
        act=worst_act(mine.act, theirs.act),
        shown=mine.shown or theirs.shown,
        quiet=min(mine.quiet, theirs.quiet),
        asking=_asking(mine.asking, theirs.asking),
        steps=_steps(mine.steps, theirs.steps),
        transitions=_transitions(mine.transitions, theirs.transitions),
    )


def _asking(mine: Asking, theirs: Asking) -> Asking:
    times = {
        question: max(mine.times.get(question, 0), theirs.times.get(question, 0))
        for question in {*mine.times, *theirs.times}
    }
    return replace(
        mine,
        known={**theirs.known, **mine.known},
        times=times,
        said=mine.said | theirs.said,
    )


def _steps(mine: Steps, theirs: Steps) -> Steps:
    return replace(
        mine,
        offered={**theirs.offered, **mine.offered},
        plan_done=mine.plan_done | theirs.plan_done,
        back=mine.back | theirs.back,
    )


def _transitions(
    mine: tuple[Transition, ...], theirs: tuple[Transition, ...]
) -> tuple[Transition, ...]:
    both = {(one.at, one.before, one.after, one.reason): one for one in (*theirs, *mine)}
    return tuple(sorted(both.values(), key=lambda one: one.at))[-_KEPT:]
