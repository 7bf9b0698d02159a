"""Checking the audit log: whether every entry is there, in order, as it was written, and where the
first one is that is not. Knows no content: there is none."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from qingting.privacy.audit_actions import Action
from qingting.privacy.audit_chain import ZERO, Entry, from_row, hash_of
from qingting.privacy.models import AuditEntry, AuditHead

Why = Literal["missing", "changed", "unlinked", "cut", "replaced", "unnoted", "unsaid"]
WHY: Final[dict[Why, str]] = {
    "missing": "it is not there",
    "changed": "it is not as it was written",
    "unlinked": "it does not follow the entry before it",
    "cut": "it is not there, nor is anything after it",
    "replaced": "it is not the one that was noted outside of the log",
    "unnoted": "the key database does not know that the log ever began",
    "unsaid": "the key database says that a backup was restored before it, and it does not",
}
_CHUNK: Final = 2000
_MARK: Final = re.compile(r"([0-9]{1,18}):([0-9a-f]{64})")
# What reading a column of a wrong kind can raise, in Django's converters or in ours.
_MISREAD: Final = (ValueError, TypeError, AttributeError, OverflowError)


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry remembered outside of the log: its number, and its hash (32 bytes)."""

    seq: int
    hash: bytes

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash.hex()}"

    @staticmethod
    def read(text: str) -> Mark:
        """A mark as `str` writes it. Raises ValueError."""
        found = _MARK.fullmatch(text.strip())
        if found is None:
            raise ValueError("not an end of the audit log")
        return Mark(int(found[1]), bytes.fromhex(found[2]))


@dataclass(frozen=True, slots=True)
class Restored:
    """That an older backup was restored. entry: the number of the entry that says so. had: how
    many entries the log had been noted to have before."""

    entry: int
    had: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking found.

    end: the last entry that holds with all before it. noted: how many entries the key database
    knows of. broken: number of the first entry that does not hold, None when all do; why: what is
    wrong with it.
    """

    end: Mark
    noted: int = 0
    broken: int | None = None
    why: Why | None = None
    restored: tuple[Restored, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.why is None


@dataclass(slots=True)
class _Walk:
    """What is known of the log as far as it was walked."""

    end: Mark = field(default_factory=lambda: Mark(0, ZERO))
    hashes: dict[int, bytes] = field(default_factory=lambda: {0: ZERO})
    restores: set[int] = field(default_factory=set)


def verify(key: bytes, expected: Mark | None = None) -> Verdict:
    """Check the whole log. expected: a mark that somebody wrote down after an earlier check.

    Entries written meanwhile do no harm. Raises DatabaseError.
    """
    # Read before the log: whatever is noted now is in the log already.
    heads = list(AuditHead.objects.order_by("epoch"))
    noted = heads[-1].count if heads else 0
    marks = [Mark(one.count, bytes(one.hash)) for one in heads[-1:]]
    marks += [expected] if expected else []
    walk, wrong = _Walk(), None
    for entry in _entries():
        wrong = _wrong(key, entry, walk.end)
        if wrong is not None:
            break
        _take(walk, entry, {mark.seq for mark in marks})
    if wrong is not None:
        return Verdict(walk.end, noted, walk.end.seq + 1, wrong)
    if walk.end.seq and not heads:
        return Verdict(walk.end, noted, 1, "unnoted")
    for mark in marks:
        missed = _missed(walk, mark)
        if missed is not None:
            return Verdict(walk.end, noted, *missed)
    restored = tuple(Restored(later.began + 1, earlier.count) for earlier, later in pairwise(heads))
    for one in restored:
        if one.entry not in walk.restores:
            return Verdict(walk.end, noted, one.entry, "unsaid")
    return Verdict(walk.end, noted, restored=restored)


def _take(walk: _Walk, entry: Entry | None, remembered: Iterable[int]) -> None:
    if entry is None:
        return
    walk.end = Mark(entry.seq, entry.hash)
    if entry.seq in remembered:
        walk.hashes[entry.seq] = entry.hash
    if entry.action == Action.BACKUP_RESTORED:
        walk.restores.add(entry.seq)


def _wrong(key: bytes, entry: Entry | None, before: Mark) -> Why | None:
    """What is wrong with the entry that stands after `before`; None entry: it cannot be read."""
    if entry is None:
        return "changed"
    if entry.seq != before.seq + 1:
        return "missing"
    try:
        right = hash_of(key, entry)
    except _MISREAD:
        return "changed"
    if not hmac.compare_digest(right, entry.hash):
        return "changed"
    return None if entry.previous == before.hash else "unlinked"


def _missed(walk: _Walk, mark: Mark) -> tuple[int, Why] | None:
    """Where and how the log lacks an entry that is remembered."""
    if mark.seq > walk.end.seq:
        return walk.end.seq + 1, "cut"
    if not hmac.compare_digest(walk.hashes[mark.seq], mark.hash):
        return mark.seq, "replaced"
    return None


def _entries() -> Iterator[Entry | None]:
    """Every entry in the order of its number; None for one that cannot be read."""
    after: int | None = None
    while True:
        rows = AuditEntry.objects.order_by("seq")
        page = rows if after is None else rows.filter(seq__gt=after)
        numbers = list(page.values_list("seq", flat=True)[:_CHUNK])
        if not numbers:
            return
        try:
            read = [from_row(one) for one in page.filter(seq__lte=numbers[-1])]
        except _MISREAD:
            read = None
        yield from read if read is not None else map(_one, numbers)
        after = numbers[-1]


def _one(seq: int) -> Entry | None:
    try:
        return from_row(AuditEntry.objects.get(seq=seq))
    except (*_MISREAD, AuditEntry.DoesNotExist):
        return None
