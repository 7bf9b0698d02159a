"""The words an operator is told by `qingting policy` and the pages of set-up, in both languages:
content/<language>/policy.toml, and what each control asks: content/policies/words.toml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

from qingting.companion.person import AgeBand, Language
from qingting.companion.words.bank import read_toml
from qingting.policy.packs.controls import Control
from qingting.policy.packs.kinds import Value

_UNITS: Final[Mapping[str, str]] = {
    "hours": "hours",
    "minutes": "minutes",
    "days": "days",
    "months": "months",
    "years of age": "years",
    "a number of people": "people",
}
# Two words, and a sentence that asks which.
_NOT_A_DEMAND: Final = frozenset({"deploy.school"})


@cache
def _file(language: Language) -> Mapping[str, Any]:
    return read_toml(resources.files("qingting.content") / language / "policy.toml")


@cache
def _asked() -> Mapping[str, Any]:
    return read_toml(resources.files("qingting.content") / "policies" / "words.toml")


def said(language: Language, part: str, key: str, **slots: object) -> str:
    """A text of content/<language>/policy.toml with its slots filled. Raises KeyError."""
    text: str = _file(language)[part][key]
    return text.format(**slots) if slots else text


def has(language: Language, part: str, key: str) -> bool:
    """Whether there is such a text."""
    return key in _file(language)[part]


def asks(control: str, language: Language) -> str:
    """What a control asks, in one plain sentence. Raises KeyError."""
    sentence: str = _asked()[control][language]
    return sentence


def value_words(control: Control, value: Value | None, language: Language) -> str:
    """A value as an operator reads it: "3 h", "only with their yes"."""
    if value is None:
        return said(language, "values", "none")
    if isinstance(value, bool):
        return said(language, "values", "yes" if value else "no")
    unit = _UNITS.get(control.kind.name)
    if unit is not None:
        number = f"{value:,.10g}" if isinstance(value, int | float) else str(value)
        return said(language, "values", unit, n=number)
    word = str(value)
    if control.kind.name.count(",") == 1 and control.key not in _NOT_A_DEMAND:
        # Of two words the stricter one is what the sentence demands: "never ...: yes".
        return said(language, "values", "yes" if control.kind.rank(value) else "no")
    return said(language, "values", word) if has(language, "values", word) else word


def band_words(band: AgeBand, language: Language) -> str:
    """An age band in words."""
    return said(language, "bands", band)
