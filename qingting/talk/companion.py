"""One turn of the companion, as the talk runs it and as it is stored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from qingting.companion.events import Done, Event, Pinned
from qingting.companion.instruments.conversation import to_keep
from qingting.companion.message import Message
from qingting.companion.parts import Parts
from qingting.companion.person import Person
from qingting.companion.policy import Policy
from qingting.companion.progress.felt import felt_in
from qingting.companion.protect.episode import Episode
from qingting.companion.state import ConversationState
from qingting.companion.turn import turn as companion_turn
from qingting.policy.counting import events_of, of_nobody
from qingting.policy.models import EventKind
from qingting.talk.running import RunningTurn
from qingting.talk.turns import Closing, OpenTurn


async def run(
    state: ConversationState,
    message: Message,
    running: RunningTurn,
    person: Person,
    policy: Policy,
    now: datetime,
    episode: Episode,
    parts: Parts,
) -> tuple[Done, Pinned | None]:
    """One turn of the companion, told as it goes; its last event, and the line it pinned. Raises
    RuntimeError when it ends without one."""
    done: Done | None = None
    pinned: Pinned | None = None
    event: Event
    async for event in companion_turn(
        state, message, person=person, policy=policy, now=now, episode=episode, parts=parts
    ):
        if isinstance(event, Done):
            done = event
            continue
        if isinstance(event, Pinned):
            pinned = event
        running.tell(dict(event.wire()))
    if done is None:
        raise RuntimeError("a turn ended without its last event")
    return done, pinned


def closing(
    done: Done,
    pinned: Pinned | None,
    opened: OpenTurn,
    person: Person,
    now: datetime,
    policy: Policy | None = None,
) -> Closing:
    """What a turn leaves to be stored. policy: the one it obeyed; where that shows no feelings,
    none is kept."""
    now = person.local(now)
    kept = policy is None or policy.feelings_shown
    about: dict[str, Any] = {
        "plan": done.plan.public(),
        "responder": done.responder,
        "notices": list(done.notices),
        "language": done.reading.language,
    }
    if pinned is not None:
        about["line"] = [pinned.label, pinned.href]
    if done.article is not None:
        about["article"] = [done.article.slug, done.article.text, done.article.language]
    events: list[tuple[EventKind, int]] = events_of(
        done, active_seconds=opened.state.attention.active_seconds(now)
    )
    events += of_nobody(opened.episode, done, minor=person.is_minor)
    if done.used:
        about["used"] = list(done.used)
    return Closing(
        done.reply,
        about,
        done.state,
        done.episode,
        events,
        done.plan_items,
        done.found,
        today=now.date(),
        asked=done.asked,
        asks_no_more=done.asks_no_more,
        felt=felt_in(done.reading, now) if kept else None,
        answers=to_keep(opened.state.asking, done.state.asking),
        voice=done.plan.voice,
        balance=done.balance,
    )
