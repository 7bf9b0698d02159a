"""Pictures of every page for the eye, in tests/out/, and the picture of the README: taken only
with QINGTING_WRITE_SCREENSHOTS=1, because nothing but an eye can judge them."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.guest import Guest
from tests.servers.qingting import Server

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        os.environ.get("QINGTING_WRITE_SCREENSHOTS") != "1",
        reason="pictures are taken with QINGTING_WRITE_SCREENSHOTS=1",
    ),
]

TESTS = Path(__file__).resolve().parents[1]
README_PICTURE = TESTS.parent / "docs" / "screenshots" / "conversation.png"
SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
}
TALKS = {
    "zh-CN": (
        "室友都不理我了",
        "上周我回消息慢了一点，之后她们吃饭就没再叫我",
        "嗯，就是从那天开始的",
    ),
    "en-US": (
        "my roommates stopped talking to me",
        "I took longer to reply last week and after that they ate without me",
        "since that day, yes",
    ),
}
DANGER = {
    "zh-CN": "我不想活了，药都准备好了",
    "en-US": "I want to kill myself, I have the pills here",
}


@pytest.mark.parametrize("locale", list(TALKS))
@pytest.mark.parametrize("screen", list(SCREENS))
def test_every_page_has_its_picture(guided: Server, visit: Visit, screen: str, locale: str) -> None:
    folder = TESTS / "out"
    folder.mkdir(exist_ok=True)
    guest = visit(guided, locale=locale, **SCREENS[screen])
    guest.tolerate("ERR_", "404")

    def take(name: str, *, full: bool = False) -> None:
        guest.page.wait_for_timeout(500)  # the last words have faded in
        guest.page.screenshot(path=folder / f"{name}-{screen}-{locale}.png", full_page=full)

    guest.open()
    take("start")
    for line in TALKS[locale]:
        guest.say(line)
    take("conversation")
    guest.page.reload()
    take("conversation-reloaded")
    guest.lose_network()
    guest.type_and_send(TALKS[locale][1])
    expect(guest.retry).to_be_visible()
    take("not-sent")
    guest.context.set_offline(False)
    guest.retry.click()
    guest.wait_for_reply()
    guest.open("/talk/")
    guest.page.locator("summary").first.click()
    take("history")
    guest.follow(guest.page.locator("form[action$='/delete/'] button").first)
    take("history-deleted")
    guest.follow(".undo button")
    for path in ("now", "about", "nowhere"):
        guest.open(f"/{path}/")
        take(path, full=True)
    guest.open()
    take("start-again")
    guest.say(DANGER[locale])
    take("crisis")


def test_the_picture_of_the_readme(guided: Server, visit: Visit) -> None:
    pair = [_phone(visit(guided, locale=locale, **_FINE), locale) for locale in TALKS]
    gap = 36
    width, height = pair[0].size
    whole = Image.new("RGB", (2 * width + 3 * gap, height + 2 * gap), "#dcd8ce")
    whole.paste(pair[0], (gap, gap))
    whole.paste(pair[1], (width + 2 * gap, gap))
    README_PICTURE.parent.mkdir(parents=True, exist_ok=True)
    whole.quantize(128).save(README_PICTURE, optimize=True)
    assert README_PICTURE.stat().st_size < 200_000


_FINE: dict[str, Any] = {"viewport": {"width": 390, "height": 660}, "device_scale_factor": 1.5}


def _phone(guest: Guest, locale: str) -> Image.Image:
    guest.open()
    for line in TALKS[locale][:2]:
        guest.say(line)
    guest.page.reload()
    guest.page.evaluate("document.querySelector('.foot').hidden = true")
    return Image.open(io.BytesIO(guest.page.screenshot())).convert("RGB")
