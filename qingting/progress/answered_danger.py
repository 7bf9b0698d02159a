"""Danger answered from a page of progress: the episode as it stands, and as an answer leaves it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import connection

from qingting.companion.protect.episode import Episode, settled
from qingting.people import devices
from qingting.privacy.sealing import PersonSeal
from qingting.progress.errors import CannotStore
from qingting.progress.service import Progress
from qingting.safety.hearing import Answer

# Words for a danger, by the episode it is heard in.
Words = Callable[[Episode], Answer]


def answered(progress: Progress, whose: UUID, seal: PersonSeal, words: Words) -> Answer:
    """The words, with the episode raised and the referral counted. In a transaction that the caller
    holds. Raises one of CannotStore."""
    now = progress.clock()
    with connection.cursor() as cursor:
        told = words(settled(progress.episodes.of(cursor, whose, seal), now))
        progress.episodes.keep(cursor, whose, seal, told.episode, now)
    progress.episodes.answered(whose, now)
    return told


def answered_unsaved(progress: Progress, token: str | None, words: Words) -> Answer:
    """The words where nothing can be kept: such words do not wait for storage. Never raises because
    storage failed."""
    return words(_episode_of(progress, token))


def _episode_of(progress: Progress, token: str | None) -> Episode:
    try:
        person = devices.find_person(token)
        if person is None:
            return Episode()
        with connection.cursor() as cursor:
            stored = progress.episodes.of(cursor, person, progress.seal(person))
    except CannotStore:
        return Episode()
    return settled(stored, progress.clock())
