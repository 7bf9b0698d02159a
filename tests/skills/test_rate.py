"""Nobody sends faster than a hand, and nobody loses words to it."""

from __future__ import annotations

import html

import pytest
from django.test import Client

from qingting.skills import service
from qingting.skills.models import ExerciseRun
from qingting.skills.rate import Rate
from tests.skills.walking import DANGER, THOUGHT, browser, form_of, page_of, press

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_so_many_in_so_long_and_then_again() -> None:
    now = [0.0]
    rate = Rate(3, 60.0, lambda: now[0])
    assert [rate.allows("a") for _ in range(4)] == [True, True, True, False]
    assert rate.allows("b")
    now[0] = 59.0
    assert not rate.allows("a")
    now[0] = 60.0
    assert [rate.allows("a") for _ in range(4)] == [True, True, True, False]


def test_only_so_many_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qingting.skills.rate._SENDERS", 2)
    rate = Rate(1, 60.0, lambda: 0.0)
    for who in ("a", "b", "c"):
        assert rate.allows(who)
    assert not rate.allows("c")
    assert rate.allows("a")  # forgotten


def test_who_is_too_fast_gets_their_words_back(visitor: Client) -> None:
    page = press(visitor, page_of(visitor, THOUGHT), "next", situation="在食堂")
    while service.current().allows(token_of(visitor), ""):
        pass
    form = {**form_of(page), "feeling": "8", "next": "1"}
    answer = visitor.post(THOUGHT, form)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 429
    assert "按得有点快" in page
    assert form_of(page)["feeling"] == "8"
    assert form_of(page)["run"] == form["run"]
    sure = {"sure": "1"}
    assert visitor.post("/skills/mine/delete/", sure).status_code == 429
    assert ExerciseRun.objects.count() == 1
    # Words of danger are answered all the same.
    answer = visitor.post(THOUGHT, {**form, "step": "thought", "thought": DANGER})
    assert 'class="heard"' in answer.content.decode()
    # Somebody else is not held up.
    press(browser(), page_of(browser(), THOUGHT), "next", situation="在图书馆")


def test_devices_never_seen_are_counted_by_their_address(visitor: Client) -> None:
    form = {**form_of(page_of(visitor, THOUGHT)), "situation": "在食堂", "next": "1"}
    while service.current().allows(None, "127.0.0.1"):
        pass
    assert browser().post(THOUGHT, form).status_code == 429
    assert browser().post(THOUGHT, form, REMOTE_ADDR="10.0.0.9").status_code == 303


def token_of(visitor: Client) -> str:
    return visitor.cookies["device"].value.rpartition(":")[0]
