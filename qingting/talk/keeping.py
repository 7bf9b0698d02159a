"""What a person does with their conversations: rename, delete, take the deletion back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import Place
from qingting.talk.models import Conversation
from qingting.talk.statements import NoSuchConversation

# A deletion can be taken back for this long; then the rows are gone (and overwritten).
UNDO: Final = timedelta(minutes=10)
TITLE_LENGTH: Final = 60


def rename(keyring: Keyring, actor: UUID, which: UUID, title: str) -> None:
    """Give a conversation of the actor's a title. Raises NoSuchConversation, also for a private
    one: it has none."""
    seal = keyring.open(actor)
    title = " ".join(title.split())[:TITLE_LENGTH]
    sealed = seal.seal(title, Place("talk_conversation", "title", which))
    found = Conversation.objects.filter(id=which, person_id=actor, deleted_at=None, private=False)
    if not found.update(title=sealed):
        raise NoSuchConversation


def delete(actor: UUID, which: UUID, now: datetime) -> None:
    """Delete a conversation of the actor's; it can be brought back for UNDO. Raises
    NoSuchConversation, also for a private one: that is ended (private.py)."""
    found = Conversation.objects.filter(id=which, person_id=actor, deleted_at=None, private=False)
    if not found.update(deleted_at=now):
        raise NoSuchConversation


def restore(actor: UUID, which: UUID, now: datetime) -> None:
    """Bring a deleted conversation back. Raises NoSuchConversation when it is gone for good."""
    found = Conversation.objects.filter(id=which, person_id=actor, deleted_at__gt=now - UNDO)
    if not found.update(deleted_at=None):
        raise NoSuchConversation


def purge(now: datetime) -> int:
    """Remove for good what was deleted longer than UNDO ago; returns how many conversations."""
    gone = Conversation.objects.filter(deleted_at__lte=now - UNDO)
    return gone.delete()[1].get("talk.Conversation", 0)
