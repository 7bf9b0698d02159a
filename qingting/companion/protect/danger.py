"""The authored answer to danger: which words, which question, whether a number.

Design of the answers: ask directly and warmly (QPR and LivingWorks practice: asking does not plant
the idea; Dazzi et al. 2014), one question at a time, never reuse one, one number when it is due,
stay. docs/safety-protocol.md has the protocol in plain words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from qingting.companion.protect.episode import Episode
from qingting.companion.state import ConversationState
from qingting.companion.understand.reading import Kind, Reading, at_least, rank
from qingting.companion.words.bank import Bank, Lines
from qingting.companion.words.choose import Chooser

Situation = Literal[
    "imminent", "high", "moderate", "affirmed", "denied", "calm", "goodbye", "open", "quiet"
]

_NUMBERS: Final = frozenset({"line", "emergency"})
# The order in which an open episode's unanswered questions are asked.
_PROBES: Final[Mapping[str, Sequence[str]]] = {
    "suicide": ("plan", "timing", "means", "alone", "kept_going", "who"),
    "self_harm": ("urge", "when", "wound", "kept_going", "who"),
    "other_at_risk": ("where_now", "said_what", "who_near", "you"),
}
_OTHERS_PROBES: Final = ("next",) * 4
_SHORT_ANSWER: Final = 14


@dataclass(frozen=True, slots=True)
class Answer:
    """The words of danger for one turn.

    lines: in speaking order; empty when this turn needs no words of danger. probes: questions
    now asked, by id. number: whether a number was given.
    """

    lines: tuple[str, ...]
    probes: tuple[str, ...] = ()
    number: bool = False


def path_of(kind: Kind, episode: Episode, reading: Reading) -> str:
    """The danger file that speaks to this kind of danger: for whom this message is about when it
    tells of danger, else for whom the open episode is about."""
    told_now = at_least(reading.risk.level, "moderate")
    subject = reading.risk.subject if told_now else episode.subject
    about_other = subject == "other" and kind not in ("violence", "panic")
    return "other_at_risk" if about_other else kind


def situation_of(
    reading: Reading, episode: Episode, state: ConversationState, text: str
) -> Situation:
    """What this message is, to an open or opening episode."""
    risk = reading.risk
    # While an act may be under way nothing is explored: every reply keeps to number, action, one
    # question, whatever the last message was, until a human or time closes it.
    if at_least(episode.level, "imminent"):
        return "imminent"
    open_danger = at_least(episode.level, "moderate")
    just_asked = bool(state.question_turns) and state.question_turns[-1] == state.turns
    # A goodbye is read as danger by itself; what it needs is words for a goodbye.
    if open_danger and risk.shift in ("calm", "goodbye") and not at_least(risk.level, "high"):
        return risk.shift
    if at_least(risk.level, "moderate"):
        brief = len(text.strip()) <= _SHORT_ANSWER and just_asked and bool(state.asked_probes)
        return "affirmed" if brief and open_danger else _by_level(risk.level)
    if not open_danger:
        return "quiet"
    if risk.shift == "denial" and just_asked:
        return "denied"
    return "open"


def _by_level(level: str) -> Situation:
    return "high" if level == "high" else "moderate"


class DangerWords:
    """Composes the answer from one danger file."""

    def __init__(self, bank: Bank, chooser: Chooser, path: str, state: ConversationState) -> None:
        self._bank = bank
        self._chooser = chooser
        self._path = path
        self._asked = list(state.asked_probes)
        self._new: list[str] = []
        self._number = False

    def answer(self, situation: Situation, episode: Episode, *, number_due: bool) -> Answer:
        """The words for a situation. number_due: whether a number belongs into this reply."""
        compose = {
            "imminent": self._imminent,
            "high": self._high,
            "moderate": self._moderate,
            "affirmed": self._affirmed,
            "denied": self._denied,
            "calm": self._calm,
            "goodbye": self._goodbye,
            "open": self._open,
            "quiet": self._quiet,
        }[situation]
        lines = [line for line in compose(episode, number_due) if line]
        return Answer(tuple(lines), tuple(self._new), self._number)

    def _imminent(self, _episode: Episode, due: bool) -> list[str | None]:
        act = self._numbered("imminent", "act") if due else self._plain("high", "act")
        return [
            self._plain("imminent", "lead") or self._stay(),
            act or self._plain("imminent", "honest"),
            self._ask(("imminent", "ask"))
            or self._ask(("probes", "alone"))
            or self._ask(("probes", "who")),
        ]

    def _high(self, _episode: Episode, due: bool) -> list[str | None]:
        bring = self._numbered("high", "bring") if due else None
        return [
            self._plain("high", "lead") or self._stay(),
            bring or self._plain("high", "act"),
            self._ask(("high", "ask")) or self._probe(),
        ]

    def _moderate(self, _episode: Episode, due: bool) -> list[str | None]:
        asked_before = self._has_asked("thoughts")
        question = self._probe() if asked_before else self._direct()
        bring = self._numbered("moderate", "bring") if due else None
        return [self._plain("moderate", "lead") or self._stay(), bring, question]

    def _affirmed(self, episode: Episode, due: bool) -> list[str | None]:
        level = "high" if at_least(episode.level, "high") else "moderate"
        bring = self._numbered(level, "bring") if due else None
        lead = self._plain("affirmed", "lead") or self._stay()
        return [lead, bring, self._probe() or self._ask(("high", "ask"))]

    def _denied(self, _episode: Episode, _due: bool) -> list[str | None]:
        return [
            self._plain("denied", "lead") or self._stay(),
            self._plain("moderate", "bring_plain"),
        ]

    def _calm(self, _episode: Episode, due: bool) -> list[str | None]:
        bring = self._numbered("moderate", "bring") if due else None
        return [self._plain("calm", "lead") or self._stay(), bring, self._probe()]

    def _goodbye(self, _episode: Episode, due: bool) -> list[str | None]:
        bring = self._numbered("moderate", "bring") if due else None
        who = self._ask(("probes", "who"))
        return [self._plain("goodbye", "lead") or self._stay(), bring, who or self._probe()]

    def _open(self, episode: Episode, due: bool) -> list[str | None]:
        """Nothing new was said: stay with them and ask the next open question, at high levels
        every time, at moderate once the direct question is still owed."""
        owed = self._direct() if not self._has_asked("thoughts") else None
        if owed is None and at_least(episode.level, "high"):
            owed = self._probe()
        bring = None
        if due:
            level = "high" if at_least(episode.level, "high") else "moderate"
            bring = self._numbered(level, "bring")
        if owed is None and bring is None:
            return []
        return [self._stay(), bring, owed]

    def _quiet(self, _episode: Episode, _due: bool) -> list[str | None]:
        return []

    def _plain(self, *path: str) -> str | None:
        return self._chooser.choose(self._lines(*path), without=_NUMBERS)

    def _numbered(self, *path: str) -> str | None:
        """A line with a number; where the place has none to call, people in words, and the page
        shows the international finder beside them."""
        words = self._chooser.choose(self._lines(*path)) or self._plain("moderate", "bring_plain")
        self._number = self._number or words is not None
        return words

    def _stay(self) -> str | None:
        return self._plain("stay", "lines")

    def _direct(self) -> str | None:
        """The direct question: about ending their life, or this kind's own."""
        words = self._plain("moderate", "ask")
        return self._mark("thoughts", words)

    def _ask(self, path: tuple[str, str]) -> str | None:
        # At "high" the person has said it in so many words: the direct question is answered.
        words = self._plain(*path)
        if words is not None and not self._has_asked("thoughts"):
            self._mark("thoughts", words)
            return words
        return self._mark(path[1] if path[0] == "probes" else ".".join(path), words)

    def _probe(self) -> str | None:
        for name in _PROBES.get(self._path, _OTHERS_PROBES):
            if name != "next" and self._has_asked(name):
                continue
            words = self._plain("probes", name)
            if words is not None:
                return self._mark(name, words)
        return None

    def _mark(self, name: str, words: str | None) -> str | None:
        if words is not None:
            self._new.append(f"{self._path}.{name}")
        return words

    def _has_asked(self, name: str) -> bool:
        full = f"{self._path}.{name}"
        return full in self._asked or full in self._new

    def _lines(self, *path: str) -> Lines:
        return self._bank.lines("danger", self._path, *path)


def worst_kind(episode: Episode, reading: Reading) -> Kind | None:
    """The kind the answer speaks to: the worst heard now, else the worst known."""
    heard: list[tuple[int, int, Kind]] = []
    order: Sequence[Kind] = (
        "suicide",
        "sexual_violence",
        "abuse",
        "violence",
        "self_harm",
        "exploitation",
        "psychosis",
        "mania",
        "eating_disorder",
        "substance",
        "panic",
    )
    levels = reading.risk.levels if at_least(reading.risk.level, "moderate") else episode.levels
    for kind, level in levels.items():
        heard.append((-rank(level), order.index(kind), kind))
    return min(heard)[2] if heard else None
