"""Schools and addresses in English text. A city alone and "my high school" stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from qingting.companion.reply.model.hide.found import Found, lists, words

_CAP: Final = r"(?:(?:St|Mt)\. )?[A-Z][A-Za-z]*(?:['.-][A-Za-z]+)*"
_UNIVERSITY_OF: Final = re.compile(
    r"\b[Uu]ni(?:versity)? of (?:the )?"
    rf"(?P<it>{_CAP}(?:,? (?:at |in |of )?{_CAP}){{0,3}}|[a-z]{{4,}})"
)
_SMALL_END: Final = re.compile(
    r"\b(?:go to|goes to|went to|at|attend|attends|attended|from|in) $", re.IGNORECASE
)
_ROOM: Final = re.compile(
    r"\b(?:apt|apartment|flat|unit|suite|dorm|room)\s?(?:no\.?\s?|#\s?)?(?=[A-Za-z]?-?\d)[A-Za-z]?-?\d{1,4}[A-Za-z]?\b"
    r"(?:,? (?:in |of )?(?:[A-Z][a-z]+ ){1,2}(?:Hall|House|Building|Residence))?",
    re.IGNORECASE,
)
_BOX: Final = re.compile(r"\bP\.?O\.? ?Box \d+", re.IGNORECASE)
_POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")
_ZIP: Final = re.compile(r"\b(?:[A-Z][a-z]+ ){0,2}[A-Z][a-z]+, [A-Z]{2} \d{5}(?:-\d{4})?\b")
_HALL: Final = re.compile(
    r"\b(?:[A-Z][a-z]+ ){1,2}(?:Hall|Residence Hall|Dorm)(?=,? (?:[Rr]oom )?\d{2,4}\b)"
)
_DETAIL: Final = (
    r"(?:,? ?(?:[Aa]pt|[Aa]partment|[Uu]nit|[Ff]lat|[Ss]uite|#)\.? ?[A-Za-z]?\d+[A-Za-z]?)?"
)


@cache
def _school() -> re.Pattern[str]:
    ends = "|".join(sorted(lists("en")["school_ends"], key=len, reverse=True))
    return re.compile(
        rf"(?P<name>(?:(?<![A-Za-z']){_CAP} (?:(?:of|and|&) (?={_CAP}))?){{1,4}})"
        rf"(?P<end>(?i:{ends}))(?![A-Za-z])"
        rf"|(?<![A-Za-z'])(?P<small>[a-z]+(?: [a-z]+)?) (?P<small_end>{ends})(?![A-Za-z])"
    )


@cache
def _known() -> re.Pattern[str]:
    names = sorted(lists("en")["known_schools"], key=len, reverse=True)
    capital = "|".join(re.escape(name) for name in names if name in words("en", "capital_schools"))
    any_case = "|".join(
        re.escape(name) for name in names if name not in words("en", "capital_schools")
    )
    ahead = "".join(rf"(?<=\b{word} )|" for word in ("at", "to", "from", "into", "attend", "in"))
    return re.compile(rf"(?:{ahead[:-1]})(?:{capital}|(?i:{any_case}))(?![A-Za-z])")


@cache
def _road() -> re.Pattern[str]:
    streets = sorted(words("en", "streets"), key=len, reverse=True)
    capital = "|".join(street.capitalize() for street in streets)
    small = "|".join(s for s in streets if s not in words("en", "capital_streets"))
    number = r"(?<![\d.,$£:])\d{1,5}[A-Za-z]?,? "
    return re.compile(
        rf"{number}(?:(?:[NSEW]|North|South|East|West)\.? )?"
        r"(?:(?:[A-Z][A-Za-z']*|\d+(?:st|nd|rd|th)) ){1,3}"
        rf"(?:{capital})\b\.?{_DETAIL}"
        rf"|{number}(?P<small>(?:[a-z]+ ){{1,2}})(?:{small})\b{_DETAIL}"
    )


def find(text: str) -> Iterator[Found]:
    """Schools and addresses of a plain text; may overlap."""
    for start, end in _schools(text):
        yield Found(start, end, "school")
    for rule in (_ROOM, _BOX, _POSTCODE, _ZIP, _HALL):
        for match in rule.finditer(text):
            yield Found(*match.span(), "address")
    for match in _road().finditer(text):
        if not set((match["small"] or "").split()) & words("en", "generic_schools"):
            yield Found(*match.span(), "address")


def _schools(text: str) -> Iterator[tuple[int, int]]:
    for match in _UNIVERSITY_OF.finditer(text):
        if match["it"].split(" ")[0].lower() not in words("en", "generic_schools") | {"life"}:
            yield match.span()
    for match in _known().finditer(text):
        yield match.span()
    for match in _school().finditer(text):
        if match["name"]:
            if (start := _capital_start(match)) is not None:
                yield start, match.end()
        elif (start := _small_start(text, match)) is not None:
            yield start, match.end()


def _capital_start(match: re.Match[str]) -> int | None:
    """After the leading words that name no school ("At The Lincoln High School")."""
    start = match.start()
    for word in match["name"].split(" "):
        if word and word.lower() not in words("en", "generic_schools"):
            # "high" is only a school behind a name with a capital of its own.
            return start if match["end"].lower() != "high" or match["end"][0] == "H" else None
        start += len(word) + 1
    return None


def _small_start(text: str, match: re.Match[str]) -> int | None:
    """In small letters a school needs somebody who goes there, and no describing word."""
    said = match["small"].split(" ")
    generic = words("en", "generic_schools")
    while said and said[0] in generic:
        said = said[1:]
    if not said or set(said) & generic or match["small_end"] in ("high", "law school", "academy"):
        return None
    start = match.end("small") - len(" ".join(said))
    return start if _SMALL_END.search(text, max(0, start - 16), start) else None
