"""Finding what comes to mind: meaning, names, recency and weight over one packed index a person.

The index is one small JSON head and one matrix of half-precision vectors, so that two thousand
items are opened and searched in a few milliseconds, however long the history is.
"""

from __future__ import annotations

import heapq
import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from qingting.companion.recall.meaning import MODEL, vectors
from qingting.companion.recall.recollection import Preference, Remembered
from qingting.companion.remember.item import HEARD_ONCE, Item

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIMENSION: Final = 512
# How much each sign counts. Chosen on the development half of evals/memory (docs/memory.md).
_NEAR, _NAMED, _RECENT, _HEAVY = 1.0, 0.6, 0.1, 0.1
# Seconds after which what was said counts half as recent: thirty days.
_HALF: Final = 30.0 * 86_400
# An event in so many days to come is on one's mind.
_SOON: Final = 14


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index holds of an item, besides its vector. words: what names it in a message."""

    id: str
    kind: str
    about: str
    says: str
    value: str
    words: tuple[str, ...]
    said_at: datetime
    on: date | None
    until: date | None
    expires: date | None
    confidence: float
    sensitive: bool
    local_only: bool


Row = list[Any]  # an entry as it is packed; places below
_ID, _KIND, _ABOUT, _SAYS, _VALUE, _WORDS, _SAID, _ON = range(8)
_EXPIRES, _SURE, _SENSITIVE, _LOCAL = range(9, 13)


@dataclass(frozen=True, slots=True)
class Index:
    """Everything held of one person. rows: entries as they are packed: of two thousand only the
    few that come to mind are made into objects. matrix: [entries, 512] float16, None without an
    encoder."""

    rows: tuple[Row, ...] = ()
    matrix: NDArray[Any] | None = field(default=None, compare=False)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All of them."""
        return tuple(map(_unpacked, self.rows))

    def search(
        self, text: str, now: datetime, *, most: int = 8, today: date | None = None
    ) -> tuple[Remembered, ...]:
        """What comes to mind with a text, the best first. now: time-zone aware. today: the
        person's local day, that of `now` by default."""
        day = (today or now.date()).toordinal()
        plain, moment, near = text.casefold(), now.timestamp(), self._near(text)
        found = []
        for place, row in enumerate(self.rows):
            if row[_EXPIRES] and day > row[_EXPIRES]:
                continue
            named = any(word in plain and _whole(word, plain) for word in row[_WORDS])
            weight = (
                _NEAR * near[place]
                + _NAMED * named
                + _RECENT * 0.5 ** (max(0.0, moment - row[_SAID]) / _HALF)
                + _HEAVY * _heaviness(row, day)
            )
            found.append((-weight, place, named))
        return tuple(
            _remembered(_unpacked(self.rows[place]), near[place], named)
            for _, place, named in heapq.nsmallest(most, found)
        )

    def _near(self, text: str) -> Sequence[float]:
        query = vectors([text]) if self.matrix is not None else None
        if query is None or self.matrix is None:
            return [0.0] * len(self.rows)
        import numpy as np

        near: list[float] = (self.matrix.astype(np.float32) @ query[0]).tolist()
        return near

    def touching(
        self,
        abouts: Collection[tuple[str, str]],
        names: Collection[str] = (),
        whom: Collection[str] = (),
    ) -> list[str]:
        """Ids of the entries with one of these kinds and abouts, of people called so, and of
        everything about whoever is this to them ("弟弟")."""

        def of_them(row: Row) -> bool:
            return row[_VALUE] in names or row[_ABOUT].partition("/")[0] in whom

        return [
            row[_ID]
            for row in self.rows
            if (row[_KIND], row[_ABOUT]) in abouts or (row[_KIND] == "person" and of_them(row))
        ]

    def after(self, changed: Sequence[Item]) -> Index:
        """The index once these items are stored: new ones, ones heard again, ones superseded. The
        others stay as they are."""
        ids = {item.id for item in changed}
        return _joined(self.without(ids), index_of(changed, self))

    def without(self, ids: Collection[str]) -> Index:
        """The index without these entries."""
        kept = [place for place, row in enumerate(self.rows) if row[_ID] not in ids]
        return Index(
            tuple(self.rows[place] for place in kept),
            None if self.matrix is None else self.matrix[kept],
        )

    def joined(self, other: Index) -> Index:
        """The two as one, for two records of one person."""
        return _joined(self, other)

    def preferences(self) -> list[Preference]:
        """Every preference that is sure enough to be followed: what was learned to be a wish stands
        on the page, and is followed once it was heard again."""
        return [
            Preference(row[_ID], row[_ABOUT], row[_VALUE], bool(row[_LOCAL]))
            for row in self.rows
            if row[_KIND] == "preference" and row[_SURE] >= HEARD_ONCE
        ]

    def pack(self) -> tuple[str, bytes]:
        """Its stored form: the head as JSON, and the bytes of the matrix."""
        head = {"v": 1, "model": MODEL, "entries": self.rows}
        body = b"" if self.matrix is None else self.matrix.tobytes()
        return json.dumps(head, ensure_ascii=False, separators=(",", ":")), body


def index_of(items: Sequence[Item], before: Index | None = None) -> Index:
    """The index over held items. before: vectors of items that stayed as they were are taken from
    there; the others are encoded (a few milliseconds each)."""
    known: Mapping[str, Any] = {}
    if before is not None and before.matrix is not None:
        known = {
            row[_ID]: (row[_SAYS], vector)
            for row, vector in zip(before.rows, before.matrix, strict=True)
        }
    held = [item for item in items if item.standing == "held"]
    rows = tuple(_packed(entry_of(item)) for item in held)
    fresh = [item for item in held if known.get(item.id, ("", None))[0] != item.says]
    encoded = vectors([_meaning(item) for item in fresh]) if fresh else None
    if fresh and encoded is None:
        return Index(rows)
    import numpy as np

    made = (
        {item.id: row for item, row in zip(fresh, encoded, strict=True)}
        if encoded is not None
        else {}
    )
    matrix = np.zeros((len(held), DIMENSION), dtype=np.float16)
    for place, item in enumerate(held):
        matrix[place] = made[item.id] if item.id in made else known[item.id][1]
    return Index(rows, matrix)


def _joined(first: Index, second: Index) -> Index:
    rows = (*first.rows, *second.rows)
    if not first.rows or not second.rows:
        return Index(rows, second.matrix if not first.rows else first.matrix)
    if first.matrix is None or second.matrix is None:
        return Index(rows)
    import numpy as np

    return Index(rows, np.concatenate((first.matrix, second.matrix)))


def unpack(head: str, body: bytes) -> Index | None:
    """An index from its stored form; None when it must be made again (another encoder)."""
    data = json.loads(head)
    if data.get("v") != 1 or data.get("model") != MODEL:
        return None
    rows = tuple(data["entries"])
    if len(body) != len(rows) * DIMENSION * 2:
        return None if vectors(["a"]) is not None and rows else Index(rows)
    import numpy as np

    return Index(rows, np.frombuffer(body, dtype=np.float16).reshape(len(rows), DIMENSION))


def entry_of(item: Item) -> Entry:
    """What the index holds of an item."""
    return Entry(
        id=item.id,
        kind=item.kind,
        about=item.about,
        says=item.says,
        value=item.value,
        words=_words(item),
        said_at=item.said_at,
        on=item.on,
        until=item.until,
        expires=item.expires,
        confidence=item.confidence,
        sensitive=item.sensitive,
        local_only=item.local_only,
    )


def _words(item: Item) -> tuple[str, ...]:
    """What names an item: whom or what it is about, and a name. Wishes are not named."""
    if item.kind == "preference":
        return ()
    head = item.about.partition("/")[0]
    least = _SHORTEST[item.language]
    names = {word.casefold() for word in (head, item.value) if len(word) >= least}
    return tuple(sorted(names))


_SHORTEST: Final = {"zh": 2, "en": 3}


def _meaning(item: Item) -> str:
    """What is compared with a message: the note and the words it came from."""
    return f"{item.says} {item.quote}"


def _whole(word: str, text: str) -> bool:
    """Whether a word that is in a text stands there whole: "tom" is not in "tomorrow"."""
    if not word.isascii():
        return True
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None


def _heaviness(row: Row, day: int) -> float:
    """How much it weighs by itself: what is sure, and what is about to happen."""
    soon = row[_ON] and 0 <= row[_ON] - day <= _SOON
    return float(row[_SURE] / 2 + (0.5 if soon else 0.0))


def _remembered(entry: Entry, near: float, named: bool) -> Remembered:
    return Remembered(
        id=entry.id,
        kind=entry.kind,  # type: ignore[arg-type]  # written by us from an Item
        about=entry.about,
        says=entry.says,
        said_at=entry.said_at,
        on=entry.on,
        until=entry.until,
        confidence=entry.confidence,
        sensitive=entry.sensitive,
        local_only=entry.local_only,
        near=near,
        named=named,
        value=entry.value,
    )


def _packed(entry: Entry) -> Row:
    """Moments as seconds, days as ordinals (0 for none): read faster than their ISO forms."""
    return [
        entry.id,
        entry.kind,
        entry.about,
        entry.says,
        entry.value,
        list(entry.words),
        entry.said_at.timestamp(),
        *(day.toordinal() if day else 0 for day in (entry.on, entry.until, entry.expires)),
        entry.confidence,
        int(entry.sensitive),
        int(entry.local_only),
    ]


def _unpacked(row: Row) -> Entry:
    which, kind, about, says, value, words, said_at = row[:7]
    on, until, expires = (date.fromordinal(day) if day else None for day in row[7:10])
    return Entry(
        id=which,
        kind=kind,
        about=about,
        says=says,
        value=value,
        words=tuple(words),
        said_at=datetime.fromtimestamp(said_at, UTC),
        on=on,
        until=until,
        expires=expires,
        confidence=float(row[10]),
        sensitive=bool(row[11]),
        local_only=bool(row[12]),
    )
