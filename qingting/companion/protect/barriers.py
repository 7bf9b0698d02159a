"""What stands in the way of calling or telling somebody, heard in a person's own words.

The words to hear and the honest answers are content (content/<language>/safety/barriers.toml);
an operator's lawyer can read and change them without touching code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from qingting.companion.person import Language
from qingting.companion.understand.clean import cleaned
from qingting.companion.words.bank import ContentError, read_toml

# A piece of a message, up to what ends it; in Chinese a space does.
_PIECE: Final = re.compile(r"[^,。.!?;，、\n]*?(?:[,。.!?;，、\n]|(?<=[一-鿿]) (?=[一-鿿])|$)")
_ASKS: Final = re.compile(
    r"[?？]|[吗么嘛](?:$|[\s,。])|会不会|是不是|要不要|能不能|怎么办"
    r"|^\s*(?:and |but |so )?(?:will|does|do|can|could|is|are|would|what|how)\b"
)


@dataclass(frozen=True, slots=True)
class Barrier:
    """One thing that stands in the way. always: heard outside of danger too (medicines)."""

    name: str
    hear: re.Pattern[str]
    always: bool


def heard(text: str, language: Language, *, danger: bool) -> str | None:
    """The name of the barrier a message speaks of, or None. danger: whether an episode is open;
    without one only what is always answered is heard. What is asked wins ("will it be on my
    record?"), then what is named first."""
    clean = cleaned(text).text
    found = [
        (not _asked(clean, match), match.start(), barrier.name)
        for barrier in _barriers(language)
        if (danger or barrier.always) and (match := barrier.hear.search(clean)) is not None
    ]
    return min(found)[2] if found else None


def _asked(clean: str, match: re.Match[str]) -> bool:
    """Whether what was heard stands in a piece that asks."""
    pieces = (piece for piece in _PIECE.finditer(clean) if piece.end() > match.start())
    piece = next(pieces, None)
    return piece is not None and _ASKS.search(piece.group()) is not None


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
