"""A device with a PIN shows nothing of anybody's until it was typed, and help to everybody."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import resources
from typing import Any

import pytest
from django.core import signing
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.urls import resolve

from qingting.people import devices
from qingting.people.hiding import lock
from qingting.people.hiding.middleware import FREE
from qingting.people.models import Device, Person
from qingting.privacy.keyring import Keyring
from qingting.site.config import read_config
from qingting.site.wiring import wire
from tests.people.accounts_site import PASSWORD, Browser, accounts_wired
from tests.people.addresses import every
from tests.privacy.somebody import somebody

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
PIN = "2580"
SAID = "我妈翻了我藏在琴盒里的信"


@pytest.fixture(autouse=True)
def keyring() -> Iterator[Keyring]:
    wire(read_config())
    with accounts_wired() as keyring:
        yield keyring


def guest(keyring: Keyring) -> tuple[Browser, str]:
    """A guest who said something, and the address of the talk."""
    token = "t" * 43
    one = somebody(keyring, SAID, token=token, at=datetime.now(UTC))
    browser = Browser()
    browser.is_guest(token)
    return browser, f"/talk/{one.talk}/"


def with_pin(browser: Browser, pin: str = PIN, minutes: str = "5") -> Browser:
    assert browser.send("/device/pin/", pin=pin, minutes=minutes) == "/device/"
    return browser


def away(browser: Browser, minutes: float) -> None:
    """So many minutes went by without a page."""
    value = browser.cookies[lock.COOKIE].value
    signer = signing.TimestampSigner(salt="qingting.people.device-open")
    about = signer.unsign(value)
    then = datetime.now(UTC) - timedelta(minutes=minutes)
    stamp = signing.b62_encode(int(then.timestamp()))
    plain = f"{about}{signer.sep}{stamp}"
    browser.cookies[lock.COOKIE] = f"{plain}{signer.sep}{signer.signature(plain)}"


def closed(browser: Browser) -> None:
    """The browser was closed and opened again."""
    browser.cookies.pop(lock.COOKIE)


def is_shut(answer: Any) -> bool:
    page = answer.content.decode()
    assert SAID not in page
    shut = answer.status_code == 403 and 'action="/notes/open/"' in page
    if shut:
        assert "<title>My notes</title>" in page
        assert "notes.svg" in page
        assert "ingting" not in page
        assert 'href="/now/"' in page
        assert "no-store" in answer["Cache-Control"]
    return shut


def test_after_minutes_away_or_a_closed_browser_it_asks_and_then_goes_on(keyring: Keyring) -> None:
    browser, talk = guest(keyring)
    with_pin(browser)
    assert SAID in browser.get(talk).content.decode()
    away(browser, 4.5)
    assert SAID in browser.get(talk).content.decode()
    away(browser, 4.5)  # the page before counted
    assert SAID in browser.get(talk).content.decode()
    away(browser, 5.5)
    assert is_shut(browser.get(talk))
    assert browser.send("/notes/open/", pin=PIN, next=talk) == talk
    assert SAID in browser.get(talk).content.decode()
    closed(browser)
    assert is_shut(browser.get(talk))
    # Wide digits, as a Chinese keyboard types them.
    assert browser.send("/notes/open/", pin="２５８０", next=talk) == talk
    assert SAID in browser.get(talk).content.decode()


def test_every_address_is_shut_but_help_the_notes_and_the_ways_in(keyring: Keyring) -> None:
    browser, talk = guest(keyring)
    with_pin(browser)
    closed(browser)
    for path in FREE:
        resolve(path)  # each is there
    for route, _ in every():
        if "<" in route or f"/{route}" in FREE or route.startswith("account/campus/"):
            continue
        assert is_shut(browser.get(f"/{route}")), route
        assert is_shut(browser.post(f"/{route}", {"text": "随便"})), route
    assert is_shut(browser.get(talk))
    assert "Help now" in browser.get("/now/").content.decode()
    assert browser.get("/safety/card/").status_code == 200
    assert browser.get("/sw.js").status_code == 200
    for path in FREE:
        assert SAID not in browser.get(path, follow=True).content.decode()


def test_who_asks_for_a_stream_gets_a_small_page(keyring: Keyring) -> None:
    browser, talk = guest(keyring)
    with_pin(browser)
    closed(browser)
    answer = browser.post(talk, {"text": "在吗"}, headers={"Accept": "text/event-stream"})
    assert is_shut(answer)
    assert len(answer.content) < 3000


def test_what_was_written_on_a_page_that_was_open_is_answered(keyring: Keyring) -> None:
    browser, talk = guest(keyring)
    with_pin(browser)
    away(browser, 30)
    form = {"text": "我不想活了", "key": "k" * 32}
    answer = browser.post(talk, form)
    assert answer.status_code == 303
    assert "我不想活了" in browser.get(talk).content.decode()
    away(browser, 13 * 60)
    assert is_shut(browser.post(talk, form))
    # A page that shows or gives away is not a place where somebody writes.
    away(browser, 30)
    assert is_shut(browser.post("/me/export/"))


def test_five_wrong_ones_wait_and_the_right_one_too(keyring: Keyring) -> None:
    browser, talk = guest(keyring)
    with_pin(browser)
    closed(browser)
    for number in range(5):
        answer = browser.post("/notes/open/", {"pin": f"111{number}", "next": talk})
        assert "not the PIN" in answer.content.decode()
        cache.clear()  # the next try meets another process
    answer = browser.post("/notes/open/", {"pin": PIN, "next": talk})
    assert answer.status_code == 429
    assert "few minutes" in answer.content.decode()
    assert browser.get("/now/").status_code == 200
    assert is_shut(browser.get(talk))
    stored = Device.objects.get()
    assert stored.pin_tries == lock.TRIES
    assert stored.pin_tried_from is not None
    Device.objects.update(pin_tried_from=stored.pin_tried_from - lock.WAIT)
    assert browser.send("/notes/open/", pin=PIN, next=talk) == talk
    assert Device.objects.get().pin_tries == 0
    # The right one counts anew.
    closed(browser)
    for _ in range(4):
        browser.post("/notes/open/", {"pin": "0000"})
    browser.post("/notes/open/", {"pin": PIN})
    closed(browser)
    assert browser.post("/notes/open/", {"pin": "0000"}).status_code == 403


def test_on_the_page_that_changes_it_too(keyring: Keyring) -> None:
    browser, _ = guest(keyring)
    with_pin(browser)
    for _ in range(lock.TRIES):
        assert "not the PIN" in browser.send("/device/pin/", do="take", now="0000")
        cache.clear()
    assert "few minutes" in browser.send("/device/pin/", do="take", now=PIN)
    assert Device.objects.get().pin


def test_where_nothing_can_be_written_it_still_opens_and_still_waits(keyring: Keyring) -> None:
    browser, talk = guest(keyring)
    with_pin(browser)
    closed(browser)

    def no_writing(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("UPDATE"):
            raise DatabaseError("attempt to write a readonly database")
        return execute(sql, *rest)

    with connection.execute_wrapper(no_writing):
        assert browser.send("/notes/open/", pin=PIN, next=talk) == talk
        closed(browser)
        for _ in range(lock.TRIES):
            browser.post("/notes/open/", {"pin": "0000"})
        assert browser.post("/notes/open/", {"pin": PIN}).status_code == 429


def test_it_leads_nowhere_else(keyring: Keyring) -> None:
    browser, _ = guest(keyring)
    with_pin(browser)
    for where in (
        "https://evil.example/",
        "//evil.example/",
        "javascript:1",
        "/\\evil.example",
        "",
    ):
        assert browser.send("/notes/open/", pin=PIN, next=where) == "/"


def test_it_is_kept_as_a_hash_and_never_logged(
    keyring: Keyring, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    browser, talk = guest(keyring)
    with_pin(browser, "94837261")
    closed(browser)
    browser.post("/notes/open/", {"pin": "94837260", "next": talk})
    browser.post("/notes/open/", {"pin": "94837261", "next": talk})
    assert Device.objects.get().pin.startswith("argon2$argon2id$")
    assert "9483726" not in caplog.text
    assert "9483726" not in str(browser.cookies)


@pytest.mark.parametrize("odd", ["", "123", "123456789", "12a4", "١٢٣٤", "-1234", "9" * 5000])
def test_only_four_to_eight_digits_are_one(keyring: Keyring, odd: str) -> None:
    browser, _ = guest(keyring)
    assert "Four to eight digits" in browser.send("/device/pin/", pin=odd)
    assert Device.objects.get().pin == ""


def test_the_one_there_is_is_asked_for_before_another_or_none(keyring: Keyring) -> None:
    browser, talk = guest(keyring)
    with_pin(browser)
    assert "not the PIN" in browser.send("/device/pin/", pin="9999", now="1111")
    assert "not the PIN" in browser.send("/device/pin/", do="take")
    assert browser.send("/device/pin/", pin="9999", now=PIN, minutes="15") == "/device/"
    closed(browser)
    assert "not the PIN" in browser.post("/notes/open/", {"pin": PIN}).content.decode()
    assert browser.send("/notes/open/", pin="9999", next=talk) == talk
    assert Device.objects.get().pin_minutes == 15
    assert browser.send("/device/pin/", do="take", now="9999") == "/device/"
    closed(browser) if lock.COOKIE in browser.cookies else None
    assert SAID in browser.get(talk).content.decode()
    assert Device.objects.get().pin == ""


def test_neither_an_old_cookie_nor_one_without_the_mark_opens(keyring: Keyring) -> None:
    browser, talk = guest(keyring)
    before = browser.token
    with_pin(browser)
    closed(browser)
    other = Browser()
    other.cookies["device"] = before
    assert other.get(talk).status_code == 404
    other.cookies["device"] = browser.token.removeprefix("p.")
    assert other.get(talk).status_code == 404


def test_a_guest_who_forgot_begins_anew_and_nothing_is_erased(keyring: Keyring) -> None:
    browser, talk = guest(keyring)
    with_pin(browser)
    closed(browser)
    assert "begins anew" in browser.get("/notes/other/").content.decode()
    browser.post("/notes/other/")  # without the tick nothing happens
    assert is_shut(browser.get("/"))
    assert browser.send("/notes/other/", sure="1") == "/"
    assert browser.get("/").status_code == 200
    assert browser.get(talk).status_code == 404
    assert Person.objects.count() == 1


def test_signing_in_is_the_way_past_one_that_was_forgotten(keyring: Keyring) -> None:
    browser, talk = guest(keyring)
    browser.sign_up("boat")
    with_pin(browser)
    closed(browser)
    assert is_shut(browser.get(talk))
    assert browser.send("/notes/other/", sure="1") == "/account/login/"
    assert browser.get("/account/").content.decode().count("Sign out") == 0
    browser.sign_in("boat", PASSWORD)
    assert SAID in browser.get(talk).content.decode()


def test_signing_up_or_in_on_an_open_device_keeps_its_pin(keyring: Keyring) -> None:
    browser, talk = guest(keyring)
    with_pin(browser)
    browser.sign_up("boat")
    closed(browser)
    assert is_shut(browser.get(talk))
    browser.send("/notes/open/", pin=PIN)
    browser.cookies.pop("session")
    browser.sign_in("boat", PASSWORD)
    assert SAID in browser.get(talk).content.decode()
    closed(browser)
    assert is_shut(browser.get(talk))


def test_an_account_of_somebody_else_is_no_way_to_what_a_guest_wrote(keyring: Keyring) -> None:
    other = Browser()
    other.sign_up("roommate")
    browser, talk = guest(keyring)
    with_pin(browser)
    closed(browser)
    # Neither by making one here, nor by bringing along what is on this device.
    assert is_shut(browser.post("/account/signup/", {"username": "x2", "password1": PASSWORD}))
    assert browser.sign_in("roommate") == "/account/before/"
    assert browser.send("/account/before/", bring="yes") == "/talk/"
    assert browser.get(talk).status_code == 404
    assert Person.objects.count() == 2
    browser.send("/account/logout/")
    assert is_shut(browser.get(talk))
    assert browser.send("/notes/open/", pin=PIN, next=talk) == talk
    assert SAID in browser.get(talk).content.decode()


def test_a_device_without_one_costs_no_look(keyring: Keyring, monkeypatch: Any) -> None:
    def never(token: str) -> None:
        raise AssertionError(token)

    monkeypatch.setattr("qingting.people.hiding.lock._device", never)
    browser, talk = guest(keyring)
    assert SAID in browser.get(talk).content.decode()
    assert devices.find_person("nobody's") is None


def test_neutral_pages_have_one_head(keyring: Keyring) -> None:
    browser, talk = guest(keyring)
    with_pin(browser)
    closed(browser)
    pages = [browser.get(path).content.decode() for path in (talk, "/notes/other/", "/notes/")]
    assert len({page.partition("<main")[0] for page in pages}) == 1
    folder = resources.files("qingting.site") / "templates" / "hiding"
    whole = [one.name for one in folder.iterdir() if "<!doctype" in one.read_text()]
    assert whole == ["base.html"]
