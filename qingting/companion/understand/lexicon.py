"""The word lists and rules of content/lexicon, read once and checked as they are read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any, Final

_PART: Final = re.compile(r"\{([a-z_]+)\}")


class LexiconError(ValueError):
    """A lexicon file says something that cannot be used. Raised at first use, never later."""


@lru_cache(maxsize=64)
def table(name: str) -> Mapping[str, Any]:
    """The parsed content/lexicon/<name>.toml. Raises LexiconError when it is not valid TOML."""
    place = resources.files("qingting.content") / "lexicon" / f"{name}.toml"
    try:
        return tomllib.loads(place.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{name}.toml: {error}") from error


def expand(pattern: str, parts: Mapping[str, str]) -> str:
    """The pattern with every {part} put in, parts inside parts too.

    Raises LexiconError when a part is not known or contains itself.
    """
    for _ in range(8):
        wanted = _PART.findall(pattern)
        if not wanted:
            return pattern
        missing = [name for name in wanted if name not in parts]
        if missing:
            raise LexiconError(f"unknown part {missing[0]!r} in {pattern[:60]!r}")
        pattern = _PART.sub(lambda match: f"(?:{parts[match[1]]})", pattern)
    raise LexiconError(f"parts go round in circles in {pattern[:60]!r}")


def alternatives(patterns: Iterable[str], parts: Mapping[str, str]) -> re.Pattern[str]:
    """One compiled pattern that matches any of the given ones.

    Raises LexiconError when one of them is not a regular expression.
    """
    joined = "|".join(f"(?:{expand(pattern, parts)})" for pattern in patterns)
    try:
        return re.compile(joined or r"(?!)")
    except re.error as error:
        place = error.pos or 0
        raise LexiconError(f"{error}: ... {joined[max(0, place - 60) : place + 20]!r}") from error


@lru_cache(maxsize=1)
def shared_parts() -> Mapping[str, str]:
    """The building blocks that rules of several files use."""
    return {str(name): str(text) for name, text in table("parts")["parts"].items()}


@lru_cache(maxsize=256)
def words(file: str, section: str) -> re.Pattern[str]:
    """The patterns listed under `section` of a file, compiled as one."""
    return alternatives(table(file)[section], shared_parts())
