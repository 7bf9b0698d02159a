"""How long somebody has been here, over several talks: a new talk begun within minutes of the last
one is the same sitting, and a pause is owed after it all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from qingting.companion import state as states
from qingting.companion.state import PAUSE, Attention, ConversationState
from qingting.privacy.errors import Unreadable
from qingting.privacy.sealing import PersonSeal, Place
from qingting.talk.rows import as_id, as_moment, from_id


def going_on(
    cursor: Any,
    person: UUID,
    conversation: UUID,
    seal: PersonSeal,
    state: ConversationState,
    now: datetime,
) -> ConversationState:
    """The state of a new talk, in the sitting that it begins in; that of any other as it is. That
    this is an AI is said anew in each talk."""
    if state.attention.last_at is not None:
        return state
    cursor.execute(
        "SELECT id, state FROM talk_conversation WHERE person_id = %s AND updated_at >= %s "
        "AND id <> %s AND state IS NOT NULL ORDER BY updated_at DESC LIMIT 1",
        [as_id(person), as_moment(now - PAUSE), as_id(conversation)],
    )
    row = cursor.fetchone()
    before = _attention(row, seal) if row is not None else None
    if before is None or before.last_at is None or now - before.last_at > PAUSE:
        return state
    return replace(state, attention=replace(before, disclosed_at=state.attention.disclosed_at))


def _attention(row: tuple[Any, ...], seal: PersonSeal) -> Attention | None:
    try:
        stored = seal.open_json(row[1], Place("talk_conversation", "state", from_id(row[0])))
        return states.load(stored).attention
    except (Unreadable, ValueError, KeyError):
        return None
