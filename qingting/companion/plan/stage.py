"""The stage that plans the reply."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from qingting.companion.events import Event
from qingting.companion.parts import Parts
from qingting.companion.plan.plan import Plan
from qingting.companion.plan.planner import plan_for
from qingting.companion.plan.questions import questions_plan
from qingting.companion.plan.remembering import with_memory
from qingting.companion.plan.wished import told_now, with_wishes
from qingting.companion.understand.declined import exercise_words
from qingting.companion.work import Work


class MakePlan:
    """Chooses stage, skill, question and offer. Danger that was answered is its own plan."""

    name = "plan"
    limit = 1.0

    async def run(self, work: Work, parts: Parts) -> AsyncIterator[Event]:
        """See the class."""
        work.keeps_answers = parts.keeps_answers
        work.plan = _safety_plan() if work.protection.answered else _plan(work)
        if work.state.no_exercises and work.plan.part is None:
            work.chooser.avoid(exercise_words())
        if work.protection.listening:
            # The question of danger, when there is one, follows; two would be one too many.
            work.plan = replace(work.plan, question=False)
        return
        yield

    def fall_back(self, work: Work, parts: Parts) -> Sequence[Event]:
        """Listen: restate and leave room."""
        work.plan = _safety_plan() if work.protection.answered else Plan(question=False)
        return ()


def _plan(work: Work) -> Plan:
    """The plan for the message, with their wishes, and with what is remembered where it matters."""
    questions = questions_plan(work)
    if questions is not None:
        return questions
    told = told_now(work)
    return with_memory(work, with_wishes(work, plan_for(work), told), told)


def _safety_plan() -> Plan:
    return Plan(stage="safety", skill="question", question=True, why="danger")
