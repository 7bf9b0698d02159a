"""Help now: without an account, a model or a database."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture
def visitor() -> Client:
    """A browser. No test here is allowed a database, so a query would fail it."""
    return Client(HTTP_HOST="localhost")


@pytest.mark.parametrize(
    ("language", "numbers"),
    [
        ("zh-CN", ["tel:120", "tel:12356"]),
        ("en-US", ["tel:911", "tel:988"]),
        ("zh-TW", ["tel:1925"]),
    ],
)
def test_the_lines_of_the_place_can_be_called(
    visitor: Client, language: str, numbers: list[str]
) -> None:
    page = visitor.get("/now/", HTTP_ACCEPT_LANGUAGE=language).content.decode()
    for number in numbers:
        assert f'href="{number}"' in page


def test_an_unknown_place_gets_the_finder_and_no_guessed_number(visitor: Client) -> None:
    page = visitor.get("/now/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "findahelpline.com" in page
    assert 'href="tel:' not in page


def test_a_chosen_place_is_remembered(visitor: Client) -> None:
    visitor.get("/now/?place=TW", HTTP_ACCEPT_LANGUAGE="zh-CN")
    page = visitor.get("/now/", HTTP_ACCEPT_LANGUAGE="zh-CN").content.decode()
    assert 'href="tel:1925"' in page
    assert 'href="tel:12356"' not in page


def test_a_made_up_place_changes_nothing(visitor: Client) -> None:
    answer = visitor.get("/now/?place=<script>", HTTP_ACCEPT_LANGUAGE="zh-CN")
    assert "place" not in answer.cookies
    assert "<script>" not in answer.content.decode().split("<body")[1]


WAYS = ("way-panic", "way-hurt", "way-other", "way-else")


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "zh-HK", "en-US", "en-GB", "en"])
def test_numbers_stand_before_the_four_ways_and_those_before_everything_else(
    visitor: Client, language: str
) -> None:
    page = visitor.get("/now/", HTTP_ACCEPT_LANGUAGE=language).content.decode()
    order = ['class="emergency"', *(f'id="{one}"' for one in WAYS), 'id="breathe"', 'id="lines"']
    places = [page.index(one) for one in order]
    assert places == sorted(places)
    if language != "en":
        assert page.index("first-title") < places[1]
        assert page.index('href="tel:') < page.index("first-title")


@pytest.mark.parametrize(
    ("language", "hurt", "other"),
    [
        ("zh-CN", ["tel:120"], ["tel:110", "sms:12110", "tel:12338"]),
        ("en-US", ["tel:911", "tel:988"], ["tel:911"]),
        ("zh-TW", ["tel:119", "tel:1925"], ["tel:110", "tel:113"]),
    ],
)
def test_each_way_has_its_own_people(
    visitor: Client, language: str, hurt: list[str], other: list[str]
) -> None:
    page = visitor.get("/now/", HTTP_ACCEPT_LANGUAGE=language).content.decode()
    ways = {one: page.split(f'id="{one}"')[1].split("</details>")[0] for one in WAYS}
    assert all(f'href="{number}"' in ways["way-hurt"] for number in hurt)
    assert all(f'href="{number}"' in ways["way-other"] for number in other)
    assert f'href="{hurt[0]}"' in ways["way-panic"]
    assert f'href="{hurt[0]}"' in ways["way-else"]


def test_danger_is_called_by_its_name(visitor: Client) -> None:
    chinese = visitor.get("/now/", HTTP_ACCEPT_LANGUAGE="zh-CN").content.decode()
    english = visitor.get("/now/", HTTP_ACCEPT_LANGUAGE="en-US").content.decode()
    assert all(word in chinese for word in ("想死", "强奸", "割深了", "叫不醒"))
    assert all(word in english for word in ("I want to die", "raped", "a deep cut", "wake up"))


@pytest.mark.parametrize(
    ("language", "ways"),
    [
        ("en-US", ["sms:988", "sms:741741?body=HOME"]),
        ("en-GB", ["sms:85258"]),
        ("zh-CN", ["sms:12110"]),
        ("zh-TW", []),
    ],
)
def test_who_cannot_speak_finds_the_text_services_of_the_place(
    visitor: Client, language: str, ways: list[str]
) -> None:
    page = visitor.get("/now/", HTTP_ACCEPT_LANGUAGE=language).content.decode()
    silent = page.split('id="silent"')[1].split("</section>")[0]
    assert all(f'href="{one}"' in silent for one in ways)
    assert "tel:" not in silent
    assert ("data-picture" in silent) == bool(ways)
    # A sentence to send somebody, ready in the messages of the phone.
    assert 'href="sms:?&amp;body=' in silent


def test_the_manifest_names_nothing_and_has_its_icons(visitor: Client) -> None:
    answer = visitor.get("/manifest.webmanifest", HTTP_ACCEPT_LANGUAGE="en")
    told = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert (told["name"], told["short_name"]) == ("Qingting", "Qingting")
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "standalone")
    assert {(one["sizes"], one["purpose"]) for one in told["icons"]} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }


def test_pictures_are_all_that_is_allowed_besides_the_rule_of_every_page(visitor: Client) -> None:
    policy = {
        name: visitor.get(name)["Content-Security-Policy"] for name in ("/now/", "/safety/card/")
    }
    assert (
        policy["/now/"].replace("img-src 'self' data:", "img-src 'self'")
        == (policy["/safety/card/"])
    )
    assert "unsafe" not in policy["/now/"]
