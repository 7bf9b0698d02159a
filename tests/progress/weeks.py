"""Weeks that somebody might have had: invented ones, and random ones."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid4

from qingting.companion.exercise.shelf import exercises
from qingting.companion.person import Language
from qingting.companion.progress.mood import Mood
from qingting.companion.progress.mood_words import mood_keys
from qingting.companion.progress.week import Around, Event, Tried, Week, week_before, week_of

if TYPE_CHECKING:
    from qingting.progress.service import Progress

KEY: Final = "2026-W46"
MONDAY: Final = date(2026, 11, 9)
PEOPLE: Final = {"zh": ("小雨", "我姐", ""), "en": ("Sam", "my sister", "")}
EVENTS: Final = {"zh": ("四级考试", "面试"), "en": ("the exam", "your interview")}


def mood(
    day: int,
    valence: int,
    feelings: str = "",
    about: str = "",
    sleep: float | None = None,
    note: str = "",
) -> Mood:
    """A check-in of that day of the week, 0 for Monday. feelings, about: keys, by blanks."""
    on = MONDAY + timedelta(days=day)
    at = datetime(on.year, on.month, on.day, 23, tzinfo=UTC)
    keys = tuple(feelings.split()), tuple(about.split())
    return Mood(uuid4().hex, on, at, valence, None, *keys, sleep, note)


def random_week(seed: int, language: Language) -> Week:
    """A week that nobody thought out."""
    chance = random.Random(seed)
    moods = [
        mood(
            chance.randrange(7),
            chance.randint(-2, 2),
            " ".join(chance.sample(mood_keys().every_feeling, chance.randrange(3))),
            " ".join(chance.sample(mood_keys().about, chance.randrange(3))),
            chance.choice([None, None, 3.5, 6.0, 7.5, 8.0]),
        )
        for _ in range(chance.choice([0, 1, 2, 3, 4, 5, 6, 7, 9, 14, 25]))
    ]
    names = list(exercises())
    tried = [
        Tried(chance.choice(names), *chance.choice([(None, None), (7, 4), (5, 5), (3, 6)]))
        for _ in range(chance.choice([0, 0, 1, 2]))
    ]
    around = Around(
        events=tuple(Event(one) for one in EVENTS[language][: chance.randrange(3)]),
        person=chance.choice(PEOPLE[language]),
        refused=frozenset(chance.sample(names, 3)),
    )
    change = chance.choice(["", "", "better", "worse"])
    pages = chance.choice([0, 0, 1, 3])
    return week_of(KEY, language, moods, tried, pages, change, around)  # type: ignore[arg-type]


def invented(language: Language) -> dict[str, Week]:
    """Twelve young people, each with a week."""
    e = EVENTS[language]
    p = PEOPLE[language]

    def week(*moods: Mood, **more: object) -> Week:
        around = Around(
            events=tuple(Event(one) for one in more.pop("events", ())),  # type: ignore[attr-defined]
            person=str(more.pop("person", "")),
        )
        return week_of(KEY, language, moods, around=around, **more)  # type: ignore[arg-type]

    return {
        "exam week, little sleep": week(
            mood(0, -1, "anxious wired", "exams", 5),
            mood(1, -2, "anxious too_much", "exams sleep", 4.5),
            mood(2, -1, "worn_out", "exams", 5.5),
            mood(4, 1, "relieved", "friends", 8),
            mood(5, 0, "okayish", "food", 9),
            events=e[:1],
            person=p[0],
        ),
        "one note only": week(mood(3, -1, "flat")),
        "two notes, both light": week(mood(1, 1, "cosy", "alone"), mood(5, 2, "glad", "friends")),
        "family, twice a day": week(
            mood(0, -2, "hurt angry", "family"),
            mood(0, -1, "low", "family"),
            mood(1, -2, "too_much", "family money"),
            mood(2, -1, "numb", "alone"),
            mood(3, -1, "numb", "family"),
            mood(6, 1, "calm", "outside"),
            tried=[Tried("unsent_letter", 8, 5)],
            pages=3,
        ),
        "a good week": week(
            mood(0, 1, "calm", "study"),
            mood(1, 2, "glad amused", "friends"),
            mood(3, 1, "looking_forward", "love"),
            mood(6, 1, "settled", "outside", 8),
            person=p[1],
        ),
        "flat in the middle": week(
            mood(1, 0, "quiet", "study"), mood(2, 0, "", "phone"), mood(4, 0, "okayish", "phone")
        ),
        "only an exercise": week(tried=[Tried("breathing_box", 7, 7)]),
        "only the journal": week(pages=2),
        "worse by the questions": week(
            mood(0, -2, "hollow", "future"),
            mood(2, -1, "lonely", "roommates", 10),
            mood(5, -2, "hollow worn_out", "", 11),
            change="worse",
        ),
        "better by the questions": week(
            mood(0, -1, "irritated", "work", 6),
            mood(1, 0, "okayish", "work", 7),
            mood(2, 1, "relieved", "", 7),
            mood(4, 1, "pleased", "work", 7),
            mood(6, 0, "quiet", "sleep", 7),
            change="better",
            tried=[Tried("muscle_release", 6, 3), Tried("muscle_release", 5, 4)],
        ),
        "an exercise that made it worse": week(
            mood(1, -1, "on_edge", "money"),
            mood(3, -1, "anxious", "money future"),
            mood(4, -2, "wired", "sleep", 4),
            tried=[Tried("worry_time", 4, 7)],
            events=e[1:],
        ),
        "everything at once": week(
            *(
                mood(d % 7, (-2, 1, -1, 2)[d % 4], "anxious glad", "study love", 6)
                for d in range(14)
            ),
            tried=[Tried("thought_record", 8, 6)],
            pages=4,
            change="worse",
            events=e,
            person=p[0],
        ),
    }


def noted(progress: Progress, person: UUID, *week: Mood) -> None:
    """Those check-ins, in the last whole week of somebody in UTC."""
    from qingting.progress import moods

    _key, monday, _last = week_before(datetime.now(UTC).date())
    for one in week:
        on = monday + (one.on - MONDAY)
        at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
        moods.note(progress, person, replace(one, id=uuid4().hex, on=on, at=at, note="SECRET-NOTE"))
