"""Questionnaires in a browser: by keyboard alone, without a script, on a phone, in the dark."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.guest import Guest
from tests.browser.test_accessibility import assert_clean
from tests.browser.test_talking import PHONE
from tests.servers.qingting import Server

pytestmark = pytest.mark.browser

PHQ9 = "/questions/phq9/"
ITEMS = 9


def tick(guest: Guest, item: int, value: int) -> None:
    """Choose an answer with a finger."""
    guest.page.locator(f"label[for=q{item}-{value}]").click()
    expect(guest.page.locator(f"#q{item}-{value}")).to_be_checked()


def test_all_of_it_with_the_keyboard_alone(guided: Server, visit: Visit) -> None:
    guest = visit(guided, locale="en-US").open(PHQ9)
    keyboard = guest.page.keyboard
    guest.page.locator("#q1-0").focus()
    for item in range(1, ITEMS + 1):
        keyboard.press("Space")
        if item < ITEMS:
            keyboard.press("ArrowDown")
            expect(guest.page.locator(f"#q{item}-1")).to_be_checked()
        else:
            expect(guest.page.locator(f"#q{item}-0")).to_be_checked()
        keyboard.press("Tab")
    expect(guest.page.locator("button[name=done]")).to_be_focused()
    with guest.arriving():
        keyboard.press("Enter")
    expect(guest.page.locator(".number .value")).to_have_text("8")
    expect(guest.page.locator(".heard")).to_have_count(0)


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_one_at_a_time_on_a_phone_without_a_script(
    guided: Server, visit: Visit, locale: str
) -> None:
    guest = visit(guided, locale=locale, java_script_enabled=False, **PHONE).open("/questions/")
    guest.follow(f"a[href='{PHQ9}']")
    guest.follow(f"a[href='{PHQ9}?one']")
    for item in range(1, ITEMS):
        expect(guest.page.locator(".place")).to_have_text(f"{item} / {ITEMS}")
        tick(guest, item, 2)
        guest.follow("button[name=next]")
    expect(guest.page.locator(".place")).to_have_text(f"{ITEMS} / {ITEMS}")
    guest.follow("button[name=back]")
    expect(guest.page.locator("#q8-2")).to_be_checked()
    guest.follow("button[name=later]")
    expect(guest.page.locator(".offers .note").first).to_contain_text("8")
    guest.follow(f"a[href='{PHQ9}']")
    tick(guest, ITEMS, 1)
    guest.follow("button[name=done]")
    heard, number = guest.page.locator(".heard"), guest.page.locator(".number")
    expect(heard).to_be_visible()
    expect(number.locator(".value")).to_have_text("17")
    above, below = heard.bounding_box(), number.bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] < below["y"]
    expect(heard.locator("a[href^='tel:']")).to_be_visible()
    # What is asked there is answered there, and a talk begins with it.
    guest.field.fill("有时候" if locale == "zh-CN" else "sometimes")
    guest.press_send()
    assert guest.wait_for_reply()
    expect(guest.page).to_have_url(re.compile("/talk/"))


@pytest.mark.parametrize(
    ("locale", "scheme", "phone"),
    [("zh-CN", "light", True), ("zh-CN", "dark", False), ("en-US", "dark", True)],
)
def test_the_pages_are_clean_big_enough_and_fit(
    guided: Server, visit: Visit, locale: str, scheme: str, phone: bool
) -> None:
    options = {"color_scheme": scheme, "reduced_motion": "reduce", **(PHONE if phone else {})}
    guest = visit(guided, locale=locale, **options).open("/questions/")
    expect(guest.page.locator(".offers > li").first).to_be_visible()
    assert_clean(guest, "list")
    guest.open(f"{PHQ9}?one")
    expect(guest.page.locator("fieldset")).to_have_count(1)
    assert_clean(guest, "one")
    guest.open(PHQ9)
    expect(guest.page.locator("fieldset")).to_have_count(ITEMS)
    assert_clean(guest, "all")
    for item in range(1, ITEMS + 1):
        tick(guest, item, 2)
    guest.follow("button[name=done]")
    expect(guest.page.locator(".heard")).to_be_visible()
    expect(guest.page.locator(".number .value")).to_have_text("18")
    assert_clean(guest, "danger and number")
    guest.open("/questions/")
    result = guest.page.locator(".done a")
    expect(result).to_have_count(1)
    path = result.get_attribute("href")
    assert path
    guest.open(path)
    expect(guest.page.locator(".number .value")).to_have_text("18")
    guest.page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    assert_clean(guest, "result, all open")
    for one in guest.page.locator("main button, main a.button, main .ways a, main summary").all():
        box = one.bounding_box()
        assert box is None or box["height"] >= 32, one.inner_text()
    guest.page.set_viewport_size({"width": 320, "height": 640})
    for where in ("/questions/", PHQ9, f"{PHQ9}?one", path):
        guest.open(where)
        for size in ("100%", "200%"):
            guest.page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
            wide = guest.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 320, (where, size)
