"""An attempt of long ago, told now: asked about today, not passed over and not taken for tonight's.

An earlier attempt is among the better signs of a later one, weak as each sign is by itself
(Franklin et al. 2017), so it is never small talk; and "i overdosed two years ago" is no poisoning
of tonight. Told as over ("i'm good now"), it is only listened to.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from qingting.companion.protect.episode import Episode
from qingting.companion.protect.said import says_dying
from qingting.companion.protect.telling import told
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import words
from qingting.companion.understand.reading import Level, Risk, at_least, worst

_MODERATE: Final[Level] = "moderate"
# The pieces of a message; in Chinese a space ends one.
_PIECES: Final = re.compile(r"[,，。.!?;；\n…]+|(?<=[一-鿿])\s+(?=[一-鿿])")


def asked_about(text: str, risk: Risk, episode: Episode) -> Risk:
    """The danger of a message that tells of an own attempt long ago, and of nothing now: moderate,
    which asks directly. Any other message keeps its own."""
    if at_least(episode.level, "moderate") or risk.subject == "other" or not _long_ago(text):
        return risk
    clean = cleaned(text).text
    if words("hearing", "now_too").search(clean) or _dying_now(clean):
        return risk
    if words("hearing", "better_now").search(clean):
        return risk if not at_least(risk.level, "high") else _moderate(risk)
    return _moderate(risk)


def _moderate(risk: Risk) -> Risk:
    """The same, with suicide moderate; what else was heard ("my dad hits me") keeps its own."""
    levels = {**risk.levels, "suicide": _MODERATE}
    graver = worst(*levels.values())
    plain = graver if at_least(risk.plain, graver) else _MODERATE
    return replace(risk, level=graver, levels=levels, plain=plain)


def _long_ago(text: str) -> bool:
    heard = told(text, None)
    return heard.get("attempt") == "past" and heard.get("act") not in ("taken", "doing")


def _dying_now(clean: str) -> bool:
    """Whether another piece than the one about back then has words of dying."""
    survived = words("hearing", "survived")
    rest = (survived.sub("", piece) for piece in _PIECES.split(clean) if not _long_ago(piece))
    return any(says_dying(piece) for piece in rest)
