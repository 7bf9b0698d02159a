"""Replies worded by a live model, and by whoever steps in when it fails."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, Worded
from tests.browser.guest import is_complete
from tests.servers.replies import HOSTILE, REPLIES

pytestmark = pytest.mark.browser

FAILING = ("hang", "slow_first", "cut", "error500", "garbage", "empty", "hostile", "long")
SAID = {"zh-CN": "室友都不理我了", "en-US": "my roommates stopped talking to me"}
# What the hostile model says and nobody may ever see.
_NEVER = re.compile(
    "真人，跟你|一切都会好|000-0|别再找我|real person|will be fine|don't write again"
)


@pytest.mark.parametrize("locale", list(SAID))
def test_a_model_words_the_reply(worded: Worded, visit: Visit, locale: str) -> None:
    guest = visit(worded.server, locale=locale).open()
    reply = guest.say(SAID[locale])
    assert reply == REPLIES[locale[:2]][0]
    guest.page.reload()
    assert guest.said_by("companion") == [reply]


def test_slow_first_words_are_waited_for_within_reason(worded: Worded, visit: Visit) -> None:
    worded.model.switch("slow_first", first_delay=0.4)
    assert visit(worded.server).open().say(SAID["zh-CN"]) == REPLIES["zh"][0]


@pytest.mark.parametrize("mode", FAILING)
def test_whatever_the_model_does_there_is_a_whole_kind_reply(
    worded: Worded, visit: Visit, mode: str
) -> None:
    worded.model.switch(mode)
    guest = visit(worded.server).open()
    replies = [guest.say(said) for said in SAID.values()]
    for reply in replies:
        assert is_complete(reply)
        assert not _NEVER.search(reply)
        assert len(reply) > 8
    expect(guest.retry).to_be_hidden()
    assert guest.field.input_value() == ""
    guest.page.reload()
    assert guest.said_by("person") == list(SAID.values())
    assert guest.said_by("companion") == replies


@pytest.mark.parametrize("mode", ["ok", "hang", "cut", "hostile"])
def test_the_same_without_scripts(worded: Worded, visit: Visit, mode: str) -> None:
    worded.model.switch(mode)
    guest = visit(worded.server, java_script_enabled=False).open()
    guest.field.fill(SAID["zh-CN"])
    guest.press_send()
    [reply] = guest.said_by("companion")
    assert is_complete(reply)
    assert not _NEVER.search(reply)
    assert guest.said_by("person") == [SAID["zh-CN"]]
    assert guest.field.input_value() == ""


def test_the_hostile_model_really_says_what_nobody_may_see() -> None:
    assert all(map(_NEVER.search, HOSTILE.values()))
