"""What stands in the way of calling or telling somebody, heard in a person's own words.

The words to hear and the honest answers are content (content/<language>/safety/barriers.toml);
an operator's lawyer can read and change them without touching code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from qingting.companion.person import Language
from qingting.companion.understand.clean import cleaned
from qingting.companion.words.bank import ContentError, read_toml


@dataclass(frozen=True, slots=True)
class Barrier:
    """One thing that stands in the way. always: heard outside of danger too (medicines)."""

    name: str
    hear: re.Pattern[str]
    always: bool


def heard(text: str, language: Language, *, danger: bool) -> str | None:
    """The name of the barrier a message speaks of, or None. danger: whether an episode is open;
    without one only what is always answered is heard. The one named first in the text wins."""
    clean = cleaned(text).text
    found = [
        (match.start(), barrier.name)
        for barrier in _barriers(language)
        if (danger or barrier.always) and (match := barrier.hear.search(clean)) is not None
    ]
    return min(found)[1] if found else None


@cache
def _barriers(language: Language) -> tuple[Barrier, ...]:
    """Raises ContentError when a pattern is not a regular expression."""
    file = resources.files("qingting.content") / language / "safety" / "barriers.toml"
    return tuple(
        Barrier(one["name"], _compiled(one["name"], one["hear"]), bool(one.get("always", False)))
        for one in read_toml(file)["barrier"]
    )


def _compiled(name: str, patterns: list[str]) -> re.Pattern[str]:
    try:
        return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
    except re.error as error:
        raise ContentError(f"barriers.toml, {name}: {error}") from error
