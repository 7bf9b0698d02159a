"""The stage that keeps what the next turn needs: what was said, asked, offered, and the person's
own words worth taking up again, and what is worth remembering beyond this conversation."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Final

from qingting.companion.events import Event
from qingting.companion.exercise.run import Run
from qingting.companion.parts import Parts
from qingting.companion.plan.exercising import turned_down
from qingting.companion.plan.openings import OPENING
from qingting.companion.plan.requests import REQUESTS, asks_no_more
from qingting.companion.remember.extract import extract
from qingting.companion.remember.item import Found
from qingting.companion.state import ConversationState, Thread
from qingting.companion.understand.reading import at_least
from qingting.companion.words.choose import fingerprints
from qingting.companion.work import Work

_KEPT_QUESTIONS: Final = 4
# A first line longer than this is not said back.
_FIRST: Final = 80


class Remember:
    """Writes the state of the conversation after this turn."""

    name = "remember"
    limit = 2.0

    async def run(self, work: Work, parts: Parts) -> AsyncIterator[Event]:
        """See the class."""
        if parts.memory.keeps:
            work.found = _found(work)
        work.state = _with_thread(_with_course(work), work)
        return
        yield

    def fall_back(self, work: Work, parts: Parts) -> Sequence[Event]:
        """Keep at least that a turn was had and what was said in it."""
        state = work.state
        work.state = replace(state, turns=state.turns + 1).with_said(fingerprints(work.reply))
        return ()


def _found(work: Work) -> tuple[Found, ...]:
    """What this message tells that is worth keeping. Words of danger are for the episode alone, and
    what is typed into an exercise belongs to the exercise."""
    if at_least(work.reading.risk.level, "moderate") or work.message.speaker != "person":
        return ()
    if work.plan.part in ("go_on", "begin"):
        return ()
    today = work.person.local(work.now).date()
    found = extract(work.message.text, work.language, today)
    if work.person.is_minor and not work.policy.sensitive_of_minors:
        found = tuple(one for one in found if not one.sensitive)
    return found


def _with_course(work: Work) -> ConversationState:
    state, plan = work.state, work.plan
    turn = state.turns + 1
    asked = "？" in work.reply or "?" in work.reply
    # "I'm bored", said to us, opens no topic.
    topics = () if plan.small in REQUESTS else work.reading.topics
    changed = replace(
        state,
        turns=turn,
        question_turns=(*state.question_turns, turn)[-_KEPT_QUESTIONS:]
        if asked
        else state.question_turns,
        listen_only=plan.small == "listen_only"
        or (state.listen_only and plan.why != "asked_for_advice"),
        offered_turn=turn if plan.offer else state.offered_turn,
        refused_turn=turn if plan.why == "refused" else state.refused_turn,
        quiet_turn=turn if asks_no_more(plan) else state.quiet_turn,
        topic=topics[0].name if topics else state.topic,
        facet=topics[0].facet if topics else state.facet,
        topic_turn=turn if topics else state.topic_turn,
        run=_run(work),
        offered_exercise=plan.exercise or "" if plan.part == "offer" else "",
        exercises=state.exercises | ({plan.exercise} if plan.exercise else set()),
        no_exercises=_wants_none(work),
        first=state.first or _first(work),
    )
    # What was chosen as well as what was shown: in traditional characters the two differ.
    return changed.with_said(fingerprints(work.reply) | work.chooser.said)


def _first(work: Work) -> str:
    """The line a talk begins with, to be told word for word when it is asked for. Words of danger
    are not conversation material."""
    text = work.message.text.strip()
    plain = 0 < len(text) <= _FIRST and "\n" not in text
    grave = at_least(work.reading.risk.level, "moderate")
    return text if work.state.turns == 0 and plain and not grave else ""


def _wants_none(work: Work) -> bool:
    """Exercises turned down stay so until one is asked for."""
    if work.plan.part in ("begin", "resume"):
        return False
    return work.state.no_exercises or turned_down(work)


def _run(work: Work) -> Run | None:
    """The exercise after this turn. Danger comes between: it waits until it is taken up again."""
    run = work.run or work.state.run
    if run is not None and run.going and work.protection.answered:
        return replace(run, paused=True)
    return run


def _with_thread(state: ConversationState, work: Work) -> ConversationState:
    if work.recalled is not None and work.recalled.quote in work.reply:
        state = replace(
            state,
            threads=tuple(
                replace(t, used=True) if t == work.recalled else t for t in state.threads
            ),
        )
    said = work.chooser.slots.get("quote")
    # Words of danger are not conversation material; the episode remembers them.
    if said is None or at_least(work.reading.risk.level, "moderate"):
        return state
    if work.plan.small in REQUESTS or (work.plan.small or "").startswith(OPENING):
        return state
    if any(thread.quote == said for thread in state.threads):
        return state
    topic = work.reading.topics[0].name if work.reading.topics else None
    return state.with_thread(Thread(said, topic, state.turns))
