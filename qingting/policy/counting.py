"""Which counted events a finished turn makes."""

from __future__ import annotations

from typing import Final

from qingting.companion.events import Done
from qingting.policy.models import EventKind

_NOTICES: Final = {
    "ai_disclosure": EventKind.NOTICE_AI_DISCLOSURE,
    "break_reminder": EventKind.NOTICE_BREAK_REMINDER,
    "shortened": EventKind.NOTICE_SHORTENED,
    "model_cap": EventKind.NOTICE_MODEL_CAP,
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
