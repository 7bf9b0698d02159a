"""Days named in English text."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from qingting.companion.remember.dates.english_rules import RULES
from qingting.companion.remember.dates.span import DateSpan

# Typed as one character each, so that every place stays what it is in the text.
_PLAIN: Final = str.maketrans("０１２３４５６７８９’‘ʼ‛´\u00a0", "0123456789''''' ")
_ASCII: Final = re.IGNORECASE | re.ASCII
# How far around a day the words are read that tell the past from what is to come.
_REACH: Final = 60
_CLAUSE: Final = re.compile(r"[,.;:!?\n…()]|\b(?:but|because|bc|cos|and|so|then)\b", _ASCII)

# Before a day that is not the day meant ("not friday", "instead of the 3rd", "every monday"),
# or from which something is only counted ("since friday", "after christmas").
_PASSED_OVER: Final = re.compile(
    r"\b(?:instead of|rather than|not(?: on| until| till)?|isn'?t(?: on)?|wasn'?t(?: on)?"
    r"|no longer(?: on)?|every|each|any|most|all|no|a|an|one|some|since|before|after|than"
    r"|(?:the )?day (?:before|after)|week (?:before|after))(?: the| on)? ?$",
    _ASCII,
)
# "moved from friday to monday": the first day is no longer meant.
_MOVED: Final = re.compile(
    r"\b(?:mov(?:e|ed|ing)|chang(?:e|ed|ing)|push(?:ed|ing)?|resch?edul(?:e|ed|ing)|postponed?"
    r"|bump(?:ed)?|shift(?:ed)?|brought|put|delayed|switch(?:ed)?)\b",
    _ASCII,
)
_FROM_TO: Final = re.compile(
    r"\bfrom (?P<was>[\w/ -]{2,24}?) (?:to|until|till) (?=[a-z0-9])", _ASCII
)
_AHEAD: Final = re.compile(
    r"\b(?:will|won'?t|going|gonna|gunna|gotta|(?:have|has|need) to|i?'?ll|am|im|is|are|'re|'s|i'm"
    r"|coming|starts?|due|by|until|till?|moved(?! (?:out|in|away|house|here|back in))"
    r"|pushed|changed|delayed|switched|bumped|brought|re?schedul\w+|postponed|scheduled|booked"
    r"|signed up|find out|hear back|get (?:my|the)|have (?:an?|my|the)"
    r"|ha(?:ve|s) got|'?ve got|(?:i|we|you|they)ve got|(?:hes|shes) got|got an?|tells?|next"
    r"|got (?:my|our|the)(?: \w+){0,3} (?:tests?|exams?|interview|appointment|appt|scan|op|surgery"
    r"|viva|audition|lesson|meeting|hearing|court|flight|trial|gig|wedding|funeral|match|race|theory)"
    r")\b|'ll\b|'m\b",
    _ASCII,
)
_BEHIND: Final = re.compile(
    r"\b(?:was|were|wasn'?t|weren'?t|had|did|didn'?t|went|got|saw|came|took|told|said|left|broke"
    r"|fell|felt|cried|spent|found|lost|slept|ate|met|ran|gave|made|knew"
    r"|split|quit|hurt|hit|threw|woke|wrote|forgot|drove|flew|won|heard|sent|stood|kept"
    r"|bought|caught|spoke|swore|stole|rang|blew|chose|hung|thought|drank|fought"
    r"|(?<!gets )(?<!get )(?<!getting )(?<!be )(?!need|scared|tired|stressed|worried|excited"
    r"|supposed|terrified|bored|interested|bed\b"
    r"|depressed|grounded|excused|suspended|screwed|prepared"
    r"|named|called|planned|invited|asked|nervous|freaked|dread)"
    r"[a-z]{2,}ed)\b",
    _ASCII,
)

_SUBJECT: Final = re.compile(r"\b(?:i|he|she|we|they|it)\b", _ASCII)
_ANOTHER: Final = re.compile(r"(?<= )(?:i|he|she|we|they)\b", _ASCII)


def find(text: str, today: date) -> tuple[DateSpan, ...]:
    """See find_dates."""
    plain = text.translate(_PLAIN)
    taken = bytearray(len(plain))
    _leave_out_old_days(plain, taken)
    found: list[DateSpan] = []
    for pattern, reader in RULES:
        for match in pattern.finditer(plain):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\x01" * (end - start)
            before = plain[max(0, start - _REACH) : start]
            if _PASSED_OVER.search(before):
                continue
            named = reader(match, today, _is_past(before, plain[end : end + _REACH]))
            if named is not None:
                found.append(DateSpan(start, end, *named))
    return tuple(sorted(found, key=lambda span: span.start))


def _leave_out_old_days(plain: str, taken: bytearray) -> None:
    """Where something moves "from friday to monday", Friday is read by no rule."""
    for match in _FROM_TO.finditer(plain):
        if _MOVED.search(plain, max(0, match.start() - _REACH), match.start()):
            start, end = match.span("was")
            taken[start - len("from ") : end] = b"\x01" * (end - start + len("from "))


def _is_past(before: str, after: str) -> bool:
    """Whether the clause around a day tells of what has been."""
    start = max((match.end() for match in _CLAUSE.finditer(before)), default=0)
    stop = _CLAUSE.search(after)
    own, rest = before[start:], after[: stop.start()] if stop else after
    # "He proposes on the 20th i saw the ring": whoever is spoken of anew begins another clause.
    another = _ANOTHER.search(rest) if _SUBJECT.search(own) else None
    clause = f"{own} | {rest[: another.start()] if another else rest}"
    return _AHEAD.search(clause) is None and _BEHIND.search(clause) is not None
