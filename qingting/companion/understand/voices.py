"""A wish for another voice, told in a talk, by the patterns of content lexicon/voices.toml."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import (
    LexiconError,
    alternatives,
    shared_parts,
    table,
)
from qingting.companion.voice.words import PLAIN, voices

log = logging.getLogger(__name__)

# Longer than this a message tells something, and a name in it is no wish.
_LONGEST: Final = 120
# A wish beside which no more than this stands, in letters, is the whole message.
_ALONE: Final = 14
_REFUSED: Final = ("lover", "kin", "person")
WHICH: Final = "which"
BACK: Final = PLAIN


def wish_in(text: str) -> str | None:
    """What a message wishes of how we sound: the id of a voice, "plain" for the plain one again,
    "which" for what there is, "lover", "kin" or "person" for somebody nobody here plays; None for
    no wish at all."""
    said = _clean(text)
    if not said:
        return None
    if _of("wish", "back").search(said):
        return BACK
    change = _of("wish", "change").search(said)
    named = _named(change[0]) if change is not None else None
    if named is not None:
        return named
    if _of("wish", "which").search(said):
        return WHICH
    return next((one for one in _REFUSED if _refused(one, said)), None)


def is_alone(text: str) -> bool:
    """Whether a message is a wish and hardly anything besides."""
    said = _clean(text)
    found = [_of("wish", one).search(said) for one in ("back", "change", "which")]
    return any(one is not None and len(said) - len(one[0]) <= _ALONE for one in found)


def asks_if_real(text: str) -> bool:
    """Whether a clean text asks if we are the one a voice is called after."""
    return len(text) <= _LONGEST and _of("really", "asked").search(text) is not None


def _clean(text: str) -> str:
    return cleaned(text).text.strip() if len(text) <= _LONGEST else ""


def _refused(whom: str, said: str) -> bool:
    found = _of("refused", whom).search(said)
    if found is None:
        return False
    who = next((name for name in found.groupdict().values() if name), None)
    return who is None or not _of("refused", "nobody").search(who.strip())


def _named(words: str) -> str | None:
    """The voice that is named in words of a wish: the longest name, for "dry" is in few words."""
    found = [
        (len(hit[0]), which) for which, name in _names().items() if (hit := name.search(words))
    ]
    return max(found)[1] if found else None


@cache
def _of(table_name: str, section: str) -> re.Pattern[str]:
    """The patterns of a section as one. One that cannot be used hears nothing: a wish for a voice
    must not cost anybody an answer."""
    try:
        return alternatives(table("voices")[table_name][section], _parts())
    except (LexiconError, OSError, LookupError, re.error) as error:
        log.error("wishes for a voice cannot be heard: %s", type(error).__name__)
        return re.compile(r"(?!)")


@cache
def _parts() -> Mapping[str, str]:
    anyone = "|".join(f"(?:{name.pattern})" for name in _names().values())
    own = {str(name): str(text) for name, text in table("voices")["parts"].items()}
    return {**shared_parts(), **own, "anyone": anyone}


@cache
def _names() -> Mapping[str, re.Pattern[str]]:
    """By id, how a voice is named; the name on its button too."""
    given = table("voices")["names"]
    return {
        which: re.compile("|".join((*patterns, *_on_buttons(which))))
        for which, patterns in given.items()
    }


def _on_buttons(which: str) -> Iterator[str]:
    for language in ("zh", "en"):
        for voice in voices(language):
            if voice.id == which:
                yield re.escape(cleaned(voice.name).text)
