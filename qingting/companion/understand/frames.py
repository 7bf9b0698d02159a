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

# A denial stands right before the words it denies.
_LEAD: Final = 40
_ABOUT: Final[tuple[Mark, ...]] = ("academic", "fictional", "quoted")
# A finished telling shows it right at the words: 想过, was going to.
_CLOSE: Final = 30


def frame_of(hit: Hit, owner: Owner, named: bool, place: Sentences) -> Mark | None:
    """The frame that lowers this hit, or None when it is meant as it stands.

    owner, named: what subject.owner_of said. place: the sentences of the view.
    """
    allowed = hit.rule.frames
    if "denied" in allowed and _denied(hit, place):
        return "denied"
    if "past" in allowed and _past(hit, place):
        return "past"
    if "joked" in allowed and _joked(hit, place):
        return "joked"
    if "quoted" in allowed and _in_quotes(hit, place):
        return "quoted"
    if owner == "fictional" and "fictional" in allowed:
        return "fictional"
    return None if owner == "self" and named else _told_about(hit, place)


def _told_about(hit: Hit, place: Sentences) -> Mark | None:
    """Study, stories and news around words that do not name the person who writes."""
    allowed, around = hit.rule.frames, _around(hit, place)
    if allowed and _words("academic", "strong").search(around):
        return "academic"
    # A wish in so many words is the person's own, whatever film they mention beside it.
    if "fictional" not in allowed:
        return None
    # Only in the same sentence: a game that was played before says nothing about a wish to die.
    sentence = place.near(hit.start, hit.end)
    for mark in _ABOUT:
        if mark in allowed and _words(mark, "words").search(sentence):
            return mark
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
    sentence = place.near(hit.start, hit.end)
    return any(_words(mark, "words").search(sentence) for mark in ("quoted", "fictional"))


def _denied(hit: Hit, place: Sentences) -> bool:
    lead = place.before(hit.start)[-_LEAD:].rstrip()
    denied = _words("denied", "before")
    if denied.search(lead) or denied.search(lead + " "):
        unless = _words("denied", "unless")
        return not (unless.search(lead) or unless.search(lead + " "))
    return _words("denied", "after").search(place.after(hit.end)[:_LEAD]) is not None


def _past(hit: Hit, place: Sentences) -> bool:
    """Long ago and over: then, and either over by now or without a sign that it goes on."""
    sentence, around = place.near(hit.start, hit.end), _around(hit, place)
    over = _words("past", "over")
    then = _words("past", "then")
    if over.search(around):
        if _words("past", "again").search(over.sub("", sentence)):
            return False
        at_hand = place.before(hit.start)[-_CLOSE:] + place.after(hit.start)[: 2 * _CLOSE]
        return bool(then.search(around) or _words("past", "done").search(at_hand))
    childhood = _words("past", "childhood").match(place.after(hit.end))
    if not childhood and not then.search(place.before(hit.start)):
        return False
    following = place.sentence(place.number(hit.start) + 1)
    return not _words("past", "still").search(sentence + following)


def _joked(hit: Hit, place: Sentences) -> bool:
    """A small everyday cause in the same clause, or anywhere in the sentence with laughter."""
    sentence = place.near(hit.start, hit.end)
    if _words("joked", "heavy").search(sentence):
        return False
    clause = clauses(place.before(hit.start))[-1] + clauses(place.after(hit.start))[0]
    small = _words("joked", "small")
    return bool(small.search(clause) or (laughing(hit, place) and small.search(sentence)))


def laughing(hit: Hit, place: Sentences) -> bool:
    """True when the sentence laughs. Laughter without a small cause may hide something real."""
    sentence = place.near(hit.start, hit.end)
    if _words("joked", "heavy").search(sentence):
        return False
    return _words("joked", "laugh").search(sentence) is not None


def _around(hit: Hit, place: Sentences) -> str:
    """The sentence of the hit and its neighbours, as far as they are near."""
    number = place.number(hit.start)
    last = place.sentence(number - 1)[-2 * _LEAD :]
    return last + place.near(hit.start, hit.end) + place.sentence(number + 1)[: 2 * _LEAD]


@lru_cache(maxsize=32)
def _words(frame: str, section: str) -> re.Pattern[str]:
    return alternatives(table("frames")[frame][section], shared_parts())
