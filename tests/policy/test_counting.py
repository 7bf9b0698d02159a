"""What is counted of a turn: words of a closed vocabulary and numbers, never what was said."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qingting.companion.events import Done, NoticeKind
from qingting.companion.plan.plan import Plan
from qingting.companion.protect.episode import Episode
from qingting.companion.state import ConversationState
from qingting.companion.understand.reading import Reading
from qingting.policy.counting import events_of
from qingting.policy.models import Event, EventKind
from tests.servers.qingting import Visitor
from tests.servers.upstream import running
from tests.talk.installation import Installation, new_databases

PLAIN = Done("好", Reading("zh"), Plan(), ConversationState(seed="s"), Episode())


def test_a_plain_turn_is_one_turn() -> None:
    assert events_of(PLAIN, active_seconds=0) == [(EventKind.TURN, 1)]


def test_time_spent_is_counted_in_seconds() -> None:
    assert (EventKind.ACTIVE_SECONDS, 42) in events_of(PLAIN, active_seconds=42)


@pytest.mark.parametrize(
    ("notice", "kind"),
    [
        ("ai_disclosure", EventKind.NOTICE_AI_DISCLOSURE),
        ("break_reminder", EventKind.NOTICE_BREAK_REMINDER),
        ("shortened", EventKind.NOTICE_SHORTENED),
        ("model_cap", EventKind.NOTICE_MODEL_CAP),
    ],
)
def test_each_notice_shown_is_counted(notice: NoticeKind, kind: EventKind) -> None:
    told = events_of(replace(PLAIN, notices=(notice,)), active_seconds=0)
    assert told == [(EventKind.TURN, 1), (kind, 1)]


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"resources_shown": True}, EventKind.REFERRAL_SHOWN),
        ({"responder": "safety"}, EventKind.SAFETY_REPLY),
        ({"responder": "model"}, EventKind.MODEL_REPLY),
        ({"fell_back": True}, EventKind.FALLBACK),
    ],
)
def test_what_happened_is_counted(changed: dict[str, Any], kind: EventKind) -> None:
    told = events_of(replace(PLAIN, **changed), active_seconds=0)
    assert told == [(EventKind.TURN, 1), (kind, 1)]


def test_the_vocabulary_is_these_words() -> None:
    assert {one.value for one in EventKind} == {
        "turn",
        "active_seconds",
        "notice:ai_disclosure",
        "notice:break_reminder",
        "notice:shortened",
        "notice:model_cap",
        "referral_shown",
        "safety_reply",
        "fallback",
        "model_reply",
        "episode:low",
        "episode:moderate",
        "episode:high",
        "episode:imminent",
        "minor:ai_disclosure",
        "minor:break_reminder",
    }
    assert all(re.fullmatch(r"[a-z_:]{1,32}", one.value) for one in EventKind)


def test_an_event_has_no_room_for_words() -> None:
    columns = {one.name for one in Event._meta.local_concrete_fields}
    assert columns == {"id", "person", "kind", "amount", "at"}


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Counter[str]:
    """What a real server counted of four turns: worded by a model, danger, a model that broke."""
    folder: Path = tmp_path_factory.mktemp("counted")
    installation = Installation(folder / "data", new_databases())
    with running("ok", delay=0.0) as upstream:
        model = {"QINGTING_MODEL_URL": upstream.base_url, "QINGTING_MODEL_NAME": "test"}
        with installation.server(**model) as server:
            visitor = Visitor(server.address)
            visitor.say("我妈今天又拿表姐来跟我比")
            upstream.switch("error500")
            visitor.say("她还当着一桌亲戚说我没出息")
            visitor.say("我不想活了")
            visitor.say("我不想活了", "same")
            visitor.say("我不想活了", "same")
    rows = installation.main("SELECT kind, amount FROM policy_event")
    return Counter({kind: sum(n for k, n in rows if k == kind) for kind, _ in rows})


@pytest.mark.process
def test_a_real_server_counts_each_turn_once(counted: Counter[str]) -> None:
    assert counted["turn"] == 4
    assert counted["notice:ai_disclosure"] == 1
    assert counted["model_reply"] >= 1
    assert counted["fallback"] == 1
    assert counted["safety_reply"] == 2
    assert counted["referral_shown"] >= 1


@pytest.mark.process
def test_a_real_server_counts_in_no_other_words(counted: Counter[str]) -> None:
    assert set(counted) <= {one.value for one in EventKind}
