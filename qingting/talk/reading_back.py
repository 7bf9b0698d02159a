"""Reading what is kept: conversations, their messages, and what a turn could start from.

Every function takes the device token or the person who asks; nobody reads somebody else's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from qingting.companion import state as states
from qingting.companion.events import ToRead
from qingting.companion.protect import record as episodes
from qingting.companion.protect.episode import Episode
from qingting.companion.state import ConversationState
from qingting.companion.understand.history import Heard
from qingting.people import devices
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import PersonSeal, Place
from qingting.safety.models import EpisodeRecord
from qingting.talk.models import Conversation, Message, Turn
from qingting.talk.statements import NoSuchConversation
from qingting.talk.withholding import taken_up

_CONTEXT = 12


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message as a page shows it. has_why: it can be asked why it is as it is. card: what
    was handed over to read with it."""

    speaker: str
    text: str
    language: str
    at: datetime
    id: UUID
    has_why: bool = False
    card: ToRead | None = None


@dataclass(frozen=True, slots=True)
class ShownConversation:
    """A conversation as a page shows it.

    waiting: id of a turn not answered yet. line: label and address of a line to keep in sight.
    private: nothing of it stays. persona: the voice of its last reply. beside: kinds of the
    notices that stood beside that. turns: how many messages were answered.
    """

    id: UUID
    title: str
    updated_at: datetime
    messages: Sequence[ShownMessage] = ()
    waiting: UUID | None = None
    line: tuple[str, str] | None = None
    private: bool = False
    persona: str = "plain"
    beside: tuple[str, ...] = ()
    turns: int = 0


def of_person(person: UUID) -> QuerySet[Conversation]:
    """Conversations of a person, newest first; deleted ones left out."""
    return Conversation.objects.filter(person_id=person, deleted_at=None).order_by("-updated_at")


def history(keyring: Keyring, person: UUID, *, most: int = 200) -> list[ShownConversation]:
    """A person's conversations, newest first, without their messages."""
    seal = keyring.open(person)
    return [
        ShownConversation(one.id, title_of(one, seal), one.updated_at, private=one.private)
        for one in of_person(person)[:most]
    ]


def title_of(conversation: Conversation, seal: PersonSeal) -> str:
    """The title of a conversation; empty while it has none."""
    if conversation.title is None:
        return ""
    return seal.open(conversation.title, Place("talk_conversation", "title", conversation.id))


def conversation(keyring: Keyring, person: UUID, which: UUID) -> ShownConversation:
    """One conversation with its messages. Raises NoSuchConversation."""
    found = of_person(person).filter(id=which).first()
    if found is None:
        raise NoSuchConversation
    seal = keyring.open(person)
    messages, line, persona, beside = [], None, "plain", ()
    for message in Message.objects.filter(conversation_id=which).order_by("seq"):
        about = _about(message, seal)
        line = tuple(about["line"]) if "line" in about else line
        persona = about.get("plan", {}).get("persona", persona)
        beside = tuple(about.get("notices", ()))
        text = seal.open(message.body, Place("talk_message", "body", message.id))
        messages.append(
            ShownMessage(
                message.speaker,
                text,
                about.get("language", ""),
                message.created_at,
                message.id,
                has_why=message.speaker == Message.Speaker.COMPANION and "plan" in about,
                card=ToRead(*about["article"]) if "article" in about else None,
            )
        )
    waiting = (
        Turn.objects.filter(conversation_id=which, status=Turn.Status.OPEN)
        .order_by("created_at")
        .values_list("id", flat=True)
        .first()
    )
    return ShownConversation(
        found.id,
        title_of(found, seal),
        found.updated_at,
        messages,
        waiting,
        line,
        private=found.private,
        persona=persona,
        beside=beside,
        turns=sum(one.has_why for one in messages),
    )


def _about(message: Message, seal: PersonSeal) -> dict[str, Any]:
    if message.about is None:
        return {}
    about: dict[str, Any] = seal.open_json(
        message.about, Place("talk_message", "about", message.id)
    )
    return about


def state_and_episode(
    keyring: Keyring, token: str, which: UUID | None
) -> tuple[ConversationState, Episode]:
    """What a turn could start from, read without writing. Raises NoSuchConversation for a device
    that has no such conversation."""
    person = devices.find_person(token)
    if person is None or which is None:
        raise NoSuchConversation
    seal = keyring.open(person)
    found = of_person(person).filter(id=which).first()
    if found is None:
        raise NoSuchConversation
    heard = tuple(
        Heard(
            "person" if message.speaker == "person" else "companion",
            taken_up(
                seal.open(message.body, Place("talk_message", "body", message.id)),
                _about(message, seal),
            ),
        )
        for message in reversed(
            Message.objects.filter(conversation_id=which).order_by("-seq")[:_CONTEXT]
        )
    )
    record = EpisodeRecord.objects.filter(person_id=person).first()
    episode = (
        Episode()
        if record is None
        else episodes.load(
            seal.open_json(record.record, Place("safety_episoderecord", "record", person))
        )
    )
    if found.state is None:
        return ConversationState(seed=which.hex, history=heard), episode
    stored = seal.open_json(found.state, Place("talk_conversation", "state", which))
    return states.load(stored, heard), episode
