"""A passkey from adding it to coming in with it, and the way off a page, in a real browser."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.servers.qingting import Server

pytestmark = pytest.mark.browser


def test_a_passkey_is_added_and_signs_in(guided: Server, visit: Visit) -> None:
    guest = visit(guided, locale="en-US")
    guest.address = (
        f"http://localhost:{urlsplit(guided.address).port}"  # an address has no passkeys
    )
    guest.open("/account/signup/")
    page = guest.page
    network = guest.context.new_cdp_session(page)
    network.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    network.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.fill("#id_username", "boat")
    page.fill("#id_password1", "seven green bottles")
    guest.follow("main .send")
    guest.open("/account/second/passkeys/add/")
    guest.follow("#mfa_webauthn_add")  # its address begins like that of the page it leads to
    expect(page).not_to_have_url(re.compile("/add/"))
    guest.open("/account/logout/")
    guest.follow("main .send")
    guest.open("/account/login/")
    guest.follow("#passkey_login")
    expect(page.locator("main")).to_contain_text("signed in as boat")


def test_escape_twice_leaves_a_neutral_page_in_its_place(guided: Server, visit: Visit) -> None:
    guest = visit(guided, locale="en-US").open("/skills/")
    entries = guest.page.evaluate("history.length")
    with guest.arriving():
        guest.press_quickly("Escape", "Escape")
    expect(guest.page).to_have_url(f"{guest.address}/notes/")
    assert guest.page.evaluate("history.length") == entries
    assert "qingting" not in guest.page.content().lower()
    guest.page.locator("h1 a").click()
    expect(guest.page).to_have_url(guided.address + "/")
