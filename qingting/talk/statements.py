"""The statements of a turn's two transactions, each by hand and by name.

They run inside a transaction the caller holds; `cursor` is the main database's.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypedDict
from uuid import UUID

from qingting.companion import state as states
from qingting.companion.dependence.balance import Balance
from qingting.companion.message import Speaker
from qingting.companion.parts import CountedAllowance
from qingting.companion.protect import record as episodes
from qingting.companion.protect.episode import Episode
from qingting.companion.state import ConversationState
from qingting.companion.understand.history import Heard
from qingting.policy.counting import OF_NOBODY
from qingting.policy.dependence_rows import opened
from qingting.policy.models import EventKind
from qingting.privacy.sealing import PersonSeal, Place
from qingting.talk.rows import as_id, as_moment, for_update, from_id
from qingting.talk.withholding import taken_up

# How long a claim holds without news: longer than any turn may take (talk.service ends them).
CLAIM: Final = timedelta(seconds=150)
_HISTORY: Final = 12


class NoSuchConversation(Exception):
    """There is no such conversation, or it is somebody else's."""


def turn_of_key(cursor: Any, person: UUID, key: str) -> tuple[Any, ...] | None:
    """Id, conversation, status and claim of the turn a key belongs to, or None."""
    cursor.execute(
        "SELECT id, conversation_id, status, claimed_until FROM talk_turn "
        "WHERE person_id = %s AND key = %s",
        [as_id(person), key],
    )
    row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def conversation_row(cursor: Any, conversation: UUID, person: UUID) -> tuple[Any, Any, bool]:
    """Sealed state and title of a person's conversation, and whether it is private. Raises
    NoSuchConversation."""
    cursor.execute(
        "SELECT state, title, private FROM talk_conversation WHERE id = %s AND person_id = %s "
        "AND deleted_at IS NULL" + for_update(),
        [as_id(conversation), as_id(person)],
    )
    row = cursor.fetchone()
    if row is None:
        raise NoSuchConversation
    return row[0], row[1], bool(row[2])


def open_turn_of(cursor: Any, conversation: UUID) -> tuple[Any, ...] | None:
    """Id and claim of the oldest unanswered turn of a conversation, or None."""
    cursor.execute(
        "SELECT id, claimed_until FROM talk_turn WHERE conversation_id = %s "
        "AND status = 'open' ORDER BY created_at LIMIT 1",
        [as_id(conversation)],
    )
    row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def insert_conversation(
    cursor: Any, conversation: UUID, person: UUID, now: datetime, *, private: bool = False
) -> None:
    """A new, untitled conversation."""
    moment = as_moment(now)
    cursor.execute(
        "INSERT INTO talk_conversation (id, person_id, created_at, updated_at, private) "
        "VALUES (%s, %s, %s, %s, %s)",
        [as_id(conversation), as_id(person), moment, moment, private],
    )


def insert_turn(
    cursor: Any, turn: UUID, person: UUID, conversation: UUID, key: str, worker: str, now: datetime
) -> None:
    """A new turn, claimed by a worker for CLAIM."""
    cursor.execute(
        "INSERT INTO talk_turn (id, person_id, conversation_id, key, status, claimed_by, "
        "claimed_until, created_at) VALUES (%s, %s, %s, %s, 'open', %s, %s, %s)",
        [
            as_id(turn),
            as_id(person),
            as_id(conversation),
            key,
            worker,
            as_moment(now + CLAIM),
            as_moment(now),
        ],
    )


def insert_message(
    cursor: Any,
    seal: PersonSeal,
    conversation: UUID,
    turn: UUID | None,
    speaker: str,
    text: str,
    about: dict[str, Any] | None,
    now: datetime,
) -> UUID:
    """A message at the end of its conversation, sealed for its row; its id. turn: None for words
    of ours that answer nothing."""
    message = uuid.uuid4()
    why = seal.seal_json(about, Place("talk_message", "about", message)) if about else None
    cursor.execute(
        "INSERT INTO talk_message (id, conversation_id, turn_id, seq, speaker, body, about, "
        "created_at) SELECT %s, %s, %s, COALESCE(MAX(seq), 0) + 1, %s, %s, %s, %s "
        "FROM talk_message WHERE conversation_id = %s",
        [
            as_id(message),
            as_id(conversation),
            as_id(turn) if turn else None,
            speaker,
            seal.seal(text, Place("talk_message", "body", message)),
            why,
            as_moment(now),
            as_id(conversation),
        ],
    )
    return message


def recent_messages(
    cursor: Any, conversation: UUID, seal: PersonSeal, before: int | None = None
) -> tuple[Heard, ...]:
    """The last messages of a conversation (before a place in it), oldest first."""
    until = "" if before is None else " AND seq < %s"
    cursor.execute(
        "SELECT id, speaker, body, about FROM talk_message WHERE conversation_id = %s"
        + until
        + f" ORDER BY seq DESC LIMIT {_HISTORY}",
        [as_id(conversation)] if before is None else [as_id(conversation), before],
    )
    return tuple(
        _heard(from_id(message), speaker, body, about, seal)
        for message, speaker, body, about in reversed(cursor.fetchall())
    )


def _heard(message: UUID, speaker: Speaker, body: Any, about: Any, seal: PersonSeal) -> Heard:
    text = seal.open(body, Place("talk_message", "body", message))
    if about is None:
        return Heard(speaker, text)
    return Heard(
        speaker, taken_up(text, seal.open_json(about, Place("talk_message", "about", message)))
    )


def state_from(
    sealed: Any, conversation: UUID, seal: PersonSeal, history: tuple[Heard, ...]
) -> ConversationState:
    """The conversation's state from its sealed form, or a fresh one."""
    if sealed is None:
        return ConversationState(seed=conversation.hex, history=history)
    stored = seal.open_json(sealed, Place("talk_conversation", "state", conversation))
    return states.load(stored, history)


def episode_of(cursor: Any, person: UUID, seal: PersonSeal) -> Episode:
    """The person's safety episode; an empty one when there is none."""
    cursor.execute("SELECT record FROM safety_episoderecord WHERE person_id = %s", [as_id(person)])
    row = cursor.fetchone()
    if row is None:
        return Episode()
    return episodes.load(seal.open_json(row[0], Place("safety_episoderecord", "record", person)))


def upsert_episode(
    cursor: Any, person: UUID, seal: PersonSeal, episode: Episode, now: datetime
) -> None:
    """Keep the person's safety episode."""
    record = seal.seal_json(episodes.dump(episode), Place("safety_episoderecord", "record", person))
    cursor.execute(
        "INSERT INTO safety_episoderecord (person_id, level, record, updated_at) "
        "VALUES (%s, %s, %s, %s) ON CONFLICT (person_id) DO UPDATE SET level = excluded.level, "
        "record = excluded.record, updated_at = excluded.updated_at",
        [as_id(person), episode.level, record, as_moment(now)],
    )


class Today(TypedDict):
    """allowance: how many replies a model worded for the person today. balance: how much room this
    takes in their life; empty where that cannot be read."""

    allowance: CountedAllowance
    balance: Balance


def today_of(cursor: Any, person: UUID, seal: PersonSeal, now: datetime) -> Today:
    """Both in one statement, for every turn needs them."""
    cursor.execute(
        "SELECT u.model_calls, u.told, b.body FROM people_person p "
        "LEFT JOIN policy_dailyuse u ON u.person_id = p.id AND u.day = %s "
        "LEFT JOIN policy_balance b ON b.person_id = p.id WHERE p.id = %s",
        [now.date().isoformat(), as_id(person)],
    )
    calls, told, body = cursor.fetchone() or (0, False, None)
    return Today(
        allowance=CountedAllowance(calls or 0, bool(told)), balance=opened(body, person, seal)
    )


def insert_events(
    cursor: Any, person: UUID, events: Iterable[tuple[EventKind, int]], now: datetime
) -> None:
    """What happened in a turn, counted. What is counted of nobody is added to its day."""
    told = list(events)
    cursor.executemany(
        "INSERT INTO policy_event (person_id, kind, amount, at) VALUES (%s, %s, %s, %s)",
        [
            (as_id(person), kind.value, amount, as_moment(now))
            for kind, amount in told
            if kind not in OF_NOBODY
        ],
    )
    for kind, amount in told:
        if kind in OF_NOBODY:
            _add_to_day(cursor, kind, amount, now)


def _add_to_day(cursor: Any, kind: EventKind, amount: int, now: datetime) -> None:
    """One row a day and kind, without a person: a row of its own would stand beside theirs."""
    day = as_moment(now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0))
    cursor.execute(
        "UPDATE policy_event SET amount = amount + %s "
        "WHERE person_id IS NULL AND kind = %s AND at = %s",
        [amount, kind.value, day],
    )
    if cursor.rowcount == 0:
        cursor.execute(
            "INSERT INTO policy_event (person_id, kind, amount, at) VALUES (NULL, %s, %s, %s)",
            [kind.value, amount, day],
        )


def upsert_use(cursor: Any, person: UUID, allowance: CountedAllowance, began: datetime) -> None:
    """Add the replies a model worded in this turn to the day's count."""
    cursor.execute(
        "INSERT INTO policy_dailyuse (person_id, day, model_calls, told) VALUES (%s, %s, %s, %s) "
        "ON CONFLICT (person_id, day) DO UPDATE SET "
        "model_calls = policy_dailyuse.model_calls + excluded.model_calls, told = excluded.told",
        [as_id(person), began.date().isoformat(), allowance.taken, allowance.told],
    )
