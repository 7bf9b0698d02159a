"""Before everything of an account's is copied or erased, its owner is asked once more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings

from qingting.people.models import Person
from qingting.privacy.installation import Installation
from qingting.privacy.keyring import Keyring
from qingting.site.config import read_config
from qingting.site.keys import provider_of
from qingting.site.staff import wire_staff
from qingting.site.wiring import wire
from tests.people.accounts_site import (
    PASSWORD,
    Browser,
    accounts_wired,
    guest_browser,
    noted,
    words,
)
from tests.privacy.somebody import at_work

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
ERASE = {"step": "do", "sure": "1"}


@pytest.fixture(autouse=True)
def keyring() -> Iterator[Keyring]:
    # All of it, whatever other files left behind in this process: a copy asks every part.
    wire(settings.CONFIG)
    with accounts_wired() as keyring, at_work(keyring):
        config = read_config()
        installation = Installation(provider_of(config))
        wire_staff(config, keyring, installation, lambda: datetime.now(UTC))
        yield keyring


def long_signed_in(name: str = "boat") -> Browser:
    """Somebody whose sign-in is an hour old."""
    browser = Browser()
    browser.sign_up(name)
    session = browser.session
    for one in session["account_authentication_methods"]:
        one["at"] -= 3600
    session.save()
    return browser


def gets_a_copy(browser: Browser) -> bool:
    answer = browser.post("/me/export/")
    answer.close()
    return answer["Content-Type"] == "application/zip"


def test_a_copy_waits_for_the_password_and_then_is_made() -> None:
    browser = long_signed_in()
    where = browser.send("/me/export/")
    assert where == "/account/reauthenticate/?next=%2Fme%2F%3Fconfirmed"
    assert "exported" not in noted()
    assert "not the password" in browser.send(where, password="a wrong one, this")
    assert browser.send("/me/export/") == where
    page = browser.post(
        "/account/reauthenticate/", {"password": PASSWORD, "next": "/me/?confirmed"}
    )
    assert page["Location"] == "/me/?confirmed"
    assert "press it once more" in browser.read("/me/?confirmed")
    assert gets_a_copy(browser)
    assert "exported" in noted()


@pytest.mark.parametrize("fields", [{}, {"step": "ask"}, ERASE])
def test_erasing_waits_for_it_at_every_step(fields: dict[str, str]) -> None:
    browser = long_signed_in()
    where = "/account/reauthenticate/?next=%2Fme%2Ferase%2F"
    assert browser.send("/me/erase/", **fields) == where
    assert browser.get("/me/erase/")["Location"] == where
    assert Person.objects.exists()
    assert "erasure_asked" not in noted()
    browser.send(where, password=PASSWORD, next="/me/erase/")
    assert "It is gone" in browser.send("/me/erase/", **ERASE)
    assert not Person.objects.exists()


def test_somebody_who_came_in_a_moment_ago_is_not_asked_twice() -> None:
    browser = Browser()
    browser.sign_up("boat")
    assert "What goes" in browser.read("/me/erase/")
    assert gets_a_copy(browser)


def test_a_device_that_outlived_its_sign_in_is_led_to_signing_in() -> None:
    browser = long_signed_in()
    del browser.cookies["session"]
    assert browser.send("/me/export/").startswith("/account/login/?next=")
    assert browser.send("/me/erase/", **ERASE).startswith("/account/login/?next=")
    assert Person.objects.exists()


def test_a_guest_is_asked_nothing(keyring: Keyring) -> None:
    browser, _ = guest_browser(keyring)
    assert gets_a_copy(browser)
    assert "It is gone" in browser.send("/me/erase/", **ERASE)


def test_where_a_campus_alone_vouches_it_is_asked_again(settings: Any) -> None:
    app = {"provider_id": "sign-in", "name": "河畔大学", "client_id": "x", "secret": "y"}
    app |= {"settings": {"server_url": "http://127.0.0.1:9"}}  # type: ignore[dict-item]
    mine = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**mine, "APPS": [app]}}
    browser = long_signed_in()
    account = browser.account
    assert account is not None
    account.set_unusable_password()
    session = browser.session
    session["_auth_user_hash"] = account.get_session_auth_hash()
    session.save()
    account.save()
    page = browser.post("/me/export/").content.decode()
    assert "Sign in through 河畔大学" in words(page)
    assert "process=login" in page
    assert "prompt%3Dlogin" in page
    assert "exported" not in noted()


def test_a_form_that_waits_for_a_sign_in_is_not_parked_in_the_database() -> None:
    from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY

    from qingting.people.accounts.sessions import SessionStore

    store = SessionStore()
    parked = {"request": '{"META": {"HTTP_COOKIE": "qingting_device=a-secret-token"}}'}
    kept = store.decode(store.encode({STATE_SESSION_KEY: parked, "other": 1}))
    assert kept == {"other": 1}
    asked = {STATE_SESSION_KEY: {"callback": "somewhere", "state": {}}}
    assert store.decode(store.encode(dict(asked))) == asked
