"""What is remembered, in a browser: seen, put right, forgotten, paused; a private talk; why a reply
is as it is. On a phone and on a desk, in both languages, with and without a script."""

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

TOLD = {"zh-CN": "叫我小鹿就行", "en-US": "you can call me Rowan"}
NAME = {"zh-CN": "小鹿", "en-US": "Rowan"}
RIGHT = {"zh-CN": "叫你小禾", "en-US": "call you Robin"}
ORDINARY = {"zh-CN": "今天食堂又没赶上饭", "en-US": "i missed dinner again"}
SCREENS = [("zh-CN", "light", True), ("zh-CN", "dark", False), ("en-US", "dark", True)]


def with_a_memory(guest: Guest, locale: str) -> Guest:
    """Somebody of whom one thing is remembered."""
    guest.open().field.fill(TOLD[locale])
    guest.press_send()
    guest.wait_for_reply()
    guest.open("/memory/")
    expect(guest.page.locator(".remembered .says")).to_contain_text(NAME[locale])
    return guest


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("locale", list(TOLD))
def test_it_is_seen_put_right_forgotten_and_paused(
    guided: Server, visit: Visit, locale: str, scripts: bool
) -> None:
    screen = PHONE if scripts else {}
    guest = with_a_memory(
        visit(guided, locale=locale, java_script_enabled=scripts, **screen), locale
    )
    main = guest.page.locator("main")
    guest.page.locator(".remembered summary").first.click()
    expect(guest.page.locator("blockquote")).to_have_text(TOLD[locale])

    guest.follow("a[href$='/correct/']")
    guest.page.locator("#says").fill(RIGHT[locale])
    guest.follow("main form button")
    expect(guest.page.locator(".remembered .says")).to_contain_text(RIGHT[locale])
    expect(main).not_to_have_text(re.compile("Traceback"))

    guest.follow("button[value=paused]")
    expect(guest.page.locator("button[value=going_on]")).to_be_visible()
    guest.follow("button[value=going_on]")
    expect(guest.page.locator("button[value=paused]")).to_be_visible()

    guest.page.locator("details.here summary").click()
    guest.follow("details.here button")
    expect(guest.page.locator(".remembered > ul > li > .note")).to_have_count(1)

    guest.follow(guest.page.locator("a[href$='/forget/']").first)
    guest.follow("main form button")
    expect(guest.page.locator(".notice")).to_be_visible()
    expect(guest.page.locator(".remembered")).to_have_count(0)
    assert NAME[locale] not in main.inner_text()


@pytest.mark.parametrize(("locale", "scheme", "phone"), SCREENS)
def test_the_pages_are_clean_big_enough_and_fit(
    guided: Server, visit: Visit, locale: str, scheme: str, phone: bool
) -> None:
    options = {"color_scheme": scheme, "reduced_motion": "reduce", **(PHONE if phone else {})}
    guest = visit(guided, locale=locale, **options)
    assert_clean(guest.open("/memory/"), "nothing remembered")
    with_a_memory(guest, locale)
    guest.page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    assert_clean(guest, "remembered")
    correct = guest.page.locator("a[href$='/correct/']").get_attribute("href")
    forget = guest.page.locator("a[href$='/forget/']").first.get_attribute("href")
    guest.open().say(ORDINARY[locale])
    why = guest.page.locator("#messages .why").last.get_attribute("href")
    assert correct
    assert forget
    assert why
    paths = ("/memory/", correct, forget, "/memory/forget/", why)
    for path in paths:
        assert_clean(guest.open(path), path)
        for one in guest.page.locator("main button, main a.button, main .ways a").all():
            box = one.bounding_box()
            assert box is None or box["height"] >= 44, one.inner_text()
    guest.page.set_viewport_size({"width": 320, "height": 640})
    for path in paths:
        guest.open(path)
        for size in ("100%", "200%"):
            guest.page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
            assert guest.page.evaluate("document.documentElement.scrollWidth") <= 320, (path, size)


@pytest.mark.parametrize("locale", list(TOLD))
def test_why_is_asked_under_a_reply_with_the_keyboard(
    guided: Server, visit: Visit, locale: str
) -> None:
    guest = visit(guided, locale=locale).open()
    reply = guest.say(ORDINARY[locale])
    link = guest.page.locator("#messages > li.companion .why")
    expect(link).to_have_count(1)
    assert (link.bounding_box() or {"height": 0})["height"] >= 24
    guest.page.reload()
    expect(link).to_have_count(1)
    link.focus()
    with guest.arriving():
        guest.page.keyboard.press("Enter")
    expect(guest.page.locator("main blockquote")).to_contain_text(reply[:8])


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("locale", list(TOLD))
def test_a_private_talk_says_so_and_is_erased(
    guided: Server, visit: Visit, locale: str, scripts: bool
) -> None:
    options = {"reduced_motion": "reduce", **PHONE}
    guest = visit(guided, locale=locale, java_script_enabled=scripts, **options).open()
    guest.page.locator(".leave-none summary").click()
    guest.page.locator("input[name=private]").check()
    if scripts:
        assert_clean(guest, "private asked")
    guest.field.fill(TOLD[locale])
    guest.press_send()
    guest.wait_for_reply()
    ending = guest.page.locator("form.private")
    expect(ending).to_be_visible()
    if scripts:
        assert_clean(guest, "private")
        guest.page.reload()
        expect(ending).to_be_visible()
    talk = guest.talk()
    guest.open("/memory/")
    expect(guest.page.locator("main .lead")).to_be_visible()
    assert NAME[locale] not in guest.page.locator("main").inner_text()
    guest.open(talk)
    guest.follow(ending.locator("button"))
    expect(guest.page.locator(".start .notice")).to_be_visible()
    assert NAME[locale] not in guest.open("/talk/").page.content()
    guest.tolerate("404")
    assert NAME[locale] not in guest.open(talk).page.content()
