"""What no pattern finds: pieces of a message whose kind was learned (training/memory.py).

A learned find is less sure than a pattern's. Its note is the person's own words said back, and it
is taken up in talk only once it was heard again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final
from zipfile import BadZipFile

import numpy as np

from qingting.companion.person import Language
from qingting.companion.remember.dates.span import DateSpan
from qingting.companion.remember.item import KINDS, Found, Kind
from qingting.companion.remember.patterns import Patterns
from qingting.companion.remember.pieces import WIDTH, Floats, Piece, measured, pieces, signs
from qingting.companion.remember.placing import in_quotes
from qingting.companion.remember.reader import MemoryReader
from qingting.companion.remember.sentence import Sentence
from qingting.companion.remember.wishes import wished
from qingting.companion.understand.learned.encoder import NoEncoder

CONFIDENCE: Final = 0.65
# Also where thresholds are set (training/memory.py).
CLEARLY: Final = 0.7
# Of what was tried: it did not help.
_IN_VAIN: Final[Mapping[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        r"没有?(?:什么|啥|多大)?(?:用|效果?)|不(?:管用|起作用)|现在不行|越[^，,。\s]{1,6}越[慌烦难糟差焦]"
    ),
    "en": re.compile(
        r"\b(?:d(?:id|oes)(?:n'?t| not) (?:help|work|do (?:much|anything|a thing|it))"
        r"|d(?:id|oes) nothing|no use|useless|pointless|not helping|used to (?:help|work)"
        r"|stopped working|ma(?:de|kes?) (?:me|it) (?:worse|more|dizzy|sick|sleepy|feel like))\b",
        re.IGNORECASE,
    ),
}
# Pieces of one message that are read: each costs some milliseconds.
_MOST: Final = 12
_LONGEST_NOTE: Final = 110
_LONGEST_ABOUT: Final = 40
# Words that stand around what matters: at the front and at the end of a note.
_EDGES: Final[Mapping[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        r"^(?:我|然后|而且|就是|反正|但是|不过|所以|对了|哦|嗯|话说|其实)+|[了吧啊呀呢嘛哈。，,~～!！…\s]+$"
    ),
    "en": re.compile(
        r"^(?:(?:and|but|so|then|also|anyway|oh|wait|well|like|btw|ok|omg|honestly|plus)\b[\s,]*)+"
        r"|[\s,.!~…]+(?:lol|tho|though|lmao|haha|ig|tbh|btw|sha|la|lah)?[\s,.!~…]*$",
        re.IGNORECASE,
    ),
}
_SENSITIVE: Final[Mapping[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        "病|癌|手术|住院|医院|去世|走了|没了|离婚|坐牢|判|怀孕|流产|月经|抑郁|焦虑症|双相|药|出柜|同性"
        "|喜欢女生|喜欢男生|信教|教会|残|赌|债|酗酒|吸毒"
    ),
    "en": re.compile(
        r"cancer|surgery|hospital|\bill(?:ness)?\b|\bdie[ds]?\b|death|dead|funeral|burial|divorc"
        r"|prison|jail|court|pregnan|abortion|period|depress|anxiety|bipolar|medicat|\bmeds\b"
        r"|came out|\bgay\b|lesbian|\btrans\b|\bbi\b|queer|church|mosque|disab|parkinson|dementia"
        r"|gambl|alcohol|drunk|rehab|dialysis|stroke|seizure|asthma|diabet",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True, slots=True)
class _Learned:
    """A kind's score is the linear one and the reader's together."""

    weights: Floats
    reader: MemoryReader
    at: Floats

    def scores(
        self, rows: Floats, texts: Sequence[str], marks: Sequence[Sequence[float]]
    ) -> Floats:
        linear = rows @ self.weights[:, :-1].T + self.weights[:, -1]
        return linear + self.reader.scores(texts, marks)


def _place() -> Traversable:
    return resources.files("qingting.content") / "models" / "memory.npz"


@lru_cache(maxsize=1)
def _reader() -> MemoryReader:
    """One for both languages. Raises OSError, KeyError, NoEncoder."""
    with (
        resources.as_file(_place()) as path,
        np.load(path, allow_pickle=False) as arrays,
    ):
        return MemoryReader(arrays)


@lru_cache(maxsize=2)
def _learned(language: Language) -> _Learned | None:
    try:
        with resources.as_file(_place()) as path, np.load(path, allow_pickle=False) as arrays:
            weights = np.asarray(arrays[f"{language}.weights"], np.float32)
            at = np.asarray(arrays[f"{language}.at"], np.float32)
        reader = _reader()
    except (OSError, KeyError, ValueError, BadZipFile, NoEncoder):
        return None
    # Arrays of another release are none: their thresholds are for other scores.
    fits = weights.shape == (len(KINDS), WIDTH + 1) and at.shape == (len(KINDS),)
    return _Learned(weights, reader, at) if fits else None


def kinds_of(
    texts: Sequence[str], marks: Sequence[Sequence[float]], language: Language
) -> list[frozenset[Kind]]:
    """The kinds each piece tells of; none without an encoder or arrays. marks: `signs` of each."""
    learned = _learned(language)
    rows = measured(texts, marks) if learned is not None and texts else None
    if learned is None or rows is None:
        return [frozenset()] * len(texts)
    return [_told(row, learned.at) for row in learned.scores(rows, texts, marks)]


def _told(scores: Floats, least: Floats) -> frozenset[Kind]:
    """The kinds whose score is high enough. What helps and what sets off are told in the same words
    ("every time ..., I ..."): a piece is of one of them only where that is much the likelier."""
    found = {kind for kind, score, at in zip(KINDS, scores, least, strict=True) if score >= at}
    apart = float(scores[KINDS.index("helped")] - scores[KINDS.index("trigger")])
    if apart < CLEARLY:
        found.discard("helped")
    if -apart < CLEARLY:
        found.discard("trigger")
    return frozenset(found)


def learned_finds(
    sentences: Sequence[Sentence],
    language: Language,
    today: date,
    known: Patterns,
) -> Iterator[Found]:
    """Everything learned kinds are found in. today: the person's local day. known: the patterns of
    the language, for its words for people and what a wish asks for."""
    read = [
        (sentence, piece)
        for sentence in sentences
        for piece in pieces(sentence.plain, language, sentence.days)
        # What stands in quotation marks somebody else said.
        if not in_quotes(sentence.plain, piece.start, piece.end)
    ][:_MOST]
    texts = [sentence.plain[piece.start : piece.end].strip() for sentence, piece in read]
    marks = [
        signs(text, any(day.last >= today for day in piece.days), bool(piece.days))
        for text, (_, piece) in zip(texts, read, strict=True)
    ]
    for (sentence, piece), kinds in zip(read, kinds_of(texts, marks, language), strict=True):
        for kind in sorted(kinds):
            yield from _finds(kind, sentence, piece, language, today, known)


def _finds(
    kind: Kind,
    sentence: Sentence,
    piece: Piece,
    language: Language,
    today: date,
    known: Patterns,
) -> Iterator[Found]:
    whole = sentence.plain[piece.start : piece.end]
    note = note_of(whole, language, known.turned)
    if not note or len(note) > _LONGEST_NOTE:
        return
    ahead = [day for day in piece.days if day.last >= today]
    if kind == "event":
        for day in ahead:
            about = note_of(_around(sentence.plain, piece, day), language, known.turned)
            if about:
                yield _found(kind, about, note, sentence, piece, language, day)
        return
    if kind == "preference":
        wish = wished(whole, note, known)
        found = _found(kind, wish.about, wish.says, sentence, piece, language, None)
        yield replace(found, value=wish.value)
        return
    about = note[:_LONGEST_ABOUT]
    if kind == "person":
        who = known.who.search(whole)
        if who is None:
            return
        about = f"{who['who'].casefold()}/{about}"
    yield _found(kind, about, note, sentence, piece, language, None)


def _found(
    kind: Kind,
    about: str,
    note: str,
    sentence: Sentence,
    piece: Piece,
    language: Language,
    day: DateSpan | None,
) -> Found:
    typed = sentence.typed[piece.start : piece.end]
    begin = sentence.start + piece.start + len(typed) - len(typed.lstrip())
    quote = typed.strip()
    return Found(
        kind=kind,
        about=about[:_LONGEST_ABOUT],
        says=note,
        quote=quote,
        start=begin,
        end=begin + len(quote),
        language=language,
        on=day.first if day else None,
        until=day.last if day else None,
        confidence=CONFIDENCE,
        gone=kind == "helped" and _IN_VAIN[language].search(quote) is not None,
        sensitive=_SENSITIVE[language].search(quote) is not None,
    )


def _around(sentence: str, piece: Piece, day: DateSpan) -> str:
    """What the piece says of a day, without the words of the day itself."""
    others = [one for one in piece.days if one is not day]
    begin = max((one.end for one in others if one.end <= day.start), default=piece.start)
    end = min((one.start for one in others if one.start >= day.end), default=piece.end)
    if end < piece.end:
        # The words after this day belong to the next one.
        return sentence[begin : day.start]
    return f"{sentence[begin : day.start].rstrip()} {sentence[day.end : end].lstrip()}"


def note_of(text: str, language: Language, turned: Mapping[str, str]) -> str:
    """The note of a piece: its words without what stands around them, said back to the person."""
    edges = _EDGES[language]
    plain = edges.sub("", edges.sub("", " ".join(text.split()))).strip(" ,，、")
    if not turned:
        return plain
    return " ".join(turned.get(word.casefold(), word) for word in plain.split())
