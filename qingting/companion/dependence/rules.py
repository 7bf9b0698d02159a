"""When anything of this may be done at all. Whoever adds a way of doing something asks here first.

Nothing while a danger is open, nothing for three days after one, never to somebody who told that
anybody hurts them (for them this may be the one safe place, and the people around may be the
danger), and no less of here before there is a person to go to. Nothing here ever holds a reply
back or makes it shorter. The 72 hours are ours (docs/dependence.md).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from qingting.companion.protect.episode import Episode
from qingting.companion.protect.facets import BY_OTHERS
from qingting.companion.understand.reading import Kind, Risk, at_least

# For so long after an episode nothing of this is spoken of.
AFTER: Final = timedelta(hours=72)


def hurt_told(episode: Episode, heard: Collection[Kind] = ()) -> bool:
    """Whether it was told, at any time of the episode or in this message, that somebody hurts them
    or keeps it down, a guardian or anybody else. heard: kinds of danger in this message."""
    people = episode.people
    known = {key.partition(".")[0] for key in (*episode.asking.known, *episode.asking.times)}
    kinds = {*episode.levels, *episode.aside, *known, *heard}
    return bool(people.hurt_by or people.hushed or kinds & BY_OTHERS)


def may_bring_in(episode: Episode, risk: Risk, *, hurt: bool, now: datetime) -> bool:
    """Whether a reply may ask about a person or name one. risk: what this message shows. hurt: it
    was told before that somebody hurts them.

    A danger that the trained heads alone guessed, and slightly, is no episode that was told; it
    keeps everything back for the same three days and no longer.
    """
    if hurt or hurt_told(episode, risk.kinds) or episode.weighs or _shows(risk):
        return False
    moments = (*(one.at for one in episode.transitions[-1:]), episode.danger_at, episode.fell_at)
    return all(moment is None or now - moment >= AFTER for moment in moments)


def may_taper(
    episode: Episode, risk: Risk, *, hurt: bool, now: datetime, named: Collection[str]
) -> bool:
    """Whether less of here may be offered, agreed on or reminded of: what goes for `may_bring_in`,
    and there is a person to go to. named: whom they named, without anybody who hurts them."""
    return bool(named) and may_bring_in(episode, risk, hurt=hurt, now=now)


def _shows(risk: Risk) -> bool:
    slight = risk.guessed and not at_least(risk.level, "moderate")
    return risk.level != "none" and not slight
