"""Pictures of every page for the eye, in tests/out/; and the picture of the README."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Visit
from tests.browser.guest import Guest
from tests.servers.qingting import Server

pytestmark = pytest.mark.browser

_SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
}
_TALKS = {
    "zh-CN": ("室友都不理我了", "上周我回消息慢了一点，之后她们吃饭就没再叫我", "嗯，就是从那天开始的"),
    "en-US": (
        "my roommates stopped talking to me",
        "I took longer to reply last week and after that they ate without me",
        "since that day, yes",
    ),
}
_DANGER = {"zh-CN": "我不想活了，药都准备好了", "en-US": "I want to kill myself, I have the pills here"}


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
@pytest.mark.parametrize("screen", list(_SCREENS))
def test_every_page_has_its_picture(
    guided: Server, visit: Visit, pictures: Path, screen: str, locale: str
) -> None:
    guest = visit(guided, locale=locale, **_SCREENS[screen])

    def take(name: str, *, full: bool = False) -> None:
        guest.page.screenshot(path=pictures / f"{name}-{screen}-{locale}.png", full_page=full)

    guest.open()
    take("start")
    _talk(guest, _TALKS[locale])
    take("conversation")
    guest.page.reload()
    take("conversation-reloaded")
    guest.open("/talk/")
    guest.page.locator("summary").first.click()
    take("history")
    guest.open("/now/")
    take("now", full=True)
    guest.open("/about/")
    take("about", full=True)
    guest.open()
    _talk(guest, _DANGER[locale].split("\n"))
    take("crisis")


def _talk(guest: Guest, lines: tuple[str, ...] | list[str]) -> None:
    for line in lines:
        guest.say(line)
    guest.page.wait_for_timeout(500)  # the last words have faded in
