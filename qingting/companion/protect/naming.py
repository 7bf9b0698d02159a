"""Who and what a message names: people to tell, things to be hurt with, those who hurt them.

The words are content (content/lexicon/telling.toml), readable and changeable without touching code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from qingting.companion.understand.clean import Clean, cleaned, has_han
from qingting.companion.understand.lexicon import LexiconError, alternatives, shared_parts, table

# What ends a clause; between two Chinese characters a space does too.
BREAK: Final = re.compile(r"[,:，、。.!?;\n]|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
# How far before a finding its denial may stand.
_LEAD: Final = 40
_RULED_OUT: Final = 16
# "no my sister is here": an answer, and what follows is not denied.
_NO: Final = frozenset({"no", "nah", "nope"})
_GOES_ON: Final = re.compile(r"(?:my|i|i'm|im|he|she|they|the|it|its|it's|just|we|only|please)\b")
_NOT_HURTING: Final = frozenset({"unknown", "friend", "classmate", "colleague"})
# How many of those a message names are looked at, and how much of a long message.
_MOST_NAMED: Final = 8
_MOST_READ: Final = 1200
# A name is good for a message when it starts with it and little else is said.
_LITTLE_MORE: Final = 30
# Stand for the one who is looked at, and for everybody else, in content/lexicon/hearing.toml.
_ONE: Final = "@"
_OTHERS: Final = "#"
# "her mum" and "the RA" are nobody of theirs.
_ITSELF: Final = ("her ", "his ", "their ")
_TITLE: Final = re.compile(r"(?:ms|mrs|mr|dr|prof)\b")
# Said of a partner or an ex, living near is no reason to trust.
_TOO_FAR: Final = frozenset({"partner"})


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody a message names. start, end: where in the clean text. phrase: turned towards the
    person. sure: False where a word may be no name at all."""

    start: int
    end: int
    phrase: str
    sure: bool = True


def person_named(text: str) -> str | None:
    """Whom a message names, as a short phrase turned towards the person ("我妈" -> "你妈妈");
    None when nobody is, or only to say that it cannot be them."""
    clean = cleaned(text)
    for one in _everybody(clean, text):
        if one.sure and not _ruled_out(clean.text, one.start, one.end):
            return one.phrase
    return None


def people_named(text: str) -> tuple[str, ...]:
    """The first two persons a message names and does not rule out, as `person_named` says them."""
    clean = cleaned(text)
    found = (
        one.phrase
        for one in _everybody(clean, text)
        if one.sure and not _ruled_out(clean.text, one.start, one.end)
    )
    return tuple(dict.fromkeys(found))[:2]


def could_know(text: str, *, near: bool = True, bare: bool = True) -> tuple[str, ...]:
    """Those, two at most, whom a message names as one who could know: somebody to tell, or of whom
    something good, near or trusted is said. near, bare: whether living near, or a name with hardly
    a word around it, says so too; where it answers another question, or where somebody is hated,
    it does not. Those who hurt come last, for they are to be ruled out in words."""
    clean = cleaned(text)
    persons = list(_everybody(clean, text))[:_MOST_NAMED]
    hurting = hurt_by(text)
    good = [one for one in persons if _good_for(clean.text, one, persons, near=near, bare=bare)]
    good.sort(key=lambda one: role_of(one.phrase) in hurting)
    return tuple(dict.fromkeys(one.phrase for one in good))[:2]


def _good_for(clean: str, one: Named, persons: list[Named], *, near: bool, bare: bool) -> bool:
    """Whether one of those named could know, by what the message says of them."""
    said = _with_marks(clean, one, persons)[:_MOST_READ]
    if _about("never").search(said) or _ruled_out(clean, one.start, one.end):
        return False
    if one.sure and _about("tell").search(said):
        return True
    if _about("not").search(said):
        return False
    if _about("good").search(said):
        return True
    if near and role_of(one.phrase) not in _TOO_FAR and _about("near").search(said):
        return True
    if not (one.sure and bare):
        return False
    if _about("perhaps").search(said):
        return True
    return _about("bare").search(said) is not None and len(clean) - one.end <= _LITTLE_MORE


def _with_marks(clean: str, one: Named, persons: list[Named]) -> str:
    """The text with one person as "@" and the others as "#"."""
    pieces: list[str] = []
    at = 0
    for person in sorted(persons, key=lambda each: (each.start, -each.end)):
        if person.start < at:
            continue
        before = clean[at : person.start].replace(_ONE, " ").replace(_OTHERS, " ")
        pieces += [before, _ONE if person is one else _OTHERS]
        at = person.end
    pieces.append(clean[at:].replace(_ONE, " ").replace(_OTHERS, " "))
    return "".join(pieces)


@lru_cache(maxsize=16)
def _about(section: str) -> re.Pattern[str]:
    return alternatives(table("hearing")["could_know"][section], parts())


def _everybody(clean: Clean, text: str) -> Iterator[Named]:
    """Whom a message names: those said to be somebody's kin or friend first, then bare names."""
    for match in listed("people", "named").finditer(clean.text):
        phrase, end = _turned(match[0]), match.end()
        given = _given_name().match(clean.text, end)
        if given is not None and not has_han(phrase):
            phrase, end = f"{phrase} {given[1].capitalize()}", given.end()
        yield Named(match.start(), end, phrase)
    yield from _by_name(clean, text)


def _ruled_out(clean: str, start: int, end: int) -> bool:
    """Whether somebody is named only to say that it cannot be them."""
    lead = clean[max(0, start - _RULED_OUT) : start]
    if listed("people", "not_them").search(lead) is not None:
        return True
    return listed("people", "not_them_after").match(clean, end) is not None


def means_named(text: str) -> str | None:
    """Their own word for the thing they might use, as typed; None when there is none."""
    clean = cleaned(text)
    for match in listed("means", "named").finditer(clean.text):
        if not denied(clean.text, match.start()):
            span = clean.span(match.start(), match.end())
            return text[span.start : span.end]
    return None


def hurt_by(text: str) -> frozenset[str]:
    """The roles of those who are said to hurt the person: "mother", "father", "parent",
    "partner", "sibling", "teacher", "coach", "doctor", "dorm", "counsellor", "relative",
    "roommate", "neighbour", "boss", "other"."""
    clean = cleaned(text).text
    found: set[str] = set()
    for match in listed("hurt", "by").finditer(clean):
        if denied(clean, match.start()):
            continue
        who = next((part for part in match.groups() if part), "")
        if not who or listed("hurt", "pronoun").fullmatch(who):
            # "my stepdad ... he hits me": whoever was named last.
            before = [one[0] for one in listed("people", "named").finditer(clean[: match.end()])]
            who = before[-1] if before else ""
        role = role_of(who)
        found.add("other" if role in _NOT_HURTING else role)
    return frozenset(found)


def role_of(phrase: str) -> str:
    """Which role a phrase names: those of `hurt_by`, "friend", "classmate", "colleague", or
    "unknown"."""
    clean = cleaned(phrase).text
    for role, pattern in _roles():
        if pattern.search(clean):
            return role
    return "unknown"


def roles_in(text: str) -> frozenset[str]:
    """Every role that a text names: those of `role_of` without "unknown"."""
    clean = cleaned(text).text
    return frozenset(role for role, pattern in _roles() if pattern.search(clean))


def denied(text: str, start: int) -> bool:
    """Whether the words right before a place deny what is there."""
    lead = _lead(text, start)
    if not lead or (lead.strip() in _NO and _GOES_ON.match(text, start)):
        return False
    return listed("guard", "denied").search(lead) is not None


def supposed(text: str, start: int) -> bool:
    """Whether the clause of a place only supposes, wishes or fears what is there."""
    lead = _lead(text, start)
    return bool(lead) and listed("guard", "unreal").search(lead) is not None


def _lead(text: str, start: int) -> str:
    pieces: list[str] = BREAK.split(text[max(0, start - _LEAD) : start])
    return pieces[-1]


def _turned(phrase: str) -> str:
    """A phrase about somebody, said towards the person."""
    turns = table("telling")["people"]["turned"]
    if phrase in turns:
        return str(turns[phrase])
    if phrase.startswith("我"):
        return "你" + phrase[1:].removeprefix("的")
    if phrase.startswith("my "):
        return "your " + phrase[3:]
    if has_han(phrase) or phrase.startswith(_ITSELF):
        return phrase
    return phrase.title() if _TITLE.match(phrase) else "your " + phrase


def _by_name(clean: Clean, text: str) -> Iterator[Named]:
    """Names given without saying who that is: Lily, 小雨."""
    match = listed("people", "called").search(clean.text)
    if match is not None:
        name = next((part for part in match.groups() if part), match[0])
        if not listed("people", "no_names").fullmatch(name):
            start = match.start() + match[0].index(name)
            yield _as_typed(clean, text, start, name)
    for known in _names().finditer(clean.text):
        yield Named(known.start(), known.end(), known[0].capitalize())
    spoken_of = _capital().search(text)
    if spoken_of is not None and not listed("people", "no_names").fullmatch(spoken_of[1].lower()):
        start = clean.text.find(spoken_of[1].lower())
        yield Named(max(0, start), max(0, start) + len(spoken_of[1]), spoken_of[1])


def _as_typed(clean: Clean, text: str, start: int, name: str) -> Named:
    span = clean.span(start, start + len(name))
    typed = text[span.start : span.end]
    known = has_han(name) or _names().fullmatch(name) is not None or typed != name
    shown = typed.capitalize() if typed == name and not has_han(name) else typed
    return Named(start, start + len(name), shown, sure=known)


@lru_cache(maxsize=1)
def _given_name() -> re.Pattern[str]:
    """A known name right after a word for somebody: my friend Isla."""
    return re.compile(rf" ({_names().pattern})")


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(table('telling')['people']['names'])})\b")


@lru_cache(maxsize=1)
def _capital() -> re.Pattern[str]:
    # Read as typed: in clean text no word has a capital any more.
    return re.compile(str(table("telling")["people"]["capital"]))


@lru_cache(maxsize=1)
def parts() -> dict[str, str]:
    """The building blocks of telling.toml and the shared ones."""
    own: dict[str, Any] = table("telling")["parts"]
    return {**shared_parts(), **{str(name): str(text) for name, text in own.items()}}


@lru_cache(maxsize=32)
def listed(part: str, section: str) -> re.Pattern[str]:
    """The patterns of one list of telling.toml, compiled as one. Raises LexiconError."""
    return alternatives(table("telling")[part][section], parts())


@lru_cache(maxsize=1)
def _roles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    roles = table("telling")["roles"]
    if not roles:
        raise LexiconError("telling.toml: no roles")
    return tuple((str(role), alternatives(words, parts())) for role, words in roles.items())
