"""Feelings read in talks: kept apart, off on wish, never of a private talk."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from qingting.companion.message import Message
from qingting.companion.progress.felt import felt_in
from qingting.companion.state import ConversationState
from qingting.companion.understand import understand
from qingting.people import devices
from qingting.privacy.keyring import Keyring
from qingting.progress.felt import KeptFeelings, felt_of
from qingting.progress.models import FeltDay, ProgressChoice
from qingting.talk.turns import Closing, OpenTurn, close_turn, open_turn

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

NOW = datetime(2026, 11, 18, 22, 30, tzinfo=UTC)
KEYRING = Keyring(b"k" * 32)
HEAVY = "今天真的很难过，一直在哭"


def said(text: str, now: datetime = NOW, *, private: bool = False, token: str = "") -> OpenTurn:
    """A whole turn of somebody's."""
    person = devices.find_person(token) or devices.welcome(token or uuid4().hex, KEYRING, now)
    opened = open_turn(
        KEYRING, person, None, Message(text, uuid4().hex), worker="t", now=now, private=private
    )
    assert isinstance(opened, OpenTurn)
    about = {"plan": {}, "responder": "guided", "notices": [], "language": "zh"}
    closing = Closing("嗯。", about, ConversationState(seed="s", turns=1), opened.episode)
    closing = replace(closing, felt=felt_in(understand(text), now))
    close_turn(opened, closing, now, feelings=KeptFeelings())
    return opened


def test_what_was_read_is_kept_by_day_and_holds_no_word() -> None:
    token = uuid4().hex
    first = said(HEAVY, token=token)
    said(HEAVY, NOW + timedelta(hours=1), token=token)
    said("我好害怕明天的考试", NOW + timedelta(days=1), token=token)
    kept = felt_of(first.person, first.seal)
    assert [one.at for one in kept] == [
        NOW,
        NOW + timedelta(hours=1),
        NOW + timedelta(days=1),
    ]
    assert kept[0].feeling in ("sadness", "hurt", "grief")
    assert kept[0].valence < 0
    assert FeltDay.objects.filter(person_id=first.person).count() == 2


def test_nothing_is_kept_of_a_private_talk() -> None:
    opened = said(HEAVY, private=True)
    assert felt_of(opened.person, opened.seal) == []


def test_nothing_is_kept_by_whoever_wants_none_of_it() -> None:
    token = uuid4().hex
    person = devices.welcome(token, KEYRING, NOW)
    ProgressChoice.objects.create(person_id=person, felt=False, updated_at=NOW)
    opened = said(HEAVY, token=token)
    assert opened.person == person
    assert felt_of(opened.person, opened.seal) == []


def test_a_plain_message_tells_of_no_feeling() -> None:
    assert felt_in(understand("图书馆几点关门"), NOW) is None
