"""Whose danger the words speak of: the person's own, somebody else's, or nobody's in particular."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

from qingting.companion.understand.lexicon import alternatives, shared_parts, table
from qingting.companion.understand.sentences import clauses

Owner = Literal["self", "other", "generic", "fictional"]

# Reading further back costs time and finds the wrong person more often than the right one.
_LOOK_BACK: Final = 120
_OWNERS: Final[tuple[Owner, ...]] = ("self", "other", "generic", "fictional")
_THEIR_SELF: Final = re.compile(r"\b(?:him|her|them|your)sel(?:f|ves)\b|\bthemself\b")


def owner_of(before: str, found: str, helped: bool, opening: str) -> tuple[Owner, bool]:
    """Who is in danger, and whether the words name them.

    before: the same sentence up to the dangerous words. found: those words. helped: whether the
    message asks how to help someone (see helping). opening: how the message begins.
    Chinese and chat English leave "I" out, so that nobody named means the person themselves.
    """
    if _THEIR_SELF.search(found):
        return ("generic", True) if "yourself" in found else ("other", True)
    parts = clauses(before[-_LOOK_BACK:])
    named = _last_named(parts[-1], found)
    if named is None:
        named = _named_inside(found)
    if named is not None:
        return named, True
    if len(parts) > 1 and (_one_of("carried").search(parts[-1] + found) or helped):
        carried = _last_named(parts[-2])
        if carried == "other":
            return "other", True
    if helped and _last_named(opening) == "other":
        return "other", True
    return "self", False


def done_to(found: str) -> bool:
    """True when dangerous words name the person as the one it is done to: touches me, 摸我."""
    return any(_one_of(section).search(found) for section in ("done_to", "self"))


def helping(message: str) -> bool:
    """True when a message asks how to help, comfort or stop somebody else."""
    return _one_of("helper").search(message) is not None


def _last_named(clause: str, follows: str = "") -> Owner | None:
    """The one who acts at the end of a clause: the last one named who is not merely joined."""
    seen: list[tuple[int, int, Owner]] = []
    for owner in _OWNERS:
        places = (match.span() for match in _one_of(owner).finditer(clause + follows))
        seen.extend((end, start, owner) for start, end in places if end <= len(clause))
    seen.sort(reverse=True)
    told: Owner | None = None
    for end, start, owner in seen:
        if owner == "other" and _joined(clause, start, end):
            continue
        if owner == "self" and _one_of("told").search(clause[:start]):
            told = "self"
            continue
        if owner == "self" or told is None or owner == "other":
            return owner
    return told


def _joined(clause: str, start: int, end: int) -> bool:
    """True when the other person is only spoken to, missed, blamed: 跟她说, without him."""
    lead = clause[:start]
    if _one_of("linked").search(lead):
        # "told her" joins; "told me she ..." never gets here, for "me" stands between.
        return not (_one_of("pivot").search(lead) and len(clause) - end <= 2)
    return False


def _named_inside(found: str) -> Owner | None:
    return "self" if _one_of("self").search(found) else None


@lru_cache(maxsize=16)
def _one_of(section: str) -> re.Pattern[str]:
    return alternatives(table("frames")["subject"][section], shared_parts())


def someone_gone(sentence: str, *, surely: bool = False) -> bool:
    """True when a death has already happened: grief to be heard, not a danger to be averted.

    surely: only where the words leave no doubt, because nobody was named.
    """
    return _one_of("surely_gone" if surely else "gone").search(sentence) is not None
