"""The guided responder: composes a reply from authored lines, with no model and no network.

A reply is an opening line that shows what was heard, sometimes a second line, and at most one
question; each taken from the most specific list that still has something unsaid to give.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from qingting.companion.person import Language
from qingting.companion.plan.plan import Plan
from qingting.companion.plan.planner import heard_feeling
from qingting.companion.reply.guided.exercise import in_exercise, offer
from qingting.companion.understand.reading import at_least
from qingting.companion.words.bank import Bank, Lines, bank
from qingting.companion.words.choose import Chooser
from qingting.companion.work import Work

# Most letters of a short and of a longer reply: 汉字 for zh, letters for en.
_SHORT: Final[Mapping[Language, int]] = {"zh": 110, "en": 330}
_LONG: Final[Mapping[Language, int]] = {"zh": 500, "en": 1500}
_STRONG: Final = 0.5


def compose(work: Work) -> tuple[str, ...]:
    """The lines of a reply, in speaking order. Never empty while any line at all is unsaid."""
    if work.plan.part in ("begin", "go_on", "resume"):
        return in_exercise(work)
    guided = _Guided(work, work.chooser, bank(work.language))
    lines = guided.small() if work.plan.small else guided.helping()
    return (*_fitted(lines or guided.plainest(), work), *offer(work))


def finish(work: Work) -> tuple[str, ...]:
    """Lines that end a reply another responder could not finish. With nothing shown yet, a whole
    reply; else one short line that can follow anything caring."""
    if not work.spoken:
        return compose(work)
    words = work.chooser.choose(bank(work.language).lines("moves", "finish", "finish"))
    return (words,) if words else ()


def stopped(work: Work) -> tuple[str, ...]:
    """What is said when the person pressed stop before any word was shown."""
    lines = bank(work.language).lines("moves", "listening", "stopped")
    words = work.chooser.choose(lines) or work.chooser.again(lines)
    return (words,) if words else ()


def _fitted(lines: list[str], work: Work) -> tuple[str, ...]:
    """Drop lines from the middle until the reply is as short as planned: what shows that we heard
    comes first and the question last, so these two stay."""
    most = (_LONG if work.plan.length == "long" else _SHORT)[work.language]
    kept = list(lines)
    while len(kept) > 2 and sum(map(len, kept)) > most:
        kept.pop(1)
    return tuple(kept)


def _is_question(line: str) -> bool:
    return "？" in line or "?" in line


class _Guided:
    def __init__(self, work: Work, chooser: Chooser, words: Bank) -> None:
        self._work = work
        self._plan: Plan = work.plan
        self._chooser = chooser
        self._bank = words

    def small(self) -> list[str]:
        """Answers to a nod, a shrug, a greeting, a question about us."""
        name = self._plan.small or ""
        if name.startswith("about_you."):
            return self._about_us(name.removeprefix("about_you."))
        if name == "human":
            lists = [self._moves("people", "human"), self._moves("people", "human_plain")]
        elif name == "listen_only":
            lists = [self._moves("listening", "listen_only")]
        else:
            lists = [self._moves("small", name)]
        opening = self._chooser.first(*lists) or self._plain()
        return self._with_question([opening])

    def _about_us(self, name: str) -> list[str]:
        """A straight answer about ourselves. Said again, when all its lines were said: a line that
        does not answer would be worse."""
        lists = [self._moves("about_you", name)]
        if name == "memory" and self._work.recalled is not None:
            # The best answer to "do you remember" is remembering.
            lists.insert(0, self._moves("about_you", "remembered"))
        if name == "if_i_died" and not at_least(self._work.episode.level, "moderate"):
            # Nobody has asked them yet: the answer ends on the direct question.
            lists.insert(0, self._moves("about_you", "if_i_died_ask"))
        answer = self._chooser.first(*lists) or self._chooser.again(lists[-1]) or self._plain()
        return [answer] if answer else []

    def helping(self) -> list[str]:
        """A reply that picks up what was said."""
        lines = [self._opening()]
        if lines[0] and _is_question(lines[0]):
            return [lines[0]]
        if self._plan.length == "long":
            lines += [self._topical(), self._effort(), self._ordinary(), self._suggestion()]
        elif self._plan.second == "suggestion":
            lines.append(self._suggestion())
        elif self._plan.second == "affirmation":
            lines.append(self._effort() if self._work.state.turns % 4 else self._ordinary())
        elif self._work.state.listen_only and self._work.state.turns % 2:
            lines.append(self._chooser.choose(self._moves("stance", "room")))
        return self._with_question(lines)

    def plainest(self) -> list[str]:
        """When nothing fits: one short plain line."""
        words = self._chooser.first(
            self._moves("stance", "plain"),
            self._moves("restatement", "quoted"),
            self._moves("stance", "room"),
            self._moves("finish", "finish"),
        )
        # After hours every plain line was said: one again is better than no answer.
        words = words or self._chooser.again(self._moves("stance", "plain"))
        return [words] if words else []

    def _opening(self) -> str | None:
        why = self._plan.why
        special = {
            "gathering": ("summary", "two"),
            "taking_up_again": ("connection", "back"),
            "asked_for_advice": ("advice", "asked"),
        }
        if why in special:
            words = self._chooser.choose(self._moves(*special[why]))
            if words is not None:
                return words
        orders = {
            "reflection": (self._felt, self._topical, self._about, self._quoted),
            "restatement": (self._about, self._quoted, self._topical, self._felt),
        }
        if why == "heard_topic":
            order = (self._topical, self._about, self._quoted, self._felt)
        else:
            order = orders.get(self._plan.skill, orders["restatement"])
        for find in order:
            words = find()
            if words is not None:
                return words
        return self._plain()

    def _felt(self) -> str | None:
        feeling = heard_feeling(self._work)
        if feeling is None:
            return None
        strong = feeling.strength >= _STRONG
        table = ("feelings", feeling.label)
        first, other = ("strong", "light") if strong else ("light", "strong")
        return self._chooser.first(self._moves(*table, first), self._moves(*table, other))

    def _topical(self) -> str | None:
        named = bool(self._work.reading.topics)
        return self._chooser.first(*self._topic_lists("notice")) if named else None

    def _about(self) -> str | None:
        # Every other time only: hearing "your mum" in each reply wears thin.
        if self._work.state.turns % 2:
            return None
        return self._chooser.choose(self._moves("restatement", "about"), require="who")

    def _quoted(self) -> str | None:
        quote = self._chooser.slots.get("quote", "")
        several = len(self._work.message.text) > 2 * len(quote)
        picked = self._moves("restatement", "picked") if several else ()
        return self._chooser.choose(
            (*picked, *self._moves("restatement", "quoted")), require="quote"
        )

    def _plain(self) -> str | None:
        return self._chooser.choose(self._moves("stance", "plain"))

    def _effort(self) -> str | None:
        return self._chooser.choose(self._moves("stance", "effort"))

    def _ordinary(self) -> str | None:
        return self._chooser.choose(self._moves("stance", "ordinary"))

    def _suggestion(self) -> str | None:
        if not self._work.protection.may_offer:
            return None
        feeling = self._work.reading.feeling
        felt = self._moves("suggestion", feeling.label, "lines") if feeling else ()
        return self._chooser.first(
            *self._topic_lists("step"), felt, self._moves("suggestion", "any", "lines")
        )

    def _question(self) -> str | None:
        stage = self._plan.stage
        general = self._moves("question", stage)
        if self._work.state.turns <= 1 and self._plan.facet is None:
            # Nothing is known yet: ask what is easy to answer and assumes nothing.
            return self._chooser.first(self._moves("question", "first"), general)
        if stage == "explore":
            return self._chooser.first(
                *self._topic_lists("ask"), general, *self._topic_lists("widen")
            )
        if stage == "act":
            return self._chooser.first(general, *self._topic_lists("widen"))
        widen_first = self._work.state.turns % 2 == 0
        lists = [*self._topic_lists("widen"), general]
        return self._chooser.first(*(lists if widen_first else reversed(lists)))

    def _with_question(self, lines: list[str | None]) -> list[str]:
        said = [line for line in lines if line]
        already = any(map(_is_question, said))
        question = self._question() if self._plan.question and not already else None
        return [*said, question] if question else said

    def _topic_lists(self, kind: str) -> list[Lines]:
        if self._plan.topic is None:
            return []
        shelf = ("topics", self._plan.topic)
        lists = [self._bank.lines(*shelf, kind)]
        if self._plan.facet is not None:
            lists.insert(0, self._bank.lines(*shelf, "facet", self._plan.facet, kind))
        return lists

    def _moves(self, *path: str) -> Lines:
        return self._bank.lines("moves", *path)
