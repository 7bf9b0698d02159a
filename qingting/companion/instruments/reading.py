"""From a file to an instrument. docs/instruments.md says what a file holds; whether it makes sense
is asked of the finished instrument by faults.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, get_args

from qingting.companion.instruments.instrument import (
    Band,
    Confidence,
    Instrument,
    Item,
    Licence,
    Option,
    Redistribution,
    TextStatus,
    Wording,
)
from qingting.companion.instruments.table import Table
from qingting.companion.person import Language

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
STATUSES: Final[tuple[TextStatus, ...]] = get_args(TextStatus)
REDISTRIBUTIONS: Final[tuple[Redistribution, ...]] = get_args(Redistribution)
CONFIDENCES: Final[tuple[Confidence, ...]] = get_args(Confidence)

# Fields that are an instrument's own under the same name.
NUMBERS: Final = (
    *("order", "days", "least_age", "multiplier", "missing"),
    *("cutoff", "teen_cutoff", "change", "apart"),
)
TEXTS: Final = ("construct", "source", "panel", "total")
SWITCHES: Final = ("higher_is_worse", "on_call_only")
TABLES: Final = ("answers", "item", "band", "subscales", "wording")
OWED: Final = ("construct", "source", "days", "least_age")
ITEM: Final = ("key", "answers", "code", "scored", "reverse", "danger_from", "only_if")
BAND: Final = ("key", "least", "most")
WORDING: Final = ("title", "stem", "status", "items", "answers", "licence")
LICENCE: Final = ("status", "holder", "terms", "attribution", "verified_on")


def instrument_of(key: str, data: Mapping[str, Any]) -> Instrument:
    """The instrument of a file's data. key: the file's name without its ending. Raises
    InstrumentError for what is missing, unknown or of the wrong kind."""
    top = Table(data)
    top.only((*NUMBERS, *TEXTS, *SWITCHES, *TABLES, "confidence"))
    for owed in OWED:
        if owed not in data:
            raise top.fail(f"{owed} is missing")
    scales = top.inside("answers")
    items = tuple(_item(one, scales) for one in top.each("item"))
    wordings = top.inside("wording")
    wordings.only(LANGUAGES)
    subscales = top.inside("subscales")
    own: dict[str, Any] = {
        **{name: top.number(name) for name in NUMBERS if name in data},
        **{name: top.text(name) for name in TEXTS if name in data},
        **{name: top.switch(name) for name in SWITCHES if name in data},
    }
    return Instrument(
        key=key,
        items=items,
        bands=tuple(_band(one) for one in top.each("band")),
        wordings={
            language: _wording(wordings.inside(language), items)
            for language in LANGUAGES
            if language in wordings.values
        },
        subscales={name: subscales.texts(name) for name in subscales.values},
        confidence=top.choice("confidence", CONFIDENCES),
        **own,
    )


def words_of(table: Table) -> dict[str, str]:
    """The words of the questions, by item."""
    items = table.inside("items")
    return {key: items.text(key) for key in items.values}


def options_of(table: Table, items: Sequence[Item]) -> dict[str, dict[int, str]]:
    """The words of the answers by item and value; a file names them by their scale of answers."""
    scales = table.inside("answers")
    scales.only(tuple({item.answers for item in items}))
    words: dict[str, dict[int, str]] = {}
    for name in scales.values:
        scale = scales.inside(name)
        for value in scale.values:
            if not value.isascii() or not value.isdecimal():
                raise scale.fail(f"an answer is named by its value; {value!r} is none")
        words[name] = {int(value): scale.text(value) for value in scale.values}
    return {item.key: words[item.answers] for item in items if item.answers in words}


def _wording(table: Table, items: Sequence[Item]) -> Wording:
    table.only(WORDING)
    return Wording(
        title=table.text("title"),
        stem=table.text("stem", ""),
        items=words_of(table),
        options=options_of(table, items),
        status=table.choice("status", STATUSES),
        licence=_licence(table.inside("licence")),
    )


def _licence(table: Table) -> Licence:
    table.only(LICENCE)
    return Licence(
        status=table.choice("status", REDISTRIBUTIONS),
        holder=table.text("holder"),
        terms=table.text("terms"),
        attribution=table.text("attribution"),
        verified_on=table.day("verified_on") if "verified_on" in table.values else None,
    )


def _item(table: Table, scales: Table) -> Item:
    table.only(ITEM)
    answers = table.text("answers")
    if answers not in scales.values:
        raise table.fail(f"there are no answers {answers!r}")
    return Item(
        key=table.text("key"),
        options=_options(scales.inside(answers)),
        code=table.text("code", ""),
        scored=table.switch("scored") if "scored" in table.values else True,
        reverse=table.switch("reverse") if "reverse" in table.values else False,
        danger_from=table.number("danger_from") if "danger_from" in table.values else None,
        only_if=table.texts("only_if"),
        answers=answers,
    )


def _options(scale: Table) -> tuple[Option, ...]:
    scale.only(("values", "codes"))
    values = scale.numbers("values")
    codes = scale.texts("codes") or ("",) * len(values)
    if len(codes) != len(values):
        raise scale.fail("as many codes as values are needed, or none")
    return tuple(Option(value, code) for value, code in zip(values, codes, strict=True))


def _band(table: Table) -> Band:
    table.only(BAND)
    return Band(table.text("key"), table.number("least"), table.number("most"))
