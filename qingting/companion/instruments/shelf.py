"""The questionnaires there are, from content/instruments and what the operator brought, read once.
A file that is broken costs its own questionnaire and nothing else; which, and why, is logged."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from qingting.companion.instruments.faults import faults, has_text
from qingting.companion.instruments.instrument import Instrument
from qingting.companion.instruments.reading import instrument_of
from qingting.companion.instruments.table import InstrumentError
from qingting.companion.instruments.texts import with_text
from qingting.companion.person import AgeBand, Language
from qingting.companion.words.bank import ContentError, read_toml

log = logging.getLogger(__name__)

# The youngest that somebody of a band may be. Who did not say is no child; see scoring for the
# cut-off that counts for them.
_YOUNGEST: Final[Mapping[AgeBand, int]] = {
    "unknown": 18,
    "under_14": 0,
    "14_15": 14,
    "16_17": 16,
    "adult": 18,
}
_operators: Path | None = None


@cache
def instruments() -> Mapping[str, Instrument]:
    """Every questionnaire by its key, in the order in which they are listed; those without a text
    in any language too."""
    found = dict(_shipped())
    for file in _operators_files():
        try:
            changed = with_text(found, read_toml(file))
        except (ContentError, InstrumentError) as error:
            log.error("a text for a questionnaire is left out: %s: %s", file.name, error)
            continue
        found[changed.key] = changed
    return MappingProxyType(found)


def askable(
    language: Language, age_band: AgeBand, *, on_call: bool = False
) -> tuple[Instrument, ...]:
    """Those that may be asked of somebody: they have a text in this language, everybody of the age
    band is old enough, and where somebody has to be there to act, somebody is (`on_call`)."""
    return tuple(
        one
        for one in instruments().values()
        if language in one.wordings
        and has_text(one.wordings[language])
        and one.least_age <= _YOUNGEST[age_band]
        and (on_call or not one.on_call_only)
    )


def use_operator_texts(path: Path | None) -> None:
    """Use the texts in a folder of TOML files, for this process; None for the shipped ones alone.
    Raises InstrumentError when there is no such folder."""
    global _operators  # noqa: PLW0603  # one process, one folder; set once at start
    if path is not None and not path.is_dir():
        raise InstrumentError(f"{path}: there is no such folder")
    _operators = path
    instruments.cache_clear()


@cache
def screening(language: Language) -> str:
    """The sentence that stands with every result: that this is no finding of a doctor's."""
    says = read_toml(resources.files("qingting.content") / "screening.toml")["says"]
    return str(says[language])


def files() -> Iterator[tuple[str, Traversable]]:
    """The shipped files: each questionnaire's key and file. Those whose licence is not that of the
    rest have a folder of their own."""
    folder = resources.files("qingting.content") / "instruments"
    for entry in _sorted(folder):
        for file in _sorted(entry) if entry.is_dir() else [entry]:
            if file.name.endswith(".toml"):
                yield file.name.removesuffix(".toml"), file


def usable(key: str, data: Mapping[str, Any]) -> Instrument:
    """The instrument of a file's data. Raises InstrumentError for one that must not be used."""
    instrument = instrument_of(key, data)
    found = [str(one) for one in faults(instrument)]
    if found:
        raise InstrumentError("; ".join(found))
    return instrument


def _shipped() -> Iterator[tuple[str, Instrument]]:
    found: list[Instrument] = []
    for key, file in files():
        try:
            found.append(usable(key, read_toml(file)))
        except (ContentError, InstrumentError) as error:
            log.error("a questionnaire is left out: instruments/%s: %s", file.name, error)
    for one in sorted(found, key=lambda one: (one.order, one.key)):
        yield one.key, one


def _sorted(folder: Traversable) -> list[Traversable]:
    return sorted(folder.iterdir(), key=lambda one: one.name)


def _operators_files() -> list[Path]:
    return [] if _operators is None else sorted(_operators.glob("*.toml"))
