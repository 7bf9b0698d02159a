"""What belongs to an eating disorder that is open: dizziness and a racing heart are its signs and
no panic, and somebody who makes themselves be sick does not cut because of it.

Vomiting lowers potassium, and low potassium disturbs the heart (NICE NG69), so such a sign is told
as the body in danger, whatever it was read as.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from qingting.companion.protect.episode import Episode
from qingting.companion.protect.said import Said
from qingting.companion.understand.lexicon import words
from qingting.companion.understand.reading import Kind, Level, at_least, worst

_OPEN: Final[Kind] = "eating_disorder"
_OF_THE_BODY: Final[frozenset[Kind]] = frozenset({"panic", "eating_disorder"})


def with_bodily(said: Said, episode: Episode) -> Said:
    """The message, with what its body tells counted for the eating disorder that is open."""
    known: Level = episode.levels.get(_OPEN, "none")
    if episode.subject != "self" or not at_least(known, "moderate"):
        return said
    text = said.words.lower()
    if words("hearing", "names_panic").search(text) or at_least(said.risk.level, "imminent"):
        return said
    if not _tells_sign(text):
        return _counted(said, frozenset({"self_harm"}) if said.risk.guessed else frozenset(), known)
    # The sign itself raises the level (facets.py); it is answered before anything is asked.
    signed = replace(said, told={**said.told, "body": "bad"})
    return _counted(signed, _OF_THE_BODY, "none")


def _tells_sign(text: str) -> bool:
    # One sign denied does not take back another: "not dizzy, i just fainted".
    told = words("hearing", "no_body_sign").sub(" . ", text)
    return words("hearing", "body_sign").search(told) is not None


def _counted(said: Said, mistaken: frozenset[Kind], known: Level) -> Said:
    """The message without the kinds it was mistaken for; known: the level at which it counts for
    the eating disorder instead. Another danger read beside them stays."""
    if not mistaken & said.risk.levels.keys():
        return said
    levels: dict[Kind, Level] = {
        kind: level for kind, level in said.risk.levels.items() if kind not in mistaken
    }
    if known != "none":
        levels[_OPEN] = levels.get(_OPEN, known)
    level = worst(*levels.values()) if levels else "low"
    return replace(said, risk=replace(said.risk, level=level, levels=levels))
