"""Questionnaires (content/instruments), a text for one that an operator brings, and the sentence
that stands with every result. What makes no sense is found by the reader that the pages use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from qingting.companion.instruments import reading, texts
from qingting.companion.instruments.faults import Fault, faults, has_text
from qingting.companion.instruments.instrument import Instrument
from qingting.companion.instruments.shelf import instruments
from qingting.companion.instruments.table import InstrumentError
from qingting.content_check.finding import Finding
from qingting.content_check.folder import LANGUAGES, Document, Folder
from qingting.content_check.places import Path
from qingting.content_check.schema import Field, Spec, against

_MAYBE: Final = Field("text", required=False)
_LICENCE: Final[Spec] = {
    "status": Field("text", among=reading.REDISTRIBUTIONS),
    "holder": Field("text"),
    "terms": Field("text"),
    "attribution": Field("maybe_empty"),
    "verified_on": _MAYBE,
}
_WORDING: Final[Spec] = {
    "title": Field("text"),
    "status": Field("text", among=reading.STATUSES),
    "stem": Field("maybe_empty", required=False),
    "items": Field("table", required=False),
    "answers": Field("table", required=False),
    "licence": Field("table", inside=_LICENCE),
}
_ITEM: Final[Spec] = {
    "key": Field("text"),
    "answers": Field("text"),
    "code": _MAYBE,
    "scored": Field("yes_no", required=False),
    "reverse": Field("yes_no", required=False),
    "danger_from": Field("number", required=False),
    "only_if": Field("names", required=False),
}
_BAND: Final[Spec] = {"key": Field("text"), "least": Field("number"), "most": Field("number")}
_INSTRUMENT: Final[Spec] = {
    **{name: Field("number", required=name in reading.OWED) for name in reading.NUMBERS},
    **{name: Field("text", required=name in reading.OWED) for name in reading.TEXTS},
    **{name: Field("yes_no", required=False) for name in reading.SWITCHES},
    "confidence": Field("text", among=reading.CONFIDENCES),
    "answers": Field("table"),
    "item": Field("tables", inside=_ITEM),
    "band": Field("tables", required=False, inside=_BAND),
    "subscales": Field("table", required=False),
    "wording": Field("table"),
}
# What the sentence beside a result has to say, by language.
_SAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "zh": ("筛查", "不能代替诊断", "医疗机构"),
    "en": ("Screening", "not a diagnosis"),
}


def check(folder: Folder) -> Iterator[Finding]:
    """Every questionnaire, and the sentence beside a result."""
    for document in folder.on("instruments"):
        if document.name.endswith(".toml"):
            yield from _instrument(folder, document)
    for document in folder.on("screening"):
        yield from _screening(document)


def operators(document: Document) -> Iterator[Finding]:
    """A file of texts that an operator brings (QINGTING_INSTRUMENTS)."""
    try:
        texts.with_text(instruments(), document.data)
    except InstrumentError as error:
        yield document.found("instrument", detail=str(error))


def _instrument(folder: Folder, document: Document) -> Iterator[Finding]:
    wrong = [*against(document, _INSTRUMENT), *_wordings(document)]
    yield from wrong
    if wrong:
        return
    try:
        instrument = reading.instrument_of(document.stem, document.data)
    except InstrumentError as error:
        yield document.found("instrument", detail=str(error))
        return
    for fault in faults(instrument):
        yield _told(document, fault)
    yield from _own_folder(folder, document, instrument)


def _wordings(document: Document) -> Iterator[Finding]:
    wordings: Any = document.data.get("wording")
    for language, table in (wordings if isinstance(wordings, dict) else {}).items():
        place: Path = ("wording", language)
        if language not in LANGUAGES:
            allowed = ", ".join(LANGUAGES)
            yield document.found("unknown_field", place, field=language, allowed=allowed)
        elif not isinstance(table, dict):
            yield document.found("not_table", place, field=language)
        else:
            yield from against(document, _WORDING, table, place)


def _told(document: Document, fault: Fault) -> Finding:
    return document.found(fault.code, fault.at, **fault.values)


def _own_folder(folder: Folder, document: Document, instrument: Instrument) -> Iterator[Finding]:
    """A text that may not be sold on lies apart from what may, with its own licence."""
    parts = document.name.split("/")
    apart = len(parts) > 2 and "/".join([*parts[:-1], "LICENSE.md"]) in folder.by_name
    for language, wording in instrument.wordings.items():
        if has_text(wording) and wording.licence.status == "non_commercial" and not apart:
            yield document.found("own_folder", ("wording", language, "licence"))


def _screening(document: Document) -> Iterator[Finding]:
    says: Any = document.data.get("says")
    for language, owed in _SAYS.items():
        text = str(says.get(language, "")) if isinstance(says, dict) else ""
        for words in owed:
            if words not in text:
                yield document.found("screening", ("says", language), words=words)
