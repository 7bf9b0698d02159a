"""Words of danger: an answer at once, and a line to a person that stays in sight."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, Worded
from tests.browser.guest import Guest
from tests.servers.qingting import Server

pytestmark = pytest.mark.browser

DANGER = {"zh-CN": "我不想活了", "en-US": "I want to kill myself"}


def assert_line_at_the_top(guest: Guest) -> None:
    """The line is on the screen, above every message, and can be pressed."""
    expect(guest.kept_line).to_be_in_viewport(ratio=1)
    link = guest.kept_line.get_by_role("link")
    assert (link.get_attribute("href") or "").split(":")[0] in ("tel", "sms", "https")
    box, header = link.bounding_box(), guest.page.locator(".top").bounding_box()
    assert box is not None
    assert header is not None
    assert box["height"] >= 44
    assert 0 <= box["y"] - (header["y"] + header["height"]) <= 16


@pytest.mark.parametrize("locale", list(DANGER))
def test_a_line_appears_and_stays(guided: Server, visit: Visit, locale: str) -> None:
    guest = visit(guided, locale=locale).open()
    reply = guest.say(DANGER[locale])
    assert_line_at_the_top(guest)
    number = guest.kept_line.inner_text().split()[0].split("（")[0]
    assert number in reply
    guest.page.reload()
    assert_line_at_the_top(guest)
    for line in ("嗯", "不知道", "就是很累", "今天也没睡") if locale == "zh-CN" else ("yes",) * 4:
        guest.say(line)
    assert_line_at_the_top(guest)
    guest.page.evaluate("scrollTo(0, 0)")
    assert_line_at_the_top(guest)


def test_without_scripts_too(guided: Server, visit: Visit) -> None:
    guest = visit(guided, java_script_enabled=False).open()
    guest.field.fill(DANGER["zh-CN"])
    guest.press_send()
    assert_line_at_the_top(guest)
    last = guest.page.locator("#last").bounding_box()
    line = guest.kept_line.bounding_box()
    assert last is not None
    assert line is not None
    assert last["y"] >= line["y"] + line["height"]


def test_a_model_that_hangs_makes_nobody_wait(worded: Worded, visit: Visit) -> None:
    worded.model.switch("hang")
    worded.model.forget()
    guest = visit(worded.server).open()
    guest.say(DANGER["zh-CN"])
    assert_line_at_the_top(guest)
    assert worded.model.recorded() == []


def test_the_number_is_written_nowhere_when_there_is_no_danger(
    guided: Server, visit: Visit
) -> None:
    guest = visit(guided).open()
    guest.say("这道题笑死我了")
    expect(guest.kept_line).to_be_hidden()
