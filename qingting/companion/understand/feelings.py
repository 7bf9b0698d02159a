"""Feelings heard in a message, by their words: which, how strongly, and not where denied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, cast

from qingting.companion.person import Language
from qingting.companion.understand.clean import Clean, has_han
from qingting.companion.understand.lexicon import LexiconError, table
from qingting.companion.understand.reading import FEELINGS, Feeling, FeelingRead

_STRENGTH: Final[Mapping[str, float]] = {"strong": 0.8, "plain": 0.55, "emoji": 0.5}
_MORE: Final = 0.15
_LESS: Final = 0.25
# Each further word of the same feeling adds a little; many words are not many feelings.
_AGAIN: Final = 0.05
_MOST: Final = 4
_LEAD: Final[Mapping[Language, int]] = {"zh": 6, "en": 24}
# Feelings that deserve to be answered first when two are equally strong.
_HEAVY: Final[tuple[Feeling, ...]] = ("hopelessness", "overwhelm", "fear", "grief", "shame")


def feelings_of(clean: Clean) -> tuple[FeelingRead, ...]:
    """The feelings heard, the strongest first, at most four; empty when none was heard."""
    heard: dict[Feeling, float] = {}
    for label, strength in _heard(clean.text):
        before = heard.get(label)
        heard[label] = strength if before is None else max(before, strength) + _AGAIN
    ranked = sorted(heard.items(), key=lambda item: (-item[1], item[0] not in _HEAVY))
    return tuple(FeelingRead(label, min(1.0, round(value, 2))) for label, value in ranked[:_MOST])


def denied_feelings(clean: Clean) -> frozenset[Feeling]:
    """Feelings that are named only to say that they are not there: "not lonely", 不难过."""
    found: set[Feeling] = set()
    for language in _languages(clean.text):
        pattern, meanings = _index(language)
        for match in pattern.finditer(clean.text):
            if _as_said(clean.text, match, language, meanings) == 0.0:
                found.update(meanings[_key(match, meanings)][0])
    return frozenset(found)


def _languages(text: str) -> tuple[Language, ...]:
    return ("zh", "en") if has_han(text) else ("en", "zh")


def _heard(text: str) -> Iterator[tuple[Feeling, float]]:
    for language in _languages(text):
        pattern, meanings = _index(language)
        for match in pattern.finditer(text):
            strength = _as_said(text, match, language, meanings)
            if strength > 0:
                for label in meanings[_key(match, meanings)][0]:
                    yield label, strength


def _as_said(
    text: str,
    match: re.Match[str],
    language: Language,
    meanings: Mapping[str, tuple[tuple[Feeling, ...], float]],
) -> float:
    """The word's strength where it stands: turned up, turned down, or 0 when denied."""
    lead = text[max(0, match.start() - _LEAD[language]) : match.start()].rstrip()
    no, more, less = _changes(language)
    strength = meanings[_key(match, meanings)][1]
    # 特别 ends like the denying 别: the longer word decides.
    if no.search(lead) and not lead.endswith("特别"):
        return 0.0
    if less.search(lead):
        return strength - _LESS
    return strength + _MORE if more.search(lead) else strength


def _key(match: re.Match[str], meanings: Mapping[str, Any]) -> str:
    """The listed word that matched: itself, or the stem it begins with."""
    word = match[0]
    if word in meanings:
        return word
    return next(
        word[:length] + "*" for length in range(len(word), 0, -1) if word[:length] + "*" in meanings
    )


@lru_cache(maxsize=2)
def _index(
    language: Language,
) -> tuple[re.Pattern[str], dict[str, tuple[tuple[Feeling, ...], float]]]:
    """Every listed word of a language with what it means, as one pattern, longest first."""
    meanings: dict[str, tuple[tuple[Feeling, ...], float]] = {}
    for part, strength in _STRENGTH.items():
        for label, listed in table(f"feelings_{language}").get(part, {}).items():
            if label not in FEELINGS:
                raise LexiconError(f"feelings_{language}.toml: unknown feeling {label!r}")
            for word in listed:
                labels, stronger = meanings.get(word, ((), strength))
                meanings[word] = ((*labels, cast("Feeling", label)), max(strength, stronger))
    ordered = sorted(meanings, key=lambda word: -len(word))
    return re.compile("|".join(_one(word, language) for word in ordered)), meanings


def _one(word: str, language: Language) -> str:
    if language == "zh":
        return re.escape(word)
    if word.endswith("*"):
        return rf"\b{re.escape(word[:-1])}\w*"
    return rf"\b{re.escape(word)}\b"


@lru_cache(maxsize=2)
def _changes(language: Language) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Patterns for denying, stronger and weaker words that stand right before a feeling."""
    listed = table(f"feelings_{language}")["change"]
    edge, filler = (
        ("", r"(?:感到|觉得|那么|再|是|会)?") if language == "zh" else (r"\b", r"(?: \w+)?")
    )
    return tuple(  # type: ignore[return-value]
        re.compile(f"{edge}(?:{'|'.join(map(re.escape, listed[part]))}){filler}$")
        for part in ("no", "more", "less")
    )
