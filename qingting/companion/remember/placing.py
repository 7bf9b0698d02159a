"""Which day belongs to what was found in a sentence, and which words of it are quoted."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from qingting.companion.remember.dates.span import DateSpan
from qingting.companion.remember.patterns import Pattern, Patterns

# An event is of use to a companion for a year at most; farther days are more often misread.
_FARTHEST: Final = timedelta(days=400)
# A day that need not be there belongs to what was found only right beside it.
_BESIDE: Final = 20
# A clause between what happens and a day makes another day likelier.
_CLAUSE: Final = re.compile(r"[,，、]|\s(?:and|but|then|so|because)\s")
_CLAUSE_AWAY: Final = 30
# A sentence longer than this is quoted by its clause.
_LONG_SENTENCE: Final = 160
# "In October", said in November, is read as the next one. So far off, with no word of a year, it is
# the one just gone; only what comes every year is meant ahead.
_JUST_GONE: Final = timedelta(days=300)
_YEAR: Final = re.compile(r"年|next|\d{4}|\byears?\b", re.IGNORECASE)
_YEARLY: Final = re.compile(r"生日|纪念日|忌日|\b(?:birthday|bday|anniversary)\b", re.IGNORECASE)
_OPENS: Final = re.compile(r"[“「『]")
_CLOSES: Final = re.compile(r"[”」』]")


def seen(pattern: re.Pattern[str] | None, text: str) -> bool:
    """Whether a pattern, if there is one, is found in a text."""
    return pattern is not None and pattern.search(text) is not None


def rolled_over(sentence: str, day: DateSpan, today: date) -> bool:
    """Whether a day read as a year ahead is the one that has just gone by."""
    if day.first - today <= _JUST_GONE:
        return False
    # What follows the day may say its year ("on the 3rd of next May").
    said = sentence[max(0, day.start - 6) : day.end + 6]
    return _YEAR.search(said) is None and _YEARLY.search(sentence) is None


def in_quotes(sentence: str, begin: int, end: int) -> bool:
    """Whether a stretch of a sentence stands in quotation marks: somebody's words as they said
    them. A mark of the curly kind may be closed in another sentence."""
    opened = max((mark.start() for mark in _OPENS.finditer(sentence, 0, begin)), default=-1)
    if opened > max((mark.start() for mark in _CLOSES.finditer(sentence, 0, begin)), default=-1):
        return True
    return sentence.count('"', 0, begin) % 2 == 1 and '"' in sentence[end:]


def day_of(
    pattern: Pattern, known: Patterns, match: re.Match[str], days: tuple[DateSpan, ...]
) -> DateSpan | None:
    """The day that belongs to what was found: the nearest, in the fewest clauses away."""
    if pattern.when == "none":
        return None
    if pattern.marked:
        place = _place(match)
        return next((day for day in days if day.start == place), None)
    near = {
        _distance(match, day): day
        for day in reversed(days)
        if day.last - day.first < _FARTHEST and not _apart(match, day, known)
    }
    least = min(near, default=None)
    if least is None or (pattern.when == "optional" and least > _BESIDE):
        return None
    return near[least]


def _place(match: re.Match[str]) -> int | None:
    """Where the day stands that a match names; one still ahead before others."""
    for side in ("ahead", "today", "past", "day"):
        for group, value in match.groupdict().items():
            if value and group.split("__")[0] == side:
                return match.start(group)
    return None


def _between(match: re.Match[str], day: DateSpan) -> str:
    """The words between a match and a day; empty where they touch."""
    return match.string[match.end() : day.start] or match.string[day.end : match.start()]


def _distance(match: re.Match[str], day: DateSpan) -> int:
    between = _between(match, day)
    return len(between) + _CLAUSE_AWAY * len(_CLAUSE.findall(between))


def _apart(match: re.Match[str], day: DateSpan, known: Patterns) -> bool:
    back = day.end <= match.start()
    return seen(known.apart_back if back else known.apart, _between(match, day))


def quoted(sentence: str, match: re.Match[str], day: DateSpan | None) -> tuple[int, int]:
    """Which words are quoted: the sentence, or of a very long one the clauses it rests on."""
    begin, end = 0, len(sentence)
    if end > _LONG_SENTENCE:
        first = min(match.start(), day.start) if day else match.start()
        last = max(match.end(), day.end) if day else match.end()
        breaks = [clause.span() for clause in _CLAUSE.finditer(sentence)]
        begin = max((stop for _, stop in breaks if stop <= first), default=begin)
        end = min((start for start, _ in breaks if start >= last), default=end)
    quote = sentence[begin:end]
    begin += len(quote) - len(quote.lstrip())
    return begin, begin + len(quote.strip())
