"""Names of people, schools and addresses in English text.

A capital helps and is not trusted: people write "i" small at night and "My Boss" in anger. A name
is announced (my name is), stands beside a relation (my roommate Jess) or a title (Mr Hall), or is
a given name that is no other word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from qingting.companion.reply.model.hide import english_places
from qingting.companion.reply.model.hide.found import Found, words

_LETTER: Final = re.compile(r"[A-Za-z]")
# One to three words; the later ones must have a capital, or everything after would be a name.
_CAPITALS: Final = re.compile(
    r"[A-Z][a-zA-ZÀ-ÿ]*(?:['-][A-Z][a-z]+)?"
    r"(?: (?:(?:van|de|da|bin|al|la) )?[A-Z][a-zÀ-ÿ]+(?:['-][A-Z][a-z]+)?){0,2}(?![A-Za-z])"
)
_WORD: Final = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)?(?![A-Za-z'])")
_LONE_WORD: Final = re.compile(r"(?<![A-Za-z'])[A-Za-z]{2,}(?![A-Za-z-])")
_FAMILY: Final = re.compile(r"(?<=[a-z]) [A-Z][a-z]+(?:-[A-Z][a-z]+)?(?![A-Za-z'])")
# San Diego, Santa Monica and St Louis are places.
_OF_A_PLACE: Final = re.compile(r"\b(?:San|Santa|St\.?|Saint) $")
_SELF: Final = re.compile(
    r"\b(?:(?:my|the|his|her|their) (?:full |real |first |middle |legal |birth )?name"
    r"(?:'s| is| was)|i'?m called|i am called|i go by|(?:you|u) can call me)\s+(?:also |still )?",
    re.IGNORECASE,
)
_CALL_ME: Final = re.compile(
    r"\b(?:please|just|everyone|everybody|they|people|friends) calls? me\s+", re.IGNORECASE
)
_NAMED: Final = re.compile(
    r"\b(?:guy|girl|boy|man|woman|person|kid|dude|lady|student|baby|child|someone|somebody|he|she)"
    r"(?:'s|,? who is| is| was)? (?:named|called)\s+",
    re.IGNORECASE,
)
_I_AM: Final = re.compile(r"\b(?:I'm|I am|Im|i'm|i am|im|this is|This is|It's|it's)\s+")
_SIGNED: Final = re.compile(r"(?:^|\n)\s*(?:-|–|—|love,|yours,|from,|thanks,)\s*", re.IGNORECASE)
_AFTER_I_AM: Final = re.compile(r"\s*(?:[,.!]|$|\n| and i\b| btw|\(|\d)", re.IGNORECASE)


@cache
def _first_names() -> frozenset[str]:
    return words("en", "first_names") - words("en", "also_words")


@cache
def _any_first_name() -> frozenset[str]:
    return words("en", "first_names") | words("en", "also_words")


@cache
def _role_rule() -> re.Pattern[str]:
    roles = "|".join(sorted(words("en", "roles"), key=len, reverse=True))
    return re.compile(
        rf"\b(?:{roles})(?P<called>(?:'s name is|,? (?:who is |who's )?(?:named|called))?)[ ,]\s?",
        re.IGNORECASE,
    )


@cache
def _title_rule() -> re.Pattern[str]:
    titles = "|".join(sorted(words("en", "titles"), key=len, reverse=True))
    return re.compile(
        # A dot only behind the short ones: "Doctor. Get up" is two sentences.
        rf"\b(?P<title>{titles})(?:(?<=\b[mM][rsx])\.|(?<=rs)\.|(?<=\b[dD]r)\.|(?<=rof)\.)? +"
        r"(?=[A-Za-z])",
        re.IGNORECASE,
    )


def find(text: str) -> Iterator[Found]:
    """Names, schools and addresses of a plain text (`found.plain`); may overlap."""
    if not _LETTER.search(text):
        return
    for start, end in _names(text):
        yield Found(start, end, "name")
    yield from english_places.find(text)


def _names(text: str) -> Iterator[tuple[int, int]]:
    for match in _SELF.finditer(text):
        if end := _announced(text, match.end(), any_word=True):
            yield match.end(), end
    for rule in (_CALL_ME, _NAMED):
        for match in rule.finditer(text):
            if end := _announced(text, match.end(), any_word=False):
                yield match.end(), end
    yield from _introduced(text)
    yield from _beside_roles(text)
    yield from _after_titles(text)
    yield from _given_names(text)


def _given_names(text: str) -> Iterator[tuple[int, int]]:
    for match in _LONE_WORD.finditer(text):
        if match[0].lower() not in _first_names() or _OF_A_PLACE.search(
            text[max(0, match.start() - 7) : match.start()]
        ):
            continue
        family = _FAMILY.match(text, match.end())
        end = family.end() if family else match.end()
        yield match.start(), min(_capitals(text, match.start()) or match.end(), end)


def _introduced(text: str) -> Iterator[tuple[int, int]]:
    """I'm Jake: only a known given name, or a capital with the clause ending behind it."""
    for rule in (_I_AM, _SIGNED):
        for match in rule.finditer(text):
            at = match.end()
            if (end := _capitals(text, at)) is None:
                continue
            first = _WORD.match(text, at)
            known = first is not None and first[0].lower() in _any_first_name()
            if known and (_AFTER_I_AM.match(text, end) or " " in text[at:end]):
                yield at, end


def _beside_roles(text: str) -> Iterator[tuple[int, int]]:
    for match in _role_rule().finditer(text):
        at = match.end()
        end = _announced(text, at, any_word=False) if match["called"] else _capitals(text, at)
        if end:
            yield at, end


def _after_titles(text: str) -> Iterator[tuple[int, int]]:
    for match in _title_rule().finditer(text):
        at = match.end()
        if match["title"].lower() in ("mr", "mrs") or match[0].lower().startswith("dr. "):
            end = _capitals(text, at) or _word_that_is_no_other(text, at)
        else:
            # "my Dad said", "Miss You": the title itself needs its capital.
            end = _capitals(text, at) if match["title"][0].isupper() else None
        if end:
            yield at, end


def _announced(text: str, at: int, *, any_word: bool) -> int | None:
    if end := _capitals(text, at):
        return end
    word = _WORD.match(text, at)
    if word is None or word[0].lower() in words("en", "not_names") or len(word[0]) < 2:
        return None
    if word[0].lower() in words("en", "also_words"):
        return word.end() if any_word and _AFTER_I_AM.match(text, word.end()) else None
    known = word[0].lower() in _first_names()
    return word.end() if known or (any_word and _AFTER_I_AM.match(text, word.end())) else None


def _word_that_is_no_other(text: str, at: int) -> int | None:
    word = _WORD.match(text, at)
    if word is None or word[0].lower() in words("en", "not_names"):
        return None
    return word.end()


def _capitals(text: str, at: int) -> int | None:
    """End of the capitalised words at `at`, None when the first is no name."""
    match = _CAPITALS.match(text, at)
    if match is None:
        return None
    end = _without_stop(text, at, match.end())
    return end if end > at and end - at > 1 else None


def _without_stop(text: str, start: int, end: int) -> int:
    """Drops words that are no names from the end, and all of it when the first is none."""
    said = text[start:end].split(" ")
    if said[0].lower().replace("'s", "") in words("en", "not_names"):
        return start
    if len(said[0]) > 1 and said[0].isupper() and said[0].lower() not in _any_first_name():
        return start
    kept = [said[0]]
    for word in said[1:]:
        if word.lower() in words("en", "not_names"):
            break
        kept.append(word)
    return start + len(" ".join(kept))
