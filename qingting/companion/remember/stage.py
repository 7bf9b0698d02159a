"""The stage that keeps what the next turn needs: what was said, asked, offered, and the person's
own words worth taking up again, and what is worth remembering beyond this conversation."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from qingting.companion.dependence.noted import noted
from qingting.companion.events import Event
from qingting.companion.exercise.run import Run
from qingting.companion.parts import Parts
from qingting.companion.plan.exercising import turned_down
from qingting.companion.plan.no_better import changes_to_listening, offers_a_choice
from qingting.companion.plan.openings import OPENING
from qingting.companion.plan.questions import asking_after, is_about_questions
from qingting.companion.plan.requests import REQUESTS, asks_no_more
from qingting.companion.remember.by_model import found_by, worth_asking
from qingting.companion.remember.extract import extract
from qingting.companion.remember.item import Found
from qingting.companion.state import ConversationState, Thread
from qingting.companion.understand.reading import at_least
from qingting.companion.words.choose import fingerprints
from qingting.companion.work import Work

_KEPT_QUESTIONS: Final = 4
_KEPT_ASIDES: Final = 3
# A first line longer than this is not said back.
_FIRST: Final = 80


class Remember:
    """Writes the state of the conversation after this turn."""

    name = "remember"
    # The words are told by then; only the keeping waits for a model that is asked what to keep.
    limit = 12.0

    async def run(self, work: Work, parts: Parts) -> AsyncIterator[Event]:
        """See the class."""
        if parts.memory.keeps and _may_keep(work):
            work.found = _fit(extract(work.message.text, work.language, _today(work)), work)
            more = _fit(await _found_by_model(work, parts), work)
            known = {(one.kind, one.about) for one in work.found}
            work.found += tuple(one for one in more if (one.kind, one.about) not in known)
        work.kept_balance = await noted(work, parts.kept, may_keep=_may_keep(work))
        work.state = _with_thread(_with_course(work), work)
        return
        yield

    def fall_back(self, work: Work, parts: Parts) -> Sequence[Event]:
        """Keep at least that a turn was had and what was said in it."""
        state = work.state
        state = replace(state, turns=state.turns + 1, check_in=_asked_about(work))
        state = replace(state, asking=asking_after(work))
        work.state = state.with_said(fingerprints(work.reply))
        return ()


def _may_keep(work: Work) -> bool:
    """Words of danger are for the episode alone, so is what is told between our words of danger,
    and what is typed into an exercise belongs to the exercise."""
    if work.protection.answered or work.protection.listening:
        return False
    if at_least(work.reading.risk.level, "moderate") or work.message.speaker != "person":
        return False
    if is_about_questions(work.plan):
        return False
    return work.plan.part not in ("go_on", "begin")


def _fit(found: tuple[Found, ...], work: Work) -> tuple[Found, ...]:
    """What of it the policy lets us keep."""
    if work.person.is_minor and not work.policy.sensitive_of_minors:
        return tuple(one for one in found if not one.sensitive)
    return found


async def _found_by_model(work: Work, parts: Parts) -> tuple[Found, ...]:
    """What the model finds besides, only where it was let word the reply as well."""
    model = parts.model if parts.model_remembers and work.responder == "model" else None
    if model is None or not worth_asking(work.message.text, work.language):
        return ()
    # Whether what it finds is sensitive nobody says: of a minor it keeps nothing.
    if work.person.is_minor and not work.policy.sensitive_of_minors:
        return ()
    if not parts.allowance.take(work.policy.model_calls_per_day):
        return ()
    text, language, today = work.message.text, work.language, _today(work)
    if not model.hosted:
        return await found_by(model, text, language, today)
    mask = parts.masking()
    mask.learn([text])
    return await found_by(model, text, language, today, mask=mask.mask, unmask=mask.unmask)


def _today(work: Work) -> date:
    return work.person.local(work.now).date()


def _with_course(work: Work) -> ConversationState:
    state, plan = work.state, work.plan
    turn = state.turns + 1
    # The items of a questionnaire are no questions of ours.
    ours = not is_about_questions(plan)
    asked = ours and ("？" in work.reply or "?" in work.reply)
    # "I'm bored", said to us, opens no topic.
    topics = () if plan.small in REQUESTS or not ours else work.reading.topics
    changed = replace(
        state,
        turns=turn,
        question_turns=(*state.question_turns, turn)[-_KEPT_QUESTIONS:]
        if asked
        else state.question_turns,
        listen_only=plan.small == "listen_only"
        or changes_to_listening(plan)
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
        check_in=_asked_about(work),
        asking=asking_after(work),
        choice_turn=turn if offers_a_choice(plan) else state.choice_turn,
        remembered_turn=turn if _took_up(work) else state.remembered_turn,
        named_turn=turn if _named(work) else state.named_turn,
        voice=_voice(work),
        offered_article=(plan.article or "") if plan.offer == "article" and work.article else "",
        articles=state.articles | ({work.article} if work.article else set()),
        article_turn=turn if work.article is not None else state.article_turn,
        asides=(*state.asides, work.aside)[-_KEPT_ASIDES:],
    )
    # What was chosen as well as what was shown: in traditional characters the two differ.
    return changed.with_said(fingerprints(work.reply) | work.chooser.said)


def _voice(work: Work) -> str:
    """The voice that holds in this talk alone. Where a wish is kept for all talks nothing is noted
    here: else a later choice on their page would not count in this one."""
    if not work.plan.voice:
        return work.state.voice
    return "" if work.keeps_voice else work.plan.voice


def _took_up(work: Work) -> bool:
    """Whether this reply took up something remembered."""
    return work.plan.taken_up is not None and work.plan.taken_up.id in work.used


def _named(work: Work) -> bool:
    name = work.memories.wishes.name
    return bool(name) and name.casefold() in work.reply.casefold()


def _asked_about(work: Work) -> str:
    """What this reply asked about in the way of a check-in."""
    due = work.memories.ask
    return due.follow_up.kind if work.asked and due is not None else ""


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
    if (
        is_about_questions(work.plan)
        or work.plan.small in REQUESTS
        or (work.plan.small or "").startswith(OPENING)
    ):
        return state
    if any(thread.quote == said for thread in state.threads):
        return state
    topic = work.reading.topics[0].name if work.reading.topics else None
    return state.with_thread(Thread(said, topic, state.turns))
