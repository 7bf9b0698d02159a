"""An article handed over in a talk: a card under the reply, the same when it is told again and when
the talk is read back."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

import pytest

from qingting.companion.library.shelf import articles
from tests.servers.qingting import Visitor
from tests.talk.conftest import Standing
from tests.talk.shown import Page
from tests.talk.test_without_script import submit

pytestmark = pytest.mark.process

_CARD = re.compile(r'<a class="to-read" href="([^"]*)" lang="(\w+)">([^<]*)</a>')


def test_a_card_stands_under_the_reply_and_stays_there(standing: Standing) -> None:
    visitor = Visitor(standing.address)
    title = articles("zh")["panic"].title
    url, _ = submit(visitor, Page(visitor.page("/")).field_form, text="为什么会惊恐发作")
    for _ in range(2):
        shown = visitor.page(urlsplit(url).path)
        ((address, language, text),) = _CARD.findall(shown)
        assert address.partition("?")[0] == "/library/panic/"
        assert language == "zh"
        assert title in html.unescape(text)
    assert title in html.unescape(visitor.page(address))


def test_the_same_message_told_again_brings_the_same_card(standing: Standing) -> None:
    visitor = Visitor(standing.address)
    visitor.page("/")
    told = [visitor.say("what even is a panic attack", key="k" * 32) for _ in range(2)]
    cards = [[one for one in each.events if one["event"] == "article"] for each in told]
    assert [card["slug"] for card in cards[0]] == ["panic"]
    assert cards[0] == cards[1]
