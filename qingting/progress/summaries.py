"""The page to take to a counsellor or a doctor: filled beforehand from what was noted in the last
four weeks, in the first person, for them to change. Kept only where they say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid5

from django.utils.formats import date_format

from qingting.companion.exercise.shelf import exercises, titles
from qingting.companion.instruments.instrument import Answers
from qingting.companion.instruments.scoring import score, score_range
from qingting.companion.instruments.shelf import instruments, screening
from qingting.companion.person import Language, Person
from qingting.companion.progress.letter import counted, hours, letter_lines, quoted
from qingting.companion.progress.letter_kept import SECTIONS, Section, Summary
from qingting.companion.progress.week import Tried, Week, week_of
from qingting.companion.words.script import in_script
from qingting.progress.letter_rows import SUMMARIES
from qingting.progress.letters import since
from qingting.progress.rows import ANSWERS, MOODS
from qingting.progress.service import Progress

_SPAN: Final = timedelta(days=28)
# Results that are put down, the newest of each questionnaire.
_RESULTS: Final = 4


def summary_of(progress: Progress, person: UUID, who: Person) -> Summary:
    """The page as it would be filled now. Raises StorageError."""
    today, seal = who.local(progress.clock()).date(), progress.seal(person)
    first = today - _SPAN + timedelta(days=1)
    moods = [one for one in MOODS.all_of(person, seal, since(first)) if first <= one.on <= today]
    done = progress.exercises.done(person, seal, since(first), who)
    tried = [Tried(one.exercise, one.before, one.after) for one in done if first <= one.on <= today]
    month = week_of("", who.language, moods, tried)
    sections: dict[Section, str] = {
        "lately": "\n".join(_lately(month, who.language)),
        "sleep": "\n".join(_sleep(month, who.language)),
        "worse": "\n".join(_beside("worse", month.with_heavy, who.language)),
        "helps": "\n".join(_helps(month, who.language)),
        "questions": "\n".join(_results(ANSWERS.all_of(person, seal), who.language)),
    }
    written = {name: in_script(text, who) for name, text in sections.items()}
    return Summary(uuid5(person, "summary").hex, who.language, today, blank() | written)


def blank() -> dict[Section, str]:
    """Every section, empty."""
    return dict.fromkeys(SECTIONS, "")


def kept_summary(progress: Progress, person: UUID) -> Summary | None:
    """The page as they kept it; None where they kept none. Raises StorageError."""
    return SUMMARIES.one(person, uuid5(person, "summary"), progress.seal(person))


def keep(progress: Progress, person: UUID, summary: Summary) -> None:
    """Keep it in the place of what was kept. Raises StorageError."""
    which = uuid5(person, "summary")
    kept = replace(summary, id=which.hex)
    SUMMARIES.keep(person, which, kept, progress.seal(person), progress.clock())


def forget(progress: Progress, person: UUID) -> None:
    """Delete what was kept, if anything was."""
    SUMMARIES.drop(person, uuid5(person, "summary"))


def _filled(name: str, slots: Mapping[str, str], language: Language) -> str:
    line = letter_lines(language)["summary"][name][0].format_map(slots)
    return line[:1].upper() + line[1:]


def _lately(month: Week, language: Language) -> Iterator[str]:
    if not month.notes:
        return
    slots = {
        "days": counted(month.days, "day", language),
        **{
            name: counted(number, "time", language) if number else _none(language)
            for name, number in (
                ("heavy", month.heavy),
                ("light", month.light),
                ("between", month.between),
            )
        },
    }
    yield _filled("lately", slots, language)
    if month.with_heavy:
        yield _filled("lately_with", {"with": quoted(month.with_heavy, language)}, language)


def _none(language: Language) -> str:
    return "没有" if language == "zh" else "never"


def _sleep(month: Week, language: Language) -> Iterator[str]:
    if month.sleep:
        slots = {
            "nights": counted(len(month.sleep), "night", language),
            "least": hours(month.least),
            "most": hours(month.most),
            "hours": hours(month.middle),
        }
        yield _filled("sleep", slots, language)


def _beside(name: str, words: tuple[str, ...], language: Language) -> Iterator[str]:
    if words:
        yield _filled(name, {"with": quoted(words, language)}, language)


def _helps(month: Week, language: Language) -> Iterator[str]:
    yield from _beside("helps", month.with_light, language)
    one = month.tried
    if one is None or one.exercise not in exercises() or one.before is None or one.after is None:
        return
    if one.after < one.before:
        title = titles(language)[one.exercise]["title"]
        slots = {"exercise": title, "before": str(one.before), "after": str(one.after)}
        yield _filled("helps_done", slots, language)


def _results(answers: Sequence[Answers], language: Language) -> Iterator[str]:
    """The newest result of each questionnaire, and the sentence that belongs beside a number."""
    newest: dict[str, Answers] = {}
    for one in sorted(answers, key=lambda one: one.on, reverse=True):
        if one.finished and one.instrument in instruments():
            newest.setdefault(one.instrument, one)
    lines = [line for one in newest.values() if (line := _result(one, language))][:_RESULTS]
    yield from lines
    if lines:
        yield screening(language)


def _result(answers: Answers, language: Language) -> str:
    one = instruments()[answers.instrument]
    value = score(one, answers.values).value
    if value is None:
        return ""
    wording = one.wordings.get(language) or one.wordings.get(answers.language)
    least, most = score_range(one)
    slots = {
        "date": date_format(answers.on, "DATE_FORMAT"),
        "title": wording.title if wording else answers.instrument,
        "score": str(value),
        "lowest": str(least),
        "highest": str(most),
    }
    return _filled("question", slots, language)
