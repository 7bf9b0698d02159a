"""The journal: long pages, prompts that never cost what was typed, two windows, danger heard, and
nobody at somebody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.db import connection

from qingting.companion.person import Person
from qingting.companion.progress.prompts import prompts
from qingting.progress.hearing import dangers_in
from qingting.progress.rows import Rows
from qingting.progress.service import Progress
from tests.progress.at_pages import (
    DANGER,
    broken,
    browser,
    entries_of,
    somebody,
    whose,
    wired,
    words_of,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

JOURNAL, WRITE = "/journal/", "/journal/write/"


@pytest.fixture(autouse=True)
def progress() -> Iterator[Progress]:
    with wired() as found:
        yield found


def hidden(form: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', form)
    assert found
    return found[1]


def test_both_languages_have_the_same_prompts_and_none_twice() -> None:
    zh, en = prompts("zh"), prompts("en")
    assert list(zh) == list(en)
    assert len(set(zh.values())) == len(set(en.values())) == len(zh) >= 24


def test_somebody_never_seen_writes_a_page_and_reads_it() -> None:
    client = browser(language="zh-CN")
    assert "还没写过" in words_of(client.get(JOURNAL))
    words = "窗外有只猫。\r\n\r\n<b>它坐了很久。"
    shown = words_of(client.post(WRITE, {"words": words, "title": " 猫 "}, follow=True))
    assert ">猫</a>" in shown
    [one] = entries_of(whose(client))
    assert (one.title, one.prompt) == ("猫", "")
    read = client.get(f"{JOURNAL}{UUID(one.id)}/")
    assert "&lt;b&gt;它坐了很久。" in read.content.decode()


def test_twenty_thousand_characters_are_kept_to_the_last() -> None:
    client = browser(language="zh-CN")
    words = "雨下了一整天，没有停。" * 1_818 + "完了"
    assert client.post(WRITE, {"words": words}).status_code == 303
    [one] = entries_of(whose(client))
    assert one.words == words
    assert words in words_of(client.get(f"{JOURNAL}{UUID(one.id)}/"))


def test_another_beginning_keeps_what_was_typed_and_stores_nothing() -> None:
    client = browser(language="en-US")
    form = words_of(client.get(f"{WRITE}?prompt=window"))
    assert prompts("en")["window"] in form
    for _time in range(5):
        typed = {"words": "so far", "title": "t", "prompt": hidden(form, "prompt"), "another": "1"}
        before = typed["prompt"]
        form = words_of(client.post(WRITE, typed))
        assert hidden(form, "prompt") not in ("", before)
        assert ">so far</textarea>" in form
    form = words_of(client.post(WRITE, {"words": "so far", "prompt": "window", "without": "1"}))
    assert hidden(form, "prompt") == ""
    assert ">so far</textarea>" in form
    assert words_of(client.get(f"{WRITE}?prompt=any")).count('class="prompt"') == 1
    assert words_of(client.get(f"{WRITE}?prompt=nonsense")).count('class="prompt"') == 0


def test_a_prompt_stays_with_its_page() -> None:
    client = browser()
    client.post(WRITE, {"words": "a plane tree", "prompt": "window"})
    [one] = entries_of(whose(client))
    assert one.prompt == "window"
    assert prompts("en")["window"] in words_of(client.get(f"{JOURNAL}{UUID(one.id)}/"))


def test_an_empty_page_is_not_kept_and_its_title_stays() -> None:
    shown = words_of(browser().post(WRITE, {"words": " \n ", "title": "later"}), 400)
    assert 'role="alert"' in shown
    assert 'value="later"' in shown


def test_the_same_form_twice_is_one_page() -> None:
    client = browser()
    form = words_of(client.get(WRITE))
    for _time in range(2):
        client.post(WRITE, {"words": "once", "which": hidden(form, "which")})
    assert len(entries_of(whose(client))) == 1


def test_a_page_written_on_in_two_windows_is_kept_twice() -> None:
    client = browser()
    client.post(WRITE, {"words": "first"})
    [one] = entries_of(whose(client))
    address = f"{JOURNAL}{UUID(one.id)}/edit/"
    seen = hidden(words_of(client.get(address)), "seen")
    client.post(address, {"words": "first, and more", "seen": seen})
    assert [one.words for one in entries_of(whose(client))] == ["first, and more"]
    shown = words_of(client.post(address, {"words": "first, otherwise", "seen": seen}, follow=True))
    assert "both are kept" in shown
    assert {one.words for one in entries_of(whose(client))} == {
        "first, and more",
        "first, otherwise",
    }


def test_it_is_deleted_after_asking_once() -> None:
    client = browser()
    client.post(WRITE, {"words": "gone soon"})
    [one] = entries_of(whose(client))
    address = f"{JOURNAL}{UUID(one.id)}/delete/"
    assert "gone soon" in words_of(client.get(address))
    assert "Deleted." in words_of(client.post(address, follow=True))
    assert entries_of(whose(client)) == []


@pytest.mark.parametrize("language", list(DANGER))
def test_danger_deep_in_a_long_page_is_answered_and_the_page_kept(
    progress: Progress, language: str
) -> None:
    client = browser(language=language)
    line = "今天食堂有糖醋排骨。\n" if language == "zh-CN" else "we had noodles again.\n"
    words = line * 300 + DANGER[language] + "\n" + line * 300
    shown = words_of(client.post(WRITE, {"words": words}))
    assert 'class="heard"' in shown
    assert "/journal/" in shown
    person = whose(client)
    assert DANGER[language] in entries_of(person)[0].words
    with connection.cursor() as cursor:
        assert progress.episodes.of(cursor, person, progress.seal(person)).is_open


def test_putting_one_place_right_is_not_answered_for_another() -> None:
    client, address = browser(language="zh-CN"), ""
    words = f"{DANGER['zh-CN']}\n" + "雨停了，去买了杯豆浆。" * 300
    client.post(WRITE, {"words": words})
    [one] = entries_of(whose(client))
    address = f"{JOURNAL}{UUID(one.id)}/edit/"
    seen = hidden(words_of(client.get(address)), "seen")
    assert client.post(address, {"words": f"{words}\n豆浆是甜的", "seen": seen}).status_code == 303


def test_danger_is_read_to_the_end_of_a_text_without_lines() -> None:
    text = "今天下雨，" * 3_000 + DANGER["zh-CN"]
    assert dangers_in(text, "", Person())
    assert dangers_in(text, text, Person()) == []


@pytest.mark.parametrize("language", list(DANGER))
def test_where_nothing_can_be_kept_the_words_come_all_the_same(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(Rows, "keep", broken)
    shown = words_of(browser(language=language).post(WRITE, {"words": DANGER[language]}), 503)
    assert shown.index('class="heard"') < shown.index('class="notice"')
    assert f">{DANGER[language]}</textarea>" in shown


def test_what_cannot_be_read_is_said_not_to_be_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    _, token = somebody()
    monkeypatch.setattr(Rows, "all_of", broken)
    monkeypatch.setattr(Rows, "one", broken)
    for path in (JOURNAL, f"{JOURNAL}{uuid4()}/", f"{JOURNAL}{uuid4()}/edit/"):
        assert "It is not lost" in words_of(browser(token).get(path), 503)


def test_an_expired_form_keeps_what_was_typed_and_hears_it() -> None:
    client = browser(language="zh-CN", enforce_csrf_checks=True)
    for path in (WRITE, f"{JOURNAL}{uuid4()}/edit/"):
        shown = words_of(client.post(path, {"words": DANGER["zh-CN"]}), 403)
        assert f">{DANGER['zh-CN']}</textarea>" in shown
        assert 'class="heard"' in shown
    words_of(client.post(f"{JOURNAL}{uuid4()}/delete/"), 403)


@pytest.mark.parametrize("what", ["", "edit/", "delete/"])
def test_somebody_elses_is_not_there(what: str) -> None:
    theirs = browser()
    theirs.post(WRITE, {"words": "theirs alone"})
    [one] = entries_of(whose(theirs))
    _, other = somebody()
    for client in (browser(other), browser()):
        for which in (UUID(one.id), uuid4()):
            path = f"{JOURNAL}{which}/{what}"
            assert client.get(path).status_code == 404
            if what:
                assert client.post(path, {"words": "mine"}).status_code == 404
    assert entries_of(whose(theirs)) == [one]
    taker = browser(other)
    taker.post(WRITE, {"words": "mine", "which": one.id})
    assert entries_of(whose(theirs)) == [one]
