"""The lines of a guided reply, found one by one."""

from __future__ import annotations

from typing import Final

from qingting.companion.plan.felt import GLAD, heard_feeling
from qingting.companion.plan.plan import Advice, Plan
from qingting.companion.understand.reading import at_least
from qingting.companion.words.bank import Bank, Lines
from qingting.companion.words.choose import Chooser
from qingting.companion.work import Work

# A feeling weaker than this is a guess.
_STRONG: Final = 0.75
_QUOTE_EVERY: Final = 3
# From here on it is plain whether something is heavy or glad.
_PLAIN: Final = 0.5


def is_question(line: str) -> bool:
    """Whether a line asks."""
    return "？" in line or "?" in line


class Composer:
    """Finds the lines of one reply: the most specific that still has something unsaid to give."""

    def __init__(self, work: Work, chooser: Chooser, words: Bank) -> None:
        self._work = work
        self._plan: Plan = work.plan
        self._chooser = chooser
        self._bank = words
        self._restated = False

    def small(self) -> list[str]:
        """Answers to a nod, a shrug, a greeting, a question about us."""
        name = self._plan.small or ""
        if name.startswith("about_you."):
            return self._about_us(name.removeprefix("about_you."))
        if name == "human":
            lists = [self._moves("people", "human"), self._moves("people", "human_plain")]
        elif name == "listen_only":
            lists = [self._moves("listening", "listen_only")]
        elif name == "good_news":
            lists = [self._situation("notice"), self._moves("small", name)]
        else:
            lists = [self._moves("small", name)]
        opening = self._chooser.first(*lists)
        if opening is None and name == "today":
            opening = self._chooser.anew(lists[-1])
        return self._with_question([opening or self._plain()])

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
        if self._work.protection.listening:
            # Beside danger: what they told is taken up, and nothing is added to it.
            return [line for line in lines if line]
        if lines[0] and is_question(lines[0]):
            return [lines[0]]
        if self._plan.advice is not None and self._plan.stage == "act":
            lines.append(self._advice(self._plan.advice))
            return self._with_question(lines)
        if self._restated and self._plan.second is None:
            # Said back, and then what it may be like: one without the other is an echo, or a guess.
            lines.append(self._faceted() or self._felt() or self._heard_out())
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
        if self._work.protection.listening:
            return self._beside_danger()
        why = self._plan.why
        special = {
            "gathering": ("summary", "two"),
            "taking_up_again": ("connection", "back"),
            "asked_for_advice": ("advice", "asked"),
        }
        if self._plan.situation is not None:
            # The most that can be shown of having understood.
            words = self._situated()
            if words is not None:
                return words
        if why in special:
            words = self._turned() if why == "asked_for_advice" and self._told() else None
            words = words or self._chooser.choose(self._moves(*special[why]))
            if words is not None:
                return words
        surest_first = (self._turned, self._faceted, self._felt, self._topical, self._about)
        for find in (*surest_first, self._felt_lightly):
            words = find()
            if words is not None:
                return words
        return self._plain()

    def _beside_danger(self) -> str | None:
        """What they told in the midst of danger, and nothing lighter than that."""
        protection = self._work.protection
        told = protection.situation
        words = self._chooser.choose(self._bank.lines(*told.path("notice")) if told else ())
        stays = self._bank.lines("danger", protection.path or "", "stay", "lines")
        return words or self._felt() or self._chooser.choose(stays)

    def _situated(self) -> str | None:
        return self._chooser.choose(self._situation("notice"))

    def _situation(self, kind: str) -> Lines:
        near = self._plan.situation
        return self._bank.lines(*near.path(kind)) if near is not None else ()

    def _felt(self) -> str | None:
        """Naming the feeling, where it is plain: one guessed wrong says that nobody listened."""
        feeling = heard_feeling(self._work)
        if feeling is None or feeling.strength < _STRONG:
            return None
        return self._chooser.choose(self._moves("feelings", feeling.label, "strong"))

    def _felt_lightly(self) -> str | None:
        """A feeling that may be there, where there is nothing surer to say."""
        feeling = heard_feeling(self._work)
        if feeling is None:
            return None
        table = ("feelings", feeling.label)
        return self._chooser.first(self._moves(*table, "light"), self._moves(*table, "strong"))

    def _faceted(self) -> str | None:
        """A line of the very side of a topic that this message names."""
        topics = self._work.reading.topics
        if not self._names_facet():
            return None
        shelf = ("topics", topics[0].name, "facet", topics[0].facet or "", "notice")
        return self._chooser.choose(self._bank.lines(*shelf))

    def _heard_out(self) -> str | None:
        """What it is to hear it, where it is plain whether it is heavy or glad."""
        feeling = heard_feeling(self._work)
        if feeling is None or feeling.strength < _PLAIN:
            return None
        weight = "glad" if feeling.label in GLAD else "heavy"
        return self._chooser.choose(self._moves("restatement", weight))

    def _names_facet(self) -> bool:
        """Whether this very message names a side of the topic talked about."""
        topics = self._work.reading.topics
        return bool(topics) and topics[0].facet is not None and self._plan.topic == topics[0].name

    def _told(self) -> bool:
        """Whether the message tells something beside what it asks."""
        return len(self._work.message.text) > 2 * len(self._chooser.slots.get("quote", "")) > 0

    def _topical(self) -> str | None:
        named = bool(self._work.reading.topics)
        return self._chooser.first(*self._topic_lists("notice")) if named else None

    def _about(self) -> str | None:
        # Every other time only: hearing "your mum" in each reply wears thin.
        if self._work.state.turns % 2:
            return None
        return self._chooser.choose(self._moves("restatement", "about"), require="who")

    def _turned(self) -> str | None:
        """Their words with the pronouns turned; what cannot be turned is not handed back, except
        now and then: a parrot does not listen."""
        lines = self._moves("restatement", "turned")
        words = self._chooser.choose(lines, require="turned")
        self._restated = words is not None
        if self._restated:
            # The same words, turned or not, are handed back once.
            self._chooser.spend("quote")
        if words is None and self._work.state.turns % _QUOTE_EVERY == 1:
            words = self._chooser.choose(self._moves("restatement", "quoted"), require="quote")
        return words

    def _plain(self) -> str | None:
        return self._chooser.choose(self._moves("stance", "plain"))

    def _effort(self) -> str | None:
        return self._chooser.choose(self._moves("stance", "effort"))

    def _ordinary(self) -> str | None:
        return self._chooser.choose(self._moves("stance", "ordinary"))

    def _advice(self, kind: Advice) -> str | None:
        """What helps with saying it, or with making up one's mind."""
        return self._chooser.first(self._situation("step"), self._moves("advice", kind))

    def _suggestion(self) -> str | None:
        if not self._work.protection.may_offer:
            return None
        feeling = self._work.reading.feeling
        felt = self._moves("suggestion", feeling.label, "lines") if feeling else ()
        return self._chooser.first(
            self._situation("step"),
            *self._topic_lists("step"),
            felt,
            self._moves("suggestion", "any", "lines"),
        )

    def _question(self) -> str | None:
        stage = self._plan.stage
        general = self._moves("question", stage)
        fitting = self._chooser.choose(self._situation("ask")) if stage != "act" else None
        if fitting is None and self._restated and stage != "act":
            # What they told is followed up before anything else is opened.
            facet = self._topic_lists("ask")[:1] if self._names_facet() else []
            fitting = self._chooser.first(*facet, self._moves("question", "follow"))
        if fitting is not None:
            return fitting
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
        already = any(map(is_question, said))
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
        lines = self._bank.lines("moves", *path)
        if path[0] != "about_you" and self._work.state.quiet:
            return tuple(line for line in lines if not is_question(line))
        return lines
