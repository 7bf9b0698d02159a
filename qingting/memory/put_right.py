"""Somebody turns out to be another ("my cousin, not my brother"): what was held of them goes along.
Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from qingting.companion.remember.item import Found, Item
from qingting.companion.remember.ledger import Changes

# What was told longer ago was of somebody else, who may well be there too.
_LATELY: Final = timedelta(days=14)
_YOUR: Final = re.compile(r"^your [a-z-]+")


def mistaken(found: Iterable[Found]) -> frozenset[str]:
    """Whom they said before, where it is somebody else ("哥哥", "brother")."""
    return frozenset(one.replaces for one in found if one.replaces and _is_relation(one))


def moved(found: Sequence[Found], held: Sequence[Item], now: datetime) -> list[Found]:
    """What was found, with what was lately told of whoever turns out to be another, said of the
    other one. held: items in force of both. now: time-zone aware."""
    taken = {(item.kind, item.about) for item in held}
    told = []
    for one in found:
        along = [again for item in held if (again := _again(item, one, now)) is not None]
        if not along:
            told.append(one)
        # Of two names for one, that of the one who was never in doubt stays.
        told += [_gone(again) if (again.kind, again.about) in taken else again for again in along]
    return told


def as_careful(changes: Changes, held: Sequence[Item]) -> Changes:
    """What takes the place of something that stays on this machine stays there too."""
    local = {item.id for item in held if item.local_only}
    new = (replace(one, local_only=one.supersedes in local) for one in changes.new)
    return replace(changes, new=tuple(new))


def _gone(one: Found) -> Found:
    return replace(one, about=one.replaces or one.about, replaces=None, gone=True)


def _is_relation(one: Found) -> bool:
    return one.kind == "person" and "/" not in (one.replaces or "/") and not one.value


def _again(item: Item, one: Found, now: datetime) -> Found | None:
    """An item said of another; None for one that was not told of whom they mistook."""
    head, mark, aspect = item.about.partition("/")
    if item.kind != "person" or not _is_relation(one) or head != one.replaces:
        return None
    says = _says(item, head, one.about)
    if says == item.says or item.language != one.language or now - item.said_at > _LATELY:
        return None
    return replace(
        one,
        about=f"{one.about}{mark}{aspect}",
        says=says,
        replaces=item.about,
        sensitive=item.sensitive,
        value=item.value,
        confidence=item.confidence,
    )


def _says(item: Item, before: str, now: str) -> str:
    if before in item.says:
        return item.says.replace(before, now)
    return _YOUR.sub(f"your {now}", item.says) if item.language == "en" else item.says
