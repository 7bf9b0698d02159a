"""What goes over the wire to the page: one schema, and never a level or a score."""

from __future__ import annotations

import json

import pytest

from qingting.companion.events import (
    SCHEMA_VERSION,
    Done,
    Notice,
    Pinned,
    ResponderChanged,
    Understood,
    Words,
)
from qingting.companion.plan.plan import Plan
from qingting.companion.protect.episode import Episode
from qingting.companion.state import ConversationState
from qingting.companion.understand.reading import LEVELS, Reading, Risk
from tests.companion.fakes import answered

READING = Reading("zh", risk=Risk(level="high", levels={"suicide": "high"}, score=0.93))
EVENTS = [
    (Understood(READING), "reading"),
    (Notice("break_reminder", "喝口水。"), "notice"),
    (Pinned("一条热线", "tel:0"), "notice"),
    (Words("嗯，在听。"), "words"),
    (ResponderChanged("guided", "model_slow"), "responder_changed"),
    (
        Done(
            reply="嗯，在听。",
            reading=READING,
            plan=Plan(),
            state=ConversationState(),
            episode=Episode({"suicide": "high"}),
        ),
        "done",
    ),
]


@pytest.mark.parametrize(("event", "name"), EVENTS)
def test_every_event_has_its_name_and_version(event: Words, name: str) -> None:
    wire = json.loads(json.dumps(event.wire()))
    assert wire["event"] == name
    assert wire["v"] == SCHEMA_VERSION


@pytest.mark.parametrize(("event", "name"), EVENTS)
def test_no_level_kind_or_score_reaches_the_page(event: Words, name: str) -> None:
    wire = json.dumps(event.wire())
    for secret in (*LEVELS[1:], "suicide", "risk", "level", "score"):
        assert f'"{secret}"' not in wire
    assert "0.93" not in wire


async def test_in_danger_the_wire_still_carries_only_words_and_a_line() -> None:
    events, done = await answered("我不想活了，今晚就走")
    assert done.episode.level in ("high", "imminent")
    sent = [event.wire() for event in events]
    assert {str(wire["event"]) for wire in sent} <= {"reading", "notice", "words", "done"}
    for wire in sent:
        assert set(wire) <= {"event", "v", "language", "kind", "text", "href"}
    words = "".join(str(wire["text"]) for wire in sent if wire["event"] == "words")
    assert words == done.reply


def test_a_plan_can_be_shown_as_data() -> None:
    shown = Plan(topic="exams", why="heard_topic").public()
    assert json.loads(json.dumps(shown)) == shown
    assert shown["topic"] == "exams"
