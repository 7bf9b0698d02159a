"""Which counted events a finished turn makes."""

from __future__ import annotations

from typing import Final

from qingting.companion.events import Done
from qingting.companion.protect.episode import Episode
from qingting.companion.understand.reading import Level, worst
from qingting.policy.models import EventKind

_NOTICES: Final = {
    "ai_disclosure": EventKind.NOTICE_AI_DISCLOSURE,
    "break_reminder": EventKind.NOTICE_BREAK_REMINDER,
    "shortened": EventKind.NOTICE_SHORTENED,
    "model_cap": EventKind.NOTICE_MODEL_CAP,
}
# Stored without a person and with the day alone.
OF_NOBODY: Final = frozenset(
    {
        EventKind.EPISODE_LOW,
        EventKind.EPISODE_MODERATE,
        EventKind.EPISODE_HIGH,
        EventKind.EPISODE_IMMINENT,
        EventKind.MINOR_AI_DISCLOSURE,
        EventKind.MINOR_BREAK_REMINDER,
    }
)
_MINORS: Final = {
    "ai_disclosure": EventKind.MINOR_AI_DISCLOSURE,
    "break_reminder": EventKind.MINOR_BREAK_REMINDER,
}


def events_of(done: Done, *, active_seconds: int) -> list[tuple[EventKind, int]]:
    """Events of one turn, with their amounts. Nothing of what was said."""
    events: list[tuple[EventKind, int]] = [(EventKind.TURN, 1)]
    if active_seconds:
        events.append((EventKind.ACTIVE_SECONDS, active_seconds))
    events += [(_NOTICES[kind], 1) for kind in done.notices if kind in _NOTICES]
    if done.resources_shown:
        events.append((EventKind.REFERRAL_SHOWN, 1))
    if done.responder == "safety":
        events.append((EventKind.SAFETY_REPLY, 1))
    if done.responder == "model":
        events.append((EventKind.MODEL_REPLY, 1))
    if done.fell_back:
        events.append((EventKind.FALLBACK, 1))
    return events


def of_nobody(before: Episode, done: Done, *, minor: bool) -> list[tuple[EventKind, int]]:
    """Events of one turn that are stored without a person and with the day alone: that somebody's
    danger rose, and notices to minors. Beside an id they would tell how old or how near to dying
    somebody is."""
    events = danger_risen(before, done.episode)
    if minor:
        events += [(_MINORS[kind], 1) for kind in done.notices if kind in _MINORS]
    return events


def danger_risen(before: Episode, after: Episode) -> list[tuple[EventKind, int]]:
    """A stretch of danger counts once, by the highest level it reached: when it rises, one more of
    the new level and one less of the old."""
    was, now = peak(before), peak(after)
    if worst(was, now) == was:
        return []
    less = [(_episode(was), -1)] if was != "none" else []
    return [*less, (_episode(now), 1)]


def peak(episode: Episode) -> Level:
    """The highest level since danger was last over; "none" where there is none now."""
    if not episode.is_open:
        return "none"
    highest = episode.level
    for one in reversed(episode.transitions):
        highest = worst(highest, one.after)
        if one.before == "none":
            break
    return highest


def _episode(level: Level) -> EventKind:
    return EventKind(f"episode:{level}")
