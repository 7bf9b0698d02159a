"""The person's own danger set aside while they speak of somebody else's, and taken up again.

What a friend said is never put on the one who tells it. While the friend's danger is talked about,
the person's own levels wait untouched; they come back once the friend is safe or found.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from qingting.companion.protect.episode import Episode, noted
from qingting.companion.protect.facets import DIRECT
from qingting.companion.understand.reading import Kind, Level, Risk, at_least, rank

if TYPE_CHECKING:
    from qingting.companion.protect.said import Said

# What somebody says of themselves, so that it can be told of them.
_TOLD_OF: Final = frozenset({"suicide", "self_harm"})


def set_aside(episode: Episode, risk: Risk) -> Episode:
    """The episode, turned to somebody else's danger where a message tells of one plainly that is
    as grave as the person's own, or theirs was denied. An act under way is never set aside."""
    own = episode.subject == "self" and at_least(episode.level, "moderate")
    told = risk.subject == "other" and at_least(risk.level, "moderate") and not risk.guessed
    if not (own and told and risk.kinds and risk.kinds[0] in _TOLD_OF):
        return episode
    if at_least(episode.level, "imminent") or episode.act != "none":
        return episode
    denied = episode.asking.value("suicide", DIRECT) == "no"
    if rank(risk.level) < rank(episode.level) and not denied:
        return episode
    asking = replace(episode.asking, open="", unanswered=0)
    return replace(episode, levels={}, aside=episode.levels, subject="other", asking=asking)


def is_over(before: Episode, said: Said) -> bool:
    """Whether somebody else's danger ends with this message: they are safe, or were found."""
    open_danger = before.subject == "other" and at_least(before.level, "moderate")
    return open_danger and "outcome" in said.told and not said.dangerous


def over(episode: Episode, now: datetime) -> Episode:
    """The episode once somebody else is safe: what was theirs is low, the person's own is back."""
    theirs: dict[Kind, Level] = dict.fromkeys(episode.levels, "low")
    levels = episode.aside or theirs
    after = replace(
        episode,
        levels=levels,
        # Should it rise again, a number is due again.
        number_level=max(levels.values(), key=rank, default="none"),
        aside={},
        subject="self" if episode.aside else "other",
        act="none",
        held=False,
    )
    return noted(after, episode.level, now, "somebody else is safe", "")
