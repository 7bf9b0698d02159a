"""What a message is about, by the cues of the topic packs in content/<language>/topics."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

from qingting.companion.person import Language
from qingting.companion.understand.clean import Clean, cleaned
from qingting.companion.understand.reading import Topic

_MOST: Final = 3
# A cue of the other language counts only when it is long enough to mean what it says.
_LONG: Final = 4
_OWN: Final = 2.0
_SHARED: Final = 1.0
_LONGEST: Final = 12


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that shows a topic, or one facet of it."""

    word: str
    topic: str
    facet: str | None


@dataclass(frozen=True, slots=True)
class _Seen:
    cue: Cue
    start: int
    end: int


def topics_of(clean: Clean, original: str, language: Language) -> tuple[Topic, ...]:
    """Up to three topics, the strongest first; empty when no cue is found or no pack is there."""
    found: dict[str, list[_Seen]] = {}
    for seen in _seen(clean.text, language):
        found.setdefault(seen.cue.topic, []).append(seen)
    ranked = sorted(found.items(), key=lambda item: (-_strength(item[1]), item[1][0].start))
    return tuple(_topic(name, seen, clean, original) for name, seen in ranked[:_MOST])


def _topic(name: str, seen: list[_Seen], clean: Clean, original: str) -> Topic:
    faceted = [one for one in seen if one.cue.facet is not None]
    best = max(faceted or seen, key=lambda one: one.end - one.start)
    span = clean.span(best.start, best.end)
    return Topic(name, best.cue.facet, original[span.start : span.end])


def _strength(seen: list[_Seen]) -> float:
    """How much a message is about a topic: a word of the topic itself says more than one of a
    facet, which other topics may share; longer words say a little more; one word said five times
    is still one word."""
    words = {(one.cue.word, one.cue.facet is None) for one in seen}
    return sum((_OWN if own else _SHARED) + min(len(word), _LONGEST) / 100 for word, own in words)


def _seen(text: str, language: Language) -> Iterator[_Seen]:
    other: Language = "en" if language == "zh" else "zh"
    for spoken, least in ((language, 1), (other, _LONG)):
        pattern, cues = _index(spoken)
        for match in pattern.finditer(text):
            for cue in cues.get(match[1], ()):
                if len(cue.word) >= least:
                    yield _Seen(cue, match.start(1), match.start(1) + len(cue.word))


@lru_cache(maxsize=2)
def _index(language: Language) -> tuple[re.Pattern[str], dict[str, tuple[Cue, ...]]]:
    """All cues of a language as one pattern, the longest first so that it wins at its place."""
    cues: dict[str, tuple[Cue, ...]] = {}
    for cue in _cues(language):
        cues[cue.word] = (*cues.get(cue.word, ()), cue)
    words = sorted(cues, key=lambda word: -len(word))
    # The longest word wins at its place, but what begins it was said as well: "室友都" of one topic
    # is also "室友" of another.
    for word in words:
        begun = [cue for end in range(2, len(word)) for cue in cues.get(word[:end], ())]
        cues[word] = tuple(dict.fromkeys((*cues[word], *begun)))
    if not words:
        return re.compile(r"(?!)()"), cues
    joined = "|".join(re.escape(word) for word in words)
    edge = r"(?<![a-z])" if language == "en" else ""
    return re.compile(f"{edge}({joined})"), cues


def _cues(language: Language) -> Iterator[Cue]:
    folder = resources.files("qingting.content") / language / "topics"
    if not folder.is_dir():
        return
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if not file.name.endswith(".toml"):
            continue
        pack = tomllib.loads(file.read_text(encoding="utf-8"))
        name = file.name.removesuffix(".toml")
        yield from (Cue(_plain(word), name, None) for word in pack.get("cues", ()))
        for facet in pack.get("facet", ()):
            yield from (Cue(_plain(word), name, facet["name"]) for word in facet.get("cues", ()))


def _plain(word: str) -> str:
    return cleaned(word).text.strip()
