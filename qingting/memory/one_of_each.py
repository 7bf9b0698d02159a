"""Two records of one person become one: what both hold is held once, and of two things that
contradict each other the later one takes the place of the other. Pure; nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from qingting.companion.remember.item import HEARD_AGAIN, HEARD_ONCE, MOST_HEARD, OPPOSITE, Item

_MOST_SOURCES: Final = 20
# Of these, what says something else is something else; of the others only another day is.
_SAYS: Final = ("preference", "person")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two items of which the later one stands now. later, earlier: their ids. same: whether they
    told the same. changed: every item that stands otherwise than before."""

    later: str
    earlier: str
    same: bool
    changed: tuple[Item, ...]


def one_of_each(items: Sequence[Item], written: Mapping[str, datetime]) -> list[Pair]:
    """What becomes of a ledger that two were put into. items: all of it, superseded ones too.
    written: by id, when an item was last stored."""
    by_id = {item.id: item for item in items}
    standing: dict[tuple[str, str], str] = {}
    pairs = []
    for item in sorted(items, key=lambda one: _moment(one, written)):
        if item.standing != "held":
            continue
        before = standing.get((item.kind, item.about))
        standing[item.kind, item.about] = item.id
        if before is not None:
            pair = _pair(by_id[before], by_id[item.id], by_id)
            by_id |= {one.id: one for one in pair.changed}
            pairs.append(pair)
    return pairs + _of_two(standing, by_id, written)


def _of_two(
    standing: Mapping[tuple[str, str], str],
    by_id: Mapping[str, Item],
    written: Mapping[str, datetime],
) -> list[Pair]:
    """What becomes of two opposite ways to be talked to that are both sure enough to be followed.
    standing: ids of the items in force, by kind and what they are about."""
    pairs = []
    for about, opposite in OPPOSITE.items():
        two = [standing.get(("preference", one)) for one in (about, opposite)]
        items = [by_id[one] for one in two if one is not None]
        if len(items) == 2 and all(map(_is_followed, items)):
            earlier, later = sorted(items, key=lambda one: _moment(one, written))
            pairs.append(_pair(earlier, later, by_id))
    return pairs


def _is_followed(item: Item) -> bool:
    return item.confidence >= HEARD_ONCE


def _moment(item: Item, written: Mapping[str, datetime]) -> datetime:
    """How late an item is: when it was heard last, or put right by the person themselves."""
    return max(item.said_at, written.get(item.id, item.said_at)) if item.corrected else item.said_at


def _pair(earlier: Item, later: Item, by_id: Mapping[str, Item]) -> Pair:
    same = _same(earlier, later)
    known = _with_what_was_known(earlier, later) if same else later
    # What was to stay on this machine stays there, whatever it says now.
    known = replace(known, local_only=earlier.local_only or later.local_only)
    first = _first(known, by_id)
    if first.id == known.id:
        changed = [replace(known, supersedes=earlier.id)]
    else:
        changed = [known, replace(first, supersedes=earlier.id)]
    changed.append(replace(earlier, standing="superseded"))
    return Pair(later.id, earlier.id, same, tuple(changed))


def _same(earlier: Item, later: Item) -> bool:
    """Whether two items tell the same. A day that was not named contradicts none."""
    if later.kind in _SAYS:
        return earlier.says == later.says
    if later.on is None or earlier.on is None:
        return True
    return (earlier.on, earlier.until) == (later.on, later.until)


def _with_what_was_known(earlier: Item, later: Item) -> Item:
    """The later one with every place the thing was heard in, and the day that only one names."""
    dated = later if later.on is not None else earlier
    sources = sorted((*earlier.sources, *later.sources), key=lambda source: source.at)
    surest = max(earlier.confidence, later.confidence)
    heard = min(max(MOST_HEARD, surest), round(surest + HEARD_AGAIN, 2))
    return replace(
        later,
        sources=tuple(sources[-_MOST_SOURCES:]),
        confidence=heard,
        sensitive=earlier.sensitive or later.sensitive,
        on=dated.on,
        until=dated.until,
        expires=dated.expires,
    )


def _first(item: Item, by_id: Mapping[str, Item]) -> Item:
    """The oldest that an item took the place of; itself where it took none's."""
    seen = {item.id}
    while item.supersedes in by_id and item.supersedes not in seen:
        item = by_id[item.supersedes or ""]
        seen.add(item.id)
    return item
