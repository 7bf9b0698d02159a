"""Danger heard in one message: the worst of what each view of it says, and how it was meant.

What a level means for each kind (it chooses our next action and forecasts nothing):

suicide: low, worn down or a resolved past; moderate, a passive wish or coded words; high, a wish
    to die, means sought, preparation, an attempt; imminent, now, or under way.
self_harm: low, long ago or denied; moderate, current or an urge; high, again, daily or at hand;
    imminent, bleeding that does not stop.
violence: low, anger in strong words; moderate, a wish to kill or hurt; high, a plan, a weapon or
    a target; imminent, on the way.
abuse: low, long ago; moderate, hit, or told to die; high, going on, locked in, threatened, hurt;
    imminent, happening now.
sexual_violence: moderate, touched or pressed; high, forced; imminent, now, or since last night.
exploitation: moderate, cheated, in debt, asked for pictures; high, threatened or sold; imminent,
    held.
substance: moderate, cannot do without; high, hard drugs, mixing, withdrawal; imminent, overdose.
eating_disorder: low, hates the body; moderate, purging, fasting, bingeing; high, the body fails.
psychosis: low, unreal; moderate, voices, followed, chosen; high, voices that command.
mania: low, racing thoughts; moderate, sleepless and full of power; high, reckless with it.
panic: low, breathless with worry; moderate, an attack; high, chest pain or fainting.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from qingting.companion.understand import frames, hits
from qingting.companion.understand.answers import Shift, answered, shift_heard
from qingting.companion.understand.clean import Clean, cleaned
from qingting.companion.understand.history import TURNS_READ, Heard
from qingting.companion.understand.hits import Hit
from qingting.companion.understand.normalise import views as views_of
from qingting.companion.understand.probes import probed
from qingting.companion.understand.reading import (
    Kind,
    Level,
    Mark,
    Risk,
    Span,
    Subject,
    at_least,
    rank,
    worst,
)
from qingting.companion.understand.sentences import Sentences, split
from qingting.companion.understand.subject import done_to, helping, owner_of, someone_gone

# How sure a rule is, until a trained model says it better.
_SCORES: Final[dict[Level, float]] = {
    "none": 0.0,
    "low": 0.2,
    "moderate": 0.55,
    "high": 0.8,
    "imminent": 0.95,
}
# Frames that lower to "low": the words were about the person's own life. The rest were not.
_STAYS_LOW: Final = frozenset({"denied", "past", "joked"})
# The one a message is about is usually named at its beginning.
_OPENING: Final = 60
_CLOSE: Final = frozenset({"suicide", "self_harm"})
# Words that mean danger only beside it are rare: for them the talk is read further back.
_TALK_READ: Final = 2 * TURNS_READ
# Dangers that somebody else does: "he touches me" names him first and is still theirs.
_DONE_TO: Final = frozenset({"sexual_violence", "exploitation"})


@dataclass(frozen=True, slots=True)
class Told:
    """One dangerous thing told: its kind and level once judged, of whom, and where. stands: the
    trained heads may not lower it (asking for a way to die)."""

    kind: Kind
    level: Level
    subject: Subject
    mark: Mark | None
    span: Span
    stands: bool = False


def read(views: Sequence[Clean], history: Sequence[Heard]) -> Risk:
    """The danger in a message, given its views and the turns before it, oldest first."""
    recent, talk = history[-TURNS_READ:], history[-_TALK_READ:]
    found = [told for view in views for told in _told(view, talk)]
    plain = views[0]
    reply = answered(plain.text, recent)
    if reply is not None and plain.text:
        whole = plain.span(0, len(plain.text))
        found.append(Told(reply.kind, reply.level, "self", reply.mark, whole))
    told = probed(plain.text, recent, lambda: danger_before(recent))
    if told is not None and plain.text:
        # The words alone say nothing, so that nothing but the question can be asked about them.
        found.append(
            Told(told.kind, told.level, "self", None, plain.span(0, len(plain.text)), stands=True)
        )
    risk = _joined(found)
    if reply is not None and reply.mark == "denied" and not at_least(risk.level, "moderate"):
        return _shifted(risk, "denial")
    shift = shift_heard(plain.text)
    if shift is None or not danger_before(recent):
        return risk
    return _shifted(risk, shift)


def _shifted(risk: Risk, shift: Shift) -> Risk:
    """The risk after a turn in tone: never nothing, for what was told before is still true."""
    level = worst(risk.level, "moderate" if shift == "goodbye" else "low")
    levels = dict(risk.levels) or {"suicide": level}
    return Risk(level, risk.subject, levels, _SCORES[level], risk.evidence, risk.marks, shift)


def speaks_of_danger(views: Sequence[Clean]) -> bool:
    """True when a text by itself tells of the person's own suicide or self-harm, at moderate or
    worse. Used on earlier turns; looks at no history."""
    return any(
        told.kind in _CLOSE and told.subject == "self" and at_least(told.level, "moderate")
        for view in views
        for told in _told(view, ())
    )


def _told(view: Clean, history: Sequence[Heard]) -> Iterator[Told]:
    place, helped = split(view.text), helping(view.text)
    pairs = [(hit, _judged(hit, view, place, helped)) for hit in hits.find(view.text)]
    supported: bool | None = None
    for hit, told in pairs:
        if told.level == "none" and told.mark is None:
            continue
        if hit.rule.alone != hit.rule.level and told.mark is None:
            if supported is None:
                supported = _supported(pairs, history)
            yield told if supported else _at(told, hit.rule.alone)
        else:
            yield told


def _supported(pairs: Sequence[tuple[Hit, Told]], history: Sequence[Heard]) -> bool:
    """True when something beside this rule speaks of the person's own wish to die or be hurt."""
    beside = any(
        hit.rule.alone == hit.rule.level
        and told.kind in _CLOSE
        and told.subject == "self"
        and at_least(told.level, "moderate")
        for hit, told in pairs
    )
    return beside or danger_before(history)


def danger_before(history: Sequence[Heard]) -> bool:
    """True when the person's earlier turns spoke of danger to themselves."""
    for number, turn in enumerate(history):
        if turn.speaker != "person":
            continue
        seen = views_of(cleaned(turn.text))
        reply = answered(seen[0].text, history[:number])
        if speaks_of_danger(seen) or (reply is not None and at_least(reply.level, "moderate")):
            return True
    return False


def _at(told: Told, level: Level) -> Told:
    return replace(told, level=level)


def _judged(hit: Hit, view: Clean, place: Sentences, helped: bool) -> Told:
    span = view.span(hit.start, hit.end)
    rule = hit.rule
    before = place.before(hit.start)
    found = view.text[hit.start : hit.end]
    owner, named = owner_of(before, found, helped, view.text[:_OPENING])
    if rule.owner in ("self", "other"):
        owner, named = ("self" if rule.owner == "self" else "other"), True
    elif rule.kind in _DONE_TO and done_to(found):
        owner, named = "self", True
    mark = frames.frame_of(hit, owner, named, place)
    if mark is not None:
        level: Level = "low" if mark in _STAYS_LOW and rank(rule.level) > 0 else "none"
        return Told(rule.kind, level, "other" if owner == "other" else "self", mark, span)
    if "third_person" in rule.frames:
        gone = someone_gone(place.near(hit.start, hit.end), surely=owner != "other")
        if owner == "other" or (gone and not named):
            return Told(rule.kind, "low" if gone else rule.level, "other", "third_person", span)
    if owner in ("generic", "fictional") and rule.frames:
        return Told(rule.kind, worst_below(rule.level, "low"), "self", None, span)
    level = rule.level
    if at_least(level, "high") and "joked" in rule.frames and frames.laughing(hit, place):
        level = "moderate"
    # What laughs may be doubted; asking for a way to die may not even then.
    stands = rule.sure and not (rule.frames and frames.laughing(hit, place))
    return Told(rule.kind, level, "self", None, span, stands=stands)


def worst_below(level: Level, ceiling: Level) -> Level:
    """The level, but not above the ceiling."""
    return level if rank(level) <= rank(ceiling) else ceiling


def _joined(found: Sequence[Told]) -> Risk:
    """One Risk out of everything told. The person's own danger comes before anybody else's."""
    if not found:
        return Risk()
    own = worst(*(told.level for told in found if told.subject == "self"))
    others = worst(*(told.level for told in found if told.subject == "other"))
    subject: Subject = "self"
    if rank(others) > rank(own) and not at_least(own, "moderate"):
        subject = "other"
    level = others if subject == "other" else own
    told_here = [told for told in found if told.subject == subject]
    levels: dict[Kind, Level] = {}
    for told in told_here:
        if told.level != "none":
            levels[told.kind] = worst(levels.get(told.kind, "none"), told.level)
    marks = _marks(told_here, level)
    evidence = _evidence(told_here, level)
    stands = any(told.stands and told.level == level for told in told_here)
    return Risk(level, subject, levels, _SCORES[level], evidence, marks, stands=stands)


def _marks(found: Sequence[Told], level: Level) -> tuple[Mark, ...]:
    """How the words were meant that reached the level; all marks when nothing did."""
    telling = [told for told in found if told.level == level] or list(found)
    return tuple(dict.fromkeys(told.mark for told in telling if told.mark is not None))


def _evidence(found: Sequence[Told], level: Level) -> tuple[Span, ...]:
    """The words the level rests on, in reading order, overlapping pieces made one."""
    spans = sorted(
        {told.span for told in found if told.level == level and level != "none"},
        key=lambda span: (span.start, span.end),
    )
    joined: list[Span] = []
    for span in spans:
        if joined and span.start <= joined[-1].end:
            last = joined.pop()
            joined.append(Span(last.start, max(last.end, span.end)))
        else:
            joined.append(span)
    return tuple(joined)
