"""Who is around somebody whom others hurt: the one who does it, back or near; those who know of it
and keep it down.

The words are content (content/lexicon/around.toml). They are read only while such a danger is
open: "he's home" is nothing to fear for most people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, Literal

from qingting.companion.protect.episode import Episode
from qingting.companion.protect.facets import DIRECT, Facet
from qingting.companion.protect.naming import BREAK, denied, hurt_by, listed, parts, role_of
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import alternatives, table
from qingting.companion.understand.reading import Kind, Risk, at_least

Presence = Literal["back", "near"]

# Where somebody is hurt by another's hand, so that it matters where that other one is.
_BY_A_HAND: Final[tuple[Kind, ...]] = ("abuse", "sexual_violence")
# Roles whose coming frightens nobody, unless they are said to hurt.
_HARMLESS: Final = frozenset({"friend", "classmate", "colleague", "neighbour", "counsellor"})


def presence(text: str, hurting: frozenset[str]) -> Presence | None:
    """Whether the one who hurts has come or comes ("back"), or is in the same place ("near").
    hurting: roles of those who are said to hurt; with none known, kin and a partner count."""
    clean = cleaned(text).text
    if any(_may_hurt(who, hurting) for who in _named("back", clean)):
        return "back"
    if _listed("heard_near").search(clean) is not None:
        return "back"
    return "near" if any(_may_hurt(who, hurting) for who in _named("near", clean)) else None


def told(
    text: str, risk: Risk, episode: Episode, answered: Mapping[Facet, str]
) -> dict[Facet, str]:
    """What a message tells where others are the danger, as facet -> value: that the one who hurts
    is there, that it happened just now, that a threat drives them to death. answered: what was
    told already."""
    found: dict[Facet, str] = {}
    if _open(("exploitation",), risk, episode) and _means_to_die(risk):
        # "If it gets out I won't go on": beside a threat that is no figure of speech.
        found["dying"] = "yes"
    if not _open(_BY_A_HAND, risk, episode):
        return found
    if just_now(text, beside_danger=at_least(risk.level, "moderate")):
        found["happened"] = "now"
    hurting = episode.people.hurt_by | hurt_by(text)
    if answered.get("safe") == "no" and in_good_company(text, hurting):
        # "My gran is here now", said to "are you safe?".
        found["safe"] = "yes"
        return found | ({DIRECT: "yes"} if DIRECT in answered else {})
    there = presence(text, hurting)
    if there is not None and answered.get("safe") != "now":
        fresh = "happened" in found or episode.asking.value("abuse", "happened") == "now"
        found["safe"] = "now" if there == "back" and fresh else "no"
    return found


def _means_to_die(risk: Risk) -> bool:
    return not risk.guessed and at_least(risk.levels.get("suicide", "none"), "moderate")


def _open(kinds: tuple[Kind, ...], risk: Risk, episode: Episode) -> bool:
    """Whether a danger of these kinds was said, and not only guessed, to be this person's."""
    known = {} if episode.only_guessed or episode.subject == "other" else episode.levels
    read = {} if risk.guessed or risk.subject == "other" else risk.levels
    return any(
        at_least(levels.get(kind, "none"), "moderate") for levels in (known, read) for kind in kinds
    )


def in_good_company(text: str, hurting: frozenset[str]) -> bool:
    """Whether it is somebody else who came or is near, and not one who hurts. hurting: roles of
    those who are said to hurt."""
    clean = cleaned(text).text
    there = [*_named("back", clean), *_named("near", clean)]
    return bool(there and hurting) and not any(_may_hurt(who, hurting) for who in there)


def just_now(text: str, *, beside_danger: bool) -> bool:
    """Whether a message says that it happened within the last day. beside_danger: whether it tells
    what happened; else the time alone says so, as an answer."""
    clean = cleaned(text).text
    if beside_danger:
        return _listed("just_now").search(clean) is not None
    alone = _listed("just_now_alone")
    return any(alone.match(piece.strip()) for piece in BREAK.split(clean))


def hushed_by(text: str) -> frozenset[str]:
    """The roles of those who are said to know of it and to keep it down, or not to believe it."""
    return frozenset(role_of(who) for who in _named("hushed", cleaned(text).text)) - {"unknown"}


def _named(section: str, clean: str) -> Iterator[str]:
    """Whoever the patterns of a section name."""
    for match in _listed(section).finditer(clean):
        who = next((part for part in match.groups() if part), "")
        if who and not denied(clean, match.start()):
            yield who


def _may_hurt(who: str, hurting: frozenset[str]) -> bool:
    """Whether somebody named may be the one who hurts: a pronoun is."""
    if listed("hurt", "pronoun").fullmatch(who):
        return True
    role = role_of(who)
    known = hurting - {"other"}
    return role in known if known else role not in _HARMLESS


@lru_cache(maxsize=8)
def _listed(section: str) -> re.Pattern[str]:
    """Raises LexiconError when a pattern cannot be used."""
    own = {str(name): str(text) for name, text in table("around")["parts"].items()}
    return alternatives(table("around")[section]["find"], {**parts(), **own})
