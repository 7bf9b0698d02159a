"""What kind of advice a message asks for (content/lexicon/asks.toml), and on which choice."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from qingting.companion.person import Language
from qingting.companion.plan.direct import direct_plan, mourns
from qingting.companion.plan.plan import Advice, Plan
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import words
from qingting.companion.understand.situations import Situation, advice_on
from qingting.companion.work import Work

_KINDS: Final[tuple[Advice, ...]] = ("say", "opinion", "should")
_ASKED_FOR: Final = ("advice", "information")
# Longer than this is a story; so brief, a message asks and tells nothing besides.
_TELLING: Final[dict[Language, int]] = {"zh": 40, "en": 130}
_BRIEF: Final[dict[Language, int]] = {"zh": 22, "en": 60}
_SENTENCE: Final = re.compile(r"(?<=[。!?\n.])\s*(?=\S)")
# "should i say something" is too short to say about what: that was told in so many messages before.
_SCANT: Final[dict[Language, int]] = {"zh": 12, "en": 32}
_BEFORE: Final = 2


def advice_asked(work: Work) -> Advice | None:
    """How to say something, what we make of it, or whether to do it; None when none is asked."""
    if work.reading.need not in _ASKED_FOR:
        return None
    text = cleaned(work.message.text).text
    return next((kind for kind in _KINDS if words("asks", kind).search(text)), None)


def advice_plan(work: Work) -> Plan | None:
    """The plan of a reply to one of the commonest choices, or to anything else that was asked
    point-blank; None when nothing is asked, or where authored words take up what was told beside
    open danger."""
    # A leaning for other days ("put your name down") is none for a funeral.
    settled = work.protection.listening or mourns(work.message.text)
    choice = None if settled else _choice(work)
    if choice is None:
        return direct_plan(work)
    return Plan(
        stage="act",
        skill="information",
        question=not work.state.quiet,
        why="asked_for_advice",
        situation=choice,
        advice="should",
    )


def _choice(work: Work) -> Situation | None:
    """The choice a message asks about, by itself or together with what was said just before it."""
    text, language = cleaned(work.message.text).text.strip(), work.language
    if len(text) > _TELLING[language]:
        # A story asks in its last words, if it does.
        text = _SENTENCE.split(text)[-1]
    if words("asks", "say").search(text) or words("asks", "reported").search(text):
        return None
    plain = any(words("asks", kind).search(text) for kind in ("whether", "bare"))
    brief = len(text) <= _BRIEF[language] and words("asks", "maybe").search(text)
    if not (plain or brief):
        return None
    found = advice_on(text, language)
    if found is not None or not plain or len(text) > _SCANT[language]:
        return found
    said = (heard.text for heard in reversed(work.state.history) if heard.speaker == "person")
    for earlier in islice((one for one in said if one != work.message.text), _BEFORE):
        found = advice_on(f"{earlier}\n{text}", language)
        if found is not None:
            return found
    return None
