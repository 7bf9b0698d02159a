"""Whether one person may be told that somebody is in danger of dying: one pure decision.

Told is only whoever was written down, only on words that say more than a wish (an intent with a
time or a plan, a recent attempt, an act under way: design.md, "The safety episode"), only where the
policy and the operator's set-up provide for it, and never whoever is said to hurt them. Where it
cannot be known that it is not them who hurt, nobody is told: the talk stays, with its numbers.
tests/companion/protect/test_who_is_told.py walks it; docs/telling.md says it in plain words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from qingting.companion.policy import Telling as Rule
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.facets import DIRECT, Facet
from qingting.companion.protect.naming import roles_in
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.reading import Kind, Level, at_least, worst

Evidence = Literal["act", "attempt", "intent", "preparation"]
Reason = Literal[
    "policy",  # the policy tells nobody
    "no_mail",  # the operator has set up no mail
    "not_theirs",  # it is somebody else's danger
    "level",  # no danger to their life by their own hand, or not so grave
    "guessed",  # only the trained heads heard it
    "wish",  # a wish, however strong, without intent, preparation, attempt or act
    "help_is_there",  # somebody is with them, or was called
    "no_address",  # there is no address to write to
    "no_consent",  # they did not agree, and the policy does not do without
    "never_tell",  # they wrote that this one must never be told
    "hurts_them",  # this one is said to hurt them, or to know and keep it down
    "cannot_rule_out",  # somebody hurts them, and it may be this one
]

# Dangers that end a life by one's own hand or in one's own body. Harm to others is not told to a
# friend by a letter: nobody has shown that this keeps anybody safe.
_OF_LIFE: Final[tuple[Kind, ...]] = ("suicide", "self_harm", "substance")
_BY_SOMEBODY: Final[frozenset[Kind]] = frozenset({"abuse", "sexual_violence", "exploitation"})
# What was told so long ago says nothing of now: the days after which "high" may fall (episode.py).
_FRESH: Final = timedelta(days=3)
# Danger itself must have been heard within so long.
_NOW: Final = timedelta(days=1)
# Who lives or works with one who hurts, and would hardly keep it from them.
_TOGETHER: Final = (
    frozenset({"mother", "father", "parent"}),
    frozenset({"teacher", "coach", "counsellor", "dorm"}),
)
# Where it is not known who hurts: those of whom it is least likely that they are asked to hide it.
_AWAY_FROM_HOME: Final = frozenset({"friend", "classmate", "colleague"})
# How long the person has to stop a letter. Our own judgement: an act leaves no time, a time or
# means at hand little, everything else enough to read it twice.
_WAIT: Final[Mapping[Level, timedelta]] = {
    "high": timedelta(minutes=10),
    "imminent": timedelta(minutes=3),
}


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who could be told. roles: what they are to the person (`naming.roles_in`), empty when that is
    not known. agreed: the person's own yes to their being told stands. reachable: there is an
    address. never: the person wrote that this one must never be told, or said so since."""

    roles: frozenset[str] = frozenset()
    agreed: bool = False
    reachable: bool = False
    never: bool = False


@dataclass(frozen=True, slots=True)
class SetUp:
    """What policy and operator provide. rule: of the policy in force. mail: letters can go out."""

    rule: Rule = "with_consent"
    mail: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """They may be told. evidence: on what. wait: how long the person can still stop it."""

    evidence: Evidence
    wait: timedelta


@dataclass(frozen=True, slots=True)
class NotTold:
    """They may not."""

    reason: Reason


def may_tell(episode: Episode, somebody: Somebody, set_up: SetUp, now: datetime) -> Told | NotTold:
    """Whether somebody may be told now."""
    if set_up.rule == "never":
        return NotTold("policy")
    if not set_up.mail:
        return NotTold("no_mail")
    evidence = grave_now(episode, now)
    if isinstance(evidence, NotTold):
        return evidence
    refused = _refused(episode, somebody, set_up.rule)
    if refused is not None:
        return NotTold(refused)
    wait = timedelta(0) if evidence == "act" else _WAIT[_level_of_life(episode)]
    return Told(evidence, wait)


def grave_now(episode: Episode, now: datetime) -> Evidence | NotTold:
    """What a telling rests on, whoever is told; or why there is nothing to tell."""
    if episode.subject != "self":
        return NotTold("not_theirs")
    if not at_least(_level_of_life(episode), "high"):
        return NotTold("level")
    if episode.danger_at is None or now - episode.danger_at > _NOW:
        return NotTold("level")
    if episode.only_guessed:
        return NotTold("guessed")
    if episode.held:
        return NotTold("help_is_there")
    return _evidence(episode, now) or NotTold("wish")


def named_as(name: str, relation: str) -> frozenset[str]:
    """The roles somebody has by how they are called and what they are to the person."""
    return roles_in(name) | roles_in(relation)


def must_never_know(name: str, relation: str, never_tell: str) -> bool:
    """Whether what was written under "who must never be told" means this one: by name, or by a
    word for what they are to the person."""
    written = cleaned(never_tell).text.strip()
    called = cleaned(name).text.strip()
    if not written:
        return False
    return (bool(called) and called in written) or bool(
        roles_in(never_tell) & named_as(name, relation)
    )


def safe_staff(episode: Episode) -> bool:
    """Whether people of a school may be asked to look: nobody there is said to hurt them, and it
    is known who does, where somebody does."""
    hurting = _hurting(episode)
    if not _hurt_by_somebody(episode):
        return True
    return bool(hurting) and "other" not in hurting and not hurting & _TOGETHER[1]


def _evidence(episode: Episode, now: datetime) -> Evidence | None:
    imminent = _level_of_life(episode) == "imminent"
    if episode.act != "none" and imminent:
        return "act"
    if _said(episode, "attempt", now) == "recent":
        return "attempt"
    meant = _said(episode, DIRECT, now) == "yes"
    if imminent or (meant and _said(episode, "timing", now) in ("soon", "later")):
        return "intent"
    if _said(episode, "plan", now) == "yes" or (meant and _said(episode, "means", now) == "near"):
        return "preparation"
    return None


def _said(episode: Episode, facet: Facet, now: datetime) -> str:
    """What they told of it about dying, if that was lately."""
    known = episode.asking.known.get(f"suicide.{facet}")
    return known.value if known is not None and now - known.at <= _FRESH else ""


def _level_of_life(episode: Episode) -> Level:
    """The level of the dangers that a letter is for. Something taken is one by the act alone."""
    kinds = _OF_LIFE if episode.act == "taken" else _OF_LIFE[:2]
    return worst(*(episode.levels.get(kind, "none") for kind in kinds))


def _refused(episode: Episode, somebody: Somebody, rule: Rule) -> Reason | None:
    if not somebody.reachable:
        return "no_address"
    if somebody.never:
        return "never_tell"
    if not somebody.agreed and rule != "on_explicit_intent":
        return "no_consent"
    return _where_others_hurt(episode, somebody)


def _where_others_hurt(episode: Episode, somebody: Somebody) -> Reason | None:
    if not _hurt_by_somebody(episode):
        return None
    hurting = _hurting(episode)
    if somebody.roles & hurting:
        return "hurts_them"
    # "other" is somebody of no known role: a friend, a stranger, this one.
    if not somebody.agreed or not somebody.roles or "other" in hurting:
        return "cannot_rule_out"
    return None if hurting or somebody.roles <= _AWAY_FROM_HOME else "cannot_rule_out"


def _hurt_by_somebody(episode: Episode) -> bool:
    kinds = {*episode.levels, *episode.aside}
    told = {key.partition(".")[0] for key in episode.asking.known}
    return bool(_hurting(episode) or (kinds | told) & _BY_SOMEBODY)


def _hurting(episode: Episode) -> frozenset[str]:
    """The roles of those who hurt or kept it down, and of those who are together with them."""
    said = episode.people.hurt_by | episode.people.hushed
    return said.union(*(group for group in _TOGETHER if group & said))
