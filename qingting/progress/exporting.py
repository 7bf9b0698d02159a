"""How somebody is doing, in their export and on the page of what is kept: every check-in, page,
questionnaire and letter, and what was read of feelings in talks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from qingting.companion.instruments.instrument import Answers
from qingting.companion.instruments.scoring import score
from qingting.companion.instruments.shelf import instruments, screening
from qingting.companion.person import Person
from qingting.companion.progress.mood import Entry, Felt, Mood
from qingting.companion.progress.prompts import prompts
from qingting.companion.words.script import in_script
from qingting.privacy.exporting_rest import opened_json
from qingting.privacy.labels import ai_label
from qingting.privacy.ports import About, Line, Part, Section, Table
from qingting.privacy.sealing import PersonSeal, Place
from qingting.progress.charts.words import feelings
from qingting.progress.fhir import making
from qingting.progress.models import (
    FeltDay,
    JournalEntry,
    Letter,
    MoodEntry,
    ProgressChoice,
    Questionnaire,
    Schedule,
)
from qingting.progress.mood_shown import shown_mood
from qingting.progress.rows import ANSWERS, ENTRIES, FELT, MOODS

# As the import page reads them, so that a copy can be brought along to another installation.
_MOODS: Final = (
    "date",
    "time",
    "mood",
    "energy",
    "sleep",
    "feelings",
    "about",
    "note",
    "source",
    "id",
)
_JOURNAL: Final = ("id", "date", "begun_at", "title", "prompt", "words")
_ANSWERS: Final = (
    "id",
    "questionnaire",
    "date",
    "language",
    "finished",
    "score",
    "item",
    "asked",
    "value",
    "answer",
)


class ExportedProgress:
    """See qingting.privacy.ports.Exporter."""

    name: Final = "progress"
    covers: Final = frozenset(
        {
            "progress.MoodEntry",
            "progress.FeltDay",
            "progress.JournalEntry",
            "progress.Questionnaire",
            "progress.Schedule",
            "progress.Letter",
            "progress.ProgressChoice",
        }
    )

    def about(self) -> About:
        """What is kept."""
        return About(
            title=_("How I'm doing"),
            counted={
                "progress.MoodEntry": _("Times you noted how you are"),
                "progress.JournalEntry": _("Pages of the journal"),
                "progress.Questionnaire": _("Questionnaires"),
                "progress.FeltDay": _("Days with feelings read in talks"),
                "progress.Letter": _("Letters"),
            },
            how_long=_("Until you delete it."),
            page="mood",
        )

    def section(self, person: UUID, seal: PersonSeal, reader: Person) -> Section:
        """All of it, the newest first."""
        told = _Told(person, seal)
        moods, entries = MOODS.all_of(person, seal), ENTRIES.all_of(person, seal)
        answers, days = ANSWERS.all_of(person, seal), FELT.all_of(person, seal)
        felt = [one for day in days for one in day]
        letters = [_labelled(one) for one in told.bodies(Letter)]
        return Section(
            title=_("How I'm doing"),
            data={
                "moods": told.bodies(MoodEntry),
                "journal": told.bodies(JournalEntry),
                "questionnaires": _with_scores(told.bodies(Questionnaire), answers),
                "felt": told.bodies(FeltDay),
                "letters": letters,
                "asked_again": told.bodies(Schedule),
                "chosen": _chosen(person),
            },
            parts=[
                *_part(_("How you were"), [_mood_line(one, reader) for one in moods]),
                *[_page(one, reader) for one in entries],
                *[_answered(one) for one in answers],
                *_part(_("Feelings read in talks"), [_felt_line(one) for one in felt]),
                *_part(_("Letters"), [line for one in letters for line in _texts(one)]),
            ],
            tables=[
                # "moods" are the numbers before and after an exercise.
                Table("mood_notes", _MOODS, [_mood_row(one) for one in moods]),
                Table("journal", _JOURNAL, [_entry_row(one) for one in entries]),
                Table("questionnaires", _ANSWERS, [row for one in answers for row in _rows(one)]),
            ],
            resources=making.resources(person, answers, moods, reader),
            note=_("Some of it does not open any more.") if told.shut else "",
        )


class _Told:
    """What lies in the rows of a person, as it is stored. shut: how many do not open."""

    def __init__(self, person: UUID, seal: PersonSeal) -> None:
        self._person = person
        self._seal = seal
        self.shut = 0

    def bodies(self, model: Any) -> list[dict[str, Any]]:
        """Every row of a model: its id, when, and what lies in it; None where it does not open."""
        table = model._meta.db_table  # noqa: SLF001  # documented API
        found = []
        for row in model.objects.filter(person_id=self._person).order_by("-at", "id"):
            body = opened_json(self._seal, row.body, Place(table, "body", row.id))
            self.shut += body is None
            found.append({"id": str(row.id), "at": row.at.isoformat(), "body": body})
        return found


def _part(title: str, lines: Sequence[Line]) -> list[Part]:
    return [Part(title, lines)] if lines else []


def _mood_line(mood: Mood, reader: Person) -> Line:
    shown = shown_mood(mood, reader)
    slept = _("slept %(hours)s h") % {"hours": shown.sleep} if shown.sleep else ""
    beside = " · ".join(filter(None, (shown.words, shown.with_it, slept)))
    return Line(beside, mood.note, mood.at)


def _mood_row(mood: Mood) -> tuple[Any, ...]:
    feelings, about = " | ".join(mood.feelings), " | ".join(mood.about)
    return (
        mood.on.isoformat(),
        mood.at.strftime("%H:%M"),
        mood.valence,
        mood.energy,
        mood.sleep,
        feelings,
        about,
        mood.note,
        mood.source,
        mood.id,
    )


def _page(entry: Entry, reader: Person) -> Part:
    asked = in_script(prompts(reader.language).get(entry.prompt, ""), reader)
    return Part(entry.title or _("A page of the journal"), [Line(asked, entry.words)], entry.at)


def _entry_row(entry: Entry) -> tuple[Any, ...]:
    return (entry.id, entry.on.isoformat(), entry.at, entry.title, entry.prompt, entry.words)


def _answered(answers: Answers) -> Part:
    """A questionnaire with its answers in the words it was asked with, and its score: a number and
    no judgement of it."""
    lines = [Line(asked, answer) for _item, asked, _value, answer in _told_answers(answers)]
    value = _score(answers)
    if value is not None:
        lines += [Line(_("Score"), str(value)), Line("", screening(answers.language))]
    one = instruments().get(answers.instrument)
    wording = one.wordings.get(answers.language) if one is not None else None
    title = wording.title if wording is not None else answers.instrument
    return Part(f"{title} · {date_format(answers.on, 'DATE_FORMAT')}", lines)


def _rows(answers: Answers) -> list[tuple[Any, ...]]:
    head = (answers.id, answers.instrument, answers.on.isoformat(), answers.language)
    value = _score(answers)
    return [(*head, answers.finished, value, *one) for one in _told_answers(answers)]


def _told_answers(answers: Answers) -> list[tuple[str, str, int, str]]:
    """Key, question, value and words of each answer; without words where they are gone."""
    one = instruments().get(answers.instrument)
    wording = one.wordings.get(answers.language) if one is not None else None
    asked = wording.items if wording is not None else {}
    options = wording.options if wording is not None else {}
    return [
        (key, asked.get(key, key), value, options.get(key, {}).get(value, str(value)))
        for key, value in answers.values.items()
    ]


def _score(answers: Answers) -> int | None:
    one = instruments().get(answers.instrument)
    return score(one, answers.values).value if one is not None else None


def _with_scores(rows: list[dict[str, Any]], answers: Sequence[Answers]) -> list[dict[str, Any]]:
    scores = {one.id: _score(one) for one in answers}
    return [{**row, "score": scores.get(UUID(row["id"]).hex)} for row in rows]


def _felt_line(felt: Felt) -> Line:
    return Line(feelings().get(felt.feeling, felt.feeling), "", felt.at)


def _labelled(letter: dict[str, Any]) -> dict[str, Any]:
    """A letter, marked where it is put together by us and the person changed nothing of it."""
    body = letter["body"] or {}
    ours = body.get("by") in ("guided", "model") and not body.get("edited")
    return {**letter, **(ai_label(letter["id"]) if ours else {"ai_generated": False})}


def _texts(letter: Mapping[str, Any]) -> list[Line]:
    """The words of a letter, or of the page to take to somebody; none of one that was deleted."""
    body = letter["body"] or {}
    sections = body.get("sections", {})
    who = "AI" if letter["ai_generated"] else ""
    return [Line(who, text) for text in (body.get("words", ""), *sections.values()) if text]


def _chosen(person: UUID) -> dict[str, bool]:
    row = ProgressChoice.objects.filter(person_id=person).first() or ProgressChoice()
    return {"felt": row.felt, "letters": row.letters, "course": row.course}
