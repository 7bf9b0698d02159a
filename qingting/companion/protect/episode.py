"""The safety episode: what is known of a person's danger, across turns and sessions.

A pure, typed record. Levels rise at once and fall only with time and quiet, or where a guess was
asked about and nothing came of it (said.py, believed.py): one denial lowers nothing, sudden calm
lowers nothing (docs/decisions/0004-first-safety-episode.md). Levels choose our next action; they
forecast nothing and the person never sees them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from qingting.companion.protect.facets import Facet, Known, Path
from qingting.companion.understand.reading import (
    LEVELS,
    Kind,
    Level,
    Subject,
    at_least,
    rank,
    worst,
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
_KEPT_WORDS: Final = 120
_KEPT_NAMES: Final = 8

Act = Literal["none", "doing", "taken"]


@dataclass(frozen=True, slots=True)
class Transition:
    """One change of level, with the reason it was made for and the words it rests on."""

    at: datetime
    before: Level
    after: Level
    reason: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """What was asked and what was told, over all conversations.

    known: by "path.facet", what was told. times: how often each was asked. said: fingerprints of
    the questions put, so that none is ever put again in the same words. open: the question that
    the last reply ended with, as "path.facet"; "" when there was none. unanswered: how many in a
    row were passed over.
    """

    known: Mapping[str, Known] = field(default_factory=dict)
    times: Mapping[str, int] = field(default_factory=dict)
    said: frozenset[str] = frozenset()
    open: str = ""
    unanswered: int = 0

    def value(self, path: Path, facet: Facet) -> str:
        """What was told of a thing; "" when nothing was."""
        known = self.known.get(f"{path}.{facet}")
        return known.value if known else ""

    def asked(self, path: Path, facet: Facet) -> int:
        """How often a thing was asked."""
        return self.times.get(f"{path}.{facet}", 0)

    def anywhere(self, facet: Facet) -> str:
        """What was last told of a thing, whatever path it was asked on; "" when nothing was."""
        told = [known for key, known in self.known.items() if key.partition(".")[2] == facet]
        return max(told, key=lambda known: known.at).value if told else ""

    @property
    def open_facet(self) -> Facet | None:
        """The thing our last reply asked about."""
        return self.open.partition(".")[2] or None

    def telling(self, path: Path, told: Mapping[Facet, str], words: str, at: datetime) -> Asking:
        """After something was told."""
        new = {f"{path}.{facet}": Known(v, words[:_KEPT_WORDS], at) for facet, v in told.items()}
        return replace(self, known={**self.known, **new})

    def putting(self, questions: tuple[str, ...], said: frozenset[str]) -> Asking:
        """After questions were put. said: fingerprints of their words."""
        times = dict(self.times)
        for question in questions:
            times[question] = times.get(question, 0) + 1
        last = questions[-1] if questions else ""
        return replace(self, times=times, said=self.said | said, open=last)


@dataclass(frozen=True, slots=True)
class People:
    """Who came up. named: persons who could know, in words turned towards the person ("你姐").
    hurt_by: roles of those who are said to hurt them; they are never told. hushed: roles of those
    who know and keep it down; nobody thinks of them for help again."""

    named: tuple[str, ...] = ()
    hurt_by: frozenset[str] = frozenset()
    hushed: frozenset[str] = frozenset()

    def with_named(self, name: str) -> People:
        """After a person was named."""
        others = tuple(one for one in self.named if one != name)
        return replace(self, named=(*others, name)[-_KEPT_NAMES:])


@dataclass(frozen=True, slots=True)
class Steps:
    """How far we came together.

    offered: what was offered and how it stands, e.g. {"plan": "offered"|"declined"|"done"}.
    plan_at: the section of the safety plan being asked for, "" when none. plan_done: sections that
    hold something. back: which of the days 1, 3, 7 and 30 were asked about since the last danger.
    """

    offered: Mapping[str, str] = field(default_factory=dict)
    plan_at: str = ""
    plan_done: frozenset[str] = frozenset()
    back: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Episode:
    """The record. An episode is open when its level is not "none".

    levels: the level of each kind of danger; level is their worst. subject: whose safety. aside:
    the person's own levels while somebody else's danger is talked about.
    danger_at: when danger was last heard. number_level: the level at which a number was last
    given, number_in: the conversation it was given in; a number is repeated only when the level
    rises, a conversation begins, or the person asks. act: whether something is being done or was
    taken. held: help was called or somebody is with them since. shown: words showed danger, or an
    answer did; until then it is a guess of the trained heads. quiet: messages in a row, since a
    guess, in which neither danger was heard nor the direct question answered.
    """

    levels: Mapping[Kind, Level] = field(default_factory=dict)
    subject: Subject = "self"
    aside: Mapping[Kind, Level] = field(default_factory=dict)
    opened_at: datetime | None = None
    danger_at: datetime | None = None
    fell_at: datetime | None = None
    number_level: Level = "none"
    number_in: str = ""
    act: Act = "none"
    held: bool = False
    shown: bool = False
    quiet: int = 0
    asking: Asking = field(default_factory=Asking)
    people: People = field(default_factory=People)
    steps: Steps = field(default_factory=Steps)
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
    def weighs(self) -> bool:
        """Whether everyday questions wait: danger was told, or is guessed and not slight."""
        return self.is_open and (self.shown or at_least(self.level, "moderate"))

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Kinds of danger known, worst first."""
        return tuple(sorted(self.levels, key=lambda kind: -rank(self.levels[kind])))

    @property
    def only_guessed(self) -> bool:
        """Whether nothing but guesses of the heads opened it: no words showed danger so far."""
        return self.is_open and not self.shown

    def number_due(self, conversation: str) -> bool:
        """Whether a number belongs into this reply without having been asked for."""
        return rank(self.level) > rank(self.number_level) or conversation != self.number_in


def raised(
    episode: Episode,
    levels: Mapping[Kind, Level],
    now: datetime,
    *,
    subject: Subject = "self",
    reason: str,
    evidence: str = "",
    guessed: bool = False,
) -> Episode:
    """The episode after danger was heard: levels rise to it, and never fall here. guessed: the
    trained heads alone heard it."""
    heard = worst(*levels.values())
    if heard == "none":
        return episode
    own = episode.subject == "self" and at_least(episode.level, "moderate")
    dangerous = at_least(heard, "moderate")
    # Their own danger said while it was set aside: it is taken up where it stood.
    taken_up = bool(episode.aside) and subject == "self" and dangerous
    merged = _worse(_worse(episode.levels, episode.aside if taken_up else {}), levels)
    # A friend's danger heard later does not take the place of the person's own.
    risen = replace(
        episode,
        levels=merged,
        aside={} if taken_up else episode.aside,
        subject=subject if (dangerous or not episode.is_open) and not own else episode.subject,
        opened_at=episode.opened_at or now,
        danger_at=now if dangerous else episode.danger_at or now,
        shown=episode.shown or (dangerous and not guessed),
        steps=replace(episode.steps, back=frozenset()) if dangerous else episode.steps,
    )
    return noted(risen, episode.level, now, reason, evidence)


def settled(episode: Episode, now: datetime) -> Episode:
    """The episode after quiet time: each level down by at most one step, and one step a visit."""
    if not episode.is_open or episode.danger_at is None:
        return episode
    since = max(episode.danger_at, episode.fell_at or episode.danger_at)
    if now - since < _QUIET[episode.level]:
        return episode
    known = _worse(episode.levels, episode.aside)
    lower = {kind: LEVELS[rank(level) - 1] for kind, level in known.items() if rank(level) > 1}
    fallen = replace(
        episode,
        levels=lower,
        subject="self" if episode.aside else episode.subject,
        aside={},
        asking=replace(episode.asking, unanswered=0),
        fell_at=now,
        act="none",
        held=False,
        number_level=max(lower.values(), key=rank, default="none"),
    )
    return noted(fallen, episode.level, now, "quiet time", "")


def _worse(one: Mapping[Kind, Level], other: Mapping[Kind, Level]) -> dict[Kind, Level]:
    """The worse level of every kind."""
    kinds = {**one, **other}
    known = {kind: worst(one.get(kind, "none"), other.get(kind, "none")) for kind in kinds}
    return {kind: level for kind, level in known.items() if level != "none"}


def noted(episode: Episode, before: Level, now: datetime, reason: str, evidence: str) -> Episode:
    """The episode with its change of level written down, if there was one."""
    if episode.level == before:
        return episode
    transition = Transition(now, before, episode.level, reason, evidence[:_KEPT_WORDS])
    kept = (*episode.transitions, transition)[-_KEPT_TRANSITIONS:]
    return replace(episode, transitions=kept)
