"""The one way of a message.

    message -> understand -> protect -> recall -> plan -> reply -> remember -> events

A turn is plain data (`Work`) going through STAGES in the order of one tuple. Each stage has a time
limit and a written answer for the case that it fails, so that whatever breaks, the person is
answered; danger is answered before any responder runs.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Final

from qingting.companion.events import Done, Event, Notice
from qingting.companion.message import MAX_LENGTH, Message
from qingting.companion.parts import Parts
from qingting.companion.person import Person
from qingting.companion.plan.stage import MakePlan
from qingting.companion.policy import Policy
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.notices import notice_text
from qingting.companion.protect.stage import Protect
from qingting.companion.recall.stage import Recall
from qingting.companion.remember.stage import Remember
from qingting.companion.reply.stage import Reply
from qingting.companion.state import ConversationState
from qingting.companion.understand.reading import Reading
from qingting.companion.understand.stage import Understand
from qingting.companion.words.choose import Chooser
from qingting.companion.work import Stage, Work

log = logging.getLogger(__name__)

STAGES: Final[tuple[Stage, ...]] = (
    Understand(),
    Protect(),
    Recall(),
    MakePlan(),
    Reply(),
    Remember(),
)


async def turn(
    state: ConversationState,
    message: Message,
    *,
    person: Person,
    policy: Policy,
    now: datetime,
    episode: Episode | None = None,
    parts: Parts | None = None,
    stages: tuple[Stage, ...] = STAGES,
) -> AsyncIterator[Event]:
    """Answer one message.

    Yields events as they happen and, last, one Done with the state and the episode that the next
    turn starts from. Never raises because a stage failed; cancelling it ends it where it is.
    now: time-zone aware. episode: what is known of the person's danger from before.
    """
    parts = parts or Parts()
    work = _begin(
        state, message, person=person, policy=policy, now=now, episode=episode or Episode()
    )
    work.balance = parts.kept.balance
    work.tells = parts.tells and policy.emergency_contact != "never"
    if len(message.text) > MAX_LENGTH:
        work.notices.append("shortened")
        yield Notice("shortened", notice_text("shortened", person.language, "", 0))
    for stage in stages:
        async for event in _through(stage, work, parts):
            yield event
    yield Done(
        reply=work.reply,
        reading=work.reading,
        plan=work.plan,
        state=work.state,
        episode=work.episode,
        notices=tuple(work.notices),
        resources_shown=work.protection.resources_shown,
        responder=work.responder,
        fell_back=work.fell_back,
        plan_items=work.protection.plan_items,
        found=work.found,
        used=tuple(work.used),
        asked=work.asked,
        asks_no_more=work.asks_no_more,
        balance=work.kept_balance,
        article=work.to_read,
    )


def _begin(
    state: ConversationState,
    message: Message,
    *,
    person: Person,
    policy: Policy,
    now: datetime,
    episode: Episode,
) -> Work:
    text = message.text[:MAX_LENGTH]
    work = Work(
        message=Message(text, message.key, message.speaker),
        person=person,
        policy=policy,
        now=now,
        state=state,
        episode=episode,
        reading=Reading(language=person.language, degraded=True),
    )
    # A question of danger is never put in the same words again, in whatever conversation.
    work.chooser = Chooser(state.seed, state.turns, state.said | episode.asking.said, {})
    return work


async def _through(stage: Stage, work: Work, parts: Parts) -> AsyncIterator[Event]:
    """One stage, within its time; what it says in case of failure otherwise."""
    loop = asyncio.get_running_loop()
    ends = loop.time() + stage.limit
    running = stage.run(work, parts)
    try:
        while True:
            async with asyncio.timeout_at(ends):
                event = await anext(running)
            yield event
    except StopAsyncIteration:
        return
    except Exception as error:  # noqa: BLE001  # every stage has an answer for its own failure
        # Only the type: a message of an exception may quote what a person wrote.
        log.error("stage %s failed: %s", stage.name, type(error).__name__)
        for event in stage.fall_back(work, parts):
            yield event
