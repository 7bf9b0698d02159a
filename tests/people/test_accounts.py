"""Signing up, in and out: what is stored, what is refused, what is noted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from qingting.people import devices, invitations, staff_service
from qingting.people.accounts.models import Account, Belonging
from qingting.people.models import Device, Person
from qingting.privacy.errors import AuditFailed
from qingting.privacy.keyring import Keyring
from tests.people.accounts_site import (
    PASSWORD,
    Browser,
    accounts_wired,
    guest_browser,
    noted,
    totp,
)
from tests.privacy.audit_log import keyed

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def keyring() -> Iterator[Keyring]:
    with accounts_wired() as keyring:
        yield keyring


def test_signing_up_keeps_the_guest_and_says_no_more_than_the_name(keyring: Keyring) -> None:
    browser, token = guest_browser(keyring)
    guest = devices.find_person(token)
    assert browser.sign_up("Paper.Boat") == "/account/password/code/"
    account = browser.account
    assert account is not None
    assert account.username == "paper.boat"
    assert PASSWORD not in account.password
    assert account.password.startswith("argon2")
    # The person is the guest's; which account is theirs stands in no column.
    assert Person.objects.get().id == guest
    row = Belonging.objects.get()
    assert guest is not None
    assert guest.bytes not in bytes(row.person)
    assert guest.bytes not in bytes(row.person_index)
    assert noted() == ["account_created", "signed_in"]


def test_a_session_is_stored_under_a_hash_and_a_copied_row_opens_nothing() -> None:
    browser = Browser()
    browser.sign_up("boat")
    cookie = browser.cookies["session"].value
    stored = Session.objects.get().session_key
    assert stored != cookie
    thief = Browser()
    thief.cookies["session"] = stored
    assert thief.account is None
    thief.cookies["session"] = cookie
    assert thief.account is not None  # the cookie itself does


def test_a_session_and_a_token_from_before_the_sign_in_are_worth_nothing_after(
    keyring: Keyring,
) -> None:
    Browser().sign_up("boat")
    browser, planted = guest_browser(keyring)
    session = browser.session
    session["planted"] = True
    session.save()
    before = browser.cookies["session"].value
    token = browser.token
    browser.sign_in("boat")
    assert browser.cookies["session"].value != before
    assert browser.token != token
    thief = Browser()
    thief.cookies["session"] = before
    assert thief.account is None
    # Signing in again on a device of one's own: the older token is dead.
    own = browser.token
    browser.cookies.pop("session")
    browser.sign_in("boat")
    old = Browser()
    old.cookies["device"] = own
    assert devices.find_person(own.rsplit(":", 1)[0]) is None
    assert Device.objects.filter(revoked_at=None).count() == 3  # two browsers, one kept guest
    assert devices.find_person(planted) is not None


def test_after_five_wrong_passwords_even_the_right_one_waits() -> None:
    Browser().sign_up("boat")
    browser = Browser()
    for _ in range(5):
        assert "don't go together" in browser.sign_in("boat", "not that one, no")
    assert "tried too often" in browser.sign_in("boat")
    assert browser.account is None
    assert noted().count("sign_in_failed") >= 5


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "too short"),
        ("password1234", "too common"),
        ("paper.boat.1", "too similar"),
    ],
)
def test_a_weak_password_is_refused(password: str, why: str) -> None:
    assert why in Browser().sign_up("paper.boat", password)
    assert not Account.objects.exists()


def test_a_name_is_taken_in_every_spelling() -> None:
    Browser().sign_up("paper.boat")
    assert "has this name" in Browser().sign_up("Ｐaper.Boat")
    assert "Letters, digits" in Browser().sign_up("me@example.org")


def test_the_code_sets_a_password_once_and_ends_every_session() -> None:
    browser = Browser()
    browser.sign_up("boat")
    page = browser.post("/account/password/code/").content.decode()
    code = re.search(r'class="code">([^<]+)<', page)
    assert code is not None
    assert code.group(1).replace("-", "") not in Account.objects.get().rescue
    other = Browser()
    fields = {"username": "Boat", "password": "another long one 9"}
    path = "/account/password/forgotten/"
    assert "don't go together" in other.send(path, code="2222-2222-2222-2222-2222", **fields)
    assert "works" in other.send(path, code=code.group(1).upper(), **fields)
    assert browser.account is None
    assert "don't go together" in other.send(path, code=code.group(1), **fields)
    assert "/account/" in other.sign_in("boat", "another long one 9")


def with_app(browser: Browser) -> str:
    page = browser.get("/account/second/totp/activate/").content.decode()
    found = re.search(r'class="code small">([^<]+)<', page)
    assert found is not None
    picture = browser.get("/account/second/totp/picture.svg")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert "no-store" in picture.headers["Cache-Control"]
    browser.send("/account/second/totp/activate/", code=totp(found.group(1)))
    return found.group(1)


def test_a_second_step_is_asked_for_once_it_is_set(keyring: Keyring) -> None:
    browser = Browser()
    browser.sign_up("boat")
    secret = with_app(browser)
    assert noted()[-2:] == ["second_factor_added"] * 2  # the app and the spare codes
    stored = [str(one) for one in Account.objects.get().authenticator_set.values_list("data")]
    assert not any(secret in one for one in stored)
    codes = re.findall(r"\b\d{8}\b", browser.read("/account/second/codes/"))
    assert len(codes) == 10
    assert not re.findall(r"\b\d{8}\b", browser.read("/account/second/codes/"))

    other, token = guest_browser(keyring)
    assert other.sign_in("boat") == "/account/second/authenticate/"
    assert other.account is None
    # Turning back there leaves the guest of that device where it was.
    other.send("/account/logout/")
    assert devices.find_person(token) is not None
    assert other.token
    other.sign_in("boat")
    assert "doesn't fit" in other.send("/account/second/authenticate/", code="000000")
    other.send("/account/second/authenticate/", code=codes[0])
    assert other.account is not None
    again = Browser()
    again.sign_in("boat")
    assert "doesn't fit" in again.send("/account/second/authenticate/", code=codes[0])


def test_another_password_is_noted_and_ends_other_sessions() -> None:
    browser, other = Browser(), Browser()
    browser.sign_up("boat")
    other.sign_in("boat")
    fields = {"oldpassword": PASSWORD, "password1": "another long one 9"}
    assert browser.send("/account/password/change/", **fields) == "/account/devices/"
    assert noted()[-1] == "password_changed"
    assert browser.account is not None
    assert other.account is None


def test_signing_a_device_out_closes_it_for_good() -> None:
    browser, other = Browser(), Browser()
    browser.sign_up("boat")
    other.sign_in("boat")
    page = browser.get("/account/devices/").content.decode()
    found = re.search(r"/account/devices/[\w-]+/out/", page)
    assert found is not None
    browser.send(found.group())
    assert other.account is None
    assert devices.find_person(other.token.rsplit(":", 1)[0]) is None
    assert browser.account is not None
    assert noted()[-1] == "device_revoked"


def test_what_another_account_left_open_here_is_closed_and_offered_to_nobody() -> None:
    browser = Browser()
    browser.sign_up("sister")
    browser.cookies.pop("session")  # a week later
    Browser().sign_up("boat")
    assert browser.sign_in("boat") == "/account/"
    browser.send("/account/before/", bring="yes")
    assert Person.objects.count() == 2
    browser.send("/account/logout/")
    assert not browser.token  # not the sister's again


def test_a_deed_that_cannot_be_noted_does_not_happen() -> None:
    browser = Browser(raise_request_exception=False)
    browser.sign_up("boat")
    page = browser.get("/account/second/totp/activate/").content.decode()
    found = re.search(r'class="code small">([^<]+)<', page)
    assert found is not None

    def no_key() -> bytes:
        raise AuditFailed("no")

    before = Account.objects.get().password, Device.objects.count()
    with keyed(no_key):
        Browser(raise_request_exception=False).sign_up("another")
        browser.send("/account/second/totp/activate/", code=totp(found.group(1)))
        fields = {"oldpassword": PASSWORD, "password1": "another long one 9"}
        browser.send("/account/password/change/", **fields)
        browser.send("/account/logout/")
        Browser(raise_request_exception=False).sign_in("boat")
    account = Account.objects.get()
    assert (account.password, Device.objects.count()) == before
    assert not account.authenticator_set.exists()
    assert browser.account is not None


def test_by_invitation_only_with_a_code(settings: Any, keyring: Keyring) -> None:
    parts: Any = (keyring, None, lambda: datetime.now(UTC), None, None)
    staff_service.use(staff_service.Staff(*parts))
    settings.CONFIG = replace(settings.CONFIG, signup="invited")
    browser = Browser()
    assert "opens nothing" in browser.sign_up("boat", invitation="nothing-at-all")
    code = invitations.make(invitations.Asked(), Account.objects.create_user("operator").pk)
    assert browser.sign_up("boat", invitation=code) == "/account/password/code/"
    assert "opens nothing" in Browser().sign_up("another", invitation=code)
    assert noted().count("invitation_used") == 1
    settings.CONFIG = replace(settings.CONFIG, signup="closed")
    assert "can't be made" in Browser().read("/account/signup/")


def test_no_account_ever_has_an_address() -> None:
    from allauth.account.models import EmailAddress

    browser = Browser()
    browser.sign_up("boat", email="me@example.org")
    assert browser.account is not None
    assert not EmailAddress.objects.exists()
