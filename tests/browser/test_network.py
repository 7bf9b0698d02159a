"""A network that breaks: what was typed is never lost and never said twice."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Visit, Worded
from tests.browser.guest import Guest, is_complete
from tests.servers.qingting import Server

pytestmark = pytest.mark.browser

SAID = "室友都去吃饭了，我还在改论文"


@pytest.fixture
def guest(guided: Server, visit: Visit) -> Guest:
    """Somebody in the middle of a talk."""
    guest = visit(guided).open()
    guest.say("好累")
    guest.tolerate("ERR_")
    return guest


def test_without_a_network_the_words_are_back_in_the_field_and_can_be_sent_again(
    guest: Guest,
) -> None:
    guest.lose_network()
    guest.type_and_send(SAID)
    expect(guest.retry).to_be_visible()
    expect(guest.notices).to_have_count(1)
    assert guest.field.input_value() == SAID
    guest.context.set_offline(False)
    guest.retry.click()
    expect(guest.bubbles("companion")).to_have_count(2)
    assert is_complete(guest.wait_for_reply())
    expect(guest.retry).to_be_hidden()
    assert guest.field.input_value() == ""
    assert guest.said_by("person") == ["好累", SAID]
    guest.page.reload()
    assert guest.said_by("person") == ["好累", SAID]
    assert len(guest.said_by("companion")) == 2


def test_the_very_first_message_is_kept_too(guided: Server, visit: Visit) -> None:
    guest = visit(guided).open()
    guest.lose_network()
    guest.type_and_send(SAID)
    expect(guest.retry).to_be_visible()
    assert guest.field.input_value() == SAID
    guest.context.set_offline(False)
    guest.field.press("Enter")
    guest.wait_for_reply()
    guest.page.reload()
    assert guest.said_by("person") == [SAID]


def test_what_is_written_meanwhile_is_kept_below_it(guest: Guest) -> None:
    def lose(route: Route) -> None:
        guest.field.fill("你还在吗")  # while it is tried, however long that takes
        route.abort()

    guest.page.route("**/talk/**", lose, times=4)
    guest.type_and_send(SAID)
    expect(guest.bubbles("person")).to_have_count(2)
    expect(guest.notices).to_have_count(1)
    expect(guest.field).to_have_value(f"{SAID}\n你还在吗")
    guest.field.press("Enter")
    guest.wait_for_reply()
    assert guest.said_by("person") == ["好累", f"{SAID}\n你还在吗"]


def test_leaving_before_the_words_arrived_asks_first(guest: Guest) -> None:
    asked = []
    guest.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    guest.lose_network()
    guest.type_and_send(SAID)
    expect(guest.retry).to_be_visible()
    guest.context.set_offline(False)
    guest.open("/talk/")
    assert asked == ["beforeunload"]


def test_an_answer_lost_on_the_way_is_fetched_again_and_the_message_is_one(guest: Guest) -> None:
    def lose(route: Route) -> None:
        route.fetch()  # the server has it, and has answered
        route.abort()

    guest.page.route("**/talk/**", lose, times=1)
    reply = guest.say(SAID)
    assert is_complete(reply)
    guest.page.reload()
    assert guest.said_by("person") == ["好累", SAID]
    assert guest.said_by("companion")[1:] == [reply]


def test_a_reply_worded_anew_takes_no_shown_word_back(guest: Guest) -> None:
    def break_off(route: Route) -> None:
        shown = {"event": "words", "v": 1, "text": "这一句已经看到了。"}
        body = f"event: words\ndata: {json.dumps(shown)}\n\n"
        route.fulfill(body=body, content_type="text/event-stream")

    guest.page.route("**/talk/**", break_off, times=1)
    guest.type_and_send(SAID)
    shown = guest.wait_for_reply()
    assert shown.startswith("这一句已经看到了。\n")
    guest.page.reload()
    assert shown.endswith(guest.said_by("companion")[-1])


def test_a_page_open_for_so_long_that_its_form_expired_sends_all_the_same(guest: Guest) -> None:
    guest.tolerate("403")
    guest.context.clear_cookies(name="csrftoken")
    assert is_complete(guest.say(SAID))
    guest.page.reload()
    assert guest.said_by("person") == ["好累", SAID]


def test_a_cookie_that_is_gone_begins_a_new_talk_with_the_same_words(guest: Guest) -> None:
    guest.tolerate("403", "404")
    guest.context.clear_cookies()
    assert is_complete(guest.say(SAID))
    guest.page.reload()
    assert guest.said_by("person") == [SAID]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_page_left_in_the_middle_of_a_reply_shows_all_of_it_when_opened_again(
    worded: Worded, visit: Visit, scripts: bool
) -> None:
    worded.model.switch("ok", delay=0.15)
    guest = visit(worded.server).open()
    guest.type_and_send(SAID)
    begun, address = guest.first_words(), guest.talk()
    if scripts:
        guest.another_tab()
        guest.open(address)
        reply = guest.wait_for_reply()
    else:
        cookies = guest.context.cookies()
        guest = visit(worded.server, java_script_enabled=False)
        guest.context.add_cookies(cookies)
        guest.open(address)
        while (again := guest.page.locator(f".notice a[href='{address}']")).count():
            guest.follow(again)
        reply = guest.said_by("companion")[-1]
    assert reply.startswith(begun)
    assert is_complete(reply)
    assert len(reply) > len(begun)
    assert guest.said_by("person") == [SAID]
    guest.page.reload()
    assert guest.said_by("companion") == [reply]
