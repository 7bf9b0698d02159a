"""A person's own data in a browser: seen, taken along, erased; with and without scripts, on a phone
and on a desk, in both languages."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.guest import Guest
from tests.browser.test_accessibility import assert_clean
from tests.browser.test_pictures import SCREENS, TESTS
from tests.browser.test_talking import PHONE
from tests.servers.qingting import Server

pytestmark = pytest.mark.browser

SAID = {"zh-CN": "我妈翻了我藏在琴盒里的信", "en-US": "my mum read the letter in my violin case"}
PAGES = ("/me/", "/me/seen/", "/me/erase/")


def after_a_talk(guest: Guest, locale: str = "zh-CN") -> Guest:
    """Somebody who said something, with or without a script."""
    guest.open().field.fill(SAID[locale])
    guest.press_send()
    guest.wait_for_reply()
    return guest


@pytest.mark.parametrize("scripts", [True, False])
def test_it_is_found_taken_along_and_erased(
    guided: Server, visit: Visit, tmp_path: Path, scripts: bool
) -> None:
    guest = after_a_talk(visit(guided, java_script_enabled=scripts))
    talk = guest.talk()
    guest.open("/talk/").follow("main .ways a[href='/me/']")
    expect(guest.page.locator(".kept > li").first).to_contain_text("消息 2")

    with guest.page.expect_download() as download:
        guest.page.locator("form[action='/me/export/'] button").click()
    assert download.value.suggested_filename.startswith("copy-")
    download.value.save_as(tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip") as packed:
        packed.extract("index.html", tmp_path)
        told = json.loads(packed.read("data.json"))
    assert told["conversations"][0]["messages"][0]["text"] == SAID["zh-CN"]

    guest.follow("a[href='/me/erase/']")
    expect(guest.page.locator("h1")).to_have_text("全部抹掉")
    guest.follow("form[action='/me/erase/'] button")
    guest.page.locator(".sure button").click()  # the browser asks for the box first
    expect(guest.page.locator("h1")).to_have_text("真的全部抹掉吗？")
    guest.page.locator(".sure input[type=checkbox]").check()
    guest.follow(".sure button")
    expect(guest.page.locator("h1")).to_have_text("都没了")
    assert [one["name"] for one in guest.context.cookies() if one["name"] == "device"] == []
    guest.tolerate("404")
    guest.open(talk)
    assert SAID["zh-CN"] not in guest.page.content()
    guest.open("/me/")
    expect(guest.page.locator("main")).to_contain_text("什么都没有")


@pytest.mark.parametrize("locale", list(SAID))
def test_the_copy_opens_by_itself_and_is_clean(
    guided: Server, visit: Visit, tmp_path: Path, locale: str
) -> None:
    guest = after_a_talk(visit(guided, locale=locale, **PHONE), locale).open("/me/")
    with guest.page.expect_download() as download:
        guest.page.locator("form[action='/me/export/'] button").click()
    download.value.save_as(tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip") as packed:
        packed.extract("index.html", tmp_path)
    guest.lose_network()
    guest.tolerate("file://")
    guest.page.goto((tmp_path / "index.html").as_uri())
    assert SAID[locale] in guest.page.locator("body").inner_text()
    assert_clean(guest, "the copy")
    assert guest.page.evaluate("document.scripts.length") == 0


@pytest.mark.parametrize(
    ("locale", "scheme", "phone"),
    [
        ("zh-CN", "light", True),
        ("zh-CN", "dark", False),
        ("en-US", "dark", True),
        ("en-US", "light", False),
    ],
)
def test_the_pages_are_clean_big_enough_and_fit(
    guided: Server, visit: Visit, locale: str, scheme: str, phone: bool
) -> None:
    guest = visit(guided, locale=locale, color_scheme=scheme, **(PHONE if phone else {}))
    assert_clean(guest.open("/me/"), "nothing kept")
    after_a_talk(guest, locale)
    for path in PAGES:
        assert_clean(guest.open(path), path)
        for one in guest.page.locator("main button, main a.button, main .ways a, .kept a").all():
            box = one.bounding_box()
            assert box is None or box["height"] >= 44, one.inner_text()
    guest.follow("form[action='/me/erase/'] button")
    assert_clean(guest, "asked again")
    guest.page.set_viewport_size({"width": 320, "height": 640})
    for path in PAGES:
        guest.open(path)
        for size in ("100%", "200%"):
            guest.page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
            assert guest.page.evaluate("document.documentElement.scrollWidth") <= 320, (path, size)
    guest.open("/me/erase/").follow("form[action='/me/erase/'] button")
    guest.page.locator(".sure input[type=checkbox]").check()
    guest.follow(".sure button")
    expect(guest.page.locator("h1")).to_be_visible()
    expect(guest.page.locator(".sure")).to_have_count(0)
    assert_clean(guest, "gone")


@pytest.mark.skipif(
    os.environ.get("QINGTING_WRITE_SCREENSHOTS") != "1",
    reason="pictures are taken with QINGTING_WRITE_SCREENSHOTS=1",
)
@pytest.mark.parametrize("locale", list(SAID))
@pytest.mark.parametrize("screen", list(SCREENS))
def test_each_page_has_its_picture(guided: Server, visit: Visit, screen: str, locale: str) -> None:
    folder = TESTS / "out"
    folder.mkdir(exist_ok=True)
    guest = visit(guided, locale=locale, **SCREENS[screen])

    def take(name: str) -> None:
        guest.page.screenshot(path=folder / f"{name}-{screen}-{locale}.png", full_page=True)

    guest.open("/me/")
    take("me-empty")
    after_a_talk(guest, locale)
    guest.open("/me/")
    take("me")
    guest.open("/me/seen/")
    take("me-seen")
    guest.open("/me/erase/")
    take("me-erase")
    guest.follow("form[action='/me/erase/'] button")
    take("me-erase-asked")
    guest.page.locator(".sure input[type=checkbox]").check()
    guest.follow(".sure button")
    take("me-erased")
