"""The stage that plans the reply."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from qingting.companion.events import Event, VoiceChanged
from qingting.companion.parts import Parts
from qingting.companion.plan.articles import with_article
from qingting.companion.plan.dependence import with_somebody
from qingting.companion.plan.plan import Plan
from qingting.companion.plan.planner import plan_for
from qingting.companion.plan.questions import questions_plan
from qingting.companion.plan.remembering import with_memory
from qingting.companion.plan.voiced import with_voice
from qingting.companion.plan.wished import told_now, with_wishes
from qingting.companion.understand.declined import exercise_words
from qingting.companion.voice.labels import label_for
from qingting.companion.voice.now import in_danger
from qingting.companion.work import Work


class MakePlan:
    """Chooses stage, skill, question and offer. Danger that was answered is its own plan."""

    name = "plan"
    limit = 1.0

    async def run(self, work: Work, parts: Parts) -> AsyncIterator[Event]:
        """See the class."""
        work.keeps_answers, work.keeps_voice = parts.keeps_answers, parts.keeps_voice
        work.plan = _safety_plan() if work.protection.answered else _plan(work)
        if work.state.no_exercises and work.plan.part is None:
            work.chooser.avoid(exercise_words())
        if work.protection.listening:
            # The question of danger, when there is one, follows; two would be one too many.
            work.plan = replace(work.plan, question=False)
        if work.plan.voice and not in_danger(work):
            yield VoiceChanged(label_for(work.plan.voice, work.person))

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
    plan = with_memory(work, with_wishes(work, plan_for(work), told), told)
    return with_voice(work, with_somebody(work, with_article(work, plan)))


def _safety_plan() -> Plan:
    return Plan(stage="safety", skill="question", question=True, why="danger")
