"""That somebody's own notes show no let-up: said on a visit, once in two weeks at most."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from qingting.companion.person import Language
from qingting.companion.remember.follow_ups import FollowUp
from qingting.memory import check_in_rows as rows
from qingting.memory.check_in_rows import Kept
from qingting.memory.models import CheckIn
from qingting.privacy.sealing import PersonSeal

_APART: Final = 14


def may_say(person: UUID, today: date) -> bool:
    """Whether it was not said in the last two weeks."""
    ids = [_id(person, stretch) for stretch in (_stretch(today), _stretch(today) - 1)]
    last = CheckIn.objects.filter(person_id=person, id__in=ids).order_by("-due_on").first()
    return last is None or (today - last.due_on).days >= _APART


def write(person: UUID, seal: PersonSeal, language: Language, now: datetime, today: date) -> Kept:
    """Let it wait to be said, from today on."""
    lapses = today + timedelta(days=_APART - 1)
    follow_up = FollowUp("course", "", "", today, today, today, lapses, language)
    kept = Kept(_id(person, _stretch(today)), follow_up)
    rows.write(person, seal, kept, now)
    return kept


def _stretch(day: date) -> int:
    """Stretches of two weeks, counted."""
    return day.toordinal() // _APART


def _id(person: UUID, stretch: int) -> UUID:
    return uuid5(person, f"course {stretch}")
