"""How a control can be obeyed, as the registry in obeying.py says it."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class ReadBy:
    """Code reads its value. code: "module:attribute" of all that do. test: "file::function" that
    shows another value to be another behaviour."""

    code: tuple[str, ...]
    test: str


@dataclass(frozen=True, slots=True)
class Always:
    """Done whatever a place asks. code: "module:attribute", or a file of content. test: see
    ReadBy."""

    code: str
    test: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """People do it. document: its path; heading: of the part that says how."""

    document: str
    heading: str


@dataclass(frozen=True, slots=True)
class Fact:
    """There is nothing to obey."""


Obeying = ReadBy | Always | Procedure | Fact


def code_of(one: Obeying) -> tuple[str, ...]:
    """What obeys it, where that is code or content."""
    if isinstance(one, ReadBy):
        return one.code
    return (one.code,) if isinstance(one, Always) else ()


def is_there(code: str) -> bool:
    """Whether a "module:attribute" or a file of content exists in what is installed."""
    if ":" not in code:
        return (resources.files("qingting.content") / code).is_file()
    module, _, attribute = code.partition(":")
    try:
        found: object = importlib.import_module(module)
        for part in attribute.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError):
        return False
    return True
