"""Letters worded by a model, once a day while the server runs: never while somebody waits for a
page. The authored letter is stored first; a model's words take its place only where they may stand.

Only of people who had a letter before, want letters, and, for a model on somebody else's machine,
agreed to it: nobody's week goes anywhere before they have seen that there are letters.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final, TypeVar
from uuid import UUID

from django.db import Error as DatabaseError
from django.db import connections

from qingting.companion.parts import Parts
from qingting.companion.person import Language, Person
from qingting.companion.policy import Policy
from qingting.companion.progress.letter_by_model import SECONDS, worded
from qingting.companion.progress.week import Week
from qingting.content_check.banned import banned_in
from qingting.policy.profile import policy_for
from qingting.privacy.errors import StorageError
from qingting.progress import letters
from qingting.progress.letters import make
from qingting.progress.models import Letter
from qingting.progress.service import NoSuchThing, Progress
from qingting.talk.ports import Terms

T = TypeVar("T")
log = logging.getLogger(__name__)

# Who had no letter for so long is not written to by a model.
_LATELY: Final = timedelta(days=60)
_CANNOT: Final = (StorageError, DatabaseError, OSError)


@dataclass(frozen=True, slots=True)
class _Made:
    """A letter that was just made, and the facts it is made of."""

    which: UUID
    who: Person
    week: Week


async def write(
    progress: Progress,
    parts: Callable[[], Parts],
    terms: Callable[[UUID], Terms],
    policy: Callable[[], Policy] = policy_for,
    seconds: float = SECONDS,
) -> int:
    """Make the letters that are due and let the model word them, one after the other; how many it
    worded. Never raises because storage or the model failed. seconds: for each."""
    model = parts().model
    if model is None:
        return 0
    count = 0
    for person in await _apart(_people, progress):
        hosted = model.hosted
        made = await _apart(_made, progress, person, terms, hosted, policy())
        if made is None:
            continue
        language = made.who.language
        text = await worded(
            model,
            made.week,
            language,
            parts().masking,
            partial(_banned, language),
            seconds,
        )
        if text is not None and await _apart(_kept, progress, person, made, text):
            count += 1
    return count


def _banned(language: Language, words: str) -> bool:
    return banned_in(words, language) is not None


async def _apart(work: Callable[..., T], *given: object) -> T:
    """Storage in a thread of its own, whose connections are let go."""

    def done() -> T:
        try:
            return work(*given)
        finally:
            connections.close_all()

    return await asyncio.to_thread(done)


def _people(progress: Progress) -> list[UUID]:
    """Those who had a letter lately."""
    try:
        since = progress.clock() - _LATELY
        found = Letter.objects.filter(at__gte=since).values_list("person_id", flat=True)
        return list(dict.fromkeys(found.order_by("person_id")))
    except DatabaseError as error:
        log.error("nobody's letters could be looked up: %s", type(error).__name__)
        return []


def _made(
    progress: Progress, person: UUID, terms: Callable[[UUID], Terms], hosted: bool, policy: Policy
) -> _Made | None:
    """The letter of one person, where it is due and a model may word it."""
    try:
        if hosted and not (policy.hosted_model and terms(person).hosted_model):
            return None
        before = letters.letters(progress, person)
        if not before or not before[0].locale:
            return None
        who = Person(before[0].locale, before[0].timezone)
        made = make(progress, person, who)
        if made is None or made.present:
            return None
        return _Made(UUID(made.id), who, letters.facts(progress, person, who))
    except _CANNOT as error:
        log.error("a letter could not be made: %s", type(error).__name__)
        return None


def _kept(progress: Progress, person: UUID, made: _Made, text: str) -> bool:
    try:
        letters.reword(progress, person, made.which, text, "model")
    except (*_CANNOT, NoSuchThing) as error:
        log.error("a letter could not be kept: %s", type(error).__name__)
        return False
    return True


_daily: Callable[[], Awaitable[int]] | None = None


def use(progress: Progress, parts: Callable[[], Parts], terms: Callable[[UUID], Terms]) -> None:
    """Set what the letters of this process are made with; called once by the site's wiring."""
    global _daily  # noqa: PLW0603  # one process, one of it; set once at start
    _daily = partial(write, progress, parts, terms)


async def of_the_week() -> int:
    """See write; nothing before the site is wired."""
    return await _daily() if _daily is not None else 0
