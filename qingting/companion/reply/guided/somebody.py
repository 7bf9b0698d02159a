"""The line at the end of an ordinary reply that brings somebody in (plan/dependence.py)."""

from __future__ import annotations

from qingting.companion.reply.guided.lists import is_question
from qingting.companion.words.bank import Lines, bank
from qingting.companion.work import Work


def somebody(work: Work) -> tuple[str, ...]:
    """The line; nothing where nobody is brought in, or all such lines were said in this talk. What
    it says is noted as said, so that it is not said again soon."""
    bring = work.plan.bring
    if bring is None:
        return ()
    slots = work.chooser.slots
    if work.named:
        work.chooser.renew({**slots, "who": work.named[0]})
    line = work.chooser.choose(_lines(work, *bring.split(".")))
    work.chooser.slots = slots
    if line is None:
        return ()
    work.brought = bring
    return (line,)


def _lines(work: Work, *path: str) -> Lines:
    lines = bank(work.language).lines("moves", "dependence", *path)
    if path[0] in ("ask", "named") and is_question(work.reply):
        # A model asked all the same; one question is enough.
        return bank(work.language).lines("moves", "dependence", "told")
    return lines
