"""What tells of something worth keeping, as data: content/remember/<language>.toml."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

from qingting.companion.person import Language
from qingting.companion.remember.item import Kind
from qingting.companion.words.bank import read_toml

When = Literal["none", "optional", "required", "ahead"]
_SLOT: Final = re.compile(r"\{([a-z_]+)\}")
# Before a pattern is looked for, every letter of a day in the sentence becomes one of these marks.
# So a pattern can say where the day stands, and on which side of today: {day}, {ahead}... A day is
# taken whole, never letter by letter: a text of nothing but days would be searched for ever.
DAY_MARKS: Final[Mapping[str, str]] = {"past": "\ue001", "today": "\ue002", "ahead": "\ue003"}
_DAYS: Final = {
    **{name: f"(?P<{name}>{mark}++)" for name, mark in DAY_MARKS.items()},
    "day": f"(?P<day>[{''.join(DAY_MARKS.values())}]++)",
}


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence a pattern must find something in; on: the day it names, as ISO, when today is
    Wednesday 2026-11-18."""

    said: str
    about: str
    says: str
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way of telling something.

    find: with a named group for every list used. unless: a sentence in which this is found tells
    nothing of the kind. before, after: the same for the words near a match, before it and after it.
    unless_here: the same for the clauses it touches. about, says, replaces: templates over the
    groups. when: whether a day must be named in the same sentence; "ahead" for one that is not over
    yet. marked: the pattern says itself where the day stands ({day}, {ahead}, {today}, {past}).
    """

    name: str
    kind: Kind
    find: re.Pattern[str]
    about: str
    says: str
    when: When
    unless: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    unless_here: re.Pattern[str] | None
    marked: bool
    sensitive: bool
    gone: bool
    loose: bool
    replaces: str | None
    examples: tuple[Example, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a piece that was learned to be a wish about our own talk asks for. find: words that tell
    which, looser than a pattern's, as it need not be told from anything else than other wishes; of
    several the first in the file counts. unless: words that turn it round; the wish is kept as it
    was put then. about, says: templates over the groups."""

    find: re.Pattern[str]
    unless: re.Pattern[str] | None
    about: str
    says: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What makes a sentence tell nothing of a kind, whatever pattern or score found it there;
    each as in a Pattern. What is over (gone) is not framed: "it is off, I am not going"."""

    unless: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    unless_here: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of a language. canonical: by list, what is kept for each way of writing it.
    never: a sentence in which this is found is not the person's own life (a wish, a story); story:
    a message in which it is found tells of no life at all. before, after, never_here (a clause): as
    in a Pattern, for all.
    supposed: a piece in which this is found is an if or a wish, whatever was learned of it.
    apart, apart_back: between what happens and a later (an earlier) day, they part the two.
    unsaid: a note in which this is found is not kept. turned: words of a note said back to the
    person ("my" to "your"). dropped: words left out of `about`. names: lists that hold names. bare:
    other groups that hold a word used as it is (pronouns, a pet name that is not wanted).
    who: what names a person or an animal in a piece, as the group "who". frames: by kind, what is
    read with every pattern of the kind, and with what was learned of it. wishes: what a learned
    wish asks for. turned_round: with these a wish may mean its opposite ("don't stop asking").
    """

    patterns: tuple[Pattern, ...]
    canonical: Mapping[str, Mapping[str, str]]
    never: re.Pattern[str] | None
    story: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    never_here: re.Pattern[str] | None
    supposed: re.Pattern[str] | None
    apart: re.Pattern[str] | None
    apart_back: re.Pattern[str] | None
    unsaid: re.Pattern[str] | None
    turned: Mapping[str, str]
    dropped: re.Pattern[str] | None
    names: frozenset[str]
    bare: frozenset[str]
    who: re.Pattern[str]
    frames: Mapping[str, Frame]
    wishes: tuple[Wish, ...]
    turned_round: re.Pattern[str] | None


@cache
def patterns(language: Language) -> Patterns:
    """The patterns of a language. Raises ValueError or KeyError for a file that is not well
    formed; `qingting content check` finds that first."""
    data = read_toml(resources.files("qingting.content") / "remember" / f"{language}.toml")
    lists: dict[str, Any] = data.get("lists", {})
    canonical = {name: _canonical(entries) for name, entries in lists.items() if _is_list(entries)}
    groups = _DAYS | {name: _group(name, entries) for name, entries in lists.items()}

    def regex(name: str) -> re.Pattern[str] | None:
        return _regex(data.get(name), groups)

    return Patterns(
        patterns=tuple(_pattern(name, one, groups) for name, one in data["pattern"].items()),
        canonical=canonical,
        never=regex("never"),
        story=regex("story"),
        before=regex("before"),
        after=regex("after"),
        never_here=regex("never_here"),
        supposed=regex("supposed"),
        apart=regex("apart"),
        apart_back=regex("apart_back"),
        unsaid=regex("unsaid"),
        turned=data.get("turned", {}),
        dropped=regex("dropped"),
        names=frozenset(data.get("names", ())),
        bare=frozenset(data.get("bare", ())),
        who=_who(canonical, lists.get("firm" if language == "zh" else "name", "(?!)"), language),
        frames={
            kind: Frame(**{key: _regex(source, groups) for key, source in frame.items()})
            for kind, frame in data.get("frame", {}).items()
        },
        wishes=tuple(_wish(name, one, groups) for name, one in data["wish"].items()),
        turned_round=regex("turned_round"),
    )


def _who(
    canonical: Mapping[str, Mapping[str, str]], name: str, language: Language
) -> re.Pattern[str]:
    """Whom a piece is about: somebody's relation to the person, an animal, or a name."""
    words = [word for kind in ("relation", "pet") for word in canonical.get(kind, {})]
    listed = "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or "(?!)"
    if language == "zh":
        return re.compile(f"(?<![他她你它])(?P<who>{listed}|{name})")
    return re.compile(rf"\b(?P<who>(?:{listed})\b|{name})", re.IGNORECASE)


def _is_list(entries: Any) -> bool:
    return isinstance(entries, list)


def _canonical(entries: list[Any]) -> dict[str, str]:
    """A list holds words, or groups of words of which the first is kept for all."""
    kept: dict[str, str] = {}
    for entry in entries:
        words = entry if isinstance(entry, list) else [entry]
        kept |= {word.casefold(): words[0] for word in words}
    return kept


def _group(name: str, entries: Any) -> str:
    if not _is_list(entries):
        return f"(?P<{name}>{entries})"
    words = sorted(_canonical(entries), key=len, reverse=True)
    return f"(?P<{name}>{'|'.join(map(re.escape, words))})"


def _regex(source: str | None, groups: Mapping[str, str]) -> re.Pattern[str] | None:
    """A pattern with {lists} filled in. A list used again is the group relation__2, which fills
    the same slot where the first found nothing; {old_relation} is the list `relation` as a group of
    its own."""
    if source is None:
        return None
    used: Counter[str] = Counter()

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        if name not in groups:
            listed = name.removeprefix("old_")
            if listed == name or listed not in groups:
                return match[0]
            return groups[listed].replace(f"(?P<{listed}>", f"(?P<{name}>", 1)
        used[name] += 1
        again = f"{name}__{used[name]}" if used[name] > 1 else name
        return groups[name].replace(f"(?P<{name}>", f"(?P<{again}>", 1)

    return re.compile(_SLOT.sub(fill, source), re.IGNORECASE)


def _wish(name: str, data: Mapping[str, Any], groups: Mapping[str, str]) -> Wish:
    find = _regex(data["find"], groups)
    if find is None:
        raise ValueError(f"{name}: find is missing")
    examples = tuple(Example(**example) for example in data["examples"])
    unless = _regex(data.get("unless"), groups)
    return Wish(find, unless, data["about"], data["says"], examples)


def _pattern(name: str, data: Mapping[str, Any], groups: Mapping[str, str]) -> Pattern:
    find = _regex(data["find"], groups)
    if find is None:
        raise ValueError(f"{name}: find is missing")
    unless, unless_here = (_regex(data.get(key), groups) for key in ("unless", "unless_here"))
    searched = [one for one in (find, unless, unless_here) if one is not None]
    return Pattern(
        name=name,
        kind=data["kind"],
        find=find,
        about=data["about"],
        says=data["says"],
        when=data.get("when", "none"),
        unless=unless,
        before=_regex(data.get("before"), groups),
        after=_regex(data.get("after"), groups),
        unless_here=unless_here,
        marked=any(not one.groupindex.keys().isdisjoint(_DAYS) for one in searched),
        sensitive=data.get("sensitive", False),
        gone=data.get("gone", False),
        loose=data.get("loose", False),
        replaces=data.get("replaces"),
        examples=tuple(Example(**example) for example in data["examples"]),
        against=tuple(data.get("against", ())),
    )
