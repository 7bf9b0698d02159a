"""How it is going by somebody's own notes, as the talk asks for it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from qingting.companion.progress.course import Course, course_of
from qingting.privacy.sealing import PersonSeal
from qingting.progress.models import MoodEntry, ProgressChoice, Questionnaire
from qingting.progress.rows import ANSWERS, MOODS

# How it was longer ago is no measure of how these weeks are.
_LOOKS_BACK: Final = timedelta(days=180)
# With fewer rows no rule can tell anything (companion/progress/course.py).
_FEWEST_MOODS: Final = 10
_FEWEST_ANSWERS: Final = 2


class Courses:
    """See qingting.memory.ports.Courses."""

    def not_lighter(self, person: UUID, seal: PersonSeal, today: date) -> bool:
        """Whether their own notes show that it is not getting lighter, and they let us say so."""
        if ProgressChoice.objects.filter(person_id=person, course=False).exists():
            return False
        return course_now(person, seal, today).kind in ("not_on_track", "worse")


def course_now(person: UUID, seal: PersonSeal, today: date) -> Course:
    """How it is going, by their check-ins and questionnaires of the last half year."""
    since = datetime.combine(today - _LOOKS_BACK, time(), UTC)
    moods = MoodEntry.objects.filter(person_id=person, at__gte=since).count()
    answers = Questionnaire.objects.filter(person_id=person, at__gte=since).count()
    if moods < _FEWEST_MOODS and answers < _FEWEST_ANSWERS:
        return Course("unknown")
    return course_of(
        MOODS.all_of(person, seal, since),
        ANSWERS.all_of(person, seal, since),
        today,
        started=today - _LOOKS_BACK,
    )
