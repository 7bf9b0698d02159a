"""Words asked for: the opening of a text or a letter, by whom it is for and what it is about.

"帮我想个开头", "just write it please": whoever asks this has the words stuck, and is owed words,
not a question about a feeling. Whom and what are looked for in the message and then backwards in
what they told (content/lexicon/openings.toml); the openings stand in
content/<language>/moves/openings.toml. Where there is none, that is said, and what there is
instead is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from qingting.companion.plan.plan import Plan
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import alternatives, shared_parts, table
from qingting.companion.words.bank import bank
from qingting.companion.words.script import simplified
from qingting.companion.work import Work

# How `small` of a plan begins that gives an opening: "opening.roommate.noise".
OPENING: Final = "opening."
# So many of their messages before are looked through for whom and what.
_BACK: Final = 6
# A longer message tells; it is not asking for words alone.
_LONGEST: Final = 160
# "Sent it" is said in few letters.
_BRIEF: Final = 40
_BRIEF_HAN: Final = 14
_ANY: Final = "any"
_LETTER: Final = re.compile(r"信(?!息)|最后|遗|\b(?:letters?|notes?|last|goodbye|farewell)\b")
_PARENT: Final = re.compile(r"爸妈|妈|爸|\b(?:mom|mum|mama|dad)\b")
# Anybody spoken of at all.
_SOMEBODY: Final = re.compile(
    r"他|她|(?<![a-z])ta(?![a-z])|(?:给|跟|和|对)(?!我)[^,。!?你我]{1,6}"
    r"|\b(?:him|her|them|he|she|they|my \w+|to the \w+)\b"
)
# Somebody known only as "him" or "her".
_ANYONE: Final = "anyone"
# Whom a letter to somebody dead may be to, where they are also called by these.
_KIN: Final = frozenset({"parent", "friend", "partner"})


def opening_plan(work: Work) -> Plan | None:
    """The plan of a reply that gives an opening, or says that there is none; None when no words
    are asked for."""
    if work.protection.listening:
        return None
    became = _became(work)
    if became is not None:
        return _plan(became)
    asked = _asked(work)
    if asked is None:
        return None
    place = _place(work)
    if asked == "softly" and (place is None or place[1] == _ANY):
        return None
    if place is None:
        found = "whom" if _nobody(work) and asked == "plain" else "none"
        return None if asked == "another" else _plan(found)
    return _plan(".".join(place))


def asks_for_words(work: Work) -> bool:
    """Whether plain words to somebody are asked for, and no letter: a letter may be a last one."""
    if _LETTER.search(cleaned(work.message.text).text):
        return False
    return _asked(work) in ("plain", "another")


def address(work: Work) -> str | None:
    """What they call the parent it is for: "妈", "Mum"; None where none was named."""
    for text in _told(work):
        found = _PARENT.search(text)
        if found is not None:
            return found[0].capitalize()
    return None


def _became(work: Work) -> str | None:
    """What became of the opening just given: "sent" or "kept"."""
    text = cleaned(work.message.text).text
    told = next((one for one in ("sent", "kept") if _pattern("asked", one).search(text)), None)
    brief = len(text) <= (_BRIEF_HAN if work.language == "zh" else _BRIEF)
    return told if told and brief and _said(work, _all_lines(work)) else None


def _plan(name: str) -> Plan:
    return Plan(
        stage="act",
        skill="information",
        question=False,
        why="asked_plainly",
        small=f"{OPENING}{name}",
    )


def _asked(work: Work) -> str | None:
    """Whether words are asked for: plainly, softly, or another one after those just given."""
    text = cleaned(work.message.text).text
    if len(text) > _LONGEST or _pattern("asked", "unless").search(text):
        return None
    told = _named_in(text) is not None or next(_purposes([text]), None) is not None
    if _pattern("asked", "plain").search(text) or (told and _said(work, _lines(work, "whom"))):
        return "plain"
    if _pattern("asked", "another").search(text) and _said(work, _all_lines(work)):
        return "another"
    return "softly" if _pattern("asked", "softly").search(text) else None


def _place(work: Work) -> tuple[str, str] | None:
    """Whom and what, of those there are openings for. The message itself counts before what was
    told before it."""
    told = list(_told(work))
    whom = _whom(told)
    if whom is None:
        known = next((one for one in _purposes(told) if _has(work, _ANYONE, one)), None)
        return (_ANYONE, known) if known is not None and not _nobody(work) else None
    for purpose in _purposes(told):
        if _has(work, whom, purpose):
            return whom, purpose
    if _has(work, whom, _ANY):
        return whom, _ANY
    return next(((whom, one) for one in ("first",) if _has(work, whom, one)), None)


def _whom(told: list[str]) -> str | None:
    """Whom it is for: the one named last, and nobody living where somebody died."""
    named = next((name for text in told if (name := _named_in(text)) is not None), None)
    mourned = any(_pattern("dead", "words").search(text) for text in told)
    if mourned and (named is None or named in _KIN or _pattern("dead", "whom").search(told[0])):
        return "dead"
    return named


def _named_in(text: str) -> str | None:
    return next((name for name in table("openings")["recipient"] if _who(name).search(text)), None)


def _purposes(told: list[str]) -> Iterator[str]:
    for text in told:
        for name in table("openings")["purpose"]:
            if _what(name).search(text):
                yield name


def _nobody(work: Work) -> bool:
    """Whether nobody at all was spoken of in this message."""
    return _SOMEBODY.search(cleaned(work.message.text).text) is None


def _told(work: Work) -> Iterator[str]:
    """What they said, this message first."""
    yield cleaned(work.message.text).text
    before = [heard.text for heard in work.state.history if heard.speaker == "person"]
    for text in reversed(before[-_BACK:]):
        yield cleaned(text).text


def _said(work: Work, lines: tuple[str, ...]) -> bool:
    """Whether our last reply was one of these lines, or begins with one."""
    if not work.state.history or work.state.history[-1].speaker == "person":
        return False
    reply = simplified(work.state.history[-1].text)
    return any(reply.startswith(line) for line in lines)


def _lines(work: Work, *path: str) -> tuple[str, ...]:
    return bank(work.language).lines("moves", "openings", *path)


def _all_lines(work: Work) -> tuple[str, ...]:
    words = bank(work.language)
    return tuple(
        line
        for path in words.paths()
        if path[:2] == ("moves", "openings") and len(path) > len(("moves", "openings", "whom"))
        for line in words.lines(*path)
    )


def _has(work: Work, whom: str, purpose: str) -> bool:
    return bool(_lines(work, whom, purpose))


@lru_cache(maxsize=16)
def _pattern(part: str, section: str) -> re.Pattern[str]:
    data = table("openings")
    return alternatives(data[part][section], {**shared_parts(), **data["parts"]})


@lru_cache(maxsize=64)
def _who(name: str) -> re.Pattern[str]:
    return alternatives(table("openings")["recipient"][name], shared_parts())


@lru_cache(maxsize=64)
def _what(name: str) -> re.Pattern[str]:
    return alternatives(table("openings")["purpose"][name], shared_parts())
