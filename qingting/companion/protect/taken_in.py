"""Answers that deserve words of their own, and which of them a message gave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from qingting.companion.protect.facets import BY_OTHERS, DIRECT, ORDER, SENT, Facet, Path, now_order
from qingting.companion.protect.said import Said

# The gravest first, and how their words are named in
# content/<language>/safety/answers.toml.
_TAKEN_IN: Final[Mapping[tuple[Facet, str], str]] = {
    ("taken_back", "yes"): "taken_back",
    ("help", "there"): "help_there",
    ("help", "going"): "help_going",
    ("company", "unknowing"): "unknowing",
    ("company", "there"): "company_there",
    ("company", "coming"): "company_coming",
    ("company", "fetching"): "fetching",
    ("after_taking", "vomit"): "vomit",
    ("after_taking", "sleepy"): "sleepy",
    ("after_taking", "worse"): "worse",
    ("after_taking", "fine"): "feels_fine",
    ("first_aid", "water"): "water",
    ("first_aid", "vomit"): "no_vomit",
    ("first_aid", "turn"): "turn",
    ("first_aid", "breathing"): "breathing",
    ("first_aid", "awake"): "keep_awake",
    ("first_aid", "walk"): "keep_awake",
    ("first_aid", "leave"): "stay_there",
    ("company", "asleep"): "company_asleep",
    ("company", "near"): "company_near",
    ("doctor", "will"): "doctor_will",
    ("put_off", "yes"): "put_off",
    (SENT, "done"): "sent",
    (SENT, "yes"): "agreed",
    (SENT, "no"): "declined",
    ("called", "incoming"): "call_incoming",
    ("called", "done"): "called",
    ("called", "refused"): "call_refused",
    ("called", "maybe"): "call_maybe",
    ("fault", "mine"): "not_your_fault",
    ("asking", "enough"): "no_questions",
    ("called", "failed"): "call_refused",
    ("moved", "done"): "moved",
    ("means", "near"): "means_near",
    ("attempt", "recent"): "attempt_recent",
    ("attempt", "past"): "attempt_past",
    ("wound", "bad"): "wound_bad",
    ("body", "bad"): "body_bad",
    ("safe", "now"): "safe_no",
    ("safe", "no"): "safe_no",
    ("plan", "yes"): "plan_yes",
    ("plan", "some"): "thoughts_some",
    ("timing", "later"): "timing_later",
    ("means", "away"): "means_away",
    ("means", "none"): "means_away",
    ("who", "nobody"): "who_nobody",
    ("kept_going", "told"): "kept_going_told",
    ("kept_going", "nothing"): "kept_going_nothing",
    ("alone", "yes"): "alone_yes",
    ("alone", "no"): "alone_no",
    ("wound", "ok"): "wound_ok",
    ("safe", "yes"): "safe_yes",
    ("plan", "no"): "plan_no",
    ("attempt", "no"): "attempt_no",
    ("timing", "none"): "timing_none",
    ("thoughts", "some"): "thoughts_some",
    ("afraid", "yes"): "afraid",
}


# Told of these is taken in on any path.
_ANYWHERE: Final = (
    *("called", "moved", "safe", "after_taking", "first_aid", "asking", SENT),
    *("taken_back", "help", "company", "put_off", "afraid", "doctor"),
)
# Said by somebody who was hurt by others.
_HARMED: Final = ("fault",)


def taken_in(said: Said, path: Path) -> str:
    """The name of the words for what a message told (content/<language>/safety/answers.toml and
    its neighbours); "" when it told nothing that has any."""
    asked_here = {DIRECT, *ORDER[path], *now_order(path), *_ANYWHERE}
    if path in BY_OTHERS:
        asked_here |= set(_HARMED)
    if path in BY_OTHERS or path == "other_at_risk":
        # Where somebody else is the danger, or in it, who is near is no comfort by itself.
        asked_here -= {"alone"}
    for (facet, value), name in _TAKEN_IN.items():
        if facet in asked_here and said.told.get(facet) == value:
            return name
    return ""
