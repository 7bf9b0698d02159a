"""The lines of a guided reply, found one by one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from qingting.companion.plan.answering import ANSWERED
from qingting.companion.plan.checked_in import CHECK_IN
from qingting.companion.plan.dependence import TO_US
from qingting.companion.plan.felt import GLAD, heard_feeling, says_heavy
from qingting.companion.plan.no_better import NO_BETTER
from qingting.companion.plan.plan import Advice, Plan
from qingting.companion.plan.requests import first_words
from qingting.companion.plan.voiced import VOICE
from qingting.companion.plan.wished import may_name
from qingting.companion.reply.guided.asking import WEIGHS, Asking
from qingting.companion.reply.guided.check_in import check_in
from qingting.companion.reply.guided.light import Light
from qingting.companion.reply.guided.lists import Lists, is_question
from qingting.companion.reply.guided.remembered import Remembering, about_memory
from qingting.companion.reply.guided.takes import Takes
from qingting.companion.reply.guided.tone import Tone
from qingting.companion.understand.about_us import answer_to
from qingting.companion.understand.reading import at_least
from qingting.companion.understand.remarks import asks
from qingting.companion.understand.situations import is_advice
from qingting.companion.words.bank import Bank, Lines
from qingting.companion.words.choose import Chooser
from qingting.companion.work import Work

_QUOTE_EVERY: Final = 3
# A message not longer than so many times its quote is one clause.
_ONE_CLAUSE: Final = 1.6
# A feeling weaker than this is a guess.
_STRONG: Final = 0.75
# And one weaker than this is not even named lightly: a child that stared is no wound.
_FAINT: Final = 0.55
_TO_BED: Final = re.compile(
    r"睡|晚安|困|休息|\b(?:sleep|bed|night|goodnight|gn|rest)\b", re.IGNORECASE
)
# Topics that are people and places of every day: their name alone says nothing is wrong.
_MENTIONED: Final = frozenset({"parents", "friendship", "dorm", "work", "crush", "comparison"})
# Topics whose sides are shown by words of every day (班里, the group chat).
_EVERYWHERE: Final = frozenset({"comparison", "dorm"})


class Composer:
    """Finds the lines of one reply: the most specific that still has something unsaid to give."""

    def __init__(self, work: Work, chooser: Chooser, words: Bank) -> None:
        self._work = work
        self._plan: Plan = work.plan
        self._chooser = chooser
        self._bank = words
        self._lists = Lists(work, words)
        self._asking = Asking(work, chooser, self._lists)
        self._light = Light(work, chooser, self._lists)
        self._remembering = Remembering(work, chooser, self._lists)
        self._tone = Tone(work, chooser, self._lists)
        self._takes = Takes(work, chooser, self._lists)
        self.remembered: str | None = None  # the line that takes up something remembered
        self._restated = False
        self._unheard = False

    def small(self) -> list[str]:
        """Answers to a nod, a shrug, a greeting, a question about us."""
        name = self._plan.small or ""
        if name.startswith("about_you."):
            return self._about_us(name.removeprefix("about_you."))
        if name == ANSWERED:
            return self._answered()
        if name.startswith(CHECK_IN):
            return check_in(self._work, self._chooser, self._lists) or self.plainest()
        if about_memory(name):
            return self._remembering.small(name) or self.plainest()
        if may_name(self._work) and (greeting := self._remembering.named(name)) is not None:
            return [greeting]
        lists = self._small_lists(name)
        opening = self._tone.news() or self._chooser.first(*lists)
        if opening is None and name in ("today", "sum"):
            opening = self._chooser.anew(lists[-1])
        return self._with_question([opening or self._plain()])

    def _small_lists(self, name: str) -> list[Lines]:
        """Where the words for something small are, the most specific first."""
        moves = self._lists.moves
        if name == "human":
            return [moves("people", "human"), moves("people", "human_plain")]
        if name == "listen_only":
            return [moves("listening", "listen_only")]
        if name.startswith(VOICE):
            return [moves("voice", name.removeprefix(VOICE))]
        if name.startswith(TO_US):
            return [moves("dependence", name.removeprefix(TO_US))]
        if name.startswith(NO_BETTER):
            return [moves("no_better", name.removeprefix(NO_BETTER))]
        if name == "goodbye" and _TO_BED.search(self._work.message.text):
            return [moves("small", "goodnight"), moves("small", name)]
        if name == "good_news":
            return [self._lists.situation("notice"), moves("small", name)]
        return [moves("small", name)]

    def _about_us(self, name: str) -> list[str]:
        """A straight answer about ourselves. Said again, when all its lines were said: a line that
        does not answer would be worse."""
        lists = [self._lists.moves("about_you", answer_to(name, tells=self._work.tells))]
        if name == "memory":
            # The best answer to "do you remember" is remembering.
            if held := self._remembering.held():
                return held
            if self._work.recalled is not None:
                lists.insert(0, self._lists.moves("about_you", "remembered"))
            elif (nothing := self._remembering.nothing()) is not None:
                return [nothing]
        if name == "first_said" and (first := first_words(self._work)) is not None:
            self._chooser.renew({**self._chooser.slots, "earlier": first})
            lists.insert(0, self._lists.moves("about_you", "first", "remembered"))
        if name == "if_i_died" and not at_least(self._work.episode.level, "moderate"):
            # Nobody has asked them yet: the answer ends on the direct question.
            lists.insert(0, self._lists.moves("about_you", "if_i_died_ask"))
        answer = self._chooser.first(*lists) or self._chooser.again(lists[-1]) or self._plain()
        return [answer] if answer else []

    def _answered(self) -> list[str]:
        """What they asked is answered, again when it is asked again, and their own question, if
        there is one that follows on."""
        lines = self._lists.situation("answer")
        answer = self._chooser.choose(lines) or self._chooser.again(lines)
        asked = self._chooser.choose(self._lists.situation("ask"))
        return [line for line in (answer, asked) if line]

    def helping(self) -> list[str]:
        """A reply that picks up what was said."""
        lines = [self._opening()]
        if self._work.protection.listening:
            # Beside danger: what they told is taken up, and nothing is added to it.
            return [line for line in lines if line]
        return self._helping(lines)

    def _helping(self, lines: list[str | None]) -> list[str]:
        """The opening with what belongs to it."""
        noted = self._remembering.confirmed()
        self.remembered = None if noted else self._remembering.line()
        if lines[0] and is_question(lines[0]):
            return [line for line in (noted or self.remembered, lines[0]) if line]
        if noted or self.remembered:
            # One thing of what was told before is addition enough.
            step = self._suggestion() if self._plan.second == "suggestion" else None
            return self._with_question([noted, *lines, self.remembered, step])
        return self._added(lines)

    def _added(self, lines: list[str | None]) -> list[str]:
        """The opening with what the plan adds to it, and the question."""
        if self._plan.situation is not None and is_advice(self._plan.situation):
            lines.append(self._chooser.choose(self._lists.situation("step")))
            return self._with_question(lines)
        if self._plan.advice is not None and self._plan.stage == "act":
            lines.append(self._advice(self._plan.advice))
            return self._with_question(lines)
        if self._restated and self._plan.second is None:
            # Said back, and then what it may be like: one without the other is an echo, or a guess.
            lines.append(self._faceted() or self._of_it())
        if self._plan.length == "long":
            lines += [self._topical(), self._effort(), self._ordinary(), self._suggestion()]
        elif self._plan.length == "normal":
            lines.append(self._topical() or self._ordinary())
        elif self._plan.second == "suggestion":
            lines.append(self._suggestion())
        elif self._plan.second == "affirmation":
            lines.append(self._effort() if self._work.state.turns % 4 else self._ordinary())
        elif self._work.state.listen_only and self._work.state.turns % 2:
            lines.append(self._chooser.choose(self._lists.moves("stance", "room")))
        return self._with_question(lines)

    def plainest(self) -> list[str]:
        """When nothing fits: one short plain line."""
        words = self._chooser.first(
            self._lists.moves("stance", "plain"),
            self._lists.moves("restatement", "quoted"),
            self._lists.moves("stance", "room"),
            self._lists.moves("finish", "finish"),
        )
        # After hours every plain line was said: one again is better than no answer.
        words = words or self._chooser.again(self._lists.moves("stance", "plain"))
        return [words] if words else []

    def _opening(self) -> str | None:
        if self._work.protection.listening:
            return self._beside_danger()
        if self._one_clause():
            # All that they said, said back, is a parrot's answer.
            self._chooser.spend("quote")
        words = self._tone.wry() or self._situated() or self._special()
        if words is not None or self._answers():
            return words
        words = self._tone.unkind()
        if words is not None:
            return words
        words = self._tone.gladly()
        if words is not None:
            return words
        words = self._tone.mood()
        if words is not None:
            # What it is about is theirs to tell.
            self._unheard = True
            return words
        for find in self._surest_first():
            words = find()
            if words is not None:
                return words
        # Nothing was understood: a plain line leaves the turn to them better than a question.
        self._unheard = True
        return self._takes.unsure() or self._plain()

    def _surest_first(self) -> tuple[Callable[[], str | None], ...]:
        """What a reply may open with, the most specific first. Of a message that is one clause, the
        clause said back is a parrot's answer: what is known of it goes before."""
        known, said = (self._faceted, self._felt), (self._turned,)
        rest = (self._taken, self._topical, self._about, self._felt_lightly)
        if self._one_clause():
            return (self._remarked, *known, self._felt_lightly, self._topical, *said, *rest)
        return (self._remarked, *said, *known, *rest)

    def _one_clause(self) -> bool:
        text, clause = self._work.message.text, self._chooser.slots.get("quote", "")
        return len(text) < _ONE_CLAUSE * max(len(clause), 1)

    def _special(self) -> str | None:
        """The opening of a reply that gathers, takes up again, or is asked for advice."""
        why = self._plan.why
        if why == "gathering":
            return self._chooser.choose(self._lists.moves("summary", "two"))
        if why == "taking_up_again":
            return self._chooser.choose(self._lists.moves("connection", "back"))
        if why != "asked_for_advice":
            return None
        words = self._turned() if self._told() else None
        if self._answers():
            return words
        return words or self._chooser.choose(self._lists.moves("advice", "asked"))

    def _answers(self) -> bool:
        """Whether the answer itself comes next, so that a preface would only put it off."""
        return self._plan.why == "asked_for_advice" and self._plan.advice is not None

    def _remarked(self) -> str | None:
        """A light line for an everyday message, or their words, or a nod."""
        light = self._light.line()
        if light is not None or not self._light.wants_nod():
            return light
        # What they say of themselves is said back; else not two replies running do only that.
        return (
            (self._turned() if self._light.may_echo() else None)
            or self._taken()
            or self._light.nod()
        )

    def _taken(self) -> str | None:
        """One thing of the message, remarked on or asked after; nothing is asked besides."""
        if self._plan.length != "short":
            return self._takes.remark()
        words = self._takes.opening()
        self._unheard = self._unheard or words is not None
        return words

    def _beside_danger(self) -> str | None:
        """What they told in the midst of danger, and nothing lighter than that."""
        protection = self._work.protection
        told = protection.situation
        words = self._chooser.choose(self._bank.lines(*told.path("notice")) if told else ())
        stays = self._bank.lines("danger", protection.path or "", "stay", "lines")
        return words or self._felt() or self._chooser.choose(stays)

    def _situated(self) -> str | None:
        return self._chooser.choose(self._lists.situation("notice"))

    def _felt(self) -> str | None:
        """Naming the feeling, where it is plain: one guessed wrong says that nobody listened."""
        feeling = heard_feeling(self._work)
        if feeling is None or feeling.strength < _STRONG:
            return None
        return self._chooser.choose(self._lists.moves("feelings", feeling.label, "strong"))

    def _felt_lightly(self) -> str | None:
        """A feeling that may be there, where there is nothing surer to say."""
        feeling = heard_feeling(self._work)
        if feeling is None or feeling.strength < _FAINT:
            return None
        table = ("feelings", feeling.label)
        return self._chooser.first(
            self._lists.moves(*table, "light"), self._lists.moves(*table, "strong")
        )

    def _faceted(self) -> str | None:
        """A line of the very side of a topic that this message names."""
        if self._plan.topic in _EVERYWHERE and not self._heavy():
            return None
        return self._chooser.choose(self._lists.facet("notice"))

    def _of_it(self) -> str | None:
        """What it may be like, where the words themselves say so: a guess after an echo is one
        guess too many."""
        feeling = heard_feeling(self._work)
        glad = feeling is not None and feeling.label in GLAD
        if not glad and not says_heavy(self._work.message.text):
            return None
        return self._felt() or self._heard_out()

    def _heard_out(self) -> str | None:
        """What it is to hear it, where it is plain whether it is heavy or glad."""
        feeling = heard_feeling(self._work)
        if feeling is None or feeling.strength < WEIGHS:
            return None
        weight = "glad" if feeling.label in GLAD else "heavy"
        return self._chooser.choose(self._lists.moves("restatement", weight))

    def _told(self) -> bool:
        """Whether the message tells something beside what it asks."""
        return len(self._work.message.text) > 2 * len(self._chooser.slots.get("quote", "")) > 0

    def _topical(self) -> str | None:
        topics = self._work.reading.topics
        if not topics:
            return None
        if topics[0].name in _MENTIONED and topics[0].facet is None and not self._heavy():
            # Whoever says "my mum" tells of more than trouble with her.
            return None
        return self._chooser.first(*self._lists.topic("notice"))

    def _heavy(self) -> bool:
        feeling = heard_feeling(self._work)
        return feeling is not None and feeling.label not in GLAD

    def _about(self) -> str | None:
        # Every other time only: hearing "your mum" in each reply wears thin. And not where nothing
        # heavy was heard: the lines suppose that there is more behind it.
        if self._work.state.turns % 2 or not self._heavy():
            return None
        return self._chooser.choose(self._lists.moves("restatement", "about"), require="who")

    def _turned(self) -> str | None:
        """Their words with the pronouns turned; what cannot be turned is not handed back,
        except now and then: a parrot does not listen."""
        if self._plan.remark is not None and asks(self._plan.remark):
            # A question of theirs said back as a statement would claim it was answered.
            return None
        lines = self._lists.moves("restatement", "turned")
        words = self._chooser.choose(lines, require="turned")
        self._restated = words is not None
        if self._restated:
            # The same words, turned or not, are handed back once.
            self._chooser.spend("quote")
        if words is None and self._work.state.turns % _QUOTE_EVERY == 1:
            words = self._chooser.choose(
                self._lists.moves("restatement", "quoted"), require="quote"
            )
        return words

    def _plain(self) -> str | None:
        return self._chooser.choose(self._lists.moves("stance", "plain"))

    def _effort(self) -> str | None:
        return self._chooser.choose(self._lists.moves("stance", "effort"))

    def _ordinary(self) -> str | None:
        return self._chooser.choose(self._lists.moves("stance", "ordinary"))

    def _advice(self, kind: Advice) -> str | None:
        """What helps with saying it, or with making up one's mind."""
        return self._chooser.first(self._lists.situation("step"), self._lists.moves("advice", kind))

    def _suggestion(self) -> str | None:
        if not self._work.protection.may_offer:
            return None
        feeling = self._work.reading.feeling
        felt = self._lists.moves("suggestion", feeling.label, "lines") if feeling else ()
        return self._chooser.first(
            self._lists.situation("step"),
            *self._lists.topic("step"),
            felt,
            self._lists.moves("suggestion", "any", "lines"),
        )

    def _with_question(self, lines: list[str | None]) -> list[str]:
        said = [line for line in lines if line]
        already = any(map(is_question, said))
        if already or self._unheard or not self._plan.question:
            return said
        question = self._asking.question(
            restated=self._restated, of_it=lambda: self._asked_of(said)
        )
        return [*said, question] if question else said

    def _asked_of(self, said: list[str]) -> str | None:
        """A question about one thing of the message; of few words, the thing is all they hold."""
        return None if self._one_clause() else self._takes.ask(said)
