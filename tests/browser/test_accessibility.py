"""axe-core finds nothing on any page, by day and by night, in both languages."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit
from tests.browser.guest import Guest
from tests.browser.test_talking import PHONE
from tests.servers.qingting import Server

pytestmark = pytest.mark.browser

# What breathes is measured before its first breath, not wherever a slow machine happens to look.
AT_REST = "document.getAnimations().forEach(one => (one.pause(), one.currentTime = 0))"
DANGER = {"zh-CN": "我不想活了", "en-US": "I want to kill myself"}


def assert_clean(guest: Guest, where: str) -> None:
    """axe has nothing to say about the page as it stands."""
    found = Axe().run(guest.page).response["violations"]
    assert [(where, one["id"], [n["html"] for n in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize(
    ("locale", "scheme", "screen"),
    [
        ("zh-CN", "light", "phone"),
        ("zh-CN", "dark", "desktop"),
        ("en-US", "light", "desktop"),
        ("en-US", "dark", "phone"),
    ],
)
def test_every_page_is_clean(
    guided: Server, visit: Visit, locale: str, scheme: str, screen: str
) -> None:
    options = dict(PHONE) if screen == "phone" else {}
    # Words that fade in have too little contrast until they are there.
    options = {**options, "color_scheme": scheme, "reduced_motion": "reduce"}
    guest = visit(guided, locale=locale, **options)
    guest.tolerate("404", "ERR_")
    assert_clean(guest.open(), "start")
    guest.say("好累" if locale == "zh-CN" else "so tired")
    assert_clean(guest, "first reply")
    guest.say(DANGER[locale])
    assert_clean(guest, "danger")
    guest.page.reload()
    assert_clean(guest, "conversation")
    guest.lose_network()
    guest.type_and_send("嗯" if locale == "zh-CN" else "yes")
    expect(guest.retry).to_be_visible()
    assert_clean(guest, "not sent")
    guest.context.set_offline(False)
    assert_clean(guest.open("/talk/"), "history")
    guest.page.locator("summary").first.click()
    assert_clean(guest, "history, a talk open")
    guest.follow(guest.page.locator("form[action$='/delete/'] button").first)
    expect(guest.page.locator(".undo")).to_be_visible()
    assert_clean(guest, "history, undo")
    for path in ("/now/", "/about/", "/nowhere/"):
        assert_clean(guest.open(path), path)


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_nothing_is_cut_off_on_a_narrow_screen_or_at_double_size(
    guided: Server, visit: Visit, locale: str
) -> None:
    guest = visit(guided, locale=locale, viewport={"width": 320, "height": 640}).open()
    guest.say("Pneumonoultramicroscopicsilicovolcanoconiosis" * 3)
    for path in (guest.talk(), "/", "/now/", "/about/", "/talk/"):
        guest.open(path)
        for size in ("100%", "200%"):
            guest.page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
            guest.page.evaluate(AT_REST)
            wide = guest.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 320, (path, size)


def shown(guest: Guest, selector: str) -> list[Locator]:
    """What can be pressed now: not what a closed part of the page holds."""
    return [one for one in guest.page.locator(selector).all() if one.is_visible()]


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_what_is_pressed_is_big_enough(guided: Server, visit: Visit, locale: str) -> None:
    guest = visit(guided, locale=locale, **PHONE).open()
    guest.say("好累")
    for path in ("/", "/talk/", "/now/"):
        guest.open(path)
        for one in shown(guest, "button, summary, select, .top a, a.call"):
            box = one.bounding_box()
            assert box is not None, one.inner_text()
            assert min(box["width"], box["height"]) >= 24, one.inner_text()
        for one in shown(guest, "button, .top a, a.call"):
            box = one.bounding_box()
            assert box is not None, one.inner_text()
            assert box["height"] >= 44, one.inner_text()
