"""The safety episode: what is known of a person's danger, across turns and sessions.

A pure, typed record. Levels rise at once and fall only with time and quiet: one denial lowers
nothing, sudden calm lowers nothing (docs/decisions/0004-first-safety-episode.md). Levels choose
our next action; they forecast nothing and the person never sees them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from qingting.companion.understand.reading import (
    LEVELS,
    Kind,
    Level,
    Reading,
    Subject,
    at_least,
    rank,
)

# Quiet days before a level may fall by one step, and only one step a visit: fastest from imminent,
# because an act in progress is over or not within days; slowest at the end.
_QUIET: Final[Mapping[Level, timedelta]] = {
    "imminent": timedelta(days=1),
    "high": timedelta(days=3),
    "moderate": timedelta(days=7),
    "low": timedelta(days=30),
}
_KEPT_TRANSITIONS: Final = 200


@dataclass(frozen=True, slots=True)
class Transition:
    """One change of level, with the reason it was made for."""

    at: datetime
    before: Level
    after: Level
    reason: str


@dataclass(frozen=True, slots=True)
class Episode:
    """The record. An episode is open when its level is not "none".

    levels: the level of each kind of danger; level is their worst. subject: whose safety.
    danger_at: when danger was last heard. number_level: the level at which a number was last
    given, number_in: the conversation it was given in; a number is repeated only when the level
    rises, a conversation begins, or the person asks.
    answered: what the person has told of their own accord or when asked (thoughts, plan, ...).
    """

    levels: Mapping[Kind, Level] = field(default_factory=dict)
    subject: Subject = "self"
    opened_at: datetime | None = None
    danger_at: datetime | None = None
    fell_at: datetime | None = None
    number_level: Level = "none"
    number_in: str = ""
    answered: frozenset[str] = frozenset()
    transitions: tuple[Transition, ...] = ()

    @property
    def level(self) -> Level:
        """The worst level over kinds."""
        return max(self.levels.values(), key=rank, default="none")

    @property
    def is_open(self) -> bool:
        """Whether anything is known that the next replies must mind."""
        return self.level != "none"

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Kinds of danger known, worst first."""
        return tuple(sorted(self.levels, key=lambda kind: -rank(self.levels[kind])))

    def number_due(self, conversation: str) -> bool:
        """Whether a number belongs into this reply without having been asked for."""
        return rank(self.level) > rank(self.number_level) or conversation != self.number_in


def heard(episode: Episode, reading: Reading, now: datetime) -> Episode:
    """The episode after a message was read: levels rise to what was heard, never fall here."""
    risk = reading.risk
    if not at_least(risk.level, "low") or not risk.levels:
        return settled(episode, now)
    levels = dict(episode.levels)
    for kind, level in risk.levels.items():
        if level != "none" and rank(level) > rank(levels.get(kind, "none")):
            levels[kind] = level
    dangerous = at_least(risk.level, "moderate")
    # A friend's danger heard later does not take the place of the person's own.
    own = episode.subject == "self" and at_least(episode.level, "moderate")
    subject = risk.subject if (dangerous or not episode.is_open) and not own else episode.subject
    risen = replace(
        episode,
        levels=levels,
        subject=subject,
        opened_at=episode.opened_at or now,
        danger_at=now if dangerous else episode.danger_at or now,
    )
    return _noted(risen, episode.level, now, "heard " + "+".join(risk.kinds))


def settled(episode: Episode, now: datetime) -> Episode:
    """The episode after quiet time: each level down by at most one step, and one step a visit."""
    if not episode.is_open or episode.danger_at is None:
        return episode
    since = max(episode.danger_at, episode.fell_at or episode.danger_at)
    if now - since < _QUIET[episode.level]:
        return episode
    lower = {
        kind: LEVELS[rank(level) - 1] for kind, level in episode.levels.items() if rank(level) > 1
    }
    fallen = replace(
        episode,
        levels=lower,
        fell_at=now,
        number_level=max(lower.values(), key=rank, default="none"),
    )
    return _noted(fallen, episode.level, now, "quiet time")


def _noted(episode: Episode, before: Level, now: datetime, reason: str) -> Episode:
    if episode.level == before:
        return episode
    transition = Transition(now, before, episode.level, reason)
    kept = (*episode.transitions, transition)[-_KEPT_TRANSITIONS:]
    return replace(episode, transitions=kept)


def dump(episode: Episode) -> dict[str, Any]:
    """The stored form: JSON types only."""
    return {
        "v": 1,
        "levels": dict(episode.levels),
        "subject": episode.subject,
        "opened_at": _iso(episode.opened_at),
        "danger_at": _iso(episode.danger_at),
        "fell_at": _iso(episode.fell_at),
        "number_level": episode.number_level,
        "number_in": episode.number_in,
        "answered": sorted(episode.answered),
        "transitions": [
            [t.at.isoformat(), t.before, t.after, t.reason] for t in episode.transitions
        ],
    }


def load(stored: Mapping[str, Any]) -> Episode:
    """The episode back from its stored form. Raises KeyError or ValueError when it is not one."""
    return Episode(
        levels=stored["levels"],
        subject=stored["subject"],
        opened_at=_moment(stored["opened_at"]),
        danger_at=_moment(stored["danger_at"]),
        fell_at=_moment(stored["fell_at"]),
        number_level=stored["number_level"],
        number_in=stored["number_in"],
        answered=frozenset(stored["answered"]),
        transitions=tuple(
            Transition(datetime.fromisoformat(at), before, after, reason)
            for at, before, after, reason in stored["transitions"]
        ),
    )


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
