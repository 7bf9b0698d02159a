"""What becomes of the ledger when something is found: a new item, one heard again, or one that
takes another's place. Pure: storage does what is decided here.

Nothing is overwritten. What contradicts an item supersedes it, and both stay until the person
forgets them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from qingting.companion.remember.item import (
    CERTAIN,
    HEARD_AGAIN,
    HEARD_ONCE,
    MOST_HEARD,
    NOT_CALLED,
    OPPOSITE,
    Found,
    Item,
    Source,
)

# How long after its last day an event still comes to mind by itself.
_AFTERWARDS: Final = timedelta(days=60)
_MOST_SOURCES: Final = 20
# Of these there is one at a time, whatever it says: a later one takes the place of the earlier.
_SINGLE: Final = ("preference",)


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be stored: items that are new, and items as they stand now."""

    new: tuple[Item, ...] = ()
    changed: tuple[Item, ...] = ()


def abouts(found: Iterable[Found]) -> frozenset[tuple[str, str]]:
    """Kind and `about` of every held item that what was found may touch."""
    return frozenset(
        (one.kind, about)
        for one in found
        for about in (one.about, one.replaces, _opposite(one), _other_name(one))
        if about
    )


def _opposite(one: Found) -> str | None:
    return OPPOSITE.get(one.about) if one.kind == "preference" else None


def _other_name(one: Found) -> str | None:
    """What is held of the same name, where one is told: that it is never to be said, or that it
    is."""
    if one.kind != "preference" or not one.value:
        return None
    if one.about == "name":
        return f"{NOT_CALLED}/{one.value.casefold()}"
    return "name" if one.about.startswith(f"{NOT_CALLED}/") else None


def old_names(found: Iterable[Found]) -> frozenset[str]:
    """Names that turn out wrong ("she isn't 小雨, she's 小玉"): whoever was called so is meant."""
    return frozenset(_old_name(one) for one in found if _old_name(one))


def _old_name(one: Found) -> str:
    head, _, aspect = (one.replaces or "").partition("/")
    return head if one.kind == "person" and (aspect == "name" or not aspect) else ""


def _of_whom(one: Found, standing: Mapping[tuple[str, str], Item]) -> Found:
    """A name put right, as it is told of whoever was called by the wrong one."""
    name = _old_name(one)
    for item in standing.values() if name else ():
        if item.kind == "person" and item.value == name and item.about != one.replaces:
            return replace(one, about=item.about, replaces=None)
    return one


def _of_two(one: Found, standing: Mapping[tuple[str, str], Item]) -> Found:
    """A way to be talked to with what it takes the place of, once it is sure enough to be followed:
    told in words that are known, or heard again."""
    sure = one.confidence >= HEARD_ONCE or (one.kind, one.about) in standing
    other = standing.get((one.kind, _other_name(one) or ""))
    same_name = other is not None and other.value.casefold() == one.value.casefold()
    opposite = other.about if other is not None and same_name else _opposite(one)
    return replace(one, replaces=opposite) if sure and opposite and not one.gone else one


def enter(
    held: Sequence[Item], found: Sequence[Found], *, turn: str, now: datetime, ids: Iterable[str]
) -> Changes:
    """The ledger after something was found in a message.

    held: items in force with the kinds and abouts of `abouts(found)`, and people who are called by
    one of `old_names(found)`. turn: of the message. ids:
    fresh identities, one for every find at least.
    """
    standing: dict[tuple[str, str], Item] = {
        (item.kind, item.about): item for item in held if item.standing == "held"
    }
    fresh = iter(ids)
    new: dict[str, Item] = {}
    changed: dict[str, Item] = {}
    for told in found:
        one = _of_two(_of_whom(told, standing), standing)
        source = Source(turn, one.start, one.end, now)
        for item in _displaced(one, standing):
            changed[item.id] = replace(item, standing="superseded")
            standing.pop((item.kind, item.about))
            new.pop(item.id, None)
        before = standing.get((one.kind, one.about))
        if one.gone:
            continue
        if before is not None and _same(before, one):
            again = _again(before, one, source)
            (new if before.id in new else changed)[before.id] = again
            standing[before.kind, before.about] = again
            continue
        if before is not None and before.id in changed:
            before = changed[before.id]
        took = before or next(iter(_displaced_before(one, changed)), None)
        item = _item(one, source, next(fresh), took.id if took else None)
        if before is not None:
            changed[before.id] = replace(before, standing="superseded")
            new.pop(before.id, None)
        new[item.id] = item
        standing[item.kind, item.about] = item
    return Changes(tuple(new.values()), tuple(changed.values()))


def corrected(item: Item, says: str, on: date | None, *, fresh: str) -> Changes:
    """The ledger after the person wrote on their page what is so: their words are certain. A day
    that stays as it was keeps its last day."""
    until = item.until if on == item.on else on
    later = replace(
        item,
        id=fresh,
        says=says,
        on=on,
        until=until,
        confidence=CERTAIN,
        corrected=True,
        supersedes=item.id,
        expires=_expiry(until),
        value=_value(item, says),
    )
    return Changes((later,), (replace(item, standing="superseded"),))


def _value(item: Item, says: str) -> str:
    """The bare word of a note written anew: what stands now where it stood; "" when the note is
    another one, so that nobody is called by what was put right."""
    if not item.value or item.value not in item.says:
        return ""
    before, _, after = item.says.partition(item.value)
    if says.startswith(before) and says.endswith(after):
        return says[len(before) : len(says) - len(after)].strip()
    return item.value if item.value in says else ""


def _displaced(one: Found, standing: dict[tuple[str, str], Item]) -> list[Item]:
    """Items that are no longer so: another takes their place, or nothing does."""
    keys = [(one.kind, one.replaces)] if one.replaces else []
    if one.gone:
        keys.append((one.kind, one.about))
    return [standing[key] for key in keys if key in standing]


def _displaced_before(one: Found, changed: dict[str, Item]) -> list[Item]:
    if one.replaces is None:
        return []
    return [
        item for item in changed.values() if (item.kind, item.about) == (one.kind, one.replaces)
    ]


def _same(item: Item, one: Found) -> bool:
    """Whether a find says what the item says already. A day that was not named contradicts none."""
    if item.kind in _SINGLE or item.kind == "person":
        return item.says == one.says
    return one.on is None or item.on is None or (item.on, item.until) == (one.on, one.until)


def _again(item: Item, one: Found, source: Source) -> Item:
    on, until = (one.on, one.until) if item.on is None else (item.on, item.until)
    confidence = item.confidence
    if not item.corrected:
        confidence = min(max(MOST_HEARD, confidence), confidence + HEARD_AGAIN)
    return replace(
        item,
        sources=(*item.sources, source)[-_MOST_SOURCES:],
        confidence=round(confidence, 2),
        on=on,
        until=until,
        expires=_expiry(until),
    )


def _item(one: Found, source: Source, fresh: str, supersedes: str | None) -> Item:
    return Item(
        id=fresh,
        kind=one.kind,
        about=one.about,
        says=one.says,
        quote=one.quote,
        language=one.language,
        sources=(source,),
        confidence=one.confidence,
        on=one.on,
        until=one.until,
        sensitive=one.sensitive,
        expires=_expiry(one.until),
        supersedes=supersedes,
        value=one.value,
    )


def _expiry(until: date | None) -> date | None:
    return until + _AFTERWARDS if until is not None else None
