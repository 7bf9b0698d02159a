"""The line about an agreed amount a day or night, before a talk: a notice, never a lock."""

from __future__ import annotations

from uuid import UUID

from django.db import Error as DatabaseError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from qingting.people import devices
from qingting.people.consent import resting
from qingting.people.visitors import person_of, token_of
from qingting.privacy.errors import StorageError
from qingting.safety.models import EpisodeRecord


def line_for(request: HttpRequest) -> str:
    """What the page of the talk says now; "" for nothing. Never while a danger is open, and never
    in the way: what cannot be read is not said."""
    try:
        person = devices.find_person(token_of(request))
        if person is None or _in_danger(person):
            return ""
        now = resting.now_for(person, person_of(request))
    except (StorageError, DatabaseError, ValueError, KeyError):
        return ""
    return "" if now is None else _words(now)


def _in_danger(person: UUID) -> bool:
    return EpisodeRecord.objects.filter(person_id=person).exclude(level="none").exists()


def _words(now: resting.Now) -> str:
    if now.kind == "night":
        said = _(
            "It's late; sleep was agreed on from %(begins)s. The everyday can wait until "
            "%(ends)s. If something is wrong, I am here all the same."
        )
        return said % {"begins": now.agreed.begins, "ends": now.agreed.ends}
    said = _(
        "That was today's %(minutes)s minutes, as agreed. The everyday can wait until tomorrow. "
        "If something is wrong, I am here all the same."
    )
    return said % {"minutes": now.agreed.minutes}
