"""A voice through the pages of the talk, without a script: asked for, heard, named under "why", and
of a private talk held in it alone."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from qingting.companion.person import Person
from qingting.companion.voice.labels import label_for
from qingting.people import devices
from qingting.people.visitors import COOKIE
from qingting.voices import service
from qingting.voices.service import Voices
from tests.memory.ledgered import browser, somebody, wired

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)

LABEL = label_for("su_shi", Person(locale="zh-CN"))


@pytest.fixture(autouse=True)
def voices() -> Iterator[Voices]:
    cache.clear()
    with wired():
        yield service.current()


def say(client: Client, path: str, text: str, **more: str) -> tuple[str, str]:
    """The address and the page after a message."""
    answer = client.post(path, {"text": text, "key": text, **more}, follow=True)
    assert answer.status_code == 200
    return answer.redirect_chain[-1][0].partition("#")[0], html.unescape(answer.content.decode())


def test_asked_for_in_the_talk_it_is_shown_kept_and_named_under_why(voices: Voices) -> None:
    person, token = somebody()
    client = browser(token, "zh-CN")
    talk, shown = say(client, "/", "换成苏轼的口气")
    assert LABEL in shown
    assert voices.chosen(person) == "su_shi"
    _, shown = say(client, talk, "室友又吵到两点，我一晚上没睡")
    why = re.findall(r'class="why" href="([^"]+)"', shown)[-1]
    assert LABEL in html.unescape(client.get(why).content.decode())
    _, shown = say(client, talk, "变回来")
    assert f">{LABEL}<" not in shown
    assert voices.chosen(person) == "plain"


def test_a_page_chosen_later_counts_in_a_talk_begun_before(voices: Voices) -> None:
    _, token = somebody()
    client = browser(token, "zh-CN")
    talk, _ = say(client, "/", "换成苏轼的口气")
    client.post("/voices/", {"voice": "plain"})
    _, shown = say(client, talk, "室友又吵到两点，我一晚上没睡")
    why = re.findall(r'class="why" href="([^"]+)"', shown)[-1]
    assert LABEL not in html.unescape(client.get(why).content.decode())


def test_of_a_private_talk_nothing_is_kept_and_in_it_the_voice_holds(voices: Voices) -> None:
    person, token = somebody()
    client = browser(token, "zh-CN")
    talk, shown = say(client, "/", "换成苏轼的口气", private="1")
    assert LABEL in shown
    assert voices.chosen(person) == "plain"
    _, shown = say(client, talk, "室友又吵到两点，我一晚上没睡")
    assert LABEL in shown
    assert LABEL not in html.unescape(client.get("/").content.decode())
    assert devices.find_person(token) == person
    assert COOKIE in client.cookies
