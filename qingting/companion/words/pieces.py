"""The clauses of a message, and which of them the message is about.

People tell where they were, then what happened: "i was at work and my boss yelled at me". Said
back, the first half shows that nobody read the second. So what comes last is what was meant, or
what comes after a turn ("but", 可是); a clause that only says when, why or although stands for
nothing alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from qingting.companion.person import Language

_CHUNK: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(r"[^，。！？；、,.!?;:：…\s~～()（）“”\"「」]+"),
    "en": re.compile(r"[^，。！？；、,.!?;:：…\n~～()（）“”\"「」]+"),
}
# Where a new clause begins inside a chunk. "and" begins one only with a subject of its own: "took
# it home and put it away" is one thing told.
_BEGINS: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        r"(?<!^)(?=但是|可是|所以|然而|(?<![气看受只])不过(?![来去是])|"
        r"(?<!出)结果(?=[他她我就被还也没都居又一])|没想到)"
    ),
    "en": re.compile(
        r"\s(?=but\s|(?:and|so|and then|then|and now|so now)\s(?:i|i'm|im|i've|ive|he|he's|she|"
        r"she's|they|they're|we|it|it's|its|my|his|her|their|our|the|that|that's|this|nobody|"
        r"no one|everyone|everybody|someone|mum|mom|dad|now)\b)",
        re.IGNORECASE,
    ),
}
# What says when, why or although, and no more.
_LEANS: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        r"^(?:就是)?(?:因为|由于|虽然|尽管|既然|哪怕|即使|就算|自从|除了|为了|如果|要是)|"
        r"(?:的时候|之前|之后|以后|以前|那天|的话|[^最然今]后|[^及小准按]时)$"
    ),
    "en": re.compile(
        r"^(?:(?:and|but|so|then|like|only|just|even|not|that's|its|it's) )*(?:when|while|"
        r"if|whenever|because|cos|cuz|cause|bc|since|although|though|after|before|until|till|as|once|unless|"
        r"which|who|whose|where|every time|each time|the day|the moment|the last time|in case)\b",
        re.IGNORECASE,
    ),
}
_JOINED: Final = re.compile(r"^and\b", re.IGNORECASE)
_TURN: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        r"^(?:但|可是|可(?![能以爱惜怜])|不过|结果|没想到|谁知|然而|偏偏)|居然|竟然|却"
    ),
    "en": re.compile(r"^(?:but|turns out|except|and yet|still)\b", re.IGNORECASE),
}
# What was told is cut off before these where the whole is too long to hand back.
_TRAILS: Final = re.compile(
    r"\s(?:even though|although|because|cos|cuz|since|while|when|after|before|until|so that)\s",
    re.IGNORECASE,
)
_EN_MOST: Final = 13
# A few letters after a telling ("第四次", "ninth one") add to it and are not what is told.
_ADDED: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(r"^(?!.*[我他她它你被])[^，。]{1,5}$"),
    "en": re.compile(r"^\S+(?:\s\S+)?$"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause where it stands. turns: whether it is told against what went before."""

    start: int
    end: int
    turns: bool


def pieces(text: str, language: Language) -> list[Piece]:
    """The clauses of a text that say something by themselves, in order."""
    found = []
    for chunk in _CHUNK[language].finditer(text):
        leaning = False
        for start, end in _split(chunk, language):
            clause = text[start:end].strip()
            joined = leaning and _JOINED.match(clause) is not None
            leaning = joined or _LEANS[language].search(clause) is not None
            if clause and not leaning:
                told_to = _shortened(text, start, end, language)
                found.append(Piece(start, told_to, _TURN[language].search(clause) is not None))
    return found


def in_order_of_weight(
    text: str, language: Language, *, felt: Callable[[str], bool]
) -> Sequence[Piece]:
    """What a text may be about, the surest first, and nothing that is doubtful: what comes after
    its last turn; where a feeling is told; its last clause."""
    told = pieces(text, language)
    while len(told) > 1 and not told[-1].turns and _adds(text, told[-1], language):
        told.pop()
    if not told:
        return ()
    turned = max((at for at, piece in enumerate(told) if piece.turns), default=0)
    after = told[turned:]
    feeling = [piece for piece in after if felt(text[piece.start : piece.end])]
    return feeling[-1:] or after[-1:]


def _adds(text: str, piece: Piece, language: Language) -> bool:
    return _ADDED[language].match(text[piece.start : piece.end].strip()) is not None


def _split(chunk: re.Match[str], language: Language) -> list[tuple[int, int]]:
    cuts = [match.start() for match in _BEGINS[language].finditer(chunk.group()) if match.start()]
    edges = [0, *cuts, len(chunk.group())]
    return [(chunk.start() + begin, chunk.start() + end) for begin, end in pairwise(edges)]


def _shortened(text: str, start: int, end: int, language: Language) -> int:
    """Where a clause that is too long ends without its when and why."""
    if language == "zh" or len(text[start:end].split()) <= _EN_MOST:
        return end
    trails = _TRAILS.search(text, start + 1, end)
    return trails.start() if trails else end
