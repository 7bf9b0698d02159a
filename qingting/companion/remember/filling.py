"""Templates of notes, filled with what a pattern found (content/remember/<language>.toml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from qingting.companion.remember.item import NOT_CALLED
from qingting.companion.remember.patterns import Patterns

_QUOTES: Final = "\"'“”‘’「」『』"


def slots_of(match: re.Match[str], known: Patterns) -> dict[str, str]:
    """What fills the templates: by list the word kept, and with _said the word itself."""
    slots: dict[str, str] = {}
    for group, value in match.groupdict().items():
        name = group.split("__")[0]
        if value is None or name in slots:
            continue
        listed = name.removeprefix("old_")
        kept = known.canonical.get(listed, {}).get(value.casefold(), value.strip())
        slots[name] = kept[:1].upper() + kept[1:] if listed in known.names else kept
        slots[f"{name}_said"] = value.strip().lower()
    return slots


def filled(template: str, slots: Mapping[str, str]) -> str:
    """A template over the slots; empty where one of them is not told."""
    for name, value in slots.items():
        template = template.replace(f"{{{name}}}", value)
    return "" if "{" in template else " ".join(template.split())


def said_back(slots: Mapping[str, str], known: Patterns) -> dict[str, str]:
    """The slots as said to the person: "my tutor" is "your tutor"."""
    return {name: _turned(value, known) for name, value in slots.items()}


def _turned(value: str, known: Patterns) -> str:
    if not known.turned:
        return value
    return " ".join(known.turned.get(word.casefold(), word) for word in value.split())


def about_of(value: str, known: Patterns) -> str:
    """What a note is about, without the words that make no difference."""
    if known.dropped is not None:
        value = " ".join(known.dropped.sub("", value).split()).replace("/ ", "/")
    head, _, rest = value.strip("/ ").partition("/")
    return f"{head}/{rest.strip(_QUOTES).casefold()}" if head == NOT_CALLED else value.strip("/ ")


def value_of(slots: Mapping[str, str], known: Patterns) -> str:
    """The bare word a note is about, where one is used as it is: a value, a name, or another."""
    bare = ("value", *sorted(known.names), *sorted(known.bare))
    return next((slots[name].strip(_QUOTES) for name in bare if name in slots), "")
