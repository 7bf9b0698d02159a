"""Exercises in a person's export, and on the page of what is kept."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from qingting.companion.exercise.shelf import exercises
from qingting.companion.exercise.strength import number
from qingting.companion.person import Person
from qingting.privacy import fhir
from qingting.privacy.errors import Unreadable
from qingting.privacy.ports import About, Line, Part, Section, Table
from qingting.privacy.sealing import PersonSeal
from qingting.skills.rows import KeptRun, of_person, opened
from qingting.skills.screens import steps_of
from qingting.skills.shown_runs import ShownRun, run_to_read

_RUNS: Final = ("exercise", "id", "title", "begun_at", "finished", "step", "asked", "answer")
_MOODS: Final = ("at", "exercise", "step", "from_0_to_10")


class ExportedExercises:
    """See qingting.privacy.ports.Exporter."""

    name: Final = "exercises"
    covers: Final = frozenset({"skills.ExerciseRun"})

    def about(self) -> About:
        """What is kept."""
        return About(
            title=_("Exercises you did"),
            counted={"skills.ExerciseRun": _("Exercises")},
            how_long=_("Until you delete them, or the talk they were done in."),
            page="skill_runs",
        )

    def section(self, person: UUID, seal: PersonSeal, reader: Person) -> Section:
        """Every time of doing one, the oldest first."""
        told: list[tuple[KeptRun, ShownRun]] = []
        unreadable = 0
        for row in of_person(person).order_by("begun_at"):
            try:
                kept = opened(row, seal)
            except Unreadable:
                unreadable += 1
                continue
            told.append((kept, run_to_read(kept, reader)))
        note = _("One of them does not open any more.") if unreadable else ""
        return Section(
            title=_("Exercises you did"),
            note=note,
            parts=[_part(shown) for _kept, shown in told],
            data=[_plain(kept, shown) for kept, shown in told],
            tables=[_table(told), _moods(told)],
            resources=[one for kept, shown in told for one in _resources(kept, shown, person)],
        )


def _answers(kept: KeptRun, shown: ShownRun) -> list[tuple[str, str, tuple[str, ...]]]:
    """Name of each step answered, what was asked, what was answered."""
    exercise = exercises().get(kept.run.exercise)
    answered = [name for name, told in kept.run.answers.items() if any(told)]
    if exercise is not None:
        told = kept.run.answers
        answered = [step.id for step in steps_of(exercise, told) if told.get(step.id)]
    return [
        (name, one.asked, tuple(one.answers))
        for name, one in zip(answered, shown.told, strict=False)
    ]


def _numbers(kept: KeptRun) -> list[tuple[str, int]]:
    """The numbers from 0 to 10 that were given, by step."""
    exercise = exercises().get(kept.run.exercise)
    if exercise is None:
        return []
    found = []
    for step in steps_of(exercise, kept.run.answers):
        value = number(" ".join(kept.run.answers.get(step.id, ())))
        if step.kind == "rate" and value is not None:
            found.append((step.id, value))
    return found


def _part(shown: ShownRun) -> Part:
    lines = [Line(one.asked, "\n".join(one.answers)) for one in shown.told]
    return Part(shown.title, lines, shown.begun_at)


def _plain(kept: KeptRun, shown: ShownRun) -> dict[str, Any]:
    return {
        "id": str(kept.id),
        "exercise": kept.run.exercise,
        "title": shown.title,
        "begun_at": kept.begun_at.isoformat(),
        "last_at": kept.updated_at.isoformat(),
        "ended": kept.run.ended,
        "talk": str(kept.talk) if kept.talk else None,
        "done_without_words": sorted(kept.run.passed),
        "answers": {
            step: {"asked": asked, "answers": list(told)}
            for step, asked, told in _answers(kept, shown)
        },
    }


def _table(told: list[tuple[KeptRun, ShownRun]]) -> Table:
    rows = [
        (kept.run.exercise, kept.id, shown.title, kept.begun_at, shown.finished, step, asked, one)
        for kept, shown in told
        for step, asked, answers in _answers(kept, shown)
        for one in answers
    ]
    return Table("exercises", _RUNS, rows)


def _moods(told: list[tuple[KeptRun, ShownRun]]) -> Table:
    rows = [
        (kept.begun_at, kept.run.exercise, step, value)
        for kept, _shown in told
        for step, value in _numbers(kept)
    ]
    return Table("moods", _MOODS, rows)


def _resources(kept: KeptRun, shown: ShownRun, person: UUID) -> list[dict[str, Any]]:
    ended = kept.ended_at or kept.updated_at
    found = []
    answers = _answers(kept, shown)
    if kept.run.ended == "finished" and answers:
        found.append(fhir.questionnaire_response(kept.id, person, ended, answers))
    numbers = _numbers(kept)
    strength = _("how strong it is, from 0 to 10")
    for place, (step, value) in enumerate(numbers):
        # Only the last of several was given at the end.
        at = ended if place and place == len(numbers) - 1 else kept.begun_at
        what = f"{shown.title}: {strength} ({step})"
        found.append(fhir.observation(uuid5(kept.id, step), person, at, what, value))
    return found
