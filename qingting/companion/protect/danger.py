"""The words for a move: authored lines, put together one turn at a time.

Design of the answers: ask directly and warmly (QPR and LivingWorks practice: asking does not plant
the idea; Dazzi et al. 2014), one question at a time, never reuse one, one number when it is due,
stay. docs/safety-protocol.md has the protocol in plain words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from qingting.companion.person import Language
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.facets import DIRECT, Facet
from qingting.companion.protect.moves import Move, MoveName
from qingting.companion.protect.plan_talk import Step
from qingting.companion.understand.reading import at_least
from qingting.companion.words.bank import Bank, Lines
from qingting.companion.words.choose import Chooser, fingerprints

_NUMBERS: Final = frozenset({"line", "emergency"})
# Files that have no words of their own for these turn to those of suicide, which fit any danger.
_SHARED: Final = frozenset({"calm", "denied", "goodbye"})
# After something was taken: what is said to "I feel fine" and to "should I throw up".
_OF_THE_BODY: Final = frozenset({"feels_fine", "vomit", "sleepy"})
_OF_PEOPLE: Final = frozenset({"sent", "agreed", "declined"})
_QUOTED: Final[Mapping[Language, str]] = {"zh": "“{}”", "en": '"{}"'}

Parts = list[str | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """The words of danger for one turn.

    lines: in speaking order; empty when this turn needs no words of danger. probes: questions
    now asked, as "path.facet"; said: fingerprints of their words. number: whether a number was
    given. offered: what was offered in it, e.g. "named".
    """

    lines: tuple[str, ...]
    probes: tuple[str, ...] = ()
    said: frozenset[str] = frozenset()
    number: bool = False
    offered: str = ""


class DangerWords:
    """Composes the words of one move."""

    def __init__(self, bank: Bank, chooser: Chooser, language: Language, episode: Episode) -> None:
        self._bank = bank
        self._chooser = chooser
        self._language = language
        self._episode = episode
        self._path = ""
        self._asked: list[str] = []
        self._said: frozenset[str] = frozenset()
        self._number = False
        self._offered = ""

    def answer(self, move: Move) -> Answer:
        """The words for a move."""
        self._path = move.path
        compose: Mapping[MoveName, Callable[[Move], Parts]] = {
            "act": self._act,
            "act_on": self._act_on,
            "held": self._held,
            "barrier": self._barrier,
            "calm": lambda move: self._led("calm", move),
            "goodbye": lambda move: self._led("goodbye", move),
            "denied": self._denied,
            "high": self._high,
            "moderate": self._moderate,
            "answer": self._taken_in,
            "named": self._named,
            "plan": self._plan,
            "back": self._back,
            "stay": self._stayed,
        }
        written = compose.get(move.name)
        lines = [line for line in written(move) if line] if written else []
        return Answer(tuple(lines), tuple(self._asked), self._said, self._number, self._offered)

    def _act(self, move: Move) -> Parts:
        """The number stands first, however they feel."""
        act = move.about if move.about in ("taken", "doing") else ""
        if self._others_body():
            first = self._numbered(self._safety("act", "other_taken", "first"))
            return [first, self._plain(self._safety("act", "other_taken", "more")), self._now(move)]
        first = self._numbered(self._safety("act", act, "first")) if act else None
        first = first or self._numbered(self._own("imminent", "act"))
        return [first, self._beside(act), self._now(move)]

    def _others_body(self) -> bool:
        """Whether somebody else has taken or done something, or cannot be woken."""
        taken = self._episode.act == "taken" or self._episode.asking.anywhere("awake") == "no"
        return self._path == "other_at_risk" and taken

    def _beside(self, act: str) -> str | None:
        if act == "taken":
            feels = self._plain(self._safety("act", "taken", "feels_fine"))
            return feels or self._plain(self._safety("act", "taken", "honest"))
        return self._plain(self._own("imminent", "lead"))

    def _act_on(self, move: Move) -> Parts:
        lead = self._answered(move.about) or self._plain(self._own("imminent", "lead"))
        asked = self._now(move)
        if move.about in _OF_THE_BODY:
            return [self._plain(self._safety("act", "taken", move.about)) or lead, asked]
        return [lead or self._stay(), self._step(), asked]

    def _step(self) -> str | None:
        """One thing to do now, without a number."""
        if self._others_body():
            step = self._plain(self._safety("act", "other_taken", "more"))
        elif self._episode.act == "taken":
            step = self._plain(
                (
                    *self._safety("act", "taken", "keep"),
                    *self._safety("act", "taken", "honest"),
                    *self._safety("act", "taken", "feels_fine"),
                )
            )
        elif self._episode.act == "doing":
            step = self._plain(self._safety("act", "doing", "step"))
        else:
            step = None
        step = step or self._plain(self._own("high", "act"))
        return step or self._plain(self._safety("act", "taken", "honest"))

    def _now(self, move: Move) -> str | None:
        for facet in move.asks:
            words = self._plain(self._own("now", facet)) or self._plain(self._own("probes", facet))
            if words is not None:
                return self._mark(facet, words)
        if self._others_body():
            return self._marked("next", self._safety("act", "other_taken", "ask"))
        act = self._episode.act
        return self._marked("next", self._safety("act", act if act != "none" else "taken", "ask"))

    def _held(self, move: Move) -> Parts:
        after = self._answered(move.about) or self._plain(self._safety("act", "after", "lines"))
        return [after or self._stay()]

    def _barrier(self, move: Move) -> Parts:
        self._offered = f"barrier.{move.about}"
        words = self._plain(self._safety("barriers", "barrier", move.about, "lines"))
        asked = self._marked("barrier", self._safety("barriers", "barrier", move.about, "ask"))
        act = self._step() if at_least(self._episode.level, "imminent") else None
        return [words or self._stay(), act or self._bring(move), asked]

    def _high(self, move: Move) -> Parts:
        """A line when one is due and the step towards safety beside it."""
        lead = self._plain(self._own("high", "lead"))
        bring = self._bring(move)
        act = self._plain(self._own("high", "act")) if bring is None or self._bodily() else None
        if move.about:
            act = self._plain(self._safety("barriers", "barrier", move.about, "lines"))
        return [lead or self._stay(), act, bring, self._ask(move)]

    def _bodily(self) -> bool:
        """Where the body itself is in danger a line to talk to is not help enough."""
        return self._path in ("eating_disorder", "substance", "panic", "self_harm")

    def _moderate(self, move: Move) -> Parts:
        lead = self._plain(self._own("moderate", "lead"))
        if move.about:
            lead = self._plain(self._safety("barriers", "barrier", move.about, "lines")) or lead
        return [lead or self._stay(), self._bring(move), self._ask(move)]

    def _taken_in(self, move: Move) -> Parts:
        lead = self._answered(move.about) or self._plain(self._own("affirmed", "lead"))
        lead = lead or self._plain(self._own("moderate", "lead"))
        near = move.about in ("means_near", "wound_bad", "body_bad", "safe_no")
        care = self._own("care", "lines") if move.about == "wound_bad" else ()
        act = self._plain((*care, *(() if care else self._own("high", "act")))) if near else None
        return [lead or self._stay(), act or self._bring(move), self._ask(move)]

    def _answered(self, about: str) -> str | None:
        """Words for an answer such as "means_near"."""
        if about in _OF_PEOPLE:
            return self._plain(self._safety("people", about, "lines"))
        return self._plain(self._safety("answers", about, "lines")) if about else None

    def _denied(self, move: Move) -> Parts:
        lead = self._led_words("denied") or self._stay()
        return [lead, self._bring(move) or self._without_number(), self._ask(move)]

    def _led(self, name: str, move: Move) -> Parts:
        return [self._led_words(name) or self._stay(), self._bring(move), self._ask(move)]

    def _led_words(self, name: str) -> str | None:
        words = self._plain(self._own(name, "lead"))
        if words is None and name in _SHARED:
            words = self._plain(self._bank.lines("danger", "suicide", name, "lead"))
        return words

    def _named(self, move: Move) -> Parts:
        """Somebody was named: the first sentence to send them, or, where they are the one who
        hurts, nobody tells them."""
        self._offered = "named"
        if move.about in self._episode.people.hurt_by:
            unsafe = self._plain(self._safety("people", "unsafe_person", "lines"))
            return [unsafe or self._stay(), self._bring(move), self._who()]
        words = self._plain(self._safety("people", "named", "lines"))
        draft = self._plain(self._safety("people", "draft", "lines"))
        quoted = _QUOTED[self._language].format(draft) if draft else None
        now = self._now(move) if at_least(self._episode.level, "imminent") else None
        return [words or self._stay(), quoted, self._bring(move), now]

    def _plan(self, move: Move) -> Parts:
        """One step of the safety plan: what they said taken in, the next line asked for."""
        step = move.step
        if step is None:
            return []
        asked = self._safety("plan", step.section, "ask") if step.section else ()
        if step.outcome == "offered":
            offer = self._marked("plan", self._safety("plan", "offer", "lines"))
            return [self._stay(), self._bring(move), offer]
        took = self._taken(step)
        last = self._plain(self._safety("plan", step.outcome, "lines"))
        ended = last if step.outcome in ("finished", "unfinished") else None
        return [took or last, ended if took else None, self._marked("plan", asked)]

    def _taken(self, step: Step) -> str | None:
        if step.item is None:
            return None
        return self._plain(self._safety("plan", step.item[0], "kept"))

    def _who(self) -> str | None:
        return self._marked("who", self._own("probes", "who"))

    def _back(self, move: Move) -> Parts:
        days = {"1": "day1", "3": "day3", "7": "day7", "30": "day30"}[move.about]
        lines = self._safety("coming_back", days, "lines")
        if days == "day30":
            lines = (*lines, *self._safety("coming_back", "later", "lines"))
        return [self._marked("back", lines), self._bring(move)]

    def _stayed(self, move: Move) -> Parts:
        """An answer that could not be read is taken as it is; otherwise simply stay."""
        lead = self._answered(move.about) or self._stay()
        return [lead, self._bring(move), self._ask(move)]

    def _bring(self, move: Move) -> str | None:
        """A line with a number; where the place has none to call, people in words, and the page
        shows the international finder beside them."""
        if move.number is None:
            return None
        level = "high" if at_least(self._episode.level, "high") else "moderate"
        return self._numbered(self._own(level, "bring")) or self._without_number()

    def _without_number(self) -> str | None:
        shared = self._bank.lines("danger", "suicide", "moderate", "bring_plain")
        return self._plain(self._own("moderate", "bring_plain")) or self._plain(shared)

    def _numbered(self, lines: Lines) -> str | None:
        words = self._chooser.choose(lines)
        self._number = self._number or words is not None
        return words

    def _stay(self) -> str | None:
        return self._plain(self._own("stay", "lines"))

    def _ask(self, move: Move) -> str | None:
        for facet in move.asks:
            words = self._plain(self._questions(facet))
            if words is not None:
                return self._mark(facet, words)
        return None

    def _questions(self, facet: Facet) -> Lines:
        if facet == DIRECT:
            return self._own("moderate", "ask")
        more = self._safety("people", "offer", "lines") if facet == "who" else ()
        return (*self._own("probes", facet), *more)

    def _marked(self, facet: Facet, lines: Lines) -> str | None:
        words = self._plain(lines)
        return self._mark(facet, words) if words is not None else None

    def _mark(self, facet: Facet, words: str) -> str:
        self._asked.append(f"{self._path}.{facet}")
        self._said |= fingerprints(words)
        return words

    def _plain(self, lines: Lines) -> str | None:
        return self._chooser.choose(lines, without=_NUMBERS)

    def _own(self, *path: str) -> Lines:
        return self._bank.lines("danger", self._path, *path)

    def _safety(self, *path: str) -> Lines:
        return self._bank.lines("safety", *path)
