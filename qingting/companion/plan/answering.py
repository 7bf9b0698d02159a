"""What is owed an answer: a thing asked, or told and waited on, that has authored words of its own
(situations with `answer`). They come first, whole, and from no model: most of them are facts."""

from __future__ import annotations

from typing import Final

from qingting.companion.plan.direct import judged_plan
from qingting.companion.plan.exercising import under_way
from qingting.companion.plan.plan import Plan
from qingting.companion.plan.small_talk import about_you, big_news
from qingting.companion.understand.situations import answer_owed
from qingting.companion.understand.threads import threads_open
from qingting.companion.work import Work

ANSWERED: Final = "answered"


def answer_plan(work: Work) -> Plan | None:
    """The plan of a reply that answers, or None when no answer is owed. In the middle of an
    exercise what they write belongs to its step."""
    if under_way(work):
        return None
    text, language = work.message.text, work.language
    if big_news(text, language):
        # Congratulations come before anything that follows on from them.
        return None
    threads = threads_open(work.state.history, text, language)
    owed = answer_owed(text, language, threads=threads)
    if owed is None:
        return judged_plan(work) if about_you(text) == "judge_me" else None
    return Plan(
        stage="act",
        skill="information",
        question=False,
        why="asked_plainly",
        small=ANSWERED,
        situation=owed,
    )
