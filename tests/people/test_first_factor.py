"""Whoever has just set up their second step is not asked for it again in that session."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator

from qingting.people import organisations
from qingting.people.accounts import first_factor
from qingting.people.accounts.models import Account
from qingting.people.roles import Role
from tests.people import staffed
from tests.people.accounts_site import PASSWORD, Browser, accounts_wired, totp

# Real transactions: django-allauth tells of a code set up only once it is stored.
pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
SECOND = "/staff/second/"


@pytest.fixture(autouse=True)
def _wired() -> Iterator[None]:
    with accounts_wired():
        staffed.wired()
        yield


def operator() -> Browser:
    """Signed up a moment ago, and given a role."""
    browser = Browser()
    browser.sign_up("lantern")
    account = Account.objects.get()
    organisations.give(account.pk, Role.OPERATOR, None, staffed.BY, "command:test")
    return browser


def set_up(browser: Browser) -> None:
    page = browser.get("/account/second/totp/activate/").content.decode()
    found = re.search(r'class="code small">([^<]+)<', page)
    assert found is not None
    browser.send("/account/second/totp/activate/", code=totp(found.group(1)))
    assert Authenticator.objects.filter(type="totp").exists()


def leads_to(browser: Browser) -> str:
    return browser.get("/staff/").headers.get("Location", "")


def test_setting_it_up_counts_for_that_session_and_no_other() -> None:
    browser, before = operator(), Browser()
    before.sign_in("lantern", PASSWORD)  # elsewhere, before there was a second step
    assert leads_to(browser) == SECOND
    set_up(browser)
    assert browser.get("/staff/").status_code == 200
    assert leads_to(before) == SECOND
    after = Browser()
    assert after.sign_in("lantern", PASSWORD) == "/account/second/authenticate/"
    assert "login" in leads_to(after)


def test_a_wrong_code_sets_nothing_up() -> None:
    browser = operator()
    browser.get("/account/second/totp/activate/")
    browser.send("/account/second/totp/activate/", code="000000")
    assert leads_to(browser) == SECOND


def test_one_more_beside_another_is_not_the_other_one() -> None:
    browser = operator()
    account = Account.objects.get()
    Authenticator.objects.create(user=account, type="webauthn", data={})
    more = Authenticator.objects.create(user=account, type="totp", data={})
    request = browser.get("/account/").wsgi_request
    before = dict(request.session)
    first_factor._added(request, account, more)
    assert dict(request.session) == before
