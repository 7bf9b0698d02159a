"""Questionnaires as their pages show them: the words of their owners as they are, and around them
as few of ours as there can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from qingting.companion.instruments.change import Change, change
from qingting.companion.instruments.instrument import Answers, Instrument, Item, Wording
from qingting.companion.instruments.scoring import above_cutoff, score, score_range
from qingting.companion.person import Language, Person
from qingting.progress.question_forms import ANSWER
from qingting.progress.question_words import named, screening
from qingting.progress.questionnaires import due_items, left_open


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answer that can be given. mark: its id on the page."""

    value: int
    text: str
    mark: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One question. field: its name in the form. number, of: its place. under_stem: whether the
    opening sentence belongs to it. before: the one before it, "" for the first."""

    key: str
    text: str
    field: str
    number: int
    of: int
    under_stem: bool
    before: str
    answers: tuple[ShownAnswer, ...]


@dataclass(frozen=True, slots=True)
class ShownForm:
    """All questions of one. language: tag of their words, which are never put into other
    characters: they are somebody else's."""

    key: str
    name: str
    about: str
    language: str
    stem: str
    items: tuple[ShownItem, ...]
    attribution: str

    def item(self, key: str) -> ShownItem | None:
        """One of the questions."""
        return next((one for one in self.items if one.key == key), None)

    def after(self, key: str) -> ShownItem | None:
        """The question after one; None after the last."""
        keys = [one.key for one in self.items]
        place = keys.index(key) + 1 if key in keys else len(keys)
        return self.items[place] if place < len(keys) else None


@dataclass(frozen=True, slots=True)
class Offer:
    """One that may be begun. half: how many of its questions are answered already. due: its day has
    come; every: asked again after so many days, 0 for not."""

    key: str
    name: str
    about: str
    count: int
    half: int
    due: bool
    every: int

    @property
    def short(self) -> bool:
        """Whether it is done in a moment."""
        return self.count <= 4


@dataclass(frozen=True, slots=True)
class Past:
    """One that was answered."""

    id: UUID
    name: str
    on: date
    finished: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """The one before: its number, its day, and what the difference means."""

    value: int
    on: date
    change: Change


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one. value: None where it has no number. counted: whether it gives a number at
    all. open: questions without an answer that it needs. above: on the side of the mark where more
    is asked, None where there is no mark. mark: that mark. apart: the least days between two that
    can be compared. told: the questions with what was answered. screening: that this is no
    finding of a doctor's."""

    key: str
    name: str
    on: date
    value: int | None
    counted: bool
    least: int
    most: int
    heavier: bool
    open: int
    next_open: str
    above: bool | None
    mark: int | None
    apart: int
    source: str
    before: Comparison | None
    told: tuple[tuple[str, str], ...]
    language: str
    attribution: str
    screening: str


def shown_form(instrument: Instrument, values: Mapping[str, int], who: Person) -> ShownForm:
    """Its questions, with what is answered already. The instrument has words in the language."""
    wording = instrument.wordings[who.language]
    items = due_items(instrument, values)
    first = instrument.items[0].answers
    words = named(instrument, who)
    return ShownForm(
        key=instrument.key,
        name=words.name,
        about=words.about,
        language=_tag(who.language),
        stem=wording.stem,
        items=tuple(
            ShownItem(
                key=item.key,
                text=wording.items[item.key],
                field=ANSWER + item.key,
                number=place,
                of=len(items),
                under_stem=item.answers == first,
                before=items[place - 2].key if place > 1 else "",
                answers=_answers(item, wording, values.get(item.key)),
            )
            for place, item in enumerate(items, 1)
        ),
        attribution=wording.licence.attribution,
    )


def offer(
    instrument: Instrument, who: Person, half: Answers | None, every: int, *, due: bool
) -> Offer:
    """One of the list."""
    words = named(instrument, who)
    always = [item for item in instrument.items if not item.only_if]
    answered = len(half.values) if half else 0
    return Offer(instrument.key, words.name, words.about, len(always), answered, due, every)


def shown_past(answers: Answers, instrument: Instrument | None, who: Person) -> Past:
    """One of what was answered; by its key where it is not here any more."""
    name = named(instrument, who).name if instrument else answers.instrument
    return Past(UUID(answers.id), name, answers.on, answers.finished)


def shown_result(
    instrument: Instrument, answers: Answers, before: Answers | None, who: Person
) -> Result:
    """What came of it."""
    counted = score(instrument, answers.values)
    least, most = score_range(instrument)
    wording = instrument.wordings.get(answers.language)
    needed = left_open(instrument, answers.values)
    return Result(
        key=instrument.key,
        name=named(instrument, who).name,
        on=answers.on,
        value=counted.value,
        counted=most > least,
        least=least,
        most=most,
        heavier=instrument.higher_is_worse,
        open=len(needed),
        next_open=needed[0].key if needed else "",
        above=above_cutoff(instrument, counted, who.age_band),
        mark=_mark(instrument, who),
        apart=instrument.apart,
        source=instrument.source,
        before=_comparison(instrument, before, answers),
        told=_told(instrument, answers, wording),
        language=_tag(answers.language),
        attribution=wording.licence.attribution if wording else "",
        screening=screening(who),
    )


def _mark(instrument: Instrument, who: Person) -> int | None:
    """The score that people take as the mark, for this age."""
    if who.is_minor and instrument.teen_cutoff is not None:
        return instrument.teen_cutoff
    return instrument.cutoff


def _comparison(
    instrument: Instrument, before: Answers | None, answers: Answers
) -> Comparison | None:
    if before is None:
        return None
    value = score(instrument, before.values).value
    if value is None or score(instrument, answers.values).value is None:
        return None
    return Comparison(value, before.on, change(instrument, before, answers))


def _answers(item: Item, wording: Wording, chosen: int | None) -> tuple[ShownAnswer, ...]:
    said = wording.options[item.key]
    return tuple(
        ShownAnswer(one.value, said[one.value], f"{item.key}-{one.value}", one.value == chosen)
        for one in item.options
    )


def _told(
    instrument: Instrument, answers: Answers, wording: Wording | None
) -> tuple[tuple[str, str], ...]:
    if wording is None:
        return ()
    return tuple(
        (wording.items[item.key], wording.options[item.key].get(answers.values[item.key], ""))
        for item in instrument.items
        if item.key in answers.values and item.key in wording.items
    )


def _tag(language: Language) -> str:
    return "zh-Hans" if language == "zh" else language
