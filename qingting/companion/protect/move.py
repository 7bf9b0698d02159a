"""A move: what the next reply does about danger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qingting.companion.protect.facets import Facet, Path
from qingting.companion.protect.plan_talk import Step

MoveName = Literal[
    "act",  # emergency number, one action, one question
    "act_on",  # the same act under way, its number given already
    "held",  # somebody is with them or on the way
    "over",  # somebody else is safe, or was found
    "let_go",  # what was no danger is believed, and dropped
    "topic",  # they wish to talk of something else
    "barrier",  # what stands in the way is answered
    "calm",
    "goodbye",
    "denied",
    "high",
    "moderate",
    "told",  # they asked or told what has an answer of its own: that first, whatever else is due
    "answer",  # they told something: taken in, the next thing asked
    "named",  # they named somebody: the first sentence to send
    "plan",  # one step of the safety plan
    "back",  # they came back after a while
    "stay",  # nothing new: stay, ask the next thing
    "beside",  # what they told is answered first; our question, if it is time for one, after it
    "aside",  # a question about us, answered straight by the responder first
    "none",  # no words of danger now
]
Number = Literal["emergency", "line"]


@dataclass(frozen=True, slots=True)
class Move:
    """What to do. asks: things to ask, best first; the first that still has unsaid words is
    asked. number: whether one is due. about: what is answered: the name of its words, the barrier's
    name, or the day they came back on. step: the step of the safety plan. us: the question about
    us that is answered straight before anything else. unsure: danger was only guessed and they have
    not said it: the words ask and presume nothing."""

    name: MoveName
    path: Path = ""
    asks: tuple[Facet, ...] = ()
    number: Number | None = None
    about: str = ""
    step: Step | None = None
    us: str = ""
    unsure: bool = False
