"""The library without a network: after one visit all of it can be read."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.guest import Guest
from tests.browser.test_accessibility import assert_clean
from tests.servers.qingting import Server

pytestmark = pytest.mark.browser

KEPT = """async () => {
    const { name, addresses } = await (await fetch("/library/kept.json")).json();
    if (!(await caches.has(name))) return false;
    return (await (await caches.open(name)).keys()).length === addresses.length;
}"""
READY = (
    "async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated'"
)
SAVES = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"


def names(guest: Guest) -> list[str]:
    found: list[str] = guest.page.evaluate("caches.keys()")
    return [name for name in found if name.startswith("library-")]


def test_after_one_visit_every_article_is_readable_with_the_network_cut(
    guided: Server, visit: Visit
) -> None:
    guest = visit(guided, locale="en-US", viewport={"width": 320, "height": 640})
    guest.open("/library/")
    guest.wait_until(READY)
    guest.wait_until(KEPT)
    assert_clean(guest, "library")
    links = guest.page.locator(".shelf a")
    addresses = [link.get_attribute("href") or "" for link in links.all()]
    titles = guest.page.locator(".shelf strong").all_text_contents()
    guest.lose_network()
    guest.another_tab()
    for address, title in zip(addresses, titles, strict=True):
        guest.open(address)
        expect(guest.page.locator("h1")).to_have_text(title)
        assert guest.page.locator(".body p").count() > 3
    # Not only the words: it looks the same, and fits on the narrowest phone.
    assert guest.page.evaluate("getComputedStyle(document.querySelector('.next')).borderTopStyle")
    assert guest.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert_clean(guest, "an article, kept")
    guest.follow(".ways a[href='/library/']")
    expect(guest.page.locator(".shelf a").first).to_be_visible()
    # "Help now" is there as ever.
    guest.follow(".help-now")
    expect(guest.page.locator("a.call").first).to_be_visible()


def test_where_data_is_saved_nothing_is_fetched_before_it_is_asked_for(
    guided: Server, visit: Visit
) -> None:
    guest = visit(guided, locale="zh-CN")
    guest.context.add_init_script(SAVES)
    guest.open("/library/panic/")
    guest.wait_until(READY)
    button = guest.page.locator("[data-keep]")
    expect(button).to_be_visible()
    assert names(guest) == []
    button.click()
    expect(guest.page.locator("[data-told]")).to_have_text("都留好了，没网也能看。")
    expect(button).to_be_hidden()
    assert len(names(guest)) == 1
