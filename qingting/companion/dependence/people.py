"""Whom somebody named themselves, out of what is known: for a reply that brings one of them in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from qingting.companion.recall.named import UNREADABLE
from qingting.companion.remember.item import HEARD_ONCE, Item
from qingting.companion.remember.patterns import patterns

# Nobody is led back to somebody they parted from.
_PARTED: Final = re.compile(r"前(?:任|男|女|夫|妻|对象)|\b(?:ex|ex-\w+|former)\b", re.IGNORECASE)
MOST: Final = 3


def names_in(items: Iterable[Item], never: str = "") -> tuple[str, ...]:
    """Names of people among what is remembered, the latest heard first: no animal, nobody they
    parted from, nobody who must never be told (never: in their own words), nothing delicate, and
    nothing that is to stay on this machine, because a reply goes along with later ones."""
    found: dict[str, None] = {}
    for item in sorted(items, key=lambda one: one.said_at, reverse=True):
        head, _, rest = item.about.partition("/")
        if item.kind != "person" or rest != "name" or not item.value or item.standing != "held":
            continue
        if item.sensitive or item.local_only or item.confidence < HEARD_ONCE:
            continue
        if head in _pets() or _PARTED.search(head) or mentioned(item.value, never):
            continue
        found.setdefault(item.value)
    return tuple(found)[:MOST]


def mentioned(name: str, never: str) -> bool:
    """Whether somebody is among those who must never be told."""
    return bool(name) and name.casefold() in never.casefold()


@lru_cache(maxsize=1)
def _pets() -> frozenset[str]:
    found: set[str] = set()
    for language in ("zh", "en"):
        try:
            found |= set(patterns(language).canonical.get("pet", {}).values())
        except UNREADABLE:
            continue
    return frozenset(found)
