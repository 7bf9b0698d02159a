"""The page of what is remembered: all of it is there, with its words and days; it is put right,
kept here, paused, forgotten; and nobody else gets at it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from qingting.companion.recall.recollection import Recollection
from qingting.memory.models import MemoryItem
from qingting.memory.service import Memories
from tests.memory.ledgered import (
    BROTHER,
    CALLED,
    HELPED,
    INTERVIEW,
    SHORT,
    TODAY,
    browser,
    found,
    keyring,
    only,
    somebody,
    told,
    wired,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

EVERYTHING = (CALLED, BROTHER, INTERVIEW, HELPED)


@pytest.fixture(autouse=True)
def memories() -> Iterator[Memories]:
    cache.clear()
    with wired() as found:
        yield found


def page(client: Client, path: str = "/memory/", status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    assert "no-store" in answer["Cache-Control"]
    return html.unescape(answer.content.decode())


def press(client: Client, path: str, **typed: str) -> str:
    answer = client.post(path, typed, follow=True)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def recalled(memories: Memories, person: UUID, text: str) -> Recollection | None:
    return memories.recall(person, keyring().open(person), text, timezone.now())


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("zh-CN", ["怎么跟你说话", "你身边的人", "过去的和要来的日子", "对你有用的"]),
        ("en-US", ["How to talk to you", "The people around you", "Days to come, days gone"]),
    ],
)
def test_everything_held_is_there_under_its_heading_with_its_words(
    memories: Memories, language: str, headings: list[str]
) -> None:
    person, token = somebody()
    told(memories, person, *EVERYTHING)
    shown = page(browser(token, language))
    assert [one for one in headings if f">{one}</h2>" not in shown] == []
    for one in EVERYTHING:
        assert one.says in shown
        assert f"<blockquote>{one.quote}</blockquote>" in shown
    assert f'datetime="{INTERVIEW.on}"' in shown


def test_a_thing_heard_again_says_so_and_no_number_says_how_sure(memories: Memories) -> None:
    person, token = somebody()
    told(memories, person, BROTHER)
    assert "Heard once." in page(browser(token))
    told(memories, person, BROTHER)
    shown = page(browser(token))
    assert "Heard several times" in shown
    assert not re.search(r"0\.\d|%", re.sub(r"<[^>]+>", "", shown))


def test_what_took_the_place_of_something_shows_it_beneath(memories: Memories) -> None:
    person, token = somebody()
    told(memories, person, BROTHER)
    told(memories, person, found(BROTHER, says="弟弟叫小雨", quote="我弟其实叫小雨"))
    shown = page(browser(token, "zh-CN"))
    assert shown.index("弟弟叫小雨") < shown.index("之前记的是") < shown.index(">弟弟叫小宇<")
    assert shown.count('class="says"') == 1


def test_what_is_no_longer_so_has_a_heading_of_its_own_and_can_be_forgotten(
    memories: Memories,
) -> None:
    person, token = somebody()
    told(memories, person, BROTHER)
    told(memories, person, found(BROTHER, gone=True))
    client = browser(token)
    assert "No longer so" in page(client)
    which = only(memories, person, BROTHER.says)
    assert client.get(f"/memory/{which}/correct/").status_code == 404
    press(client, f"/memory/{which}/forget/")
    assert MemoryItem.objects.count() == 0


def test_what_was_put_right_is_said_so_and_gone_by(memories: Memories) -> None:
    person, token = somebody()
    told(memories, person, CALLED)
    client, which = browser(token, "zh-CN"), only(memories, person, CALLED.says)
    form = page(client, f"/memory/{which}/correct/")
    assert 'value="叫你小满"' in form
    shown = press(client, f"/memory/{which}/correct/", says=" 叫你 阿满 ", on="")
    assert "叫你 阿满" in shown
    assert "你自己改过来的" in shown
    assert ">叫你小满<" in shown
    remembered = recalled(memories, person, "在吗")
    assert remembered is not None
    assert remembered.wishes.name == "阿满"


def test_a_day_can_be_put_right_and_taken_away(memories: Memories) -> None:
    person, token = somebody()
    last = INTERVIEW.on + timedelta(days=2) if INTERVIEW.on else None
    told(memories, person, found(INTERVIEW, until=last))
    client, path = browser(token), f"/memory/{only(memories, person, INTERVIEW.says)}/correct/"
    assert f'value="{INTERVIEW.on}"' in page(client, path)
    press(client, path, says="the interview at the library", on=str(INTERVIEW.on))
    which = only(memories, person, "the interview at the library")
    [held] = [item for item in memories.items(person) if item.standing == "held"]
    assert (held.on, held.until) == (INTERVIEW.on, last)
    press(client, f"/memory/{which}/correct/", says="an interview some day", on="")
    [held] = [item for item in memories.items(person) if item.standing == "held"]
    assert (held.on, held.until) == (None, None)


@pytest.mark.parametrize("typed", [{"says": "  ", "on": ""}, {"says": "three", "on": "soon"}])
def test_a_correction_that_cannot_be_read_keeps_what_was_typed(
    memories: Memories, typed: dict[str, str]
) -> None:
    person, token = somebody()
    told(memories, person, BROTHER)
    which = only(memories, person, BROTHER.says)
    answer = browser(token).post(f"/memory/{which}/correct/", typed)
    assert answer.status_code == 400
    shown = html.unescape(answer.content.decode())
    assert 'role="alert"' in shown
    assert f'value="{typed["on"]}"' in shown
    assert only(memories, person, BROTHER.says) == which


def test_how_to_talk_has_nothing_to_put_right_but_a_name(memories: Memories) -> None:
    person, token = somebody()
    told(memories, person, SHORT)
    client, which = browser(token), only(memories, person, SHORT.says)
    assert f"/memory/{which}/correct/" not in page(client)
    assert client.post(f"/memory/{which}/correct/", {"says": "x"}).status_code == 404


def test_forgetting_asks_once_and_then_it_is_gone_for_good(memories: Memories) -> None:
    person, token = somebody()
    told(memories, person, BROTHER)
    told(memories, person, found(BROTHER, says="弟弟叫小雨", quote="我弟其实叫小雨"))
    client, which = browser(token, "zh-CN"), only(memories, person, "弟弟叫小雨")
    assert "弟弟叫小雨" in page(client, f"/memory/{which}/forget/")
    assert MemoryItem.objects.count() == 2
    shown = press(client, f"/memory/{which}/forget/")
    assert "小雨" not in shown
    assert "小宇" not in shown
    assert MemoryItem.objects.count() == 0
    assert client.post(f"/memory/{which}/forget/").status_code == 404
    remembered = recalled(memories, person, "我弟")
    assert remembered is not None
    assert remembered.items == ()


def test_it_is_kept_on_this_machine_and_let_go_again(memories: Memories) -> None:
    person, token = somebody()
    told(memories, person, BROTHER)
    client, which = browser(token), only(memories, person, BROTHER.says)
    assert "Stays on this machine." in press(client, f"/memory/{which}/here/", here="1")
    [item] = memories.items(person)
    assert item.local_only
    shown = press(client, f"/memory/{which}/here/", here="0")
    assert "Stays on this machine." not in shown
    assert not memories.items(person)[0].local_only


def test_a_pause_recalls_nothing_and_adds_nothing_until_it_ends(memories: Memories) -> None:
    person, token = somebody()
    told(memories, person, BROTHER)
    client = browser(token)
    assert "It is paused." in press(client, "/memory/choice/", want="paused")
    assert recalled(memories, person, "我弟") is None
    told(memories, person, CALLED)
    assert [item.says for item in memories.items(person)] == [BROTHER.says]
    assert "It is paused." not in press(client, "/memory/choice/", want="going_on")
    assert recalled(memories, person, "我弟") is not None


def test_whether_we_ask_how_it_went_is_theirs_to_say(memories: Memories) -> None:
    person, token = somebody()
    client = browser(token)
    press(client, "/memory/choice/", want="quiet")
    assert not memories.choice(person).check_ins
    press(client, "/memory/choice/", want="paused")
    press(client, "/memory/choice/", want="asking")
    assert memories.choice(person).check_ins
    assert memories.choice(person).paused
    press(client, "/memory/choice/", want="nonsense")
    assert memories.choice(person).paused


def test_everything_goes_only_with_the_box_ticked(memories: Memories) -> None:
    person, token = somebody()
    told(memories, person, *EVERYTHING)
    client = browser(token)
    assert "tick the box" in press(client, "/memory/forget/")
    assert MemoryItem.objects.count() == len(EVERYTHING)
    shown = press(client, "/memory/forget/", sure="1")
    assert "Nothing yet." in shown
    assert MemoryItem.objects.count() == 0


def test_what_is_long_over_says_that_it_does_not_come_up(memories: Memories) -> None:
    person, token = somebody()
    past = TODAY - timedelta(days=90)
    told(memories, person, found(INTERVIEW, on=past, until=past))
    assert "It is long over" in page(browser(token))


def test_with_nothing_the_page_is_kind_and_the_same_for_a_stranger() -> None:
    _, token = somebody()
    assert "还什么都没有" in page(browser(token, "zh-CN"))
    stranger = page(browser(language="zh-CN"))
    assert "还什么都没有" in stranger
    assert "/memory/choice/" not in stranger
    assert browser().post("/memory/choice/", {"want": "paused"}).status_code == 303
    assert browser().get("/memory/forget/").status_code == 303


@pytest.mark.parametrize("what", ["correct", "forget", "here"])
def test_somebody_elses_is_not_there(memories: Memories, what: str) -> None:
    person, _ = somebody()
    told(memories, person, BROTHER)
    which = only(memories, person, BROTHER.says)
    _, other = somebody()
    for client in (browser(other), browser()):
        for path in (f"/memory/{which}/{what}/", f"/memory/{uuid4()}/{what}/"):
            if what != "here":
                assert client.get(path).status_code == 404
            assert client.post(path, {"says": "x", "here": "1"}).status_code == 404
    assert only(memories, person, BROTHER.says) == which


def test_when_it_cannot_be_read_it_says_that_it_is_not_lost(
    memories: Memories, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, token = somebody()
    told(memories, person, BROTHER)

    def broken(*_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(Memories, "items", broken)
    assert "cannot be read right now" in page(browser(token), status=503)
    which = uuid4()
    assert "not lost" in page(browser(token), f"/memory/{which}/forget/", status=503)


def test_a_form_that_expired_keeps_what_was_typed(memories: Memories) -> None:
    person, token = somebody()
    told(memories, person, BROTHER)
    which = only(memories, person, BROTHER.says)
    client = browser(token, enforce_csrf_checks=True)
    answer = client.post(f"/memory/{which}/correct/", {"says": "弟弟叫阿宇", "on": ""})
    assert answer.status_code == 403
    assert "弟弟叫阿宇" in html.unescape(answer.content.decode())
    assert client.post("/memory/forget/", {"sure": "1"}).status_code == 403
    assert only(memories, person, BROTHER.says) == which


def test_pressing_without_end_is_stopped(
    memories: Memories, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = somebody()
    client = browser(token)
    monkeypatch.setattr("qingting.memory.pages.ratelimit.consume", lambda *_a, **_k: False)
    assert client.post("/memory/choice/", {"want": "paused"}).status_code == 429
