"""The lines of a reply that asks how a thing went, or that answers what was told then."""

from __future__ import annotations

from qingting.companion.plan.checked_in import ASKS, CHECK_IN, STOP
from qingting.companion.remember.check_in_words import question
from qingting.companion.reply.guided.lists import Lists
from qingting.companion.words.choose import Chooser
from qingting.companion.work import Work


def check_in(work: Work, chooser: Chooser, lists: Lists) -> list[str]:
    """The lines; empty where none is left. Notes in the work what was asked, or given up."""
    name = work.plan.small or ""
    if name == ASKS:
        return _asks(work, chooser, lists)
    answers = lists.moves("check_in", *name.removeprefix(CHECK_IN).split("."))
    words = chooser.choose(answers)
    if name == STOP:
        # What is promised must be said, and done, also a second time.
        work.asks_no_more = True
        words = words or chooser.again(answers)
    return [words] if words else []


def _asks(work: Work, chooser: Chooser, lists: Lists) -> list[str]:
    due = work.memories.ask
    opening = chooser.choose(lists.moves("check_in", "hello"))
    if due is None:
        return [opening] if opening else []
    asked = question(due.follow_up, work.person.local(work.now).date(), chooser)
    work.asked = due.id
    if due.item:
        work.used.append(due.item)
    return [line for line in (opening, asked) if line]
