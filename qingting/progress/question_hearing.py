"""Danger in an answer to a questionnaire: what each such answer is taken for, and what is said.

The levels rest on docs/safety-protocol.md: a wish not to be there is moderate; thoughts of killing
oneself, or a plan, are high; now is imminent. Where an item asks after two things in one breath,
how often it is decides, and the direct question follows in the same reply.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from qingting.companion.instruments.instrument import Answers, Instrument
from qingting.companion.person import Person
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.places import help_for
from qingting.companion.protect.resources import Directory
from qingting.companion.protect.ticked import Ticked, lead, together
from qingting.companion.protect.ticked_items import HOW_OFTEN, YES, ticked
from qingting.companion.understand.reading import at_least
from qingting.people import devices
from qingting.privacy.sealing import PersonSeal
from qingting.progress.answered_danger import Words, answered, answered_unsaved
from qingting.progress.errors import CannotStore
from qingting.progress.service import Progress
from qingting.safety.hearing import Answer, answer_ticked

# What each answer of danger is taken for; a test holds that every such item is in one of the two.
_YES: Final = YES
__all__ = ["HOW_OFTEN", "again", "hear_only", "hear_unsaved", "heard", "newly", "ticked"]


def newly(
    instrument: Instrument, before: Mapping[str, int], values: Mapping[str, int]
) -> list[Ticked]:
    """Those that were not answered so before: a form sent twice is no new danger."""
    fresh = {key: value for key, value in values.items() if before.get(key) != value}
    return ticked(instrument, fresh)


def heard(
    progress: Progress,
    whose: UUID,
    seal: PersonSeal,
    found: Sequence[Ticked],
    who: Person,
    seed: str,
) -> Answer | None:
    """The words, with the episode raised and the referral counted. In a transaction that the caller
    holds. None where there was no danger."""
    if not found:
        return None
    return answered(progress, whose, seal, _words(progress, found, who, seed))


def hear_unsaved(
    progress: Progress, token: str | None, found: Sequence[Ticked], who: Person, seed: str
) -> Answer | None:
    """What is said where nothing can be kept: such words do not wait for storage. Never raises
    because storage failed."""
    if not found:
        return None
    return answered_unsaved(progress, token, _words(progress, found, who, seed))


def hear_only(
    progress: Progress, token: str | None, found: Sequence[Ticked], who: Person, seed: str
) -> Answer | None:
    """What is said, with the episode raised, where the answers themselves are not kept. Never
    raises because storage failed."""
    try:
        person = devices.find_person(token)
        if person is not None:
            with transaction.atomic():
                return heard(progress, person, progress.seal(person), found, who, seed)
    except CannotStore:
        pass
    return hear_unsaved(progress, token, found, who, seed)


def again(instrument: Instrument, answers: Answers, who: Person, now: datetime) -> Answer | None:
    """What stands before a result that is read again: the first words and a line. The question was
    put when it was answered."""
    found = ticked(instrument, answers.values)
    if not found:
        return None
    one = together(found)
    at_hand = help_for(who, who.language, now, Directory.load())
    grave = at_least(one.level, "imminent")
    line = at_hand.pinned_now("suicide") if grave else at_hand.pinned_for("suicide")
    return Answer(lead(one, who, answers.id), who.language, line, Episode())


def _words(progress: Progress, found: Sequence[Ticked], who: Person, seed: str) -> Words:
    return lambda episode: answer_ticked(found, who, episode, progress.clock(), seed)
