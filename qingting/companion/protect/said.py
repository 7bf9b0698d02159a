"""What a message is to a safety episode: its reading, its answers, and what stands in the way.

Everything here is data about one message; `advance` puts it into the episode.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal

from qingting.companion.person import Language
from qingting.companion.protect.aside import is_over, over
from qingting.companion.protect.believed import let_go, nothing_came_of_it, was_a_joke
from qingting.companion.protect.episode import Act, Episode, raised, settled
from qingting.companion.protect.facets import (
    BY_OTHERS,
    DIRECT,
    Facet,
    Path,
    path_of,
    shown_level,
    suicide_shown,
)
from qingting.companion.protect.patience import unanswered_after
from qingting.companion.understand.clean import cleaned, has_han
from qingting.companion.understand.lexicon import words
from qingting.companion.understand.reading import Kind, Level, Need, Risk, at_least, rank, worst

Shift = Literal["calm", "goodbye", "denial"]


@dataclass(frozen=True, slots=True)
class Said:
    """One message.

    risk: the danger read in it. told: facet -> value. named: somebody it names, turned towards the
    person; role: which role that is. hurt_by: roles said to hurt them; hushed_by: roles
    said to know and to keep it down. barrier: what it says
    stands in the way. act: whether something is being done or was taken. about_us: which question
    about us it asks. hint: what is to be asked because of it (guesses.py). tells: whether there
    is something in it that can be answered for itself. owed: whether it asks or tells what has an
    answer of its own (understand/situations.py). words: the message.
    """

    risk: Risk = field(default_factory=Risk)
    told: Mapping[Facet, str] = field(default_factory=dict)
    named: str | None = None
    role: str = "unknown"
    hurt_by: frozenset[str] = frozenset()
    hushed_by: frozenset[str] = frozenset()
    barrier: str | None = None
    act: Act = "none"
    need: Need | None = None
    about_us: str | None = None
    hint: Facet | None = None
    tells: bool = False
    owed: bool = False
    words: str = ""

    @property
    def dangerous(self) -> bool:
        """Whether danger was read in the message itself."""
        return at_least(self.risk.level, "moderate")


def advance(episode: Episode, said: Said, now: datetime) -> Episode:
    """The episode after a message. Levels rise at once to what was heard, and fall with quiet
    time, or as a guess of which nothing came."""
    if is_over(episode, said):
        return _with_people(over(episode, now), said)
    if was_a_joke(episode, said):
        return _with_people(let_go(episode, now), said)
    episode = _waited(_counted(episode, said), said, now)
    if not said.risk.levels and not said.told and said.act == "none":
        return _with_people(settled(episode, now), said)
    path, before = path_now(episode, said), episode
    if said.risk.levels and at_least(said.risk.level, "low"):
        episode = raised(
            episode,
            said.risk.levels,
            now,
            subject=said.risk.subject,
            reason="heard " + "+".join(said.risk.kinds),
            evidence=said.words,
            guessed=said.risk.guessed,
        )
    if path is not None:
        asked = bool(before.asking.times) or not said.risk.vague
        episode = _answered(episode, path, said, now, asked=asked)
    if said.act != "none" or said.told.get(DIRECT) in ("yes", "some"):
        episode = replace(episode, shown=True)
    episode = _number_again(before, episode)
    if episode == before and not at_least(said.risk.level, "low"):
        episode = settled(episode, now)
    return _with_people(_with_act(episode, said, now), said)


def _waited(episode: Episode, said: Said, now: datetime) -> Episode:
    """The episode, with the messages counted that tell of something else, and neither answer a
    guess nor sound like danger. What tells anything, and a few words that may be evasion ("idk",
    晚安), count neither way: nothing is let go with them."""
    if said.risk.level != "none" or said.risk.levels or said.act != "none" or DIRECT in said.told:
        return replace(episode, quiet=0)
    plain = cleaned(said.words).text
    if said.told or len(plain) < _TELLS["zh" if has_han(plain) else "en"]:
        return episode
    return nothing_came_of_it(episode, now)


def _counted(episode: Episode, said: Said) -> Episode:
    """The episode, with the questions counted that nobody answered."""
    path = path_now(episode, said)
    if path is None:
        return episode
    unanswered = unanswered_after(episode, said, path)
    return replace(episode, asking=replace(episode.asking, unanswered=unanswered))


def path_now(episode: Episode, said: Said) -> Path | None:
    """Which path's words speak now: the worst kind heard now, else the worst kind known."""
    kind: Kind | None = worst_kind(episode, said.risk)
    if kind is None:
        return None
    if _bleeding(episode, said):
        kind = "self_harm"
    # "My flatmate is holding the towel" is not about the flatmate: while the person's own danger is
    # as grave, somebody else in the message does not take over.
    own = episode.subject == "self" and at_least(episode.level, "moderate")
    heard_of = said.dangerous and not (own and rank(said.risk.level) <= rank(episode.level))
    subject = said.risk.subject if heard_of else episode.subject
    return path_of(kind, other=subject == "other")


# Letters from which on a message tells of something.
_TELLS: Final[dict[Language, int]] = {"zh": 8, "en": 24}
# What shows a level in whichever danger is open, whatever is being talked about.
_SHOWN_ANYWHERE = frozenset({"weapon", "wound", "body", "commands"})
# Where "high" is read from words that answer the direct question by themselves.
_SAID_PLAINLY = frozenset({"suicide", "self_harm", "other_at_risk", "exploitation"})
_GRAVEST: tuple[Kind, ...] = (
    "suicide",
    "sexual_violence",
    "abuse",
    "violence",
    "self_harm",
    "exploitation",
    "psychosis",
    "mania",
    "eating_disorder",
    "substance",
    "panic",
)


def worst_kind(episode: Episode, risk: Risk) -> Kind | None:
    """The kind that is spoken to: the worst heard now, else the worst known. While an act may be
    under way, nothing else takes its place."""
    heard = at_least(risk.level, "moderate") and not (
        at_least(episode.level, "imminent") and not at_least(risk.level, "imminent")
    )
    levels = risk.levels if heard else episode.levels
    going_on = episode.asking.open.partition(".")[0]
    found = [
        # Of what is equally grave, what our last question was about goes on; dying goes before it.
        (-rank(level), kind not in ("suicide", going_on), _GRAVEST.index(kind), kind)
        for kind, level in levels.items()
    ]
    return min(found)[3] if found else None


def _bleeding(episode: Episode, said: Said) -> bool:
    """Whether a wound needs care this minute: that comes before words about dying."""
    known = {**episode.levels, **said.risk.levels}
    return said.told.get("wound") == "bad" and "self_harm" in known and episode.subject == "self"


def _answered(episode: Episode, path: Path, said: Said, now: datetime, *, asked: bool) -> Episode:
    """What was told is kept, and raises the level it shows. asked: whether anything was asked about
    danger, or it is told of what kind it is: beside a first vague guess, a brother who bangs on the
    door shows nothing yet, and is asked about."""
    if episode.only_guessed and not asked and at_least(episode.level, "moderate"):
        return episode
    told = dict(said.told)
    if path in _SAID_PLAINLY and at_least(said.risk.level, "high") and not said.risk.guessed:
        # Said in so many words: the direct question has its answer. A thing put in order before
        # going has not said it, and is asked.
        if path != "suicide" or says_dying(said.words):
            told.setdefault(DIRECT, "yes")
    elif path == "suicide" and _hinted(episode, said):
        told.setdefault(DIRECT, "some")
    elif path in _SAID_PLAINLY and said.dangerous and episode.asking.value(path, DIRECT) == "no":
        # "It does cross my mind", after a no: the no stands no longer.
        told.setdefault(DIRECT, "some")
    episode = replace(episode, asking=episode.asking.telling(path, told, said.words, now))
    if not at_least(episode.level, "moderate"):
        return episode
    for facet, value in told.items():
        for where in _shown_on(episode, path, facet):
            # Told on one path, it is not asked about on another.
            asking = episode.asking.telling(where, {facet: value}, said.words, now)
            episode = replace(episode, asking=asking)
            episode = _shown(episode, where, facet, value, said, now)
    if path == "suicide" and _cornered(episode, told):
        episode = raised(
            episode, {"suicide": "imminent"}, now, reason="means and alone", evidence=said.words
        )
    return episode


def says_dying(text: str) -> bool:
    """Whether a message has words of dying, whoever's."""
    return words("hearing", "says_dying").search(cleaned(text).text) is not None


def _cornered(episode: Episode, told: Mapping[Facet, str]) -> bool:
    """Whether a grave wish, the means at hand and nobody there have come together just now."""
    asking = episode.asking
    near = asking.value("suicide", "means") == "near"
    alone = asking.value("suicide", "alone") == "yes"
    just_now = "means" in told or "alone" in told
    return near and alone and just_now and at_least(episode.level, "high")


def _shown_on(episode: Episode, path: Path, facet: Facet) -> tuple[Path, ...]:
    """The paths on which an answer may show a level: the one that speaks, and for what means the
    same in any danger (a knife in the bag) every other that is open."""
    if facet not in _SHOWN_ANYWHERE or path == "other_at_risk":
        return (path,)
    others = (kind for kind, level in episode.levels.items() if at_least(level, "moderate"))
    return tuple(dict.fromkeys((path, *others)))


def _hinted(episode: Episode, said: Said) -> bool:
    """Whether the direct question was met by a hint of the same: neither a yes nor a no."""
    return said.dangerous and not said.risk.guessed and episode.asking.open_facet == DIRECT


def _shown(
    episode: Episode, path: Path, facet: Facet, value: str, said: Said, now: datetime
) -> Episode:
    level = shown_level(path, facet, value)
    if path == "suicide" and (facet, value) in (("timing", "soon"), ("means", "near")):
        level = _soon_or_near(episode, facet)
    kind = _kind_of(path, episode)
    if level != "none":
        episode = raised(
            episode,
            {kind: level},
            now,
            subject=episode.subject,
            reason=f"told {facet}: {value}",
            evidence=said.words,
        )
    dying = suicide_shown(facet, value)
    if dying != "none":
        episode = raised(
            episode, {"suicide": dying}, now, reason=f"told {facet}: {value}", evidence=said.words
        )
        asking = episode.asking.telling("suicide", {DIRECT: value}, said.words, now)
        episode = replace(episode, asking=asking)
    return episode


def _number_again(before: Episode, episode: Episode) -> Episode:
    """A wish to die, or an act under way, beside another danger that was as grave already is a
    danger of its own: a number is due again, although the level as a whole did not rise."""
    if before.level != episode.level:
        return episode
    for kind, level in episode.levels.items():
        was = before.levels.get(kind, "none")
        if at_least(level, "imminent") and not at_least(was, "imminent"):
            return replace(episode, number_level="high")
        if kind == "suicide" and at_least(level, "high") and not at_least(was, "high"):
            return replace(episode, number_level="moderate")
    return episode


def _soon_or_near(episode: Episode, facet: Facet) -> Level:
    """A time that is now, or means at hand, on top of a meant wish to die is imminent; on top of
    an unclear one it is grave until it is asked about."""
    asking = episode.asking
    meant = at_least(episode.level, "high") or asking.value("suicide", DIRECT) == "yes"
    if facet == "means":
        planned = asking.value("suicide", "plan") == "yes"
        return "imminent" if meant and (planned or at_least(episode.level, "high")) else "high"
    return "imminent" if meant else "high"


def _kind_of(path: Path, episode: Episode) -> Kind:
    if path != "other_at_risk":
        return path  # type: ignore[return-value]  # every other path is named after its kind
    return episode.kinds[0] if episode.kinds else "suicide"


def _with_act(episode: Episode, said: Said, now: datetime) -> Episode:
    """An act under way or done, and whether somebody is there by now."""
    if said.act != "none" and at_least(episode.level, "moderate"):
        kind = _kind_of(path_now(episode, said) or "suicide", episode)
        episode = raised(
            episode,
            {kind: "imminent"},
            now,
            subject=episode.subject,
            reason=f"act {said.act}",
            evidence=said.words,
        )
        return replace(episode, act=worst_act(episode.act, said.act), held=False)
    company = said.told.get("alone") or episode.asking.anywhere("alone")
    stays = said.told.get("company") in ("there", "coming") and episode.act == "none"
    if said.hurt_by or path_now(episode, said) in BY_OTHERS:
        # Who stands there may be the danger itself.
        company, stays = "unknown", False
    if said.told.get("company") == "unknowing":
        # Who is there and was told that nothing is wrong is no company yet.
        return replace(episode, held=False)
    moved = said.told.get("moved") or episode.asking.anywhere("moved")
    called = said.told.get("called") in ("done", "incoming")
    if (
        called
        or stays
        or "help" in said.told
        or (company == "no" and moved == "done" and episode.act != "taken")
    ):
        return replace(episode, held=True)
    if at_least(worst(*said.risk.levels.values()), "imminent") and company != "no":
        return replace(episode, held=False)
    return episode


def worst_act(one: Act, other: Act) -> Act:
    """Taken is worse than doing, doing than nothing."""
    order: tuple[Act, ...] = ("none", "doing", "taken")
    return max(one, other, key=order.index)


def _with_people(episode: Episode, said: Said) -> Episode:
    people = replace(
        episode.people,
        hurt_by=episode.people.hurt_by | said.hurt_by,
        hushed=episode.people.hushed | said.hushed_by,
    )
    if said.named is not None and said.role not in people.hurt_by:
        people = people.with_named(said.named)
    return replace(episode, people=people)
