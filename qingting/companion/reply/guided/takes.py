"""Lines that take up one thing of the message (words/things.py), where nothing else of it was.

A remark about the laundry room, or a short question about it, in place of a nod or of a question
that would fit anything. Which lines fit is decided by what kind of thing it is and by the tone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from qingting.companion.plan.direct import mourns
from qingting.companion.plan.felt import GLAD, heard_feeling, just_in_danger
from qingting.companion.plan.tone import told_well, wry
from qingting.companion.reply.guided.lists import Lists, is_question
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.feelings import feelings_of
from qingting.companion.understand.reading import at_least
from qingting.companion.words.bank import Lines
from qingting.companion.words.choose import Chooser
from qingting.companion.words.things import Thing, thing_of
from qingting.companion.work import Work

_CROSS: Final = frozenset({"anger", "disgust"})
# From here on the tone of a message is plain.
_PLAIN: Final = 0.6
# Words of theirs that another line may have handed back.
_HANDED: Final = ("turned", "quote", "thing", "when", "who")
# What is no noun by itself has lines of its own alone.
_OWN_ALONE: Final = frozenset({"count", "when", "deed"})


class Takes:
    """Finds them; None where no thing is sure, or danger is near."""

    def __init__(self, work: Work, chooser: Chooser, lists: Lists) -> None:
        self._work = work
        self._chooser = chooser
        self._lists = lists
        self._thing = self._find()
        self._used = False

    def opening(self) -> str | None:
        """A remark, or a question where one is due: the whole of a reply."""
        return self.ask() or self.remark()

    def remark(self) -> str | None:
        """A remark in the tone of the message."""
        tone = self._tone()
        toned = (tone,) if tone else ()
        return self._say(*(self._of(kind) for kind in (*toned, "say")))

    def ask(self, lines: Iterable[str | None] = ()) -> str | None:
        """A question about it, where no line of the reply has anything of theirs."""
        if not self._may_ask() or self._handed(lines):
            return None
        return self._say(self._of("ask"))

    def unsure(self) -> str | None:
        """Where nothing of a message of some length can be taken up: that, said plainly."""
        remark, work = self._work.plan.remark, self._work
        if self._near_danger() or remark is None or remark.short:
            return None
        lists = [self._lists.moves("takes", "none", "say")]
        if self._may_ask():
            lists.insert(0, self._lists.moves("takes", "none", "ask"))
        return (
            self._chooser.choose(lists[0]) if work.plan.question or work.state.turns % 2 else None
        )

    def _asked_before(self) -> bool:
        """Whether our last reply asked something, too."""
        ours = [one.text for one in self._work.state.history if one.speaker != "person"]
        return bool(ours) and is_question(ours[-1])

    def _may_ask(self) -> bool:
        return self._work.plan.question and not self._asked_before()

    def _of(self, what: str) -> Lines:
        """The lines for its kind and those for any."""
        kind = self._thing.kind if self._thing else "any"
        own = () if kind == "any" else self._lists.moves("takes", kind, what)
        if kind in _OWN_ALONE or (kind == "any" and what == "ask"):
            return own
        return (*own, *self._lists.moves("takes", "any", what))

    def _say(self, *lists: Lines) -> str | None:
        if self._thing is None or self._used:
            return None
        before = self._chooser.slots
        # Not renewed: what this reply handed back already stays handed back.
        self._chooser.slots = {**before, "thing": self._thing.said}
        words = self._chooser.first(*lists, require="thing")
        self._chooser.slots = before
        self._used = words is not None
        return words[:1].upper() + words[1:] if words else None

    def _handed(self, lines: Iterable[str | None]) -> bool:
        slots = self._chooser.slots
        words = [slots[name].lower() for name in _HANDED if slots.get(name)]
        key = [self._thing.key] if self._thing else []
        return any(one in line.lower() for line in lines if line for one in (*words, *key))

    def _tone(self) -> str:
        """Which remarks fit; "" for those that fit any message."""
        work, text = self._work, self._work.message.text
        feeling = heard_feeling(work)
        if at_least(work.reading.risk.level, "moderate"):
            # Nothing light where danger was so much as thought of.
            return ""
        if feeling is not None and feeling.strength >= _PLAIN:
            if feeling.label in GLAD:
                # "Love that for me" is no joy, and thanks typed into a dismissal are none.
                return "glad" if told_well(text, work.language) else ""
            if feeling.label in _CROSS:
                return "cross"
            said = any(read.label == feeling.label for read in feelings_of(cleaned(text)))
            return "heavy" if said else ""
        if wry(text, work.language):
            return "cross"
        return ""

    def _near_danger(self) -> bool:
        work = self._work
        beside = work.protection.listening or work.plan.stage == "safety" or just_in_danger(work)
        return beside or at_least(work.episode.level, "moderate")

    def _find(self) -> Thing | None:
        work = self._work
        if self._near_danger():
            return None
        said = [one.text for one in work.state.history if one.speaker == "person"]
        text = work.message.text
        if mourns(text):
            # Where somebody died, nothing else of the message is remarked on.
            return None
        before = said[:-1] if said and said[-1] == text else said
        return thing_of(text, work.language, felt=_feels, before=before)


def _feels(clause: str) -> bool:
    return any(read.label != "neutral" for read in feelings_of(cleaned(clause)))
