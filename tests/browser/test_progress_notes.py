"""Moods, journal and import in a browser: with the keyboard alone, without a script, on a phone in
Chinese; clean, big enough and nothing cut off."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.guest import Guest
from tests.browser.test_accessibility import DANGER, assert_clean
from tests.browser.test_talking import PHONE
from tests.servers.qingting import Server

pytestmark = pytest.mark.browser

MOOD, JOURNAL, IMPORT = "/progress/mood/", "/journal/", "/progress/import/"
TABLE = "date,mood,note\n2026-05-01,4,rain\n2026-05-02,fish,\nsoon,3,\n"
PATHS = (MOOD, JOURNAL, "/journal/write/?prompt=window", IMPORT, "/progress/choice/")


def noted(guest: Guest) -> None:
    """Tap a square and save."""
    guest.open(MOOD).page.locator(".squares label").nth(7).click()
    guest.follow(".mood .send")
    expect(guest.page.locator("ul.noted > li")).to_have_count(1)


def test_a_mood_is_noted_with_the_keyboard_alone(guided: Server, visit: Visit) -> None:
    guest = visit(guided, locale="en-US").open(MOOD)
    page = guest.page
    page.locator("input[name=spot]").first.focus()
    page.keyboard.press("Space")
    said = page.locator(".squares input:focus ~ .said")
    expect(said).to_have_text("really heavy, can't switch off")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(said).to_have_text("a bit heavy, some go in me")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")  # there is no row above the first
    expect(said).to_have_text("a bit heavy, can't switch off")
    page.keyboard.press("Tab")
    expect(page.locator(".mood .send")).to_be_focused()
    with guest.arriving():
        page.keyboard.press("Enter")
    expect(page.locator("#said")).to_be_visible()
    expect(page.locator("ul.noted > li")).to_contain_text("a bit heavy, can't switch off")


def test_without_a_script_all_of_it_works(guided: Server, visit: Visit) -> None:
    guest = visit(guided, locale="en-US", java_script_enabled=False)
    noted(guest)
    guest.follow("ul.noted a[href^='/progress/mood/'] >> nth=0")
    guest.page.locator("#note").fill("library till late")
    guest.follow(".beside button")
    expect(guest.page.locator("ul.noted .own")).to_have_text("library till late")

    guest.open("/journal/write/").page.locator("#words").fill("one line")
    guest.follow("button[name=another]")
    expect(guest.page.locator(".prompt")).to_be_visible()
    expect(guest.page.locator("#words")).to_have_value("one line")
    guest.follow("main .send")
    guest.follow(".entries a")
    expect(guest.page.locator(".own.page")).to_have_text("one line")

    guest.open(IMPORT).page.locator("#table").fill(TABLE)
    guest.follow("button[value=look]")
    guest.page.locator("select").select_option("-1")
    guest.follow("button[value=keep]")
    expect(guest.page.locator("ul.noted > li")).to_have_count(3)
    guest.open(IMPORT)
    guest.follow("form.undo button")
    expect(guest.page.locator("ul.noted > li")).to_have_count(1)


@pytest.mark.parametrize("locale", list(DANGER))
def test_danger_in_the_journal_is_answered_on_a_phone(
    guided: Server, visit: Visit, locale: str
) -> None:
    guest = visit(guided, locale=locale, **PHONE).open("/journal/write/")
    guest.page.locator("#words").fill(DANGER[locale])
    guest.follow("main .send")
    expect(guest.page.locator(".heard")).to_be_visible()
    guest.follow("main .ways a[href='/journal/']")
    expect(guest.page.locator(".entries a")).to_have_text(DANGER[locale])


def test_a_file_is_read_into_the_field_and_stays_in_the_browser(
    guided: Server, visit: Visit
) -> None:
    guest = visit(guided, locale="zh-CN", **PHONE).open(IMPORT)
    asked: list[str] = []
    guest.page.on("request", lambda request: asked.append(request.method))
    table = "日期,心情\n2026-05-01,好\n"
    for encoding in ("utf-8", "gb18030"):
        guest.page.locator("#table").fill("")
        sent = {"name": "心情.csv", "mimeType": "text/csv", "buffer": table.encode(encoding)}
        guest.page.locator("#file").set_input_files(sent)  # type: ignore[arg-type]
        expect(guest.page.locator("#table")).to_have_value(table)
    assert "POST" not in asked
    guest.page.locator("#table").fill("长" * 90_000)
    expect(guest.page.locator("[data-large]")).to_be_visible()
    guest.page.locator("#table").fill(table)
    expect(guest.page.locator("[data-large]")).to_be_hidden()


@pytest.mark.parametrize(
    ("locale", "scheme", "phone"),
    [("zh-CN", "light", True), ("en-US", "dark", True), ("en-US", "light", False)],
)
def test_the_pages_are_clean_big_enough_and_fit(
    guided: Server, visit: Visit, locale: str, scheme: str, phone: bool
) -> None:
    options = {"color_scheme": scheme, "reduced_motion": "reduce", **(PHONE if phone else {})}
    guest = visit(guided, locale=locale, **options)
    noted(guest)
    edit = guest.page.locator("ul.noted a").first.get_attribute("href") or ""
    paths = (*PATHS, edit)
    for path in paths:
        guest.open(path).page.evaluate(
            "document.querySelectorAll('main details').forEach((one) => (one.open = true))"
        )
        assert_clean(guest, path)
        for one in guest.page.locator("main button, main .ways a, .square, .chips span").all():
            box = one.bounding_box()
            small = "noted" in (one.evaluate("e => e.closest('ul')?.className || ''"))
            assert box is None or small or box["height"] >= 44, one.inner_text()
    guest.open(IMPORT).page.locator("#table").fill(TABLE)
    guest.follow("button[value=look]")
    expect(guest.page.locator(".looked")).to_be_visible()
    assert_clean(guest, "looked at")
    guest.page.set_viewport_size({"width": 320, "height": 640})
    for path in paths:
        guest.open(path)
        for size in ("100%", "200%"):
            guest.page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
            assert guest.page.evaluate("document.documentElement.scrollWidth") <= 320, (path, size)
