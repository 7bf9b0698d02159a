"""Past talks, kept in order with nothing but a keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.guest import Guest
from tests.servers.qingting import Server

pytestmark = pytest.mark.browser


def press_until(guest: Guest, selector: str, key: str = "Tab") -> None:
    """Go on with the keyboard until the focus is where it should be."""
    for _ in range(30):
        if guest.page.locator(f"{selector}:focus").count():
            return
        guest.page.keyboard.press(key)
    raise AssertionError(f"{selector} is not reached with {key}")


def after_two_talks(guided: Server, visit: Visit, *, scripts: bool = True) -> Guest:
    """Somebody with two talks behind them, looking at the list."""
    guest = visit(guided, java_script_enabled=scripts)
    for line in ("室友都不理我", "今天面试又没过"):
        guest.open()
        guest.field.fill(line)
        guest.press_send()
        guest.wait_for_reply()
    return guest.open("/talk/")


def assert_titles(guest: Guest, *expected: str) -> None:
    """The talks in the list, newest first."""
    expect(guest.page.locator("h1")).to_have_text("聊过的")
    expect(guest.page.locator(".talks > li > a")).to_have_text(expected)


@pytest.mark.parametrize("scripts", [True, False])
def test_rename_delete_and_bring_back_with_the_keyboard(
    guided: Server, visit: Visit, scripts: bool
) -> None:
    guest = after_two_talks(guided, visit, scripts=scripts)
    assert_titles(guest, "今天面试又没过", "室友都不理我")
    keyboard = guest.page.keyboard
    press_until(guest, "summary")
    keyboard.press("Enter")
    press_until(guest, "input[name=title]")
    keyboard.press("Control+A")
    keyboard.type("面试的事")
    with guest.arriving():
        keyboard.press("Enter")
    assert_titles(guest, "面试的事", "室友都不理我")

    press_until(guest, "summary")
    keyboard.press("Space")
    press_until(guest, "form[action$='/delete/'] button")
    with guest.arriving():
        keyboard.press("Enter")
    expect(guest.page.locator(".undo")).to_be_visible()
    assert_titles(guest, "室友都不理我")

    press_until(guest, ".undo button")
    with guest.arriving():
        keyboard.press("Enter")
    assert_titles(guest, "面试的事", "室友都不理我")
    expect(guest.page.locator(".undo")).to_have_count(0)


def test_a_deleted_talk_has_no_page(guided: Server, visit: Visit) -> None:
    guest = after_two_talks(guided, visit)
    guest.tolerate("404")
    path = guest.page.locator(".talks > li > a").first.get_attribute("href")
    guest.page.locator("summary").first.click()
    guest.follow(guest.page.locator("form[action$='/delete/'] button").first)
    guest.open(path or "")
    expect(guest.page.locator("body.text")).to_be_visible()
    assert "面试" not in guest.page.locator("body").inner_text()


def test_somebody_else_sees_nothing_of_it(guided: Server, visit: Visit) -> None:
    guest = after_two_talks(guided, visit)
    path = guest.page.locator(".talks > li > a").first.get_attribute("href")
    other = visit(guided)
    other.tolerate("404")
    assert_titles(other.open("/talk/"))
    other.open(path or "")
    expect(other.page.locator("body.text")).to_be_visible()
    assert "面试" not in other.page.content()
