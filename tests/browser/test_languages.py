"""The page in the reader's own language and script, and the reply with it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from qingting.companion.person import Person
from qingting.companion.words.script import in_script
from tests.browser.conftest import Visit
from tests.browser.guest import Guest
from tests.servers.qingting import Server

pytestmark = pytest.mark.browser


def language_of(guest: Guest) -> str:
    """What the page says it is written in."""
    found: str = guest.page.evaluate("document.documentElement.lang")
    return found


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("zh-CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("en-GB", "en"),
        ("fr-FR", "en"),
    ],
)
def test_the_browser_s_language_is_met(
    guided: Server, visit: Visit, locale: str, language: str
) -> None:
    assert language_of(visit(guided, locale=locale).open()) == language


def test_another_language_is_one_press_away_and_stays(guided: Server, visit: Visit) -> None:
    guest = visit(guided).open()
    headings = {}
    for code, language in (("en", "en"), ("zh-hant", "zh-Hant"), ("zh-hans", "zh-Hans")):
        guest.choose_language(code)
        assert language_of(guest) == language
        headings[code] = guest.page.locator("h1").inner_text()
        pressed = guest.page.locator("button[name=language][aria-pressed=true]")
        expect(pressed).to_have_attribute("value", code)
        assert language_of(guest.open("/about/")) == language
        guest.open()
    assert len(set(headings.values())) == 3


def test_the_language_changes_in_the_middle_of_a_talk(guided: Server, visit: Visit) -> None:
    guest = visit(guided, locale="en-US").open()
    guest.say("my roommates stopped talking to me")
    said, replies = guest.said_by("person"), guest.said_by("companion")
    talk = guest.talk()
    guest.choose_language("zh-hans")
    assert language_of(guest) == "zh-Hans"
    expect(guest.page).to_have_url(guest.address + talk)
    assert (guest.said_by("person"), guest.said_by("companion")) == (said, replies)
    expect(guest.page.locator("#messages > li.companion")).to_have_attribute("lang", "en")


@pytest.mark.parametrize(("locale", "scripts"), [("zh-TW", True), ("zh-HK", False)])
def test_a_reader_of_traditional_characters_is_answered_in_them(
    guided: Server, visit: Visit, locale: str, scripts: bool
) -> None:
    guest = visit(guided, locale=locale, java_script_enabled=scripts).open()
    for line in ("我覺得我快撐不住了", "室友都不理我"):
        guest.field.fill(line)
        guest.press_send()
        expect(guest.bubbles("companion").last).to_have_text(
            in_script(guest.wait_for_reply(), Person(locale=locale))
        )
    seen = "".join(guest.said_by("companion"))
    for path in ("/", "/now/", "/about/"):
        seen += guest.open(path).page.locator("main").inner_text()
    assert not set("们这开关时间电话热线说谁写") & set(seen)
