"""The one thing of a message that carries it: a person, a place, a thing, a deed, a number.

"And?" after thirty words at two in the morning says that nobody read them; "the laundry room, of
all places" says that somebody did. What is taken up is a noun that the lexicon knows
(content/lexicon/carries.toml), seen from our side ("my mum" -> "your mum"). Where a word ends is
not guessed: in Chinese it has to be the same read from the left and from the right, in English it
has to stand where a noun stands. A half word would be worse than a nod.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from qingting.companion.person import Language
from qingting.companion.understand.lexicon import table
from qingting.companion.words.counts import counts
from qingting.companion.words.fragments import against_self
from qingting.companion.words.pieces import in_order_of_weight
from qingting.companion.words.said_of_them import said_of_them, unkindly
from qingting.companion.words.script import simplified

KINDS: Final = (
    *("person", "animal", "place", "thing", "event", "task", "message", "health", "deed"),
    *("count", "when", "any"),
)
# What somebody else said or wrote stands in these.
_QUOTED: Final = re.compile(
    "“[^”]*”|「[^」]*」|『[^』]*』|‘[^’]*’|(?<!\\w)\"[^\"]*\"|(?<!\\w)'[^']{3,}'(?!\\w)"
)
_CLAUSE: Final = re.compile(r"[，。！？；,.!?;:：…\n~～]+|\s{2,}")
_ZH_CLAUSE: Final = re.compile(r"[，。！？；,.!?;:：…\s~～]+")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_LONGEST: Final = 6
# 我妈, 我哥: a relation of one character counts only after 我, and where no longer word begins.
_KIN: Final = re.compile(
    r"我(?:们)?(?:家)?(妈|爸|哥|姐|弟|妹|奶|爷|姥|外婆|老公|老婆)(?![妈爸哥姐弟妹奶爷的]|宝|个头)"
)
_MINE: Final = re.compile(r"(?:(我)(们)?|([他她它]))(?:家|的)?$")
# "Don't tell me to write a diary": what they want none of is not asked after.
_FORBIDS: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        r"^\s*(?:你|也|可|求你|先说好)*(?:别|不要|甭|少)(?!人|的)|不(?:想|要|用|需要)(?:听|你|什么|建议)|死|杀|割|性侵|强奸|猥亵|摸我|催吐|吐了|断食|没吃(?:饭|东西|早|午|晚)|绝食|斤|体重|打了?我|揍我|划(?:了|自己)|吞了|吃了.{0,3}[片颗粒板]|^\s*(?:你|能不能|可不可以|再)(?:能|可以|帮|给|多|再|说|直)"
    ),
    "en": re.compile(
        r"\b(?:don'?t|dont|do not|please no|no) (?:you )?"
        r"(?:tell|say|give|suggest|ask|make|send|do)\b|"
        r"\b(?:you|u) can\b|\b(?:can|could|would|will) (?:you|u)\b|"
        r"\b(?:never|not|no|don'?t|dont|didn'?t) (?:met|a|the|want|need)\b|"
        r"\b(?:weigh\w*|purg\w*|vomit\w*|threw up|throw(?:ing)? up|fast(?:ed|ing)|starv\w*|"
        r"binge\w*|swallow\w*|beat(?:en|s)? me|hit(?:s|ting)? me|crunches|calories|did \w+ lines|"
        r"(?:lost|gained|lose|gain) (?:\w+ ){0,3}(?:pounds|kilos|kgs?|lbs|weight|stone)|"
        r"skip\w* (?:\w+ )?(?:meals?|lunch\w*|dinners?|breakfasts?))\b|"
        r"\b(?:kill\w*|die[sd]?|dying|suicid\w*|overdos\w*|hang(?:ed|ing)? (?:my|him|her)self|"
        r"rap(?:ed|ist|ing|es)|molest\w*|touch\w* me|grop\w*|naked|nudes?|fuck\w*)\b",
        re.IGNORECASE,
    ),
}
# Nobody is named by a word that only addresses us, swears or compares.
_ZH_NOT_AFTER: Final = re.compile(r"(?:像|跟|和|当|比|什么|哪个|哪|没有?|不是|别|无|同)$")
# And a word that goes on is no word yet: 库存 out of 库存量.
_ZH_NOT_BEFORE: Final = re.compile(
    r"^(?:似的|一样|都没有|之类|什么的|的时候|上的|般|[量率费员者性化店铺式级感力学单])"
)

_WORD: Final = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_OWN: Final = {"my": "your", "our": "your"}
_THEIRS: Final = frozenset({"his", "her", "their", "the"})
_TO_THE: Final = frozenset({"a", "an", "this", "these"})

_IS: Final = re.compile(
    r"\w+['’](?:m|s|re)|im|am|is|was|are|were|be|been|being|like|as|not|such|become"
)


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of a message. said: its words seen from our side. kind: one of KINDS. key: by
    which it is known to be the same as one named before. at: where it stands."""

    said: str
    kind: str
    key: str
    at: int


def thing_of(
    text: str,
    language: Language,
    *,
    felt: Callable[[str], bool] = lambda _: False,
    before: Collection[str] = (),
) -> Thing | None:
    """The thing that carries a message, or None where none is sure. before: earlier messages; what
    came up for the first time goes before what did not. felt: whether a clause tells a feeling."""
    plain = simplified(text) if language == "zh" else text
    # Matched in simplified characters, where each still stands for one of theirs.
    text = plain if len(plain) == len(text) else text
    found = list(_things(_masked(text, language), language))
    if not found:
        return None
    weighs = in_order_of_weight(text, language, felt=felt)
    told = "\n".join(before).lower()

    def order(one: Thing) -> tuple[bool, bool, int, int]:
        near = any(piece.start <= one.at < piece.end for piece in weighs)
        return (one.key not in told, near, _weight(one), one.at)

    return max(found, key=order)


def _weight(thing: Thing) -> int:
    """What happened, where and with what says more than who was there."""
    if thing.kind == "any":
        return 0
    return 1 if thing.kind in ("person", "health", "when", "deed") else 2


def _masked(text: str, language: Language) -> str:
    """The text with quotations, and clauses that tell of somebody's unkind words, speak against
    themselves or forbid us something, blanked out: nothing in them is handed back."""
    blank = _QUOTED.sub(lambda match: "\n" * len(match.group()), text)
    at, parts = 0, []
    pattern = _ZH_CLAUSE if language == "zh" else _CLAUSE
    for mark in [*pattern.finditer(blank), None]:
        end = mark.start() if mark else len(blank)
        clause = blank[at:end]
        parts.append("\n" * len(clause) if _not_ours(clause, language) else clause)
        if mark:
            parts.append(mark.group())
            at = mark.end()
    return "".join(parts)


def _not_ours(clause: str, language: Language) -> bool:
    return (
        against_self(clause)
        or unkindly(clause, language)
        or said_of_them(clause, language)
        or _FORBIDS[language].search(clause) is not None
    )


def _things(text: str, language: Language) -> Iterator[Thing]:
    for count in counts(text, language):
        yield Thing(count.said, count.kind, count.said.lower(), count.at)
    yield from _zh(text) if language == "zh" else _en(text)


def _zh(text: str) -> Iterator[Thing]:
    kinds = _kinds("zh")
    for match in _KIN.finditer(text):
        yield Thing(f"你{match[1]}", "person", f"我{match[1]}", match.start())
    for run in _HAN.finditer(text):
        for start, end in _words_of(run.group()):
            word = run.group()[start:end]
            kind = kinds.get(word)
            if kind is None:
                continue
            place = run.start() + start
            before, after = text[max(0, place - 4) : place], text[run.start() + end :][:4]
            if _ZH_NOT_AFTER.search(before) or _ZH_NOT_BEFORE.search(after):
                continue
            yield Thing(_zh_ours(word, kind, before), kind, word, place)


def _zh_ours(word: str, kind: str, before: str) -> str:
    """A word as we say it: 我室友 is 你室友 to us, 我们老师 is 你们老师."""
    owned = _MINE.search(before) if kind in ("person", "animal") else None
    if owned is None:
        return word
    if owned[3]:
        return f"{owned[3]}{word}"
    return f"你们{word}" if owned[2] else f"你{word}"


def _words_of(run: str) -> set[tuple[int, int]]:
    """The words that are the same read from the left and from the right, longest first."""
    known = _known()
    return _from_left(run, known) & _from_right(run, known)


def _from_left(run: str, known: frozenset[str]) -> set[tuple[int, int]]:
    found, at = set(), 0
    while at < len(run):
        size = next((n for n in range(_LONGEST, 1, -1) if run[at : at + n] in known), 1)
        size = min(size, len(run) - at)
        found.add((at, at + size))
        at += size
    return found


def _from_right(run: str, known: frozenset[str]) -> set[tuple[int, int]]:
    found, end = set(), len(run)
    while end:
        size = next((n for n in range(min(_LONGEST, end), 1, -1) if run[end - n : end] in known), 1)
        found.add((end - size, end))
        end -= size
    return found


def _en(text: str) -> Iterator[Thing]:
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        found = _phrase(text, words, at)
        if found is None:
            at += 1
            continue
        thing, at = found
        yield thing


def _phrase(text: str, words: list[re.Match[str]], at: int) -> tuple[Thing, int] | None:
    """The noun phrase that begins with a word, and where the text goes on; None where none does."""
    first = words[at].group().lower()
    if first in _set("kin"):
        said, after = f"your {first}", at + 1
        if _closed(text, words, after):
            return Thing(said, "person", first, words[at].start()), after
        return None
    if first in _set("bare") and (at == 0 or words[at - 1].group().lower() not in _OWN):
        if _closed(text, words, at + 1):
            kind = _kinds("en").get(first, "task")
            return Thing(words[at].group(), kind, first, words[at].start()), at + 1
        return None
    if first not in _OWN and first not in _THEIRS and first not in _TO_THE:
        return _named(text, words, at)
    if first in ("a", "an") and at and _IS.fullmatch(words[at - 1].group().lower()):
        # "I'm a nurse": what somebody is, is no thing that came up.
        return None
    head = _head(text, words, at + 1)
    if head is None:
        return None
    noun = text[words[at + 1].start() : words[head].end()]
    noun = noun.lower() if noun.isupper() else noun
    owner = _OWN.get(first) or ("the" if first in _TO_THE else first)
    kind = _kinds("en").get(words[head].group().lower(), "any")
    return Thing(f"{owner} {noun}", kind, noun.lower(), words[at].start()), head + 1


def _head(text: str, words: list[re.Match[str]], start: int) -> int | None:
    """Where the noun of a phrase stands: after words that only describe it, and with nothing behind
    it that may be part of it."""
    kinds, describes = _kinds("en"), _set("adjectives")
    at, noun_before = start, False
    while at < min(start + 4, len(words)):
        if at > start and not _touch(text, words[at - 1], words[at]):
            return None
        word = words[at].group().lower()
        if word in _set("never"):
            return None
        # A word that no list knows is the noun only where nothing else can be: "the kiln", but not
        # "hear the door close", "made her think".
        open_to_any = not noun_before and words[start - 1].group().lower() != "her"
        is_noun = word in kinds or (open_to_any and _may_be_noun(word))
        if is_noun and _closed(text, words, at + 1):
            return at
        noun_before = noun_before or (word in kinds and word not in describes)
        if word not in kinds and word not in describes:
            return None
        at += 1
    return None


def _may_be_noun(word: str) -> bool:
    """Whether a word that no list knows may be taken for a noun where one has to stand."""
    return (
        len(word) >= 4
        and word not in _set("ends")
        and word not in _set("adjectives")
        and "'" not in word
        and not word.endswith(("ly", "est", "ing", "ed", "ful", "ous", "able", "less"))
    )


def _named(text: str, words: list[re.Match[str]], at: int) -> tuple[Thing, int] | None:
    """A first name, as it was typed; or what else is written like one within a sentence."""
    typed = words[at].group()
    name, low = typed.removesuffix("'s").removesuffix("’s"), typed.lower()
    if low.removesuffix("'s").removesuffix("’s") in _set("names"):
        # Who types no capitals at night is still talking of somebody.
        said = name[:1].upper() + (name[1:].lower() if name.isupper() else name[1:])
        return Thing(said, "person", name.lower(), words[at].start()), at + 1
    alone = at > 0 and _touch(text, words[at - 1], words[at]) and name.istitle() and len(name) > 2
    around = [*words[max(0, at - 1) : at], *words[at + 1 : at + 2]]
    beside = any(word.group()[:1].isupper() and word.group() != "I" for word in around)
    if (
        not alone
        or beside
        or low in _set("ends") | _set("never") | _set("no_names")
        or low in _kinds("en")
    ):
        return None
    return Thing(name, "any", name.lower(), words[at].start()), at + 1


def _closed(text: str, words: list[re.Match[str]], at: int) -> bool:
    """Whether a phrase is over before the word at a place."""
    if at >= len(words) or not _touch(text, words[at - 1], words[at]):
        return not text[words[at - 1].end() :].startswith(("'s", "’s"))
    word = words[at].group().lower()
    return word in _set("ends") or word.endswith(("ly", "n't")) or word in _THEIRS


def _touch(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    return text[first.end() : second.start()] == " "


@cache
def _kinds(language: Language) -> dict[str, str]:
    data = table("carries")[language]
    return {word: kind for kind in KINDS if kind in data for word in data[kind].split()}


@cache
def _known() -> frozenset[str]:
    return frozenset(_kinds("zh")) | frozenset(table("carries")["zh"]["words"].split())


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(table("carries")["en"][name].split())
