"""A safety episode without the words of a conversation that leaves none. Levels, dates and what
an answer meant stay: whoever was in danger is met as carefully as before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from qingting.companion.protect.episode import Episode


def without_words(episode: Episode, since: datetime) -> Episode:
    """The episode without anything told from `since` on, word for word, and without the people who
    were named: from when, is not kept of them."""
    known = {
        key: replace(one, words="") if one.at >= since else one
        for key, one in episode.asking.known.items()
    }
    transitions = tuple(
        replace(one, evidence="") if one.at >= since else one for one in episode.transitions
    )
    return replace(
        episode,
        asking=replace(episode.asking, known=known),
        people=replace(episode.people, named=()),
        transitions=transitions,
    )
