"""Light lines for everyday messages: by the shape of the message and the thing in it, else a nod.

Nothing here names a feeling or asks after one (content moves/remark.toml).
"""

from __future__ import annotations

import re
from typing import Final

from qingting.companion.plan.direct import mourns
from qingting.companion.plan.felt import GLAD, heard_feeling
from qingting.companion.reply.guided.lists import Lists
from qingting.companion.understand.remarks import PLAIN, Remark, is_heavy
from qingting.companion.words.bank import Lines
from qingting.companion.words.choose import Chooser
from qingting.companion.work import Work

# The kinds whose lines say that we have no answer.
_SHRUGS: Final = frozenset({"whether", "asks"})
# From here on a feeling was plainly said.
_HEAVY: Final = 0.6
_SELF: Final = re.compile(r"我|\bi\b|\bmy\b")


class Light:
    """Finds the line that answers a remark."""

    def __init__(self, work: Work, chooser: Chooser, lists: Lists) -> None:
        self._work = work
        self._chooser = chooser
        self._lists = lists

    def line(self) -> str | None:
        """A line for the shape of the message, best one that takes up a word of it; None where no
        remark leads or all such lines were said."""
        remark = self._work.plan.remark
        if remark is None or not remark.leads or self._jars(remark):
            return None
        shape = () if remark.kind == PLAIN else self._lists.moves("remark", remark.kind, "say")
        for slot in ("when", "thing"):
            words = self._chooser.choose(shape, require=slot)
            if words is not None:
                return words
        return self._chooser.first(shape, self._named(remark))

    def _jars(self, remark: Remark) -> bool:
        """Whether its line would be flippant here: "that's past what I know", said to whoever
        mourns or is in the midst of something heavy, turns them away."""
        topics, feeling = self._work.reading.topics, heard_feeling(self._work)
        sad = feeling is not None and feeling.label not in GLAD and feeling.strength >= _HEAVY
        about = topics[0].name if topics else self._work.state.topic
        heavy = is_heavy(about) or sad or mourns(self._work.message.text)
        return heavy and remark.kind in _SHRUGS

    def wants_nod(self) -> bool:
        """Whether the message is a few words and nothing weightier was heard in it, so that a nod
        is enough."""
        remark = self._work.plan.remark
        feeling = heard_feeling(self._work)
        heavy = feeling is not None and feeling.label not in GLAD
        return (
            remark is not None
            and remark.short
            and not (heavy or self._work.reading.topics or self._work.plan.facet)
        )

    def may_echo(self) -> bool:
        """Whether their words may be said back here: where the talk is about something, what they
        say of themselves, and anything else every other time. In small talk it would be parroting.
        """
        if self._work.state.topic is None:
            return False
        of_self = _SELF.search(self._work.message.text.lower())
        return of_self is not None or self._work.state.turns % 2 == 0

    def nod(self) -> str | None:
        """A nod, and the turn is theirs; None when all of them were said."""
        return self._chooser.choose(self._lists.moves("remark", "nod", "say"))

    def _named(self, remark: Remark) -> Lines:
        """What takes up the everyday thing or the number named: not each time, it wears thin."""
        if remark.field == "count":
            return self._lists.moves("remark", "count", "say")
        if remark.thing is None or self._work.state.turns % 2:
            return ()
        return self._lists.moves("remark", "thing", "say")
