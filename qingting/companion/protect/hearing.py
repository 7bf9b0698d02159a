"""From a message and its reading to what it is for the safety episode."""

from __future__ import annotations

import logging
from typing import Final

from qingting.companion.person import Language
from qingting.companion.protect import barriers, telling
from qingting.companion.protect.episode import Act, Episode
from qingting.companion.protect.facets import DIRECT, SENT, Facet
from qingting.companion.protect.plan_talk import reply_of
from qingting.companion.protect.said import Said
from qingting.companion.understand.lexicon import words
from qingting.companion.understand.reading import Reading, at_least
from qingting.companion.words.bank import ContentError

log = logging.getLogger(__name__)

# What an answer to our direct question is called in the data of answers, where the question of a
# path is not about thoughts of dying.
_DIRECT_AS: Final = {
    "abuse": "safe",
    "sexual_violence": "safe",
    "mania": "safe",
    "psychosis": "commands",
    "eating_disorder": "body",
    "substance": "body",
}
# "My sister maybe?" is an answer to whom they could tell; a sentence about her is not.
_ONLY_A_NAME: Final = 24
_A_SENTENCE: Final = 120


def heard(reading: Reading, episode: Episode, text: str, language: Language) -> Said:
    """What a message is to an episode. text: as typed. Without an open episode, and without
    danger in the message, only what is always answered is looked for."""
    open_danger = at_least(episode.level, "moderate")
    dangerous = at_least(reading.risk.level, "moderate")
    barrier = _barrier(text, language, danger=open_danger)
    if not (open_danger or dangerous):
        return Said(risk=reading.risk, barrier=barrier, need=reading.need, words=text)
    told = _told(episode, text)
    named = telling.person_named(text)
    if named is not None and _could_know(text, named, episode.asking.open_facet):
        told.setdefault("who", "named")
    if words("hearing", "no_more_lines").search(text.lower()):
        told["called"] = "refused"
    if episode.act == "taken":
        told |= _after_taking(text)
    return Said(
        risk=reading.risk,
        told=told,
        named=named if told.get("who") == "named" else None,
        role=telling.role_of(named) if named else "unknown",
        hurt_by=telling.hurt_by(text),
        barrier=barrier,
        act=_act(told.get("act", "")),
        need=reading.need,
        words=text,
    )


def _barrier(text: str, language: Language, *, danger: bool) -> str | None:
    try:
        return barriers.heard(text, language, danger=danger)
    except ContentError as error:
        # A broken list of hindrances must not cost anyone the words of danger.
        log.error("barriers cannot be read: %s", type(error).__name__)
        return None


def _told(episode: Episode, text: str) -> dict[Facet, str]:
    """What the message tells, the answer to the direct question under its own name."""
    path, _, facet = episode.asking.open.partition(".")
    asked = _DIRECT_AS.get(path, DIRECT) if facet == DIRECT else facet
    told = telling.told(text, asked or None)
    if facet == DIRECT and asked != DIRECT and asked in told:
        told[DIRECT] = told[asked]
    if facet == SENT:
        return _sent(text, told)
    if facet and facet not in told and facet not in telling.FACETS and text.strip():
        # A question whose answers nobody can list: whatever comes answers it.
        told[facet] = "told"
    return told


def _sent(text: str, told: dict[Facet, str]) -> dict[Facet, str]:
    """What became of the sentence we wrote together."""
    said = reply_of(text)
    if told.get("called") == "done":
        return {**told, SENT: "done"}
    return {**told, SENT: said} if said in ("yes", "no") else told


def _could_know(text: str, named: str, asked: Facet | None) -> bool:
    """Whether somebody is named as one who could know: as the answer to that question, as hardly
    more than a name, or with words of telling and coming."""
    if asked in ("who", "who_near"):
        return True
    if asked in ("kept_going", "alone"):
        return False
    if len(text) <= _A_SENTENCE and words("hearing", "telling").search(text.lower()):
        return not words("hearing", "not_them").search(text.lower())
    if len(text.strip()) > _ONLY_A_NAME:
        return False
    bare = words("hearing", "around_a_name").sub("", text.lower())
    return bool(bare) and bare in named.lower()


def _after_taking(text: str) -> dict[Facet, str]:
    """What is asked or said after something was taken, that must not go unanswered."""
    small = text.lower()
    if words("hearing", "vomit").search(small):
        return {"after_taking": "vomit"}
    if words("hearing", "sleepy").search(small):
        return {"after_taking": "sleepy"}
    return {"after_taking": "fine"} if words("hearing", "feels_fine").search(small) else {}


def _act(value: str) -> Act:
    return value if value in ("taken", "doing") else "none"  # type: ignore[return-value]
