"""The one question of a reply: what follows on from the message, and supposes nothing that was not
said. What asks after weight, regret or anger is only asked where those were heard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from qingting.companion.plan.direct import answers
from qingting.companion.plan.felt import GLAD, heard_feeling
from qingting.companion.plan.plan import Advice
from qingting.companion.reply.guided.lists import Lists
from qingting.companion.understand.remarks import asks_nothing, follows
from qingting.companion.understand.situations import is_advice
from qingting.companion.words.bank import Lines
from qingting.companion.words.choose import Chooser
from qingting.companion.work import Work

# From here on it is plain whether something is heavy or glad. One word of a feeling by itself makes
# 0.55 (understand/feelings.py), and "nobody knows what that is" is no loneliness.
WEIGHS: Final = 0.6
# From here on a question may name it.
_SURE: Final = 0.6


class Asking:
    """Finds the question, the most specific first."""

    def __init__(self, work: Work, chooser: Chooser, lists: Lists) -> None:
        self._work = work
        self._chooser = chooser
        self._lists = lists

    def question(self, *, restated: bool, of_it: Callable[[], str | None]) -> str | None:
        """A question, or None when none fits. restated: their own words were said back before.
        of_it: finds one about a thing of the message, before any that would fit every message."""
        plan = self._work.plan
        asked = answers(plan)
        if asked is not None:
            return self._chooser.first(
                self._lists.situation("ask"),
                self._lists.moves("asked", asked, "ask"),
            )
        if plan.situation is not None and is_advice(plan.situation):
            return self._chooser.choose(self._lists.situation("ask"))
        if plan.advice is not None and plan.stage == "act":
            return self._chooser.choose(self._asked(plan.advice))
        if plan.stage == "act":
            return self._chooser.first(
                self._lists.moves("question", "act"), *self._lists.topic("widen")
            )
        if plan.remark is not None and asks_nothing(plan.remark):
            return self._chooser.choose(self._lists.situation("ask"))
        near = self._chooser.first(
            self._lists.situation("ask"), self._lists.facet("ask"), self._remark()
        )
        near = near or (None if restated else of_it())
        if near is not None:
            return near
        weighs = self._weighs()
        if not weighs and plan.remark is not None and plan.remark.short:
            # "theres ramen" asks for nothing more.
            return None
        if restated or not weighs:
            felt = self._felt() if weighs else ()
            return self._chooser.first(felt, self._lists.moves("question", "follow"))
        return self._weighty()

    def _weighty(self) -> str | None:
        """Where something heavy was heard, and no shape of it says what to ask."""
        stage, general = self._work.plan.stage, self._lists.moves("question", self._work.plan.stage)
        if self._work.state.turns <= 1 and self._work.plan.facet is None:
            # Nothing is known yet: ask what is easy to answer.
            return self._chooser.first(self._lists.moves("question", "first"), general)
        if stage == "explore":
            return self._chooser.first(
                self._felt(), *self._lists.topic("ask"), general, *self._lists.topic("widen")
            )
        lists = [*self._lists.topic("widen"), general]
        return self._chooser.first(*(reversed(lists) if self._work.state.turns % 2 else lists))

    def _remark(self) -> Lines:
        """What may be asked of an everyday message by its shape."""
        remark = self._work.plan.remark
        if remark is None or not follows(remark):
            return ()
        return self._lists.moves("remark", remark.kind, "ask")

    def _asked(self, kind: Advice) -> Lines:
        if kind == "should":
            return self._lists.moves("remark", "whether", "ask")
        return self._lists.moves("question", "asked", kind)

    def _felt(self) -> Lines:
        feeling = heard_feeling(self._work)
        if feeling is None or feeling.strength < _SURE:
            return ()
        return self._lists.moves("question", "felt", feeling.label)

    def _weighs(self) -> bool:
        """Whether something heavy was plainly heard in this message."""
        feeling = heard_feeling(self._work)
        return feeling is not None and feeling.label not in GLAD and feeling.strength >= WEIGHS
