"""What turns a talk about an open danger, heard in a person's own words.

A no that is taken back, somebody who is there by now, help that was reached, a friend who was
found, a joke owned up to, another topic wished for. The ways to say it are content
(content/lexicon/turning.toml), readable and changeable without touching code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from qingting.companion.protect import around
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.facets import BY_OTHERS, DIRECT, UNSHAKEN, Facet, Path
from qingting.companion.protect.telling import told
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import alternatives, shared_parts, table
from qingting.companion.understand.reading import Kind, Level, Risk, Subject, at_least

# A place told after one of these were asked is where they are, not where the means lie.
_OF_WHERE: Final = frozenset({"alone", "who", "who_near", "moved", "where_now", "safe"})
# Somebody who is not with them, and could be in a moment.
_WITHIN_CALL: Final = ("asleep", "near")
# So short a no of their own accord is the whole of what they want to say.
_SHORT_NO: Final = 60
# That they said of themselves there is no such wish, before anybody asked.
DENIED: Final[Facet] = "denied"


@dataclass(frozen=True, slots=True)
class _Turn:
    """One value of one facet. whose: the subject of the danger it is heard in, "" for either."""

    facet: Facet
    value: str
    whose: str
    hear: re.Pattern[str]
    unless: re.Pattern[str] | None


def turned(text: str, subject: Subject) -> dict[Facet, str]:
    """Facet -> value of all that a message turns. subject: whose danger is open. Of one facet the
    value that stands first in the file counts."""
    clean = cleaned(text).text.strip()
    heard: dict[Facet, str] = {}
    for turn in _turns():
        if turn.facet in heard or turn.whose not in ("", subject):
            continue
        if turn.hear.search(clean) and not (turn.unless and turn.unless.search(clean)):
            heard[turn.facet] = turn.value
    return heard


def turned_here(
    text: str, episode: Episode, tells: Mapping[Facet, str], *, other: bool
) -> dict[Facet, str]:
    """What a message turns in an open danger, put into its place among what it tells. tells: what
    else it tells. other: whether it is about somebody else's danger."""
    out = turned(text, "other" if other else "self")
    asking = episode.asking
    lies = out.pop("place", None) is not None and asking.open_facet not in _OF_WHERE
    if lies and "near" in (tells.get("means"), asking.anywhere("means")):
        out["means"] = "near"
    if "taken_back" in out and not _take_back(out, episode):
        del out["taken_back"]
    if out.pop("bystander", None) is not None and episode.act == "doing":
        # "He's here", on a roof, is whoever saw them; elsewhere it may be anybody.
        out.setdefault("company", "there")
    if not at_least(episode.level, "imminent"):
        # "I'll see my teacher tomorrow" is good news, unless it may be tonight.
        out.pop("put_off", None)
    if not at_least(episode.level, "high"):
        out.pop("afraid", None)
    return _company(out, text, episode)


def _company(out: dict[Facet, str], text: str, episode: Episode) -> dict[Facet, str]:
    """What is told of who is around, where nobody of them may be the danger."""
    if "company" not in out and "called" not in out:
        return out
    if _may_be_feared(text, episode):
        return {facet: value for facet, value in out.items() if facet not in ("company", "called")}
    around_them = out.get("company", "")
    if around_them in _WITHIN_CALL and not _may_be_called(episode):
        del out["company"]
    if around_them in ("there", "unknowing", *_WITHIN_CALL):
        out["alone"] = "no"
    return out


def _may_be_called(episode: Episode) -> bool:
    """Whether somebody close by is to be called or woken: for nothing less than a grave wish to die
    or to hurt oneself, and not where those around are feared."""
    grave = not _open(episode, "high").isdisjoint(("suicide", "self_harm"))
    return grave and _open(episode, "moderate").isdisjoint(UNSHAKEN)


def _may_be_feared(text: str, episode: Episode) -> bool:
    """Whether somebody who is there may be the danger itself."""
    hurting = episode.people.hurt_by
    known_to_hurt = bool(hurting) and around.presence(text, hurting) is not None
    # What was only faintly heard ("low") makes nobody dangerous.
    return known_to_hurt or not _open(episode, "moderate").isdisjoint(BY_OTHERS)


def _open(episode: Episode, level: Level) -> set[Kind]:
    """The kinds of danger that are known at this level or above it."""
    return {kind for kind, known in episode.levels.items() if at_least(known, level)}


def _take_back(out: dict[Facet, str], episode: Episode) -> bool:
    """Whether there is a no to be taken back; it then counts as the yes it stood for."""
    path: Path = episode.kinds[0] if episode.kinds else "suicide"
    asking = episode.asking
    if asking.value(path, DIRECT) == "no":
        out[DIRECT] = "yes"
        return True
    if asking.value(path, "plan") == "no":
        out["plan"] = "some"
        return True
    return asking.value("suicide", DENIED) == "yes"


def turned_at_peace(text: str, risk: Risk, episode: Episode) -> dict[Facet, str]:
    """What is heard where no danger is open: a no of their own accord, that a friend is safe, that
    it was a way of talking."""
    found = turned(text, episode.subject)
    if episode.subject == "other" and episode.is_open and "outcome" in found:
        return {"outcome": found["outcome"]}
    if episode.levels.get("suicide") == "low" and "joke" in found:
        return {"joke": found["joke"]}
    denied = "denied" in risk.marks and "suicide" in risk.levels and risk.subject == "self"
    whole = len(cleaned(text).text.strip()) <= _SHORT_NO
    return {DENIED: "yes"} if denied and whole else {}


def taken_back(text: str, risk: Risk, episode: Episode) -> Risk:
    """The danger of a message that takes back a no of their own accord: it is to be asked about.
    Where a danger is open the answer counts instead (`turned_here`)."""
    known = at_least(episode.level, "moderate") or at_least(risk.level, "moderate")
    if known or episode.asking.value("suicide", DENIED) != "yes":
        return risk
    if "taken_back" not in turned(text, "self"):
        return risk
    return replace(risk, level="moderate", levels={"suicide": "moderate"}, plain="moderate")


def taken_after_all(text: str, risk: Risk) -> Risk:
    """The danger of a message in which the heads doubt what rules and telling both read: that
    something was taken ("I took all the ibuprofen"). That is never passed over."""
    doubted = risk.level == "low" and "suicide" in risk.levels and risk.subject == "self"
    if not doubted or risk.marks or told(text, None).get("act") != "taken":
        return risk
    return replace(risk, level="moderate", levels={"suicide": "moderate"}, plain="moderate")


@lru_cache(maxsize=1)
def _turns() -> tuple[_Turn, ...]:
    """Raises LexiconError when a pattern cannot be used."""
    parts = {**shared_parts(), **table("turning")["parts"]}
    return tuple(
        _Turn(
            one["facet"],
            one["value"],
            one["whose"],
            alternatives(one["hear"], parts),
            alternatives(one["unless"], parts) if one["unless"] else None,
        )
        for one in table("turning")["turn"]
    )
