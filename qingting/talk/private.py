"""Private conversations: nothing of one is remembered, and its words are erased when it ends, or
half a day after the last of them.

What stays of danger told in one is how careful to be, never a word (protect/unsaid.py).
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from qingting.companion.protect import record as episodes
from qingting.companion.protect.unsaid import without_words
from qingting.privacy.errors import StorageError
from qingting.privacy.keyring import Keyring
from qingting.privacy.overwriting import overwrite_deleted
from qingting.privacy.sealing import PersonSeal, Place
from qingting.safety.models import EpisodeRecord
from qingting.talk.models import Conversation
from qingting.talk.statements import NoSuchConversation

log = logging.getLogger(__name__)

# Without an end it ends by itself, so long after the last word.
LEFT: Final = timedelta(hours=12)


def end(person: UUID, conversation: UUID, seal: PersonSeal) -> None:
    """Erase a private conversation of theirs for good, with what was done in it. Raises
    NoSuchConversation, also for one that is not private; Unreadable."""
    with transaction.atomic():
        _erase(person, conversation, seal)
    overwrite_deleted()


def left(now: datetime, after: timedelta = LEFT) -> QuerySet[Conversation]:
    """The private conversations that were left for so long; none in which an answer is coming."""
    answered = Q(turns__status="open", turns__claimed_until__gt=now)
    found = Conversation.objects.filter(private=True, updated_at__lte=now - after)
    return found.exclude(id__in=found.filter(answered).values("id"))


def purge(keyring: Keyring, now: datetime, after: timedelta = LEFT) -> int:
    """Erase for good those that were left; returns how many. Raises DatabaseError."""
    erased = 0
    for person, conversation in left(now, after).values_list("person_id", "id"):
        with transaction.atomic():
            try:
                _erase(person, conversation, keyring.open(person))
            except NoSuchConversation:
                continue  # ended in the same moment
            except StorageError as error:
                # What does not open tells nothing; the rows go all the same.
                log.error("a private talk went without its key: %s", type(error).__name__)
                Conversation.objects.filter(id=conversation).delete()
        erased += 1
    return erased


def _erase(person: UUID, conversation: UUID, seal: PersonSeal) -> None:
    found = Conversation.objects.select_for_update().filter(
        id=conversation, person_id=person, private=True
    )
    talk = found.first()
    if talk is None:
        raise NoSuchConversation
    _out_of_episode(person, seal, talk.created_at)
    talk.delete()


def _out_of_episode(person: UUID, seal: PersonSeal, since: datetime) -> None:
    row = EpisodeRecord.objects.select_for_update().filter(person_id=person).first()
    if row is None:
        return
    place = Place("safety_episoderecord", "record", person)
    episode = without_words(episodes.load(seal.open_json(row.record, place)), since)
    sealed = seal.seal_json(episodes.dump(episode), place)
    EpisodeRecord.objects.filter(person_id=person).update(record=sealed)
