"""What a message says about talking here and about people, as typed signs.

Signs are counted by day and never quoted. They judge nobody: "only you understand me" is said by
anyone on a bad evening, which is why one of them, or one day of them, shows nothing
(companion/dependence/concern.py).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Final, Literal, get_args

from qingting.companion.person import Language
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import alternatives, table

# only_you: nobody else understands. lost: cannot be without it. instead: people were put off for
# it. rather: it is liked better than people. partner: it is thought of as one. apart: nobody was
# seen for long. Those that speak against it: met: was with somebody. warm: somebody was kind.
# busy: weeks of exams or deadlines.
Sign = Literal["only_you", "lost", "instead", "rather", "partner", "apart", "met", "warm", "busy"]
SIGNS: Final[tuple[Sign, ...]] = get_args(Sign)
# What a reply answers right then, what needs it most first.
Told = Literal["partner", "instead", "lost", "rather", "only_you", "leave"]
TOLD: Final[tuple[Told, ...]] = get_args(Told)
# Of a longer message the rest is told, and is listened to.
_LONGEST: Final[dict[Language, int]] = {"zh": 60, "en": 180}
# A question tells nothing of them; "shall we be together?" does.
_ASKS: Final = re.compile(r"(?<![好行])(?<!可以)(?:\?|吗[?。~… ]*|么[?。~… ]*)$")
_BUSY_TOPICS: Final = frozenset({"exams", "thesis"})


def signs_in(text: str, language: Language, topics: Collection[str] = ()) -> frozenset[Sign]:
    """The signs a message shows. topics: what it is about, as it was read."""
    said = cleaned(text).text
    found: set[Sign] = {one for one in SIGNS if one != "busy" and _shows(one, said, language)}
    if found & {"instead", "rather"} or _pattern("quarrel", language).search(said):
        # "They asked me along and I didn't go" is no meeting, and a row with them no company.
        found -= {"met", "warm"}
    if _BUSY_TOPICS.intersection(topics) or _pattern("busy", language).search(said):
        found.add("busy")
    return frozenset(found)


def told_now(text: str, language: Language) -> Told | None:
    """What a message says to us that is owed an honest answer right away; None for another one, or
    for one that tells much besides."""
    said = cleaned(text).text.strip()
    if len(said) > _LONGEST[language]:
        return None
    return next((one for one in TOLD if _shows(one, said, language)), None)


def drops_it(text: str, language: Language) -> bool:
    """Whether a short message says not to be reminded any more."""
    said = cleaned(text).text.strip()
    return len(said) <= _LONGEST[language] // 2 and bool(_pattern("drop", language).search(said))


def _shows(sign: str, said: str, language: Language) -> bool:
    if sign != "leave" and _ASKS.search(said):
        return False
    found = _pattern(sign, language).search(said)
    if found is None:
        return False
    # Somebody else's words, a song's, or a question how to say it to somebody.
    aside = _pattern("aside", language)
    return aside.search(said[: found.start() + 1]) is None


@lru_cache(maxsize=64)
def _pattern(sign: str, language: Language) -> re.Pattern[str]:
    data = table("dependence")
    return alternatives(data[sign][language], data["parts"])
