"""How dangerous words were meant: denied, past, in jest, in a story, quoted, studied.

Each frame may lower a hit, never raise one. A frame is only believed where the words allow it
(rule.frames), and stories, quotes and study never lower what the person says of themselves.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from qingting.companion.understand.hits import Hit
from qingting.companion.understand.lexicon import alternatives, shared_parts, table
from qingting.companion.understand.reading import Mark
from qingting.companion.understand.sentences import Sentences, clauses
from qingting.companion.understand.subject import Owner

_LEAD: Final = 40
_NEAR: Final = 160


def frame_of(hit: Hit, owner: Owner, named: bool, place: Sentences) -> Mark | None:
    """The frame that lowers this hit, or None when it is meant as it stands.

    owner, named: what subject.owner_of said. place: the sentences of the view.
    """
    allowed = hit.rule.frames
    sentence = place.sentence(place.number(hit.start))
    if "denied" in allowed and _denied(hit, place):
        return "denied"
    if "past" in allowed and _past(hit, place):
        return "past"
    if "joked" in allowed and _joked(hit, place):
        return "joked"
    if owner == "fictional" and "fictional" in allowed:
        return "fictional"
    if "quoted" in allowed and _in_quotes(hit, place):
        return "quoted"
    if owner == "self" and named:
        return None
    near = _around(hit, place)
    for mark in ("academic", "fictional"):
        if mark in allowed and _words(mark, "words").search(near):
            return mark
    if "quoted" in allowed and "fictional" in allowed and _words("quoted", "words").search(near):
        return "quoted"
    return None


def _in_quotes(hit: Hit, place: Sentences) -> bool:
    """Words of a song, a book or a film, said in quotation marks or right after its mention."""
    lead = place.before(hit.start)
    if _words("quoted", "voice").search(lead):
        return True
    opened = max(lead.rfind(mark) for mark in '“"「『《')
    closed = max(lead.rfind(mark) for mark in "”」』》")
    if opened < 0 or opened < closed:
        return False
    sentence = place.sentence(place.number(hit.start))
    return any(_words(mark, "words").search(sentence) for mark in ("quoted", "fictional"))


def _denied(hit: Hit, place: Sentences) -> bool:
    lead = place.before(hit.start)[-_LEAD:].rstrip()
    if _words("denied", "before").search(lead) or _words("denied", "before").search(lead + " "):
        return not (
            _words("denied", "unless").search(lead) or _words("denied", "unless").search(lead + " ")
        )
    return _words("denied", "after").search(place.after(hit.end)[:_LEAD]) is not None


def _past(hit: Hit, place: Sentences) -> bool:
    """Long ago and over: then, and either over by now or without a sign that it goes on."""
    number = place.number(hit.start)
    sentence = place.sentence(number)
    around = f"{place.sentence(number - 1)}{sentence}{place.sentence(number + 1)}"[-3 * _NEAR :]
    if _words("past", "over").search(around):
        left = _words("past", "over").sub("", sentence)
        return not _again(left) and bool(
            _words("past", "then").search(around) or _told_as_done(around)
        )
    if not _words("past", "then").search(place.before(hit.start)):
        return False
    return not _words("past", "still").search(sentence + place.sentence(number + 1))


def _again(sentence: str) -> bool:
    """True when what was over has come back."""
    return _words("past", "again").search(sentence) is not None


def _told_as_done(around: str) -> bool:
    """A finished telling without a date: 自杀过, tried to, was suicidal."""
    return _words("past", "done").search(around) is not None


def _joked(hit: Hit, place: Sentences) -> bool:
    """A small everyday cause in the same clause, or anywhere in the sentence with laughter."""
    sentence = place.sentence(place.number(hit.start))
    if _words("joked", "heavy").search(sentence):
        return False
    clause = clauses(place.before(hit.start))[-1] + clauses(place.text[hit.start : hit.end + 30])[0]
    small = _words("joked", "small")
    return bool(small.search(clause) or (laughing(hit, place) and small.search(sentence)))


def laughing(hit: Hit, place: Sentences) -> bool:
    """True when the sentence laughs. Laughter without a small cause may hide something real."""
    sentence = place.sentence(place.number(hit.start))
    if _words("joked", "heavy").search(sentence):
        return False
    return _words("joked", "laugh").search(sentence) is not None


def _around(hit: Hit, place: Sentences) -> str:
    number = place.number(hit.start)
    text = place.sentence(number - 1) + place.sentence(number) + place.sentence(number + 1)
    return (
        text if len(text) <= 3 * _NEAR else place.text[max(0, hit.start - _NEAR) : hit.end + _NEAR]
    )


@lru_cache(maxsize=32)
def _words(frame: str, section: str) -> re.Pattern[str]:
    return alternatives(table("frames")[frame][section], shared_parts())
