"""The guided responder: composes a reply from authored lines, with no model and no network.

A reply is an opening line that shows what was heard, sometimes a second line, and at most one
question; each taken from the most specific list that still has something unsaid to give.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from qingting.companion.person import Language
from qingting.companion.reply.guided.article import article, is_about_article, offer_article
from qingting.companion.reply.guided.aside import confirmed, with_aside
from qingting.companion.reply.guided.composer import Composer
from qingting.companion.reply.guided.exercise import in_exercise, offer
from qingting.companion.reply.guided.letter import letter
from qingting.companion.reply.guided.lists import Lists, is_question
from qingting.companion.reply.guided.opening import is_opening, opening
from qingting.companion.reply.guided.questions import is_about_questions, questions
from qingting.companion.reply.guided.remembered import used_in
from qingting.companion.reply.guided.somebody import somebody
from qingting.companion.words.bank import bank
from qingting.companion.work import Work

# Most letters of a short and of a longer reply: 汉字 for zh, letters for en.
_SHORT: Final[Mapping[Language, int]] = {"zh": 110, "en": 330}
# And of one for somebody who likes them brief.
_BRIEF: Final[Mapping[Language, int]] = {"zh": 45, "en": 130}
_LONG: Final[Mapping[Language, int]] = {"zh": 500, "en": 1500}


def compose(work: Work) -> tuple[str, ...]:
    """The lines of a reply, in speaking order. Never empty while any line at all is unsaid."""
    if work.plan.part in ("begin", "go_on", "resume"):
        return in_exercise(work)
    if work.plan.small == "letter":
        return letter(work)
    if is_about_questions(work.plan):
        return questions(work, kept=work.keeps_answers)
    if is_opening(work.plan.small):
        return opening(work)
    if is_about_article(work.plan.small) and (lines_of_it := article(work)):
        return lines_of_it
    guided = Composer(work, work.chooser, bank(work.language))
    lines = guided.small() if work.plan.small else guided.helping()
    if work.protection.listening or _asks_nothing(work):
        lines = [line for line in lines if not is_question(line)]
    fitted = _fitted(confirmed(work) + (lines or guided.plainest()), work)
    used_in(work, fitted, guided.remembered)
    offered = offers(work)
    room = _most(work) - sum(map(len, (*fitted, *offered)))
    return (*with_aside(fitted, work, room), *offered)


def offers(work: Work) -> tuple[str, ...]:
    """The line with which a reply offers something: an exercise, something to read, a person."""
    return (*offer(work), *offer_article(work), *somebody(work))


def finish(work: Work) -> tuple[str, ...]:
    """Lines that end a reply another responder could not finish. With nothing shown yet, a whole
    reply; else one short line that can follow anything caring."""
    if not work.spoken:
        return compose(work)
    lists = Lists(work, bank(work.language))
    words = work.chooser.choose(lists.moves("finish", "finish"))
    return (words,) if words else ()


def stopped(work: Work) -> tuple[str, ...]:
    """What is said when the person pressed stop before any word was shown."""
    lines = bank(work.language).lines("moves", "listening", "stopped")
    words = work.chooser.choose(lines) or work.chooser.again(lines)
    return (words,) if words else ()


def _fitted(lines: list[str], work: Work) -> tuple[str, ...]:
    """Drop lines from the middle until the reply is as short as planned: what shows that we heard
    comes first and the question last, so these two stay."""
    kept = list(lines)
    while len(kept) > 2 and sum(map(len, kept)) > _most(work):
        kept.pop(1)
    return tuple(kept)


def _most(work: Work) -> int:
    """Most letters of this reply."""
    if work.memories.wishes.short and work.plan.length == "short":
        return _BRIEF[work.language]
    return (_LONG if work.plan.length == "long" else _SHORT)[work.language]


def _asks_nothing(work: Work) -> bool:
    """Whether they had enough of questions. A straight answer about us may end on one all the
    same: "if I died" is asked about."""
    return work.state.quiet and not (work.plan.small or "").startswith("about_you.")
