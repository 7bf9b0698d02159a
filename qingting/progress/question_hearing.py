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

from django.db import connection, transaction

from qingting.companion.instruments.instrument import Answers, Instrument, Item
from qingting.companion.instruments.scoring import dangers
from qingting.companion.person import Person
from qingting.companion.protect.episode import Episode, settled
from qingting.companion.protect.places import help_for
from qingting.companion.protect.resources import Directory
from qingting.companion.protect.ticked import Ticked, lead, together
from qingting.companion.understand.reading import Level, at_least
from qingting.people import devices
from qingting.privacy.sealing import PersonSeal
from qingting.progress.errors import CannotStore
from qingting.progress.service import Progress
from qingting.safety.hearing import Answer, answer_ticked

# From this value on an answer by how often ("more than half the days") is grave.
_OFTEN: Final = 2
# What a yes to an item of its own shows and tells; the others go by how often.
_YES: Final[Mapping[str, tuple[Level, Mapping[str, str]]]] = {
    "asq.q1": ("moderate", {}),
    "asq.q2": ("moderate", {}),
    "asq.q3": ("high", {"thoughts": "yes"}),
    "asq.q4": ("moderate", {"attempt": "past"}),
    "asq.q5": ("imminent", {"thoughts": "yes", "timing": "soon"}),
    "cssrs_screener.q1": ("moderate", {}),
    "cssrs_screener.q2": ("high", {"thoughts": "yes"}),
    "cssrs_screener.q3": ("high", {"thoughts": "yes", "plan": "some"}),
    "cssrs_screener.q4": ("high", {"thoughts": "yes"}),
    "cssrs_screener.q5": ("high", {"thoughts": "yes", "plan": "yes"}),
    "cssrs_screener.q6": ("moderate", {"attempt": "past"}),
    "cssrs_screener.q7": ("high", {"attempt": "recent"}),
    "core10.q6": ("high", {"plan": "some"}),
    "phqa.q12": ("high", {}),
    "phqa.q13": ("moderate", {"attempt": "past"}),
}
# Those that go by how often; a test holds that every item of danger is in one of the two.
HOW_OFTEN: Final = frozenset({"phq9.q9", "phqa.q9"})
# "Prefer not to answer", where a questionnaire has it: it counts, and is not taken for a yes.
_DECLINED: Final[Mapping[str, int]] = {"asq": 2}
# Not to say whether it is now is graver than not to say whether it was.
_DECLINED_GRAVE: Final = frozenset({"asq.q5"})


def ticked(instrument: Instrument, values: Mapping[str, int]) -> list[Ticked]:
    """The answers that tell of danger."""
    by_key = {item.key: item for item in instrument.items}
    return [_taken(instrument, by_key[key], values[key]) for key in dangers(instrument, values)]


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
    now = progress.clock()
    with connection.cursor() as cursor:
        episode = settled(progress.episodes.of(cursor, whose, seal), now)
        told = answer_ticked(found, who, episode, now, seed)
        progress.episodes.keep(cursor, whose, seal, told.episode, now)
    progress.episodes.answered(whose, now)
    return told


def hear_unsaved(
    progress: Progress, token: str | None, found: Sequence[Ticked], who: Person, seed: str
) -> Answer | None:
    """What is said where nothing can be kept: such words do not wait for storage. Never raises
    because storage failed."""
    if not found:
        return None
    return answer_ticked(found, who, _episode_of(progress, token), progress.clock(), seed)


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


def _taken(instrument: Instrument, item: Item, value: int) -> Ticked:
    name = f"{instrument.key}.{item.key}"
    if value == _DECLINED.get(instrument.key):
        return Ticked(name, "high" if name in _DECLINED_GRAVE else "moderate", "declined")
    if name in _YES:
        level, told = _YES[name]
        return Ticked(name, level, "told", told)
    often = value >= _OFTEN
    return Ticked(name, "high" if often else "moderate", "often" if often else "some")


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
