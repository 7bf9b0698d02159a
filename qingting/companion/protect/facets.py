"""What a danger is asked about: the things to know, in which order, and what an answer means.

Order and content follow the field's structured interviews in spirit, not in wording: thoughts,
plan, time, means and company first, then what holds (Columbia protocol, Posner et al. 2011;
SAFE-T, SAMHSA 2009). Answers change a level upwards only; docs/safety-protocol.md says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from qingting.companion.understand.reading import Kind, Level

# Things to know are named in content/<language>/danger/<path>.toml ([probes], [now]) and in
# content/lexicon/telling.toml; "thoughts" is each path's own direct question.
Facet = str
Path = str

DIRECT: Final[Facet] = "thoughts"
# Not a question: whether the sentence we wrote for somebody was sent.
SENT: Final[Facet] = "sent"

# What is asked once danger is open, most urgent first.
ORDER: Final[Mapping[Path, tuple[Facet, ...]]] = {
    "suicide": ("plan", "timing", "means", "alone", "attempt", "kept_going", "who"),
    "self_harm": ("wound", "dying", "urge", "means", "kept_going", "who"),
    "violence": ("weapon", "where_now", "kept_going", "who"),
    "abuse": ("wound", "again", "dying", "who", "tell"),
    "sexual_violence": ("when", "hurt", "who", "dying"),
    "exploitation": ("deadline", "paid", "dying", "who"),
    "substance": ("body", "mixed", "dying", "who"),
    "eating_disorder": ("body", "since", "dying", "who"),
    "psychosis": ("commands", "alone", "sleep", "who"),
    "mania": ("sleep", "risk", "alone", "who"),
    "panic": ("body", "before"),
    "other_at_risk": ("with_them", "said_what", "means_near", "who_near", "you"),
}
# What is asked while an act may be under way, one a turn.
NOW: Final[Mapping[Path, tuple[Facet, ...]]] = {
    "self_harm": ("wound", "alone", "called", "moved"),
    "abuse": ("moved", "alone", "called", "wound"),
    "other_at_risk": ("awake", "alone", "called"),
    "substance": ("awake", "called", "alone"),
}
# Somebody else's danger, far from where the person is.
NOW_FAR: Final[tuple[Facet, ...]] = ("called", "who_near", "you")
NOW_USUAL: Final[tuple[Facet, ...]] = ("alone", "called", "moved")

# What is asked below "high" too: hurting oneself and being cornered go with wishes to die.
ALWAYS_ASKED: Final[Mapping[Path, tuple[Facet, ...]]] = {
    "self_harm": ("dying",),
    "exploitation": ("dying",),
}
# What an answer leaves nothing to ask about: a panic that a doctor has seen needs no doctor, and
# one that goes down needs quiet.
NEEDLESS: Final[Mapping[tuple[Path, Facet, str], frozenset[Facet]]] = {
    ("panic", "explained", "yes"): frozenset({DIRECT, "body", "before"}),
    ("panic", "easing", "yes"): frozenset({DIRECT, "body", "before"}),
}
# Where a safety plan is offered: not to somebody whose thoughts race or frighten them, and not
# about somebody else.
PLANNED: Final = frozenset(
    {"suicide", "self_harm", "abuse", "sexual_violence", "eating_disorder", "substance"}
)

# Their direct question is "are you safe?": a no is the danger, not a denial of it.
NO_IS_DANGER: Final = frozenset({"abuse", "sexual_violence", "mania"})

# Where nothing but authored words speaks while it is open: a clever line of a model's, argued with
# or agreed to, feeds what it answers.
UNSHAKEN: Final = frozenset({"psychosis", "mania"})

# Dangers in which somebody else may be right beside them.
BY_OTHERS: Final = frozenset({"abuse", "sexual_violence", "violence", "exploitation"})

# A thing asked and not answered is asked once more, in other words, and then left alone.
MOST_ASKED: Final = 2

# (path, facet, value) -> the level it shows at the least.
_SHOWS: Final[Mapping[tuple[Path, Facet, str], Level]] = {
    ("suicide", "thoughts", "yes"): "high",
    ("suicide", "thoughts", "some"): "moderate",
    ("suicide", "plan", "yes"): "high",
    ("suicide", "plan", "some"): "high",
    ("suicide", "attempt", "recent"): "high",
    ("suicide", "timing", "later"): "high",
    ("suicide", "means", "near"): "high",
    ("self_harm", "thoughts", "yes"): "moderate",
    ("self_harm", "wound", "bad"): "high",
    ("violence", "thoughts", "yes"): "high",
    ("violence", "weapon", "yes"): "high",
    ("abuse", "thoughts", "no"): "high",
    ("abuse", "happened", "now"): "high",
    ("mania", "thoughts", "no"): "high",
    ("abuse", "safe", "no"): "high",
    ("abuse", "safe", "now"): "imminent",
    ("sexual_violence", "safe", "now"): "imminent",
    ("abuse", "wound", "bad"): "high",
    ("sexual_violence", "safe", "no"): "imminent",
    ("sexual_violence", "thoughts", "no"): "imminent",
    ("substance", "body", "bad"): "high",
    ("eating_disorder", "body", "bad"): "high",
    ("panic", "body", "bad"): "high",
    ("psychosis", "commands", "yes"): "high",
    ("psychosis", "thoughts", "yes"): "high",
    ("other_at_risk", "awake", "no"): "imminent",
    ("other_at_risk", "thoughts", "yes"): "high",
    ("other_at_risk", "means_near", "near"): "high",
}
# "yes" to a question about dying, whatever was talked about, opens suicide itself.
_OPENS_SUICIDE: Final[Mapping[str, Level]] = {"yes": "high", "some": "moderate"}


@dataclass(frozen=True, slots=True)
class Known:
    """One thing told: its value, the person's own words, and when."""

    value: str
    words: str
    at: datetime


def shown_level(path: Path, facet: Facet, value: str) -> Level:
    """The level that an answer shows at the least; "none" when it shows nothing."""
    return _SHOWS.get((path, facet, value), "none")


def suicide_shown(facet: Facet, value: str) -> Level:
    """The level of suicide that an answer to "does it come with thoughts of dying?" shows."""
    return _OPENS_SUICIDE.get(value, "none") if facet == "dying" else "none"


def now_order(path: Path) -> tuple[Facet, ...]:
    """What is asked while an act may be under way."""
    return NOW.get(path, NOW_USUAL)


def path_of(kind: Kind, *, other: bool) -> Path:
    """The words that speak to a kind of danger. Somebody else's danger has its own, except where
    the danger is what this person may do or what their own body does."""
    return "other_at_risk" if other and kind not in ("violence", "panic") else kind
