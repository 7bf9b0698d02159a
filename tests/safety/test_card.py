"""The card to show: with the number of the place, in words that those around can read."""

from __future__ import annotations

import re
from importlib import resources

import pytest
from django.test import Client

from qingting.companion.person import Person
from qingting.companion.protect.resources import Directory
from qingting.safety.card import card_for
from tests.content_elsewhere import ReadFrom


@pytest.fixture
def visitor() -> Client:
    """A browser. No test here is allowed a database, so a query would fail it."""
    return Client(HTTP_HOST="localhost")


def shown(visitor: Client, language: str) -> list[tuple[str, str]]:
    """(language, words) of the card, as they stand one below the other."""
    answer = visitor.get("/safety/card/", HTTP_ACCEPT_LANGUAGE=language)
    assert "device" not in answer.cookies
    page = answer.content.decode()
    assert 'href="/now/"' in page
    words = page.split('class="words"')[1].split("</div>")[0]
    return re.findall(r'<p lang="([^"]+)">([^<]+)</p>', words)


@pytest.mark.parametrize(
    ("language", "place", "scripts", "number"),
    [
        ("zh-CN", "CN", ["zh-Hans"], "120"),
        ("zh-TW", "TW", ["zh-Hant"], "119"),
        ("zh-HK", "HK", ["zh-Hant"], "999"),
        ("en-US", "US", ["en"], "911"),
        ("en-GB", "GB", ["en"], "999"),
        # Far from home: first for those around.
        ("zh-CN", "US", ["en", "zh-Hans"], "911"),
        ("zh-TW", "JP", ["en", "zh-Hant"], "119"),
        ("en-US", "CN", ["zh-Hans", "en"], "120"),
        ("en-US", "TW", ["zh-Hant", "en"], "119"),
        ("zh-CN", "HK", ["zh-Hant"], "999"),
    ],
)
def test_it_holds_the_number_of_the_place(
    visitor: Client, language: str, place: str, scripts: list[str], number: str
) -> None:
    visitor.cookies["place"] = place
    found = shown(visitor, language)
    assert [script for script, _ in found] == scripts
    for script, words in found:
        assert number in words
        assert bool(re.search("[一-鿿]", words)) == script.startswith("zh")
    button = visitor.get("/safety/card/").content.decode()
    assert f'class="call big" href="tel:{number}"' in button


def test_it_is_in_the_writing_of_those_around(visitor: Client) -> None:
    visitor.cookies["place"] = "TW"
    assert "請陪" in shown(visitor, "zh-TW")[0][1]
    visitor.cookies["place"] = "CN"
    assert "请陪" in shown(visitor, "zh-CN")[0][1]


def test_an_unknown_place_gets_no_guessed_number(visitor: Client) -> None:
    found = shown(visitor, "en")
    assert [script for script, _ in found] == ["en"]
    page = visitor.get("/safety/card/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "local emergency number" in found[0][1]
    assert 'href="tel:' not in page


def test_every_place_has_a_card_without_a_gap() -> None:
    directory = Directory.load()
    for code, _ in directory.places("en"):
        for locale in ("zh-CN", "zh-TW", "en-GB"):
            person = Person(locale=locale)
            place = directory.for_place(code, language=person.language)
            for one in card_for(place, person):
                assert not set("{}") & set(one.text)


def test_without_its_content_file_it_still_says_the_same(
    read_content_from: ReadFrom,
) -> None:
    nowhere = resources.files("qingting.content") / "nowhere"
    read_content_from(nowhere)
    person = Person(locale="zh-CN")
    place = Directory.load().for_place("CN", language="zh")
    [words] = card_for(place, person)
    assert words.text == "我现在不安全。请陪着我，帮我打120。"
