"""The kit at "Help now": four ways under the thumb, felt, read aloud, kept as a picture, put on the
home screen; all of it in 80 KB."""

from __future__ import annotations

import json
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Download, expect

from tests.browser.conftest import Visit
from tests.browser.test_now import WAYS, wait_until_kept
from tests.browser.test_talking import PHONE
from tests.browser.weighing import Weighing
from tests.servers.qingting import Server

pytestmark = pytest.mark.browser

VOICES = """
    window.said = [];
    const own = { lang: "%s", name: "own", localService: true, default: true };
    const far = { lang: "%s", name: "far", localService: false, default: false };
    class Utterance { constructor(text) { this.text = text; } }
    window.SpeechSynthesisUtterance = Utterance;
    const synthesis = {
        getVoices: () => [far, own],
        speak: (one) => window.said.push([one.text, one.voice.name]),
        cancel: () => window.said.push("cancelled"),
        addEventListener: () => {},
    };
    Object.defineProperty(window, "speechSynthesis", { value: synthesis, configurable: true });
"""
TOUCHES = """
    window.touched = [];
    navigator.vibrate = (pattern) => { window.touched.push(pattern); return true; };
"""
# Of one round: a touch for in, two for out.
ROUND = [80, 3920, 80, 140, 80]


@pytest.mark.parametrize("scripts", [True, False])
def test_four_ways_open_under_the_thumb_with_people_first(
    guided: Server, visit: Visit, scripts: bool
) -> None:
    guest = visit(guided, java_script_enabled=scripts, **PHONE).open("/now/")
    # All four, a number and somebody to talk to stand on the first screen.
    for one in (".emergency .call", ".first-line .call", *(f"#{way} summary" for way in WAYS)):
        box = guest.page.locator(one).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < PHONE["viewport"]["height"], one
        assert box["height"] >= 44
    for way in WAYS:
        guest.page.locator(f"#{way} summary").tap()
        expect(guest.page.locator(f"#{way} ol")).to_be_visible()
        expect(guest.page.locator(f"#{way} a.call").first).to_be_visible()


def test_the_thumb_reaches_everything_from_everywhere(guided: Server, visit: Visit) -> None:
    guest = visit(guided, **PHONE).open("/now/")
    for goal in ("lines", "silent", "breathe"):
        guest.page.locator(f".dock a[href='#{goal}']").tap()
        expect(guest.page.locator(f"#{goal} h2")).to_be_in_viewport()
        expect(guest.page.locator(".dock a[href='tel:120']")).to_be_in_viewport()
    with guest.arriving():
        guest.page.locator(".dock a[href='/safety/card/']").tap()
    expect(guest.page.locator(".card .big")).to_be_in_viewport()
    box = guest.page.locator(".card .big").bounding_box()
    assert box is not None
    assert box["height"] >= 80
    assert box["width"] >= 300


def test_without_a_network_it_says_so_and_hides_what_needs_one(
    guided: Server, visit: Visit
) -> None:
    guest = visit(guided).open("/now/")
    wait_until_kept(guest)
    expect(guest.page.locator("[data-offline]")).to_be_hidden()
    guest.lose_network()
    guest.page.reload()
    expect(guest.page.locator("[data-offline]")).to_be_visible()
    expect(guest.page.locator(".place")).to_be_hidden()
    guest.page.locator("#way-hurt summary").click()
    expect(guest.page.locator("#way-hurt a[href='tel:120']")).to_be_visible()
    assert guest.page.evaluate("getComputedStyle(document.querySelector('.dock')).position") == (
        "sticky"
    )


def test_opened_from_the_home_screen_without_a_network_it_leads_here(
    guided: Server, visit: Visit
) -> None:
    guest = visit(guided).open("/now/")
    wait_until_kept(guest)
    guest.lose_network()
    guest.another_tab()
    guest.open("/")
    assert guest.page.url == f"{guest.address}/now/"
    expect(guest.page.locator(".emergency .call").first).to_be_visible()
    guest.follow("#keep a[href='/safety/plan/']")
    expect(guest.page).to_have_url(f"{guest.address}/now/#keep")
    expect(guest.page.locator("#keep h2")).to_be_in_viewport()


def test_what_was_open_yesterday_is_no_longer_said_to_be(guided: Server, visit: Visit) -> None:
    guest = visit(guided).open("/now/")
    wait_until_kept(guest)
    expect(guest.page.locator("#lines .open").first).to_be_visible()
    guest.page.clock.set_fixed_time(datetime.now(UTC) + timedelta(hours=9))
    guest.lose_network()
    guest.page.reload()
    expect(guest.page.locator("#lines .lines strong").first).to_be_visible()
    expect(guest.page.locator("#lines .open")).to_have_count(0)


def test_it_can_be_felt_once_the_person_begins(guided: Server, visit: Visit) -> None:
    guest = visit(guided, **PHONE)
    guest.page.add_init_script(TOUCHES)
    guest.open("/now/")
    button = guest.page.locator("[data-pacing] button")
    begin = button.inner_text()
    assert guest.page.evaluate("touched") == []
    button.click()
    assert guest.page.evaluate("touched") == [ROUND]
    guest.page.locator("[data-buzz] input").uncheck()
    assert guest.page.evaluate("touched.at(-1)") == 0
    guest.page.locator("[data-buzz] input").check()
    button.click()
    assert guest.page.evaluate("touched.at(-1)") == 0
    assert button.inner_text() == begin


def test_it_is_not_felt_by_those_who_want_no_movement_unless_they_say_so(
    guided: Server, visit: Visit
) -> None:
    guest = visit(guided, reduced_motion="reduce", **PHONE)
    guest.page.add_init_script(TOUCHES)
    guest.open("/now/")
    guest.page.locator("[data-pacing] button").click()
    assert guest.page.evaluate("touched") == []
    guest.page.locator("[data-pacing] button").click()
    guest.page.locator("[data-buzz] input").check()
    guest.page.locator("[data-pacing] button").click()
    assert guest.page.evaluate("touched.at(-1)") == ROUND


@pytest.mark.parametrize(("locale", "voice"), [("zh-CN", "zh-CN"), ("en-US", "en-GB")])
def test_words_are_read_by_the_devices_own_voice_and_stop_on_a_second_tap(
    guided: Server, visit: Visit, locale: str, voice: str
) -> None:
    guest = visit(guided, locale=locale)
    guest.page.add_init_script(VOICES % (voice, voice))
    guest.open("/now/")
    guest.page.locator("#way-panic summary").click()
    button = guest.page.locator("[data-aloud='words-panic']")
    start = button.inner_text()
    button.click()
    said = guest.page.evaluate("said")
    written = guest.page.locator("#words-panic li").all_text_contents()
    assert said == [[" ".join(one.split()), "own"] for one in written]
    assert button.inner_text() != start
    button.click()
    assert guest.page.evaluate("said.at(-1)") == "cancelled"
    assert button.inner_text() == start


def test_without_a_voice_for_the_page_nothing_offers_to_read(guided: Server, visit: Visit) -> None:
    guest = visit(guided, locale="zh-CN")
    # English is spoken here, Chinese only by somebody else's machine.
    guest.page.add_init_script(VOICES % ("en-US", "zh-CN"))
    guest.open("/now/")
    assert guest.page.locator("[data-aloud]").count() > 3
    assert not [one for one in guest.page.locator("[data-aloud]").all() if not one.is_hidden()]


@pytest.mark.parametrize(
    ("locale", "name"), [("zh-CN", "备忘.png"), ("zh-TW", "備忘.png"), ("en-US", "notes.png")]
)
def test_it_is_kept_as_a_picture_with_a_name_that_says_nothing(
    guided: Server, visit: Visit, tmp_path: Path, locale: str, name: str
) -> None:
    guest = visit(guided, locale=locale, **PHONE).open("/now/")
    wait_until_kept(guest)
    guest.lose_network()
    with guest.page.expect_download() as download:
        guest.page.locator("[data-keep] button").click()
    assert download.value.suggested_filename == name
    kept = tmp_path / "kept.png"
    download.value.save_as(kept)
    assert size_of(kept)[0] == 1080
    assert size_of(kept)[1] > 1500
    shown = guest.page.locator("[data-keep] img")
    assert shown.evaluate("async (e) => (await e.decode(), e.naturalWidth)") == 1080
    assert shown.get_attribute("alt")


def size_of(picture: Path) -> tuple[int, int]:
    """Width and height of a PNG."""
    head = picture.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", head[16:])


WECHAT = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.47 Language/zh_CN"
)


def test_in_an_apps_own_browser_the_picture_is_there_to_be_pressed(
    guided: Server, visit: Visit
) -> None:
    guest = visit(guided, user_agent=WECHAT, **PHONE).open("/now/")
    expect(guest.page.locator("[data-in-app]")).to_be_visible()
    downloads: list[str] = []

    def note(one: Download) -> None:
        downloads.append(one.suggested_filename)

    guest.page.on("download", note)
    guest.page.locator("[data-keep] button").click()
    expect(guest.page.locator("[data-keep] img")).to_be_visible()
    assert downloads == []


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_it_can_be_put_on_the_home_screen(guided: Server, visit: Visit, locale: str) -> None:
    guest = visit(guided, locale=locale).open("/now/")
    wait_until_kept(guest)
    guest.page.reload()
    assert guest.page.evaluate("navigator.serviceWorker.controller !== null")
    chromium = guest.context.new_cdp_session(guest.page)
    read = chromium.send("Page.getAppManifest")
    assert read["errors"] == []
    found = chromium.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A browser under test keeps nothing, and says so.
    assert [one["errorId"] for one in found if one["errorId"] != "in-incognito"] == []
    manifest = json.loads(read["data"])
    assert (manifest["start_url"], manifest["display"]) == ("/", "standalone")
    for icon in manifest["icons"]:
        answer = guest.page.request.get(guest.address + icon["src"])
        assert answer.headers["content-type"] == "image/png"
        width, height = struct.unpack(">II", answer.body()[16:24])
        assert icon["sizes"] == f"{width}x{height}"
    content = guest.page.locator("meta[name=viewport]").get_attribute("content") or ""
    assert "width=device-width" in content
    assert "user-scalable" not in content
    assert guest.page.locator("meta[name=theme-color]").count() == 2
    assert guest.page.locator("html").get_attribute("lang")
    guest.lose_network()
    answer = guest.page.reload()
    assert answer is not None
    assert answer.status == 200
    assert answer.from_service_worker


def test_all_of_it_weighs_no_more_than_80_kb(guided: Server, visit: Visit) -> None:
    """Every file that is kept for when there is no network, packed the way it travels."""
    guest = visit(guided).open("/now/")
    wait_until_kept(guest)
    kept = guest.page.evaluate(
        """async () => {
            const found = [];
            for (const name of await caches.keys())
                for (const one of await (await caches.open(name)).keys()) found.push(one.url);
            return found;
        }"""
    )
    weighing = Weighing(guest).cold()
    addresses = [*kept, guest.address + "/sw.js", guest.address + "/manifest.webmanifest"]
    weighing.fetch(addresses)
    weighing.finish()
    assert sorted(weighing.addresses) == sorted(addresses)
    print(f"the kit: {len(addresses)} files, {weighing.bytes:.0f} bytes")
    assert weighing.bytes <= 80 * 1024
