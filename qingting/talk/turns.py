"""The two transactions of a turn, as a few hand-written statements.

open_turn stores what the person wrote before anything else can fail; close_turn stores the reply
and everything the next turn starts from. The ORM here would cost more than all the thinking.
"""

from __future__ import annotations

import textwrap
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from qingting.companion import state as states
from qingting.companion.message import Message
from qingting.companion.parts import CountedAllowance
from qingting.companion.protect import episode as episodes
from qingting.companion.protect.episode import Episode
from qingting.companion.state import ConversationState
from qingting.companion.understand.history import Heard
from qingting.policy.models import EventKind
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import PersonSeal, Place
from qingting.talk.rows import as_id, as_moment, for_update, from_id, from_moment

# How long a claim holds without news: longer than any turn may take (talk.service ends them).
CLAIM: Final = timedelta(seconds=150)
_HISTORY: Final = 12
_TITLE: Final = 24
_TITLE_LATIN: Final = 44


class NoSuchConversation(Exception):
    """There is no such conversation, or it is somebody else's."""


@dataclass(slots=True)
class OpenTurn:
    """A message stored and claimed, with what its turn starts from."""

    id: UUID
    person: UUID
    conversation: UUID
    message: Message
    seal: PersonSeal
    state: ConversationState
    episode: Episode
    allowance: CountedAllowance
    titled: bool
    began: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """A message that was answered before: the same key came twice."""

    id: UUID
    conversation: UUID
    reply: str
    about: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Busy:
    """A turn of this conversation is being answered by somebody; id says which."""

    id: UUID
    conversation: UUID
    same_message: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """A turn of this conversation was cut (a crash) and waits to be answered first."""

    id: UUID
    conversation: UUID


@dataclass(frozen=True, slots=True)
class Closing:
    """What a finished turn leaves behind."""

    reply: str
    about: dict[str, Any]
    state: ConversationState
    episode: Episode
    events: Sequence[tuple[EventKind, int]] = field(default_factory=tuple)


def open_turn(
    keyring: Keyring,
    person: UUID,
    conversation: UUID | None,
    message: Message,
    *,
    worker: str,
    now: datetime,
) -> OpenTurn | Answered | Busy | Cut:
    """Store a message and claim its turn, in one transaction.

    Raises NoSuchConversation; KeyMissing or Unreadable when the person's words cannot be sealed;
    DatabaseError when nothing can be stored.
    """
    seal = keyring.open(person)
    with transaction.atomic(), connection.cursor() as cursor:
        known = _turn_of_key(cursor, person, message.key)
        if known is not None:
            return _known(cursor, known, seal, now)
        if conversation is None:
            conversation = uuid.uuid4()
            _insert_conversation(cursor, conversation, person, now)
            sealed_state = title = None
        else:
            sealed_state, title = _conversation(cursor, conversation, person)
            open_one = _open_turn_of(cursor, conversation)
            if open_one is not None:
                return _busy_or_cut(open_one, conversation, now, same=False)
        turn = uuid.uuid4()
        history = _history(cursor, conversation, seal)
        _insert_turn(cursor, turn, person, conversation, message.key, worker, now)
        _insert_message(cursor, seal, conversation, turn, message.speaker, message.text, None, now)
        return OpenTurn(
            id=turn,
            person=person,
            conversation=conversation,
            message=message,
            seal=seal,
            state=_state(sealed_state, conversation, seal, history),
            episode=_episode(cursor, person, seal),
            allowance=_allowance(cursor, person, now),
            titled=title is not None,
            began=now,
        )


def reclaim_turn(
    keyring: Keyring, person: UUID, turn: UUID, *, worker: str, now: datetime
) -> OpenTurn | None:
    """Claim a cut turn again, or None when somebody else answers or answered it."""
    seal = keyring.open(person)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT conversation_id, key, status, claimed_until FROM talk_turn "
            "WHERE id = %s AND person_id = %s" + for_update(),
            [as_id(turn), as_id(person)],
        )
        row = cursor.fetchone()
        if row is None or row[2] != "open" or from_moment(row[3]) > now:
            return None
        conversation = from_id(row[0])
        cursor.execute(
            "UPDATE talk_turn SET claimed_by = %s, claimed_until = %s WHERE id = %s",
            [worker, as_moment(now + CLAIM), as_id(turn)],
        )
        cursor.execute(
            "SELECT id, body, seq FROM talk_message WHERE turn_id = %s AND speaker = %s",
            [as_id(turn), "person"],
        )
        message_id, body, seq = cursor.fetchone()
        text = seal.open(body, Place("talk_message", "body", from_id(message_id)))
        sealed_state, title = _conversation(cursor, conversation, person)
        history = _history(cursor, conversation, seal, before=seq)
        return OpenTurn(
            id=turn,
            person=person,
            conversation=conversation,
            message=Message(text, row[1]),
            seal=seal,
            state=_state(sealed_state, conversation, seal, history),
            episode=_episode(cursor, person, seal),
            allowance=_allowance(cursor, person, now),
            titled=title is not None,
            began=now,
        )


def close_turn(opened: OpenTurn, closing: Closing, now: datetime) -> None:
    """Store the reply and what the next turn starts from, in one transaction."""
    seal, conversation = opened.seal, opened.conversation
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE talk_turn SET status = 'done', finished_at = %s WHERE id = %s "
            "AND status = 'open'",
            [as_moment(now), as_id(opened.id)],
        )
        if cursor.rowcount != 1:
            return  # answered by another worker after this one was thought dead
        _insert_message(
            cursor, seal, conversation, opened.id, "companion", closing.reply, closing.about, now
        )
        sealed = seal.seal_json(
            states.dump(closing.state), Place("talk_conversation", "state", conversation)
        )
        cursor.execute(
            "UPDATE talk_conversation SET state = %s, updated_at = %s WHERE id = %s",
            [sealed, as_moment(now), as_id(conversation)],
        )
        if not opened.titled:
            title = title_from(opened.message.text)
            cursor.execute(
                "UPDATE talk_conversation SET title = %s WHERE id = %s",
                [
                    seal.seal(title, Place("talk_conversation", "title", conversation)),
                    as_id(conversation),
                ],
            )
        if closing.episode != opened.episode:
            _upsert_episode(cursor, opened.person, seal, closing.episode, now)
        if opened.allowance.taken or opened.allowance.first_refusal:
            _upsert_use(cursor, opened.person, opened.allowance, opened.began)
        cursor.executemany(
            "INSERT INTO policy_event (person_id, kind, amount, at) VALUES (%s, %s, %s, %s)",
            [
                (as_id(opened.person), kind.value, amount, as_moment(now))
                for kind, amount in closing.events
            ],
        )


def title_from(text: str) -> str:
    """A title made of the first words said: 24 汉字, or 44 letters cut between words."""
    line = " ".join(text.split())
    if not line[:_TITLE_LATIN].isascii():
        return line if len(line) <= _TITLE else line[:_TITLE] + "…"
    return textwrap.shorten(line, _TITLE_LATIN, placeholder="…") or line[:_TITLE_LATIN]


def release_claims_of_others(worker: str) -> int:
    """Make every open turn claimable; for a start that knows it is alone (SQLite). Returns how
    many turns a dead worker left."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE talk_turn SET claimed_until = created_at "
            "WHERE status = 'open' AND claimed_by <> %s",
            [worker],
        )
        return int(cursor.rowcount)


def _turn_of_key(cursor: Any, person: UUID, key: str) -> tuple[Any, ...] | None:
    cursor.execute(
        "SELECT id, conversation_id, status, claimed_until FROM talk_turn "
        "WHERE person_id = %s AND key = %s",
        [as_id(person), key],
    )
    row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def _known(
    cursor: Any, row: tuple[Any, ...], seal: PersonSeal, now: datetime
) -> Answered | Busy | Cut:
    turn, conversation = from_id(row[0]), from_id(row[1])
    if row[2] == "open":
        return _busy_or_cut((row[0], row[3]), conversation, now, same=True)
    cursor.execute(
        "SELECT id, body, about FROM talk_message WHERE turn_id = %s AND speaker = %s",
        [as_id(turn), "companion"],
    )
    message, body, about = cursor.fetchone()
    place = from_id(message)
    return Answered(
        turn,
        conversation,
        seal.open(body, Place("talk_message", "body", place)),
        seal.open_json(about, Place("talk_message", "about", place)),
    )


def _busy_or_cut(
    row: tuple[Any, ...], conversation: UUID, now: datetime, *, same: bool
) -> Busy | Cut:
    turn, until = from_id(row[0]), from_moment(row[1])
    return Busy(turn, conversation, same) if until > now else Cut(turn, conversation)


def _conversation(cursor: Any, conversation: UUID, person: UUID) -> tuple[Any, Any]:
    cursor.execute(
        "SELECT state, title FROM talk_conversation WHERE id = %s AND person_id = %s "
        "AND deleted_at IS NULL" + for_update(),
        [as_id(conversation), as_id(person)],
    )
    row = cursor.fetchone()
    if row is None:
        raise NoSuchConversation
    return row[0], row[1]


def _open_turn_of(cursor: Any, conversation: UUID) -> tuple[Any, ...] | None:
    cursor.execute(
        "SELECT id, claimed_until FROM talk_turn WHERE conversation_id = %s "
        "AND status = 'open' ORDER BY created_at LIMIT 1",
        [as_id(conversation)],
    )
    row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def _insert_conversation(cursor: Any, conversation: UUID, person: UUID, now: datetime) -> None:
    moment = as_moment(now)
    cursor.execute(
        "INSERT INTO talk_conversation (id, person_id, created_at, updated_at) "
        "VALUES (%s, %s, %s, %s)",
        [as_id(conversation), as_id(person), moment, moment],
    )


def _insert_turn(
    cursor: Any, turn: UUID, person: UUID, conversation: UUID, key: str, worker: str, now: datetime
) -> None:
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


def _insert_message(
    cursor: Any,
    seal: PersonSeal,
    conversation: UUID,
    turn: UUID,
    speaker: str,
    text: str,
    about: dict[str, Any] | None,
    now: datetime,
) -> None:
    message = uuid.uuid4()
    why = seal.seal_json(about, Place("talk_message", "about", message)) if about else None
    cursor.execute(
        "INSERT INTO talk_message (id, conversation_id, turn_id, seq, speaker, body, about, "
        "created_at) SELECT %s, %s, %s, COALESCE(MAX(seq), 0) + 1, %s, %s, %s, %s "
        "FROM talk_message WHERE conversation_id = %s",
        [
            as_id(message),
            as_id(conversation),
            as_id(turn),
            speaker,
            seal.seal(text, Place("talk_message", "body", message)),
            why,
            as_moment(now),
            as_id(conversation),
        ],
    )


def _history(
    cursor: Any, conversation: UUID, seal: PersonSeal, before: int | None = None
) -> tuple[Heard, ...]:
    until = "" if before is None else " AND seq < %s"
    cursor.execute(
        "SELECT id, speaker, body FROM talk_message WHERE conversation_id = %s"
        + until
        + f" ORDER BY seq DESC LIMIT {_HISTORY}",
        [as_id(conversation)] if before is None else [as_id(conversation), before],
    )
    return tuple(
        Heard(speaker, seal.open(body, Place("talk_message", "body", from_id(message))))
        for message, speaker, body in reversed(cursor.fetchall())
    )


def _state(
    sealed: Any, conversation: UUID, seal: PersonSeal, history: tuple[Heard, ...]
) -> ConversationState:
    if sealed is None:
        return ConversationState(seed=conversation.hex, history=history)
    stored = seal.open_json(sealed, Place("talk_conversation", "state", conversation))
    return states.load(stored, history)


def _episode(cursor: Any, person: UUID, seal: PersonSeal) -> Episode:
    cursor.execute("SELECT record FROM safety_episoderecord WHERE person_id = %s", [as_id(person)])
    row = cursor.fetchone()
    if row is None:
        return Episode()
    return episodes.load(seal.open_json(row[0], Place("safety_episoderecord", "record", person)))


def _upsert_episode(
    cursor: Any, person: UUID, seal: PersonSeal, episode: Episode, now: datetime
) -> None:
    record = seal.seal_json(episodes.dump(episode), Place("safety_episoderecord", "record", person))
    cursor.execute(
        "INSERT INTO safety_episoderecord (person_id, level, record, updated_at) "
        "VALUES (%s, %s, %s, %s) ON CONFLICT (person_id) DO UPDATE SET level = excluded.level, "
        "record = excluded.record, updated_at = excluded.updated_at",
        [as_id(person), episode.level, record, as_moment(now)],
    )


def _allowance(cursor: Any, person: UUID, now: datetime) -> CountedAllowance:
    cursor.execute(
        "SELECT model_calls, told FROM policy_dailyuse WHERE person_id = %s AND day = %s",
        [as_id(person), now.date().isoformat()],
    )
    row = cursor.fetchone()
    return CountedAllowance(row[0], bool(row[1])) if row else CountedAllowance()


def _upsert_use(cursor: Any, person: UUID, allowance: CountedAllowance, began: datetime) -> None:
    cursor.execute(
        "INSERT INTO policy_dailyuse (person_id, day, model_calls, told) VALUES (%s, %s, %s, %s) "
        "ON CONFLICT (person_id, day) DO UPDATE SET "
        "model_calls = policy_dailyuse.model_calls + excluded.model_calls, told = excluded.told",
        [as_id(person), began.date().isoformat(), allowance.taken, allowance.told],
    )
