"""When somebody asks for something to read, or asks the very question of an article.

A question is compared with the `asks` of every article by the words that say what it is about: the
small ones ("why", 怎么, "my") are left out, and a word counts the more the fewer articles ask with
it (inverse document frequency, Spärck Jones 1972). Chinese is compared by pairs of characters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import log
from typing import Final

from qingting.companion.library.shelf import articles
from qingting.companion.person import Language
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import alternatives, table

# So much of what an ask is about must be in the question, by weight.
_COVERED: Final = 0.6
# How alike a question and an ask must be (Dice 1945, by weight, 0 to 1): to be near at all, and to
# be the very question. A question about more than that is about something of its own.
_NEAR: Final = 0.5
_SAME: Final = 0.6
# An ask word for word, but for the small ones.
_JUST_THIS: Final = 0.97
# What no article asks with weighs half of what one article alone asks with.
_UNKNOWN: Final = 0.5
# Fewer words in common than this mean nothing, unless they are all there is.
_FEWEST: Final = 2
# A longer message tells; it does not ask for just this. Letters or 汉字.
_LONGEST: Final[Mapping[Language, int]] = {"zh": 90, "en": 260}
# A word that more articles than this ask with says nothing of which is meant.
_SHARED_BY: Final = 5
# A question and nothing besides.
_WONDERS: Final[Mapping[Language, int]] = {"zh": 24, "en": 64}
_CLAUSE: Final = re.compile(r"[，。！？；,.!?;\n…~～]+")
_CHUNK: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+|[a-z0-9]+")
_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")
_ENDINGS: Final = ("ings", "ing", "ies", "ied", "ers", "ed", "er", "es", "s", "y", "e")
_SHORTEST_STEM: Final = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """The article a message asks for. plainly: it asks to know just that, and is owed an answer at
    once; else it only comes near."""

    slug: str
    plainly: bool


def wants_reading(text: str) -> bool:
    """Whether a message asks for something to read."""
    clean = cleaned(text).text
    return bool(_pattern("wants", "words").search(clean)) and not _pattern(
        "wants", "unless"
    ).search(clean)


def wondered(text: str, language: Language) -> str | None:
    """The slug of the article whose question a short message asks and tells nothing besides, above
    all nothing of this very moment; None for any other."""
    clean = cleaned(text).text
    if len(clean) > _WONDERS[language] or _pattern("asks", "now").search(clean):
        return None
    asked = asked_for(text, language)
    return asked.slug if asked is not None and asked.plainly else None


def named_in(text: str, language: Language) -> str | None:
    """The slug of the article whose words a request for something to read has ("anything about not
    being able to sleep"); None where it has none, or those of two alike."""
    weights, asks = _known(language)
    tokens = frozenset(_tokens(cleaned(text).text, language))
    # "Anything about not sleeping": an article is also called by what it is about.
    called = [slug for slug in asks if tokens.issuperset(_tokens(slug.replace("_", " "), "en"))]
    if len(called) == 1:
        return called[0]
    shared = sorted(
        ((sum(weights[one] for one in tokens & words), slug) for slug, (_, words) in asks.items()),
        reverse=True,
    )
    if len(shared) < 2 or shared[0][0] < log((len(asks) + 1) / _SHARED_BY):
        return None
    return shared[0][1] if shared[0][0] > shared[1][0] else None


def fresh_loss(text: str) -> bool:
    """Whether a text tells of a death within the last days."""
    return _pattern("fresh", "words").search(cleaned(text).text) is not None


def asked_for(text: str, language: Language, *, after: str = "") -> Asked | None:
    """The article whose question a message asks, or comes near; None for another message. after:
    what they said before it, which may say what it is about."""
    clean, before = cleaned(text).text, cleaned(after).text
    if len(clean) > _LONGEST[language]:
        return None
    found: dict[str, tuple[float, bool]] = {}
    for clause in _clauses(clean, before):
        tokens = frozenset(_tokens(clause, language))
        knows = _asks_to_know(clause, tokens, language)
        asks = knows or _pattern("asks", "question").search(clause) is not None
        near = _nearest(tokens, language) if asks else None
        if near is None:
            continue
        slug, alike = near
        plainly = (knows and alike >= _SAME) or (asks and alike >= _JUST_THIS)
        found[slug] = max(found.get(slug, (0.0, False)), (alike, plainly))
    if not found:
        return None
    slug, (alike, plainly) = max(found.items(), key=lambda one: (one[1][0], one[0]))
    others = [other for name, (other, _) in found.items() if name != slug]
    # Two articles that fit equally well: it cannot be known which is meant.
    return None if alike in others else Asked(slug, plainly)


def _clauses(clean: str, before: str) -> Iterator[str]:
    """The clauses of a message, alone and with the one after them; those that ask also with the
    last one said before."""
    parts = [one for one in _CLAUSE.split(clean) if one.strip()]
    told = [one for one in _CLAUSE.split(before) if one.strip()]
    if told:
        yield from (
            f"{told[-1]}, {one}" for one in parts if _pattern("asks", "knowledge").search(one)
        )
        return
    yield from parts
    yield from (f"{one}, {other}" for one, other in pairwise(parts))


def _asks_to_know(clause: str, tokens: frozenset[str], language: Language) -> bool:
    """Whether a clause asks to know something, with a word of what it is about in the part that
    asks; "not the stages of grief. tell me what to write" asks about a letter."""
    if _pattern("asks", "refuses").search(clause):
        return False
    _, asks = _known(language)
    known = frozenset[str]().union(*(vocabulary for _, vocabulary in asks.values()))
    knowledge = _pattern("asks", "knowledge")
    return any(
        knowledge.search(part) and known & tokens & set(_tokens(part, language))
        for part in clause.split(", ")
    )


def _nearest(tokens: frozenset[str], language: Language) -> tuple[str, float] | None:
    """The article with the ask most like a text, and how alike they are. None where another
    article knows more of its words: then it is about something between the two."""
    weights, asks = _known(language)
    unknown = _UNKNOWN * log(len(asks) + 1)
    whole = sum(weights.get(one, unknown) for one in tokens)
    found: list[tuple[float, str]] = []
    knows: dict[str, float] = {}
    for slug, (ways, vocabulary) in asks.items():
        knows[slug] = sum(weights[one] for one in tokens & vocabulary)
        alike = max((_alike(tokens, way, weights, whole) for way in ways), default=0.0)
        if alike >= _NEAR:
            found.append((alike, slug))
    if not found:
        return None
    alike, slug = max(found)
    if sum(one == alike for one, _ in found) > 1:
        return None
    if alike < 1 and knows[slug] < max(knows.values()):
        return None
    return slug, alike


def _alike(
    tokens: frozenset[str], way: frozenset[str], weights: Mapping[str, float], whole: float
) -> float:
    """How alike a text and an ask are; 0 where the text lacks what the ask is about. whole: the
    weight of all words of the text."""
    asked = sum(weights[one] for one in way)
    common = way & tokens
    shared = sum(weights[one] for one in common)
    # One word in common among others says little: "help", "nothing".
    if not asked or shared / asked < _COVERED or (len(common) < _FEWEST and tokens != way):
        return 0.0
    return round(2 * shared / (asked + whole), 6)


_Asks = Mapping[str, tuple[tuple[frozenset[str], ...], frozenset[str]]]


@cache
def _known(language: Language) -> tuple[Mapping[str, float], _Asks]:
    """Weights of the words of all asks; by article its asks, as words, and all words of them."""
    asks = {}
    for slug, article in articles(language).items():
        ways = tuple(frozenset(_tokens(cleaned(one).text, language)) for one in article.when.asks)
        asks[slug] = (ways, frozenset().union(*ways))
    count = Counter(token for _, vocabulary in asks.values() for token in vocabulary)
    return {token: log((len(asks) + 1) / times) for token, times in count.items()}, asks


def _tokens(clean: str, language: Language) -> Iterator[str]:
    """What a text is about, in pieces that can be compared."""
    if language == "en":
        small = _small_en()
        yield from (_stem(word) for word in _WORD.findall(clean) if word not in small)
        return
    for chunk in _CHUNK.findall(_small_zh().sub(" ", clean)):
        if len(chunk) == 1 or chunk.isascii():
            yield chunk
        else:
            yield from (chunk[at : at + 2] for at in range(len(chunk) - 1))


def _stem(word: str) -> str:
    """A word without its ending: "worrying", "worries" and "worried" are one."""
    plain = word.removesuffix("'s")
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= _SHORTEST_STEM:
            return plain[: -len(ending)]
    return plain


@lru_cache(maxsize=8)
def _pattern(part: str, section: str) -> re.Pattern[str]:
    return alternatives(table("library")[part][section], {})


@cache
def _small_zh() -> re.Pattern[str]:
    return re.compile(str(table("library")["asks"]["small_zh"]))


@cache
def _small_en() -> frozenset[str]:
    return frozenset(table("library")["asks"]["small_en"])
