"""Somebody who has noted things for so many days, with all there is to see of it.

Also a command, for a server of another process: python -m tests.progress.noting DAYS LANGUAGE
prints the cookie of their device.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from qingting.companion.instruments.instrument import (
    Answers,
    Band,
    Instrument,
    Item,
    Licence,
    Option,
    Wording,
)
from qingting.companion.person import Language
from qingting.companion.progress.mood import Felt, Mood

_FELT: Final = ("sadness", "anxiety", "loneliness", "relief", "joy", "numbness")
_EXERCISES: Final = ("unsent_letter", "urge_surfing", "body_scan", "worry_time")


def moods_of(days: int, today: date) -> list[Mood]:
    """One or two check-ins on most of the last days; the same every time."""
    chance, value, found = random.Random(days), 0, []
    for back in range(days):
        value = max(-2, min(2, value + chance.choice([-1, 0, 0, 1])))
        if days > 5 and chance.random() < 0.2:
            continue
        for _ in range(chance.choice([1, 1, 1, 2])):
            at = datetime(2026, 1, 1, 12, tzinfo=UTC)
            found.append(
                Mood(
                    id=uuid4().hex,
                    on=today - timedelta(days=back),
                    at=at.replace(year=today.year, month=today.month, day=today.day)
                    - timedelta(days=back),
                    valence=max(-2, min(2, value + chance.choice([0, 0, 1]))),
                    energy=chance.choice([-2, -1, 0, 1, 2, None]),
                    sleep=chance.choice([None, 4.0, 5.0, 6.5, 7.0, 8.0]),
                )
            )
    return found


def felt_of(days: int, today: date) -> Iterator[tuple[datetime, tuple[Felt, ...]]]:
    """What was read in talks, a row for every second day."""
    chance = random.Random(days)
    for back in range(0, days, 2):
        day = datetime(today.year, today.month, today.day, tzinfo=UTC) - timedelta(days=back)
        felt = tuple(
            Felt(day.replace(hour=chance.choice([0, 1, 2, 14, 22])), label, 0.6, -0.4, 0.1)
            for label in chance.sample(_FELT, 2)
        )
        yield day, felt


def answers_of(days: int, today: date, language: Language) -> Iterator[Answers]:
    """The nine questions, every second week."""
    chance = random.Random(days)
    for back in range(0, days, 14):
        values = {f"q{one}": chance.choice([0, 1, 1, 2]) for one in range(1, 9)} | {"q9": 0}
        day = today - timedelta(days=back)
        yield Answers(uuid4().hex, "phq9", language, day, values, finished=True)


_OPTIONS: Final = tuple(Option(value) for value in range(4))
_WORDING: Final = Wording(
    "Nine questions", "stem", {}, {}, "official", Licence("free", "holder", "terms", "whose")
)
# A questionnaire of no shelf: nine questions, three bands, a difference that counts.
NINE: Final = Instrument(
    key="nine",
    construct="none",
    days=14,
    items=tuple(Item(f"q{one}", _OPTIONS) for one in range(1, 10)),
    bands=(Band("low", 0, 9), Band("middle", 10, 19), Band("high", 20, 27)),
    wordings={"zh": _WORDING, "en": _WORDING},
    least_age=14,
    cutoff=10,
    change=6,
)


def planted(days: int, language: Language = "en") -> tuple[UUID, str]:
    """Store all of it for somebody new; their id and the token of their device. Needs Django."""
    from django.utils import timezone

    from qingting.people import devices, visitors
    from qingting.people.accounts import belonging
    from qingting.progress.rows import ANSWERS, FELT, MOODS

    keyring, now, token = belonging.current().keyring, timezone.now(), visitors.new_token()
    person = devices.new_person(keyring, now)
    devices.add(person, token, now)
    seal, today = keyring.open(person), now.date()
    MOODS.keep_many(person, [(UUID(m.id), m, m.at) for m in moods_of(days, today)], seal)
    FELT.keep_many(person, [(uuid4(), felt, at) for at, felt in felt_of(days, today)], seal)
    answered = list(answers_of(days, today, language))
    ANSWERS.keep_many(person, [(UUID(a.id), a, _noon(a.on)) for a in answered], seal)
    _exercises(person, seal, days, now)
    return person, token


def cookie(token: str) -> str:
    """The value of the cookie of a device."""
    from django.core import signing

    from qingting.people import visitors

    return signing.Signer(salt=visitors._SALT).sign(token)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _exercises(person: UUID, seal: Any, days: int, now: datetime) -> None:
    from qingting.companion.exercise import run as runs
    from qingting.companion.exercise.run import Run
    from qingting.skills.models import ExerciseRun
    from qingting.skills.rows import place_of

    chance = random.Random(days)
    for back in range(0, days, 6):
        at, name = now - timedelta(days=back), chance.choice(_EXERCISES)
        steps = ("mood_before", "mood_after")
        if name == "urge_surfing":
            steps = ("strength", "strength_again")
        numbers = (str(chance.randint(5, 10)), str(chance.randint(1, 8)))
        answers = {step: (told,) for step, told in zip(steps, numbers, strict=True)}
        run = Run(name, "", at, answers, ended="finished")
        row = ExerciseRun(person_id=person, begun_at=at, updated_at=at, ended_at=at)
        row.body = seal.seal_json(runs.dump(run), place_of(row.id))
        row.save(force_insert=True)


def main() -> None:
    """See the module."""
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "qingting.site.settings"
    import django

    django.setup()
    from django.conf import settings

    from qingting.site.wiring import wire

    wire(settings.CONFIG)
    language: Language = "zh" if sys.argv[2].startswith("zh") else "en"
    print(cookie(planted(int(sys.argv[1]), language)[1]))


if __name__ == "__main__":
    main()
