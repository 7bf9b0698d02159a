"""Check-ins out of a table that another app wrote (Daylio's CSV) or a hand did: date, mood, and
what else there is. Pure, and nothing that is pasted makes it fail: a line it cannot read is told
with its number and why."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final, Literal

from qingting.companion.progress.cells import (
    day_of,
    feeling_keys,
    key_of,
    number_of,
    sleep_of,
    text_of,
    time_of,
    topics_and_rest,
)

# Lines with check-ins that are read of one paste.
MOST_ROWS: Final = 10_000
# Different words for moods that are asked about.
MOST_WORDS: Final = 40
_OLDEST: Final = date(1970, 1, 1)

Scale = Literal["", "one_to_five", "minus_two_to_two"]
Why = Literal[
    "no_day",
    "ahead",
    "too_old",
    "no_mood",
    "mood_range",
    "word",
    "broken",
    "too_many",
    "left_sleep",
    "left_energy",
    "left_time",
]
# What cannot be read at all: nothing there, no line with check-ins, no column of days or moods.
Problem = Literal["", "empty", "no_columns", "no_rows"]

_COLUMNS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("full_date", "date", "day", "日期"), "day"),
    **dict.fromkeys(("mood", "心情", "情绪"), "mood"),
    **dict.fromkeys(("time", "时间"), "time"),
    **dict.fromkeys(("energy", "精力", "能量"), "energy"),
    **dict.fromkeys(("sleep", "sleep_hours", "睡眠", "睡了"), "sleep"),
    **dict.fromkeys(("activities", "活动"), "activities"),
    **dict.fromkeys(("note_title", "标题"), "title"),
    **dict.fromkeys(("note", "notes", "备注", "笔记"), "note"),
    "feelings": "feelings",
    "about": "about",
    "source": "source",
}
_AS_TYPED: Final = ("day", "mood", "energy", "sleep", "note")
# Daylio's own names for its five moods, in English and Chinese.
_KNOWN: Final[Mapping[str, int]] = {
    **dict.fromkeys(("rad", "great", "超棒", "超赞", "很棒"), 2),
    **dict.fromkeys(("good", "好", "不错"), 1),
    **dict.fromkeys(("meh", "okay", "ok", "一般", "还行"), 0),
    **dict.fromkeys(("bad", "差", "不好", "不太好"), -1),
    **dict.fromkeys(("awful", "糟糕", "很差", "糟透了"), -2),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One check-in that was understood. line: in what was pasted, from 1. at: time of day, None
    where none was said."""

    line: int
    on: date
    at: time | None
    valence: int
    energy: int | None
    sleep: float | None
    note: str
    feelings: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line, or a part of one (why begins with "left_"), that was not taken, with what stood
    there."""

    line: int
    why: Why
    what: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a paste held. words: moods that it names and we do not know, by how often. asks_scale:
    its numbers could be of either scale. problem: why nothing could be read."""

    rows: tuple[Row, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    words: Mapping[str, int] | None = None
    asks_scale: bool = False
    problem: Problem = ""


def understood(
    text: str, today: date, meanings: Mapping[str, int] | None = None, scale: Scale = ""
) -> Understood:
    """What a pasted table holds. today: the person's day. meanings: of moods named in words of
    one's own, LEAST to MOST. scale: of its numbers, "" to tell it by them."""
    lines = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if not lines.strip():
        return Understood(problem="empty")
    broken: list[Skipped] = []
    table = list(_cells(lines, broken))
    columns, rest = _columns(table)
    if columns is None:
        return Understood(problem="no_columns", skipped=tuple(broken))
    if not rest:
        return Understood(problem="no_rows", skipped=tuple(broken))
    reading = _Reading(columns, today, meanings or {}, *_scale(columns, rest, scale))
    for line, cells in rest[:MOST_ROWS]:
        reading.take(line, cells)
    if len(rest) > MOST_ROWS:
        reading.skipped.append(Skipped(rest[MOST_ROWS][0], "too_many", str(len(rest) - MOST_ROWS)))
    return Understood(
        tuple(reading.rows),
        tuple(sorted([*broken, *reading.skipped], key=lambda one: one.line)),
        dict(reading.words.most_common(MOST_WORDS)),
        reading.asks_scale,
    )


_Line = tuple[int, list[str]]


def _cells(text: str, broken: list[Skipped]) -> Iterator[_Line]:
    """The lines as cells, with the number of the line that each begins on; empty ones left out."""
    first = next(line for line in text.split("\n") if line.strip())
    mark = max(",;\t，；", key=first.count)
    # Strict: a quotation mark that is never closed must not make one note of all that follows.
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=mark, strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            broken.append(Skipped(begins, "broken"))
            continue
        if any(cell.strip() for cell in cells):
            yield begins, cells


def _columns(table: Sequence[_Line]) -> tuple[Mapping[str, int] | None, Sequence[_Line]]:
    """Which column is what, and the lines below the heads. Without heads, as in "2024-05-01,3",
    the columns stand as the page says. None where there is neither."""
    if not table:
        return None, ()
    names = [cell.strip().lower().replace(" ", "_") for cell in table[0][1]]
    found: dict[str, int] = {}
    for place, name in enumerate(names):
        what = _COLUMNS.get(name)
        # Daylio has the day twice: "full_date" for reading, "date" as it is said.
        if what is not None and (what not in found or name == "full_date"):
            found[what] = place
    if {"day", "mood"} <= found.keys():
        return found, table[1:]
    if len(names) >= 2 and day_of(names[0]) is not None:
        return {what: place for place, what in enumerate(_AS_TYPED)}, table
    return None, ()


def _scale(columns: Mapping[str, int], rest: Sequence[_Line], scale: Scale) -> tuple[Scale, bool]:
    """The scale of the numbers, and whether it has to be asked."""
    if "source" in columns:  # our own copy
        return "minus_two_to_two", False
    numbers = {
        number
        for _, cells in rest
        for name in ("mood", "energy")
        if (number := number_of(_at(cells, columns, name))) is not None
    }
    if any(number <= 0 for number in numbers):
        return "minus_two_to_two", False
    if any(number >= 3 for number in numbers) or not numbers:
        return "one_to_five", False
    return (scale or "one_to_five"), True


def _at(cells: Sequence[str], columns: Mapping[str, int], name: str) -> str:
    place = columns.get(name, len(cells))
    return cells[place].strip() if place < len(cells) else ""


class _Reading:
    """Reads line by line; what came of it stands in its fields."""

    def __init__(
        self,
        columns: Mapping[str, int],
        today: date,
        meanings: Mapping[str, int],
        scale: Scale,
        asks_scale: bool,  # handed on from _scale
    ) -> None:
        self._columns = columns
        self._last = today + timedelta(days=1)  # it may be tomorrow already where it was written
        self._meanings = {**_KNOWN, **{key_of(word): step for word, step in meanings.items()}}
        self._middle = 3 if scale == "one_to_five" else 0
        self.asks_scale = asks_scale
        self.rows: list[Row] = []
        self.skipped: list[Skipped] = []
        self.words: Counter[str] = Counter()

    def take(self, line: int, cells: Sequence[str]) -> None:
        """Read one line."""

        def cell(name: str) -> str:
            return _at(cells, self._columns, name)

        on, mood = day_of(cell("day")), cell("mood")
        why = self._why_not_the_day(on)
        valence = self._valence(mood)
        if why is None and valence is None:
            why = self._why_not_the_mood(mood)
        if why is not None or on is None or valence is None:
            what = cell("day") if why in ("no_day", "ahead", "too_old") else mood
            self._leave(line, why or "no_mood", what)
            return
        energy, sleep = self._step(cell("energy")), sleep_of(cell("sleep"))
        at = time_of(cell("time"))
        for name, value in (("energy", energy), ("sleep", sleep), ("time", at)):
            if value is None and cell(name):
                self._leave(line, f"left_{name}", cell(name))  # type: ignore[arg-type]
        topics, others = topics_and_rest(cell("activities"))
        note = "\n".join(filter(None, map(text_of, (cell("title"), cell("note"), others))))
        about = tuple(dict.fromkeys((*topics_and_rest(cell("about"))[0], *topics)))
        feelings = feeling_keys(cell("feelings"))
        self.rows.append(Row(line, on, at, valence, energy, sleep, note, feelings, about))

    def _leave(self, line: int, why: Why, what: str) -> None:
        self.skipped.append(Skipped(line, why, what[:60]))

    def _why_not_the_day(self, on: date | None) -> Why | None:
        if on is None:
            return "no_day"
        return "ahead" if on > self._last else "too_old" if on < _OLDEST else None

    def _why_not_the_mood(self, mood: str) -> Why:
        if not mood:
            return "no_mood"
        if number_of(mood) is not None:
            return "mood_range"
        self.words[mood[:60]] += 1
        return "word"

    def _valence(self, mood: str) -> int | None:
        step = self._step(mood)
        return step if step is not None else self._meanings.get(key_of(mood[:60]))

    def _step(self, cell: str) -> int | None:
        number = number_of(cell)
        step = None if number is None else number - self._middle
        return step if step is not None and -2 <= step <= 2 else None
