""" "Help now": on every page, one press away, without a network after the first visit."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.guest import Guest
from tests.servers.qingting import Server

pytestmark = pytest.mark.browser

WAYS = ("way-panic", "way-hurt", "way-other", "way-else")


def wait_until_kept(guest: Guest) -> None:
    """Until the browser has put the page by."""
    guest.wait_until(
        """async () => {
            const kept = await navigator.serviceWorker.getRegistration();
            return kept?.active?.state === "activated";
        }"""
    )


def words(guest: Guest) -> list[str]:
    """What stands on the page, but for what it says of the network."""
    parts = "main h1, main h2, main summary, main li, main p:not([data-offline])"
    return guest.page.locator(parts).all_text_contents()


def calls(guest: Guest) -> list[str]:
    """Addresses of everything that can be called or opened."""
    links = guest.page.locator("a.call").all()
    return [link.get_attribute("href") or "" for link in links]


def test_it_is_on_every_page(guided: Server, visit: Visit) -> None:
    guest = visit(guided).open()
    guest.tolerate("404")
    guest.say("好累")
    for path in (guest.talk(), "/", "/talk/", "/about/", "/now/", "/nowhere/"):
        guest.open(path).follow(".help-now")
        expect(guest.page).to_have_url(f"{guest.address}/now/")


@pytest.mark.parametrize(("locale", "first"), [("zh-CN", "/"), ("en-US", "/now/")])
def test_it_needs_no_network_after_the_first_visit(
    guided: Server, visit: Visit, first: str, locale: str
) -> None:
    guest = visit(guided, locale=locale).open(first)
    wait_until_kept(guest)
    with_network = calls(guest.open("/now/")), words(guest)
    guest.open(first)
    guest.lose_network()
    guest.another_tab()
    guest.open("/now/")
    assert (calls(guest), words(guest)) == with_network
    # Not only the words: the look and the breathing came along.
    assert guest.page.evaluate("getComputedStyle(document.querySelector('.pacer')).animationName")
    assert guest.page.locator(".home img").evaluate("e => e.complete && e.naturalWidth > 0")


def test_even_when_it_was_never_opened_before(guided: Server, visit: Visit) -> None:
    guest = visit(guided).open()
    wait_until_kept(guest)
    guest.lose_network()
    guest.follow(".help-now")
    assert any(href.startswith("tel:") for href in calls(guest))


def test_it_is_kept_in_the_language_chosen_last(guided: Server, visit: Visit) -> None:
    guest = visit(guided).open()
    wait_until_kept(guest)
    guest.choose_language("zh-hant")
    guest.wait_until(
        """async () => {
            const names = await caches.keys();
            return names.length && names.every((name) => name.startsWith("help-now-zh-hant-"));
        }"""
    )
    guest.lose_network()
    guest.open("/now/")
    assert guest.page.evaluate("document.documentElement.lang") == "zh-Hant"


def test_no_word_of_a_talk_is_kept_for_offline(guided: Server, visit: Visit) -> None:
    guest = visit(guided).open()
    guest.say("这句话不该留在缓存里")
    guest.page.reload()
    guest.open("/talk/")
    wait_until_kept(guest)
    kept = guest.page.evaluate(
        """async () => {
            const found = [];
            for (const name of await caches.keys())
                for (const request of await (await caches.open(name)).keys()) {
                    const response = await caches.match(request);
                    found.push([new URL(request.url).pathname, await response.text()]);
                }
            return found;
        }"""
    )
    pages = {path for path, _ in kept if not path.startswith("/static/")}
    assert pages == {"/now/", "/safety/card/"}
    assert not any("缓存" in text for _, text in kept)


def test_numbers_can_be_pressed(guided: Server, visit: Visit) -> None:
    guest = visit(guided).open("/now/")
    found = calls(guest)
    assert sum(href.startswith("tel:") for href in found) >= 3
    assert all(href.startswith(("tel:", "sms:", "https:", "mailto:")) for href in found)
    # The four ways close one another: their own are looked at one by one.
    for way in ("", *WAYS):
        if way:
            guest.page.locator(f"#{way} summary").click()
        for link in guest.page.locator(
            f"#{way} a.call" if way else "main > section > a.call"
        ).all():
            box = link.bounding_box()
            assert box is not None
            assert box["height"] >= 44
    for link in guest.page.locator("#lines a.call, .emergency a.call, #silent a.call").all():
        box = link.bounding_box()
        assert box is not None
        assert box["height"] >= 44


@pytest.mark.parametrize("scripts", [True, False])
def test_another_place_is_chosen_with_the_keyboard_and_remembered(
    guided: Server, visit: Visit, scripts: bool
) -> None:
    guest = visit(guided, locale="en-US", java_script_enabled=scripts).open("/now/")
    here = calls(guest)
    chooser = guest.page.locator("select[name=place]")
    assert chooser.input_value() == "US"
    chooser.focus()
    guest.press_quickly(*"United K")
    assert chooser.input_value() == "GB"
    assert "place=" not in guest.page.url  # nothing happens before the button is pressed
    guest.page.keyboard.press("Tab")
    with guest.arriving():
        guest.page.keyboard.press("Enter")
    expect(guest.page).to_have_url(f"{guest.address}/now/?place=GB#lines")
    there = calls(guest)
    assert there != here
    guest.open("/now/")
    assert calls(guest) == there


def test_breathing_stands_still_for_those_who_want_no_movement(
    guided: Server, visit: Visit
) -> None:
    guest = visit(guided, reduced_motion="reduce").open("/now/")
    name = guest.page.evaluate("getComputedStyle(document.querySelector('.pacer')).animationName")
    assert name == "none"
