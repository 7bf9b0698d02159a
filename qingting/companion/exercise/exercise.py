"""An exercise as data: its steps, when it fits, and when it must not be done.

content/exercises/<id>.toml holds the steps, the same in every language; the words stand in
content/<language>/exercises/<id>.toml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

StepKind = Literal["ask", "list", "rate", "choose", "say", "breathe", "hold", "play"]
STEP_KINDS: Final[tuple[StepKind, ...]] = StepKind.__args__  # type: ignore[attr-defined]
Group = Literal["thoughts", "doing", "kindness", "body", "sleep", "people"]
GROUPS: Final[tuple[Group, ...]] = Group.__args__  # type: ignore[attr-defined]
# What somebody needs right now; under these the page of exercises lists them.
Shelf = Literal["restless", "surge", "racing", "awake", "flat", "heavy", "stuck", "people"]
SHELVES: Final[tuple[Shelf, ...]] = Shelf.__args__  # type: ignore[attr-defined]

# When an exercise must not be done. episode: danger of moderate or more is open; episode_imminent:
# it may be now; the others are kinds of danger known, or told of by the person.
Unless = Literal[
    "episode",
    "episode_imminent",
    "abuse",
    "delusion",
    "mania",
    "panic",
    "eating_disorder",
    "heart",
    "lungs",
    "injury",
    "dissociation",
    "grief_new",
]
UNLESS: Final[tuple[Unless, ...]] = Unless.__args__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    kind: ask, an open answer; list, `least` to `most` answers; rate, 0 to 10; choose, one of the
    options in the words; say, nothing to answer; breathe, `rounds` of in, hold, out, hold in
    `seconds`; hold, something done for `seconds`; play, we speak as somebody else. instead: by the
    number of an option, from 1, the exercise that is done in place of this one; 0 for no answer.
    things: what is named are things at hand, no sentences about oneself.
    """

    id: str
    kind: StepKind
    seconds: tuple[int, ...] = ()
    rounds: int = 0
    least: int = 1
    most: int = 1
    instead: Mapping[int, str] = field(default_factory=dict)
    things: bool = False


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise.

    shelf: what it is for right now. minutes: about how long. mood: whether how strong it is is
    asked before and after; not in a short one, which somebody in a panic is to begin at once.
    not_when: when it must not be done. after: the literature it follows. when: by "feelings",
    "topics", "traps" and "needs", what it helps with; aroused: for a body that is stirred up.
    """

    id: str
    group: Group
    shelf: Shelf
    minutes: int
    mood: bool
    not_when: frozenset[Unless]
    after: str
    when: Mapping[str, frozenset[str]]
    aroused: bool
    steps: tuple[Step, ...]

    @property
    def asks_mood(self) -> bool:
        """Whether how strong it is is asked around the steps; not where a step itself asks."""
        return self.mood and not any(step.kind == "rate" for step in self.steps)
