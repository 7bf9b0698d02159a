"""A letter and the page to take to somebody, in a browser: read and changed, without scripts, on a
phone, in the dark; what is printed holds nothing but the page."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.guest import Guest
from tests.browser.test_accessibility import assert_clean
from tests.browser.test_progress_charts import ROOT, known
from tests.browser.test_talking import PHONE
from tests.servers.qingting import Server

pytestmark = pytest.mark.browser


def with_notes(guided: Server, guest: Guest, locale: str) -> Guest:
    """Somebody who noted how they were on the days before this week."""
    clean = {key: one for key, one in os.environ.items() if not key.startswith("QINGTING_")}
    told = subprocess.run(
        [sys.executable, "-m", "tests.progress.noting", "20", locale],
        env={**clean, "QINGTING_DATA_DIR": str(guided.data_dir)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return known(guest, told.stdout.split()[-1])


@pytest.mark.parametrize(("locale", "scheme"), [("zh-CN", "light"), ("en-US", "dark")])
def test_a_letter_is_read_changed_and_deleted_without_a_script(
    guided: Server, visit: Visit, locale: str, scheme: str
) -> None:
    screen = {**PHONE, "viewport": {"width": 320, "height": 640}}
    guest = visit(guided, locale=locale, java_script_enabled=False, color_scheme=scheme, **screen)
    with_notes(guided, guest, locale).open("/progress/letter/")
    expect(guest.page.locator(".letter")).to_be_visible()
    guest.follow(".letter a[href$='/edit/']")
    guest.page.locator("#words").fill("改过了" if locale == "zh-CN" else "changed by me")
    guest.follow("main form.journal button")
    expect(guest.page.locator(".letter")).to_contain_text(
        "改过了" if locale == "zh-CN" else "changed by me"
    )
    guest.follow(".letter a[href$='/delete/']")
    guest.follow("main form button")
    expect(guest.page.locator(".letter")).to_have_count(0)
    expect(guest.page.locator(".notice")).to_be_visible()


def test_the_page_prints_what_is_ticked_and_nothing_around_it(guided: Server, visit: Visit) -> None:
    guest = with_notes(guided, visit(guided, locale="en-US"), "en").open("/progress/summary/")
    guest.page.locator("#want").fill("somebody who listens first")
    guest.page.locator("input[name=with_sleep]").uncheck()
    guest.follow("button[value=print]")
    paper = guest.page.locator(".paper")
    expect(paper).to_contain_text("somebody who listens first")
    expect(paper).not_to_contain_text("Sleep")
    guest.page.emulate_media(media="print")
    expect(guest.page.locator(".unprinted").first).to_be_hidden()
    expect(guest.page.locator(".foot")).to_be_hidden()
    expect(paper).to_be_visible()
    guest.page.emulate_media(media="screen")
    guest.follow("button[value=back]")
    expect(guest.page.locator("#want")).to_have_value("somebody who listens first")
    expect(guest.page.locator("input[name=with_sleep]")).not_to_be_checked()


@pytest.mark.parametrize(("locale", "scheme"), [("zh-CN", "light"), ("en-US", "dark")])
def test_the_pages_are_for_everybody(
    guided: Server, visit: Visit, locale: str, scheme: str
) -> None:
    guest = with_notes(guided, visit(guided, locale=locale, color_scheme=scheme, **PHONE), locale)
    for path in ("/progress/letter/", "/progress/summary/"):
        guest.open(path)
        expect(guest.page.locator("main h1")).to_be_visible()
        assert_clean(guest, path)
        if folder := os.environ.get("LETTER_SCREENSHOTS"):
            name = f"{folder}/letter{path.replace('/', '-')}{locale}.png"
            guest.page.screenshot(path=name, full_page=True)
