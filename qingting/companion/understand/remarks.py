"""What kind of remark an everyday message is, and which everyday thing it names.

Most of what people type at night tells no situation, no topic and no feeling: it rains, the
noodles came to the wrong door, tomorrow they will ask somebody. What a friend says to that depends
on its shape (a plan, a mishap, a joke, a question, what somebody said) and on the thing in it. Both
are read here by rules (content/lexicon/remarks.toml); nothing is guessed about how anybody feels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from qingting.companion.person import Language
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import alternatives, shared_parts, table

# What fits no kind.
PLAIN: Final = "plain"
# A longer message is a telling, answered at its end: the last sentence is where it was going.
_SHORT: Final[dict[Language, int]] = {"zh": 16, "en": 50}
_SENTENCE: Final = re.compile(r"(?<=[。!?\n.])\s*")


@dataclass(frozen=True, slots=True)
class Remark:
    """An everyday message. kind: a kind of remarks.toml, or "plain" where none fits. thing: the
    everyday thing named, in their own word; field: what sort of thing it is ("food"). when: when
    something is to be, in their own words. short: it is a remark and nothing more, not a piece of a
    story."""

    kind: str = PLAIN
    thing: str | None = None
    field: str | None = None
    when: str | None = None
    short: bool = True

    @property
    def known(self) -> bool:
        """Whether anything of the message was made out."""
        return self.kind != PLAIN or self.thing is not None

    @property
    def leads(self) -> bool:
        """Whether a reply may open with it: in a story the shape of the last words is not what it
        is about."""
        return self.known and (self.short or self.kind in _named("strong"))


def remark_of(text: str, language: Language, *, heavy: bool = False) -> Remark:
    """The remark that a message is. heavy: the talk is about something heavy, where only the kinds
    that are plain to see count, and no everyday thing is taken up."""
    whole = cleaned(text).text.strip()
    clean, grave = _end(whole, language), _named("grave")
    kind = next(
        (
            name
            for name, words, unless in _kinds()
            if (not heavy or name in grave)
            and words.search(clean)
            and not (unless is not None and unless.search(clean))
        ),
        PLAIN,
    )
    short = len(whole) <= _SHORT[language] and len(_SENTENCE.split(whole.rstrip("。!?. "))) == 1
    told = None if heavy else _when(language).search(clean)
    when = told.group() if told is not None else None
    if heavy or not short:
        return Remark(kind, when=when, short=short)
    return Remark(kind, *_thing(clean, language), when=when)


def is_heavy(topic: str | None) -> bool:
    """Whether a topic is one where lightness would be out of place."""
    return topic in table("remarks")["heavy_topics"]


def asks(remark: Remark) -> bool:
    """Whether it asks us something."""
    return remark.kind in ("judged", "whether", "asks")


def follows(remark: Remark) -> bool:
    """Whether its shape says what may be asked: that of a mere remark always does, that of the
    last words of a story only where it is plain."""
    return remark.kind != PLAIN and (remark.short or remark.kind in _named("follows"))


def beside_feeling(remark: Remark) -> Remark:
    """What is left of it where a feeling was plainly said, or a side of a topic named."""
    kept = remark.kind if remark.kind in _named("beside_feeling") else PLAIN
    return Remark(kept, short=False)


def asks_nothing(remark: Remark) -> bool:
    """Whether no question of ours belongs after it."""
    return remark.kind in _named("asks_nothing")


def _end(clean: str, language: Language) -> str:
    if len(clean) <= _SHORT[language]:
        return clean
    sentences = [part for part in _SENTENCE.split(clean) if part.strip()]
    return sentences[-1] if sentences else clean


def _thing(clean: str, language: Language) -> tuple[str | None, str | None]:
    """The longest everyday thing named, and its field; the later of two as long."""
    best: tuple[int, int, str, str] | None = None
    for field, words in _things(language):
        for match in words.finditer(clean):
            found = (len(match.group()), match.start(), match.group(), field)
            best = found if best is None else max(best, found)
    return (best[2], best[3]) if best is not None else (None, None)


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]:
    data, parts = table("remarks"), shared_parts()
    return tuple(
        (
            name,
            alternatives(data["kind"][name]["words"], parts),
            alternatives(data["kind"][name]["unless"], parts)
            if "unless" in data["kind"][name]
            else None,
        )
        for name in data["order"]
    )


@cache
def _named(list_of_kinds: str) -> frozenset[str]:
    return frozenset(table("remarks")[list_of_kinds])


@cache
def _when(language: Language) -> re.Pattern[str]:
    words = table("remarks")["when"][language]
    return re.compile(words if language == "zh" else rf"\b{words}\b")


@cache
def _things(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for field, words in table("remarks")[f"things_{language}"].items():
        longest_first = "|".join(sorted(words, key=len, reverse=True))
        whole = longest_first if language == "zh" else rf"(?<![a-z'])(?:{longest_first})(?![a-z])"
        found.append((field, re.compile(whole)))
    return tuple(found)
