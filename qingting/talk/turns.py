"""The two transactions of a turn, as a few hand-written statements.

open_turn stores what the person wrote before anything else can fail; close_turn stores the reply
and everything the next turn starts from. The ORM here would cost more than all the thinking.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from qingting.companion import state as states
from qingting.companion.dependence.balance import Balance
from qingting.companion.instruments.instrument import Answers
from qingting.companion.message import Message
from qingting.companion.parts import CountedAllowance
from qingting.companion.progress.mood import Felt
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.meeting import met
from qingting.companion.protect.safety_plan import Section
from qingting.companion.remember.item import Found
from qingting.companion.state import ConversationState
from qingting.policy import dependence_rows
from qingting.policy.models import EventKind
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import PersonSeal, Place
from qingting.safety.plan_statements import add_items
from qingting.talk.asking_after import begin_with
from qingting.talk.ports import CheckIns, Exercises, Feelings, Memories, Questions, Voices
from qingting.talk.rows import as_id, as_moment, for_update, from_id, from_moment
from qingting.talk.statements import (
    CLAIM,
    conversation_row,
    episode_of,
    insert_conversation,
    insert_events,
    insert_message,
    insert_turn,
    open_turn_of,
    recent_messages,
    state_from,
    today_of,
    turn_of_key,
    upsert_episode,
    upsert_use,
)
from qingting.talk.stretches import going_on
from qingting.talk.titles import title_from


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
    private: bool = False
    balance: Balance = field(default_factory=Balance)


@dataclass(frozen=True, slots=True)
class Answered:
    """A message that was answered before: the same key came twice. message: id of the reply."""

    id: UUID
    conversation: UUID
    reply: str
    about: dict[str, Any]
    message: UUID


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
    """What a finished turn leaves behind. today: the person's local day. asked: id of the check-in
    it asked; asks_no_more: they want none. felt: the feeling that was read, if any.
    answers: those to a questionnaire, where this turn brought one. voice: the one they asked for,
    "" for none. balance: how much room this takes, where it changed."""

    reply: str
    about: dict[str, Any]
    state: ConversationState
    episode: Episode
    events: Sequence[tuple[EventKind, int]] = field(default_factory=tuple)
    plan_items: Sequence[tuple[Section, str]] = field(default_factory=tuple)
    found: Sequence[Found] = field(default_factory=tuple)
    today: date | None = None
    asked: str = ""
    asks_no_more: bool = False
    felt: Felt | None = None
    answers: Answers | None = None
    voice: str = ""
    balance: Balance | None = None


def open_turn(
    keyring: Keyring,
    person: UUID,
    conversation: UUID | None,
    message: Message,
    *,
    worker: str,
    now: datetime,
    private: bool = False,
    check_ins: CheckIns | None = None,
    check_in: UUID | None = None,
) -> OpenTurn | Answered | Busy | Cut:
    """Store a message and claim its turn, in one transaction. private: a conversation begun with
    it leaves nothing. check_in: the question that a new conversation begins with.

    Raises NoSuchConversation; KeyMissing or Unreadable when the person's words cannot be sealed;
    DatabaseError when nothing can be stored.
    """
    seal = keyring.open(person)
    with transaction.atomic(), connection.cursor() as cursor:
        known = turn_of_key(cursor, person, message.key)
        if known is not None:
            return _known(cursor, known, seal, now)
        if conversation is None:
            conversation = uuid.uuid4()
            insert_conversation(cursor, conversation, person, now, private=private)
            title = None
            sealed_state: Any = begin_with(
                cursor,
                check_ins,
                check_in,
                person=person,
                conversation=conversation,
                seal=seal,
                now=now,
            )
        else:
            sealed_state, title, private = conversation_row(cursor, conversation, person)
            open_one = open_turn_of(cursor, conversation)
            if open_one is not None:
                return _busy_or_cut(open_one, conversation, now, same=False)
        turn = uuid.uuid4()
        history = recent_messages(cursor, conversation, seal)
        insert_turn(cursor, turn, person, conversation, message.key, worker, now)
        insert_message(cursor, seal, conversation, turn, message.speaker, message.text, None, now)
        state = state_from(sealed_state, conversation, seal, history)
        return OpenTurn(
            id=turn,
            person=person,
            conversation=conversation,
            message=message,
            seal=seal,
            state=going_on(cursor, person, conversation, seal, state, now),
            episode=episode_of(cursor, person, seal),
            **today_of(cursor, person, seal, now),
            titled=title is not None,
            began=now,
            private=private,
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
        sealed_state, title, private = conversation_row(cursor, conversation, person)
        history = recent_messages(cursor, conversation, seal, before=seq)
        return OpenTurn(
            id=turn,
            person=person,
            conversation=conversation,
            message=Message(text, row[1]),
            seal=seal,
            state=state_from(sealed_state, conversation, seal, history),
            episode=episode_of(cursor, person, seal),
            **today_of(cursor, person, seal, now),
            titled=title is not None,
            began=now,
            private=private,
        )


def answered_turn(keyring: Keyring, person: UUID, turn: UUID, now: datetime) -> Answered | None:
    """A turn of this person's as it was answered, or None when it is not, or not theirs."""
    seal = keyring.open(person)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, conversation_id, status, claimed_until FROM talk_turn "
            "WHERE id = %s AND person_id = %s",
            [as_id(turn), as_id(person)],
        )
        row = cursor.fetchone()
        known = _known(cursor, row, seal, now) if row is not None else None
    return known if isinstance(known, Answered) else None


def close_turn(
    opened: OpenTurn,
    closing: Closing,
    now: datetime,
    exercises: Exercises | None = None,
    memories: Memories | None = None,
    check_ins: CheckIns | None = None,
    feelings: Feelings | None = None,
    questions: Questions | None = None,
    voices: Voices | None = None,
) -> UUID | None:
    """Store the reply and what the next turn starts from, in one transaction; the id of the reply,
    None where another worker answered."""
    seal, conversation = opened.seal, opened.conversation
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE talk_turn SET status = 'done', finished_at = %s WHERE id = %s "
            "AND status = 'open'",
            [as_moment(now), as_id(opened.id)],
        )
        if cursor.rowcount != 1:
            return None  # answered by another worker after this one was thought dead
        message = insert_message(
            cursor, seal, conversation, opened.id, "companion", closing.reply, closing.about, now
        )
        sealed = seal.seal_json(
            states.dump(closing.state), Place("talk_conversation", "state", conversation)
        )
        cursor.execute(
            "UPDATE talk_conversation SET state = %s, updated_at = %s WHERE id = %s",
            [sealed, as_moment(now), as_id(conversation)],
        )
        if not opened.titled and not opened.private:
            title = title_from(opened.message.text)
            cursor.execute(
                "UPDATE talk_conversation SET title = %s WHERE id = %s",
                [
                    seal.seal(title, Place("talk_conversation", "title", conversation)),
                    as_id(conversation),
                ],
            )
        if closing.episode != opened.episode:
            # An exercise in another tab may have raised it since this turn was opened.
            stored = episode_of(cursor, opened.person, seal)
            episode = closing.episode if stored == opened.episode else met(closing.episode, stored)
            upsert_episode(cursor, opened.person, seal, episode, now)
        if exercises is not None:
            _keep_run(opened, closing, exercises, check_ins, now)
        if check_ins is not None:
            _keep_check_ins(opened, closing, check_ins, now)
        if not opened.private:
            _keep_beyond(opened, closing, memories, feelings, now)
            _keep_theirs(opened, closing, questions, voices, now)
        if closing.plan_items and not opened.private:
            add_items(cursor, opened.person, seal, closing.plan_items, now)
        if opened.allowance.taken or opened.allowance.first_refusal:
            upsert_use(cursor, opened.person, opened.allowance, opened.began)
        insert_events(cursor, opened.person, closing.events, now)
    return message


def _keep_run(
    opened: OpenTurn,
    closing: Closing,
    exercises: Exercises,
    check_ins: CheckIns | None,
    now: datetime,
) -> None:
    """The exercise that was gone on with, and that it may be asked about."""
    run = closing.state.run
    if run is None or run == opened.state.run:
        return
    kept = exercises.keep(opened.person, opened.conversation, opened.seal, run, now)
    if check_ins is not None and not opened.private:
        language, today = closing.about["language"], closing.today or now.date()
        check_ins.finished(opened.person, opened.seal, run, kept, language, now, today)


def _keep_beyond(
    opened: OpenTurn,
    closing: Closing,
    memories: Memories | None,
    feelings: Feelings | None,
    now: datetime,
) -> None:
    """What is kept of a turn beyond its conversation, which must not be a private one."""
    person, seal = opened.person, opened.seal
    if memories is not None:
        memories.keep(person, seal, opened.id, closing.found, now, closing.today)
    if feelings is not None and closing.felt is not None:
        feelings.keep(person, seal, closing.felt, now)
    if closing.balance is not None:
        dependence_rows.keep(person, seal, opened.balance, closing.balance, now)


def _keep_theirs(
    opened: OpenTurn,
    closing: Closing,
    questions: Questions | None,
    voices: Voices | None,
    now: datetime,
) -> None:
    """What they answered, and how they want us to sound; of no private conversation."""
    if questions is not None and closing.answers is not None:
        questions.keep(opened.person, opened.seal, closing.answers, now)
    if voices is not None and closing.voice:
        voices.keep(opened.person, opened.seal, closing.voice, now)


def _keep_check_ins(opened: OpenTurn, closing: Closing, check_ins: CheckIns, now: datetime) -> None:
    """What was asked, what is not to be asked any more, and what they told by themselves."""
    if closing.asked:
        check_ins.asked(opened.person, UUID(closing.asked), now)
    if closing.asks_no_more:
        check_ins.refuse(opened.person)
    if not opened.private:
        today = closing.today or now.date()
        check_ins.told(opened.person, opened.seal, opened.message.text, now, today)


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
        place,
    )


def _busy_or_cut(
    row: tuple[Any, ...], conversation: UUID, now: datetime, *, same: bool
) -> Busy | Cut:
    turn, until = from_id(row[0]), from_moment(row[1])
    return Busy(turn, conversation, same) if until > now else Cut(turn, conversation)
