"""Signing in through a campus, against a provider that is a real process."""

from __future__ import annotations

import html
import http.client
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connections

from qingting.people.accounts import belonging
from qingting.people.accounts.models import Account, CampusIdentity
from qingting.people.models import Person
from tests.people.accounts_site import Browser, accounts_wired, guest_browser, noted
from tests.servers.campus import CLIENT, SECRET, STUDENT, running_campus

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LOGIN = "/account/campus/sign-in/login/"


@pytest.fixture(scope="module")
def campus() -> Iterator[str]:
    with running_campus() as address:
        yield address


@pytest.fixture(autouse=True)
def with_campus(campus: str, settings: Any) -> Iterator[None]:
    app = {
        "provider_id": "sign-in",
        "name": "河畔大学",
        "client_id": CLIENT,
        "secret": SECRET,
        "settings": {"server_url": campus},
    }
    mine = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**mine, "APPS": [app]}}
    with accounts_wired():
        yield


def way_there(browser: Browser) -> str:
    """Where the page of ours leads on to."""
    page = browser.post(LOGIN)
    assert page.status_code == 200  # a form may redirect nowhere else (form-action)
    found = re.search(r'class="button" href="([^"]+)"', page.content.decode())
    assert found is not None
    return html.unescape(found.group(1))


def and_back(where: str) -> str:
    """The campus's answer: where it leads back to, on our own address."""
    asked = urlsplit(where)
    connection = http.client.HTTPConnection(asked.netloc)
    connection.request("GET", f"{asked.path}?{asked.query}")
    back = urlsplit(connection.getresponse().headers["Location"])
    connection.close()
    return f"{back.path}?{back.query}"


def come_in(browser: Browser) -> Any:
    return browser.get(and_back(way_there(browser)))


def everything_stored() -> str:
    found = []
    for alias in ("default", "keys"):
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f"SELECT * FROM {table}")
                for row in cursor.fetchall():
                    for value in row:
                        raw = isinstance(value, bytes | memoryview)
                        found.append(bytes(value).decode("latin-1") if raw else str(value))
    return "\n".join(found)


def test_twice_is_the_same_account_and_nothing_of_theirs_stands_in_clear() -> None:
    browser = Browser()
    assert come_in(browser).status_code == 302
    account = Account.objects.get()
    assert browser.account == account
    again = Browser()
    come_in(again)
    assert again.account == account
    assert Account.objects.count() == 1
    stored = everything_stored()
    for one in STUDENT.values():
        assert one not in stored
        assert one.encode().decode("latin-1") not in stored
        assert one.encode("unicode_escape").decode() not in stored
    # Kept for an emergency, sealed, and whole.
    assert belonging.current().identity_of(account.pk) == dict(STUDENT)
    assert noted() == ["account_created", "signed_in", "signed_in"]


def test_nothing_is_kept_where_the_installation_keeps_nothing(settings: Any) -> None:
    settings.CONFIG = replace(settings.CONFIG, campus_identity="nothing")
    come_in(Browser())
    assert Account.objects.exists()
    assert not CampusIdentity.objects.exists()


def test_an_answer_that_was_not_asked_for_signs_nobody_in() -> None:
    somebody = Browser()
    answer = and_back(way_there(somebody))
    # Handed to another browser (the state is not its own), or with a code that is not ours.
    victim = Browser()
    victim.get(answer)
    assert victim.account is None
    somebody.get(re.sub(r"code=[^&]+", "code=made-up", answer))
    assert somebody.account is None
    assert not Account.objects.exists()


def test_a_nonce_goes_along_and_an_answer_with_another_signs_nobody_in() -> None:
    browser = Browser()
    where = way_there(browser)
    nonce = re.search(r"[?&]nonce=([\w-]+)", where)
    assert nonce is not None
    assert len(nonce.group(1)) >= 32
    other = way_there(Browser())
    assert nonce.group(1) not in other
    # A campus's answer made for another question, or for one without a nonce, or with what somebody
    # put there by hand.
    for changed in (
        re.sub(r"nonce=[\w-]+", f"nonce={'x' * 32}", where),
        re.sub(r"&nonce=[\w-]+", "", where),
    ):
        browser = Browser()
        fresh = way_there(browser)
        state = re.search(r"[?&]state=([^&]+)", fresh)
        challenge = re.search(r"[?&]code_challenge=([^&]+)", fresh)
        assert state is not None
        assert challenge is not None
        asked = re.sub(r"state=[^&]+", f"state={state.group(1)}", changed)
        asked = re.sub(r"code_challenge=[^&]+", f"code_challenge={challenge.group(1)}", asked)
        answer = browser.get(and_back(asked))
        assert answer["Location"] == "/account/campus/failed/"
        assert browser.account is None
    assert not Account.objects.exists()


def test_a_nonce_of_the_address_is_not_taken() -> None:
    browser = Browser()
    page = browser.post(f"{LOGIN}?auth_params=nonce%3Dmine").content.decode()
    assert "nonce=" in page
    assert "nonce=mine" not in page


def test_a_sign_in_that_failed_is_a_page_in_plain_words() -> None:
    browser = Browser()
    way_there(browser)
    answer = browser.get(f"{LOGIN}callback/?error=server_error&state=made-up", follow=True)
    assert answer.redirect_chain == [("/account/campus/failed/", 302)]
    assert answer.status_code == 200
    assert "not something you did" in answer.content.decode()
    assert browser.get("/account/campus/failed/").status_code == 200


def test_on_a_device_that_is_shut_a_first_sign_in_takes_nothing_over() -> None:
    keyring = belonging.current().keyring
    browser, _ = guest_browser(keyring)
    guest = Person.objects.get().id
    browser.send("/device/pin/", pin="2580")
    browser.cookies.pop("open")
    come_in(browser)
    assert belonging.current().account_of(guest) is None
    assert Account.objects.count() == 1


def test_an_account_of_a_campus_can_have_a_password_too() -> None:
    browser = Browser()
    come_in(browser)
    assert "Set a password" in browser.read("/account/")
    browser.send("/account/password/set/", password1="another long one 9")
    name = Account.objects.get().username
    other = Browser()
    other.sign_in(name, "another long one 9")
    assert other.account is not None
