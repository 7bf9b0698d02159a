"""The pictures of how somebody is doing, in a browser: with nothing, little and much to see, in
both languages, by day and by night, with the keyboard, and on the narrowest screen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.guest import Guest
from tests.browser.test_accessibility import assert_clean
from tests.browser.test_talking import PHONE
from tests.servers.qingting import Server

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
SPANS = ("30", "90", "365", "all")
NARROW = {"width": 320, "height": 640}
LEAST_SIZE = 9.5

Noted = Callable[[int, str], str]


@pytest.fixture(scope="module")
def noted(guided: Server) -> Noted:
    """The cookie of somebody who noted things on so many days, stored beside the server."""
    kept: dict[tuple[int, str], str] = {}
    clean = {key: one for key, one in os.environ.items() if not key.startswith("QINGTING_")}

    def plant(days: int, locale: str) -> str:
        if (days, locale) not in kept:
            done = subprocess.run(
                [sys.executable, "-m", "tests.progress.noting", str(days), locale],
                cwd=ROOT,
                env={**clean, "QINGTING_DATA_DIR": str(guided.data_dir)},
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            kept[days, locale] = done.stdout.strip()
        return kept[days, locale]

    return plant


def known(guest: Guest, cookie: str) -> Guest:
    """The browser of somebody whose device is known."""
    address = urlsplit(guest.address)
    at = {"domain": address.hostname or "", "path": "/", "httpOnly": True}
    guest.context.add_cookies([{"name": "device", "value": cookie, **at}])
    return guest


def looked_at(guest: Guest, span: str, charts: int) -> Guest:
    """The page over a span, with its charts there."""
    guest.open(f"/progress/?span={span}")
    expect(guest.page.locator(".chart")).to_have_count(charts)
    expect(guest.page.locator(".picture svg")).to_have_count(charts)
    return guest


@pytest.mark.parametrize(
    ("locale", "scheme", "phone"),
    [("zh-CN", "light", True), ("zh-CN", "dark", False), ("en-US", "dark", True)],
)
@pytest.mark.parametrize("days", [0, 1, 5, 500])
def test_it_is_clean_and_fits(
    guided: Server, visit: Visit, noted: Noted, days: int, locale: str, scheme: str, phone: bool
) -> None:
    options = {"color_scheme": scheme, **(PHONE if phone else {})}
    guest = known(visit(guided, locale=locale, **options), noted(days, locale))
    charts = 5 if days else 0
    for span in SPANS if days == 500 else ("30", "all"):
        assert_clean(looked_at(guest, span, charts), f"{days} days, {span}")
    opened = "document.querySelectorAll('details').forEach((one) => (one.open = true))"
    guest.page.evaluate(opened)
    assert_clean(guest, f"{days} days, tables open")
    for one in guest.page.locator(
        "main .spans a, main .button, main .ways a, .chart summary"
    ).all():
        box = one.bounding_box()
        assert box is None or box["height"] >= 44, one.inner_text()
    guest.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    for size in ("100%", "200%"):
        guest.page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
        assert guest.page.evaluate("document.documentElement.scrollWidth") <= 320, size


@pytest.mark.parametrize("width", [320, 390, 480, 700, 1280])
def test_the_letters_in_a_picture_are_big_enough_and_inside(
    guided: Server, visit: Visit, noted: Noted, width: int
) -> None:
    screen = {"width": width, "height": 800}
    guest = known(visit(guided, locale="en-US", viewport=screen), noted(500, "en-US"))
    looked_at(guest, "all", 5)
    seen = guest.page.evaluate(
        """() => [...document.querySelectorAll(".picture svg")].flatMap((svg) => {
            const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
            const outer = svg.parentElement.getBoundingClientRect();
            return [...svg.querySelectorAll("text")].map((text) => {
                const box = text.getBoundingClientRect();
                return {
                    words: text.textContent,
                    size: scale * parseFloat(getComputedStyle(text).fontSize),
                    inside: box.left >= outer.left && box.right <= outer.right,
                };
            });
        })"""
    )
    assert len(seen) > 20
    assert [one for one in seen if one["size"] < LEAST_SIZE or not one["inside"]] == []


@pytest.mark.parametrize("scripts", [True, False])
def test_the_keyboard_reaches_spans_and_tables(
    guided: Server, visit: Visit, noted: Noted, scripts: bool
) -> None:
    guest = known(visit(guided, locale="en-US", java_script_enabled=scripts), noted(5, "en-US"))
    looked_at(guest, "30", 5)
    year = guest.page.locator(".spans a").nth(2)
    year.focus()
    with guest.arriving():
        guest.page.keyboard.press("Enter")
    expect(guest.page.locator(".spans [aria-current]")).to_have_text("A year")
    table = guest.page.locator(".chart table").first
    expect(table).to_be_hidden()
    guest.page.locator(".chart summary").first.focus()
    guest.page.keyboard.press("Enter")
    expect(table).to_be_visible()
    expect(table.locator("tbody tr")).not_to_have_count(0)
    picture = guest.page.locator(".picture svg").first
    chart = guest.page.locator(".chart").first
    expect(picture).to_have_accessible_name(chart.locator("h2").inner_text())
    expect(picture).to_have_accessible_description(chart.locator(".says").inner_text())


def test_every_picture_is_seen_by_an_eye(guided: Server, visit: Visit, noted: Noted) -> None:
    if os.environ.get("QINGTING_WRITE_SCREENSHOTS") != "1":
        pytest.skip("pictures are taken with QINGTING_WRITE_SCREENSHOTS=1")
    folder = ROOT / "tests" / "out"
    folder.mkdir(exist_ok=True)
    for name, locale, days, span, scheme, width in (
        ("phone", "zh-CN", 500, "30", "light", 390),
        ("narrow", "zh-CN", 500, "90", "light", 320),
        ("few", "zh-CN", 5, "30", "dark", 390),
        ("empty", "zh-CN", 0, "30", "light", 390),
        ("dark", "en-US", 500, "90", "dark", 390),
        ("desktop", "en-US", 500, "all", "light", 1280),
    ):
        screen = {"width": width, "height": 844}
        guest = visit(guided, locale=locale, color_scheme=scheme, viewport=screen)
        looked_at(known(guest, noted(days, locale)), span, 5 if days else 0)
        guest.page.screenshot(path=folder / f"progress-{name}-{locale}.png", full_page=True)
