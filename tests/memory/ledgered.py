"""Somebody with a ledger, and a browser of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.test import Client
from django.utils import timezone

from qingting.companion.remember.item import Found
from qingting.memory import service
from qingting.memory.service import Memories
from qingting.people import devices, visitors
from qingting.people.accounts import belonging
from qingting.privacy.keyring import Keyring
from qingting.site.wiring import wire
from qingting.talk.models import Conversation, Message, Turn

TODAY = datetime.now(UTC).date()
BROTHER = Found("person", "弟弟/name", "弟弟叫小宇", "我弟小宇又发烧了", 0, 8, "zh", value="小宇")
CALLED = Found("preference", "name", "叫你小满", "叫我小满", 0, 4, "zh", value="小满")
SHORT = Found("preference", "short", "话少一点", "你别回这么长", 0, 6, "zh")
INTERVIEW = Found(
    "event",
    "interview",
    "you have an interview",
    "my interview is on the 3rd",
    0,
    26,
    "en",
    on=TODAY + timedelta(days=9),
    until=TODAY + timedelta(days=9),
)
HELPED = Found("helped", "走路", "走一走会好一点", "走了一圈好多了", 0, 7, "zh", sensitive=True)


def found(what: Found, **changed: Any) -> Found:
    from dataclasses import replace

    return replace(what, **changed)


@contextmanager
def wired() -> Iterator[Memories]:
    """The memory of this process, with everything else."""
    before = service._current
    wire(settings.CONFIG)
    yield service.current()
    service._current = before


def keyring() -> Keyring:
    return belonging.current().keyring


def somebody() -> tuple[UUID, str]:
    """Somebody new and the token of their device."""
    token, now = visitors.new_token(), timezone.now()
    person = devices.new_person(keyring(), now)
    devices.add(person, token, now)
    return person, token


def browser(token: str = "", language: str = "en-US", **options: Any) -> Client:
    client = Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE=language, **options)
    if token:
        from django.core import signing

        client.cookies[visitors.COOKIE] = signing.Signer(salt=visitors._SALT).sign(token)
    return client


def told(memories: Memories, person: UUID, *what: Found, at: datetime | None = None) -> UUID:
    """Keep what a message told; the turn of a stored message that says their quotes."""
    turn = message_of(person, " ".join(one.quote for one in what))
    memories.keep(person, keyring().open(person), turn, what, at or timezone.now())
    return turn


def message_of(person: UUID, text: str) -> UUID:
    """A stored message of theirs; its turn."""
    from qingting.privacy.sealing import Place

    now, seal = timezone.now(), keyring().open(person)
    talk = Conversation.objects.create(person_id=person, created_at=now, updated_at=now)
    turn = Turn.objects.create(
        person_id=person,
        conversation=talk,
        key=uuid4().hex,
        status="done",
        claimed_by="",
        claimed_until=now,
        created_at=now,
        finished_at=now,
    )
    message = Message(conversation=talk, turn=turn, seq=1, speaker="person", created_at=now)
    message.body = seal.seal(text, Place("talk_message", "body", message.pk))
    message.save(force_insert=True)
    return turn.pk


def only(memories: Memories, person: UUID, says: str) -> UUID:
    """The id of the one item that says so."""
    [which] = [UUID(item.id) for item in memories.items(person) if item.says == says]
    return which


def day(text: str) -> date:
    return date.fromisoformat(text)
