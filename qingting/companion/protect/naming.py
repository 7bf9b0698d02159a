"""Who and what a message names: people to tell, things to be hurt with, those who hurt them.

The words are content (content/lexicon/telling.toml), readable and changeable without touching code.
"""

from __future__ import annotations

import re
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
_NOT_HURTING: Final = frozenset({"unknown", "friend"})


def person_named(text: str) -> str | None:
    """Whom a message names, as a short phrase turned towards the person ("我妈" -> "你妈妈");
    None when nobody is, or only to say that it cannot be them."""
    clean = cleaned(text)
    for match in listed("people", "named").finditer(clean.text):
        if not _ruled_out(clean.text, match):
            return _turned(match[0])
    return _by_name(clean, text)


def _ruled_out(clean: str, match: re.Match[str]) -> bool:
    """Whether somebody is named only to say that it cannot be them."""
    lead = clean[max(0, match.start() - _RULED_OUT) : match.start()]
    if listed("people", "not_them").search(lead) is not None:
        return True
    return listed("people", "not_them_after").match(clean, match.end()) is not None


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
    "partner", "sibling", "teacher", "counsellor", "relative", "roommate", "boss", "other"."""
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
    """Which role a phrase names: those of `hurt_by`, "friend", or "unknown"."""
    clean = cleaned(phrase).text
    for role, pattern in _roles():
        if pattern.search(clean):
            return role
    return "unknown"


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
    if has_han(phrase):
        return phrase
    return "your " + phrase


def _by_name(clean: Clean, text: str) -> str | None:
    """A name given without saying who that is: Lily, 小雨."""
    match = listed("people", "called").search(clean.text)
    if match is not None:
        name = next((part for part in match.groups() if part), match[0])
        if not listed("people", "no_names").fullmatch(name):
            start = match.start() + match[0].index(name)
            span = clean.span(start, start + len(name))
            return text[span.start : span.end]
    for known in _names().finditer(clean.text):
        if not _ruled_out(clean.text, known):
            return known[0].capitalize()
    spoken_of = _capital().search(text)
    if spoken_of is not None and not listed("people", "no_names").fullmatch(spoken_of[1].lower()):
        return spoken_of[1]
    return None


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
