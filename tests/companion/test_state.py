"""What a conversation carries from turn to turn: small, plain, and the same after a restart."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.companion.state import Attention, ConversationState, Thread, dump, load
from qingting.companion.understand.history import Heard

NOW = datetime(2026, 11, 21, 17, 37, tzinfo=UTC)

texts = st.text(max_size=30)
moments = st.none() | st.datetimes(timezones=st.just(UTC))
threads = st.builds(
    Thread, quote=texts, topic=st.none() | texts, turn=st.integers(0, 500), used=st.booleans()
)
states = st.builds(
    ConversationState,
    seed=texts,
    turns=st.integers(0, 10_000),
    said=st.frozensets(st.text("0123456789abcdef", min_size=12, max_size=12), max_size=20),
    threads=st.lists(threads, max_size=8).map(tuple),
    topic=st.none() | texts,
    facet=st.none() | texts,
    topic_turn=st.integers(0, 500),
    listen_only=st.booleans(),
    offered_turn=st.integers(-10, 500),
    refused_turn=st.integers(-10, 500),
    question_turns=st.lists(st.integers(0, 500), max_size=4).map(tuple),
    asked_probes=st.lists(texts, max_size=8).map(tuple),
    attention=st.builds(Attention, moments, moments, moments, moments),
)


@settings(max_examples=150, deadline=None)
@given(states)
def test_what_is_stored_comes_back_the_same(state: ConversationState) -> None:
    assert load(json.loads(json.dumps(dump(state)))) == state


def test_messages_are_not_stored_twice() -> None:
    history = (Heard("person", "我没跟任何人说过"), Heard("companion", "嗯，在听。"))
    stored = dump(ConversationState(seed="s", history=history))
    assert "没跟任何人" not in json.dumps(stored, ensure_ascii=False)
    assert load(stored, history).history == history


@pytest.mark.parametrize("missing", sorted(set(dump(ConversationState())) - {"v"}))
def test_a_record_with_a_piece_missing_is_refused(missing: str) -> None:
    stored: dict[str, Any] = dump(ConversationState())
    del stored[missing]
    with pytest.raises((KeyError, ValueError)):
        load(stored)


def test_a_conversation_from_before_there_were_exercises_goes_on() -> None:
    stored: dict[str, Any] = {**dump(ConversationState(seed="s")), "v": 1}
    for new in ("run", "offered_exercise", "exercises"):
        del stored[new]
    assert load(stored) == ConversationState(seed="s")


def test_an_endless_conversation_does_not_grow_without_end() -> None:
    state = ConversationState(seed="s")
    for turn in range(6_000):
        state = state.with_said(frozenset({f"{turn:012x}"}))
        state = state.with_thread(Thread(f"线头{turn}", None, turn))
    assert len(state.said) <= 4_000
    assert len(state.threads) == 40
    assert state.threads[-1].quote == "线头5999"
    assert len(json.dumps(dump(state))) < 100_000


def test_the_latest_words_are_still_known_when_old_ones_are_let_go() -> None:
    state = ConversationState(said=frozenset(f"{n:012x}" for n in range(4_000)))
    after = state.with_said(frozenset({"ffffffffffff"}))
    assert "ffffffffffff" in after.said


def test_a_pause_begins_a_new_stretch_of_use() -> None:
    attention = Attention().seen(NOW)
    assert attention.stretch_began == NOW
    going_on = attention.seen(NOW + timedelta(minutes=9))
    assert going_on.stretch_began == NOW
    later = NOW + timedelta(minutes=20)
    back = going_on.seen(later)
    assert back.stretch_began == later
    assert back.reminded_at is None


def test_only_active_minutes_are_counted() -> None:
    attention = Attention().seen(NOW)
    assert Attention().active_seconds(NOW) == 0
    assert attention.active_seconds(NOW + timedelta(seconds=90)) == 90
    assert attention.active_seconds(NOW + timedelta(hours=3)) == 0
    assert attention.active_seconds(NOW - timedelta(seconds=5)) == 0
