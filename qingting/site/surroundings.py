"""What else is known for a letter about a week: days they had told of, whom they wrote down, which
exercises they turned down. Nothing sensitive, nothing painful, nothing that was forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection

from qingting.companion.person import Person
from qingting.companion.progress.week import Around, Event, named_word
from qingting.companion.protect.episode import Episode, settled
from qingting.companion.recall.left_alone import left_alone
from qingting.companion.remember.follow_ups import calm, due_from
from qingting.companion.remember.item import HEARD_ONCE
from qingting.memory import service as memory
from qingting.privacy.errors import Unreadable
from qingting.privacy.sealing import PersonSeal
from qingting.safety.plan_statements import plan_of
from qingting.skills.models import ExerciseRun
from qingting.skills.rows import opened
from qingting.talk.statements import episode_of

# Exercises broken off in the last of them are not named again so soon.
_RUNS: Final = 12


class Surroundings:
    """See qingting.progress.ports."""

    def around(
        self, person: UUID, seal: PersonSeal, first: date, last: date, who: Person, now: datetime
    ) -> Around:
        """What lies around a week."""
        remembered = memory.current()
        with connection.cursor() as cursor:
            episode = settled(episode_of(cursor, person, seal), now)
            plan = plan_of(cursor, person, seal)
        paused = remembered.choice(person).paused
        wishes = remembered.wishes(person, seal)
        told = () if paused or not calm(episode, now) else _events(person, first, last, who, now)
        return Around(
            events=tuple(told),
            person="" if _somebody_hurts(episode) else _person(plan.of("people")),
            refused=frozenset(_left(person, seal)),
            no_exercises=wishes.no_exercises,
            avoid=left_alone(wishes.avoid, ""),
            episode=episode,
        )


def _events(person: UUID, first: date, last: date, who: Person, now: datetime) -> Iterator[Event]:
    """Days they told of, as far as one would ask about them, too."""
    today = who.local(now).date()
    for item in memory.current().items(person):
        if item.kind != "event" or item.on is None or not first <= item.on <= last:
            continue
        surely = item.confidence >= HEARD_ONCE and item.is_current(today)
        if not surely or item.language != who.language:
            continue
        asked = due_from(item, item.on)
        if asked is not None:
            yield Event(asked.what, here=item.local_only)


def _person(people: tuple[str, ...]) -> str:
    """Whom they wrote down first, in their own word; "" where no line names somebody plainly."""
    return next((word for word in map(named_word, people) if word), "")


def _somebody_hurts(episode: Episode) -> bool:
    """Whether somebody was said to hurt them, or to keep it down: then no name is put forward."""
    return bool(episode.people.hurt_by or episode.people.hushed)


def _left(person: UUID, seal: PersonSeal) -> Iterator[str]:
    """Exercises that were broken off."""
    rows = ExerciseRun.objects.filter(person_id=person).exclude(ended_at=None)
    for row in rows.order_by("-ended_at")[:_RUNS]:
        try:
            run = opened(row, seal).run
        except (Unreadable, KeyError, ValueError):
            continue
        if run.ended != "finished":
            yield run.exercise
