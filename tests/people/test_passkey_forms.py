"""The field of a passkey takes anything and breaks at nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from allauth.core import context
from django.core.cache import cache
from django.test import RequestFactory

from qingting.people.accounts.passkey_forms import ShowingPasskey
from tests.people.accounts_site import Browser, accounts_wired

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

ODD = {
    "a number of 5,000 digits": "9" * 5000,
    "the same inside": '{"id": ' + "9" * 5000 + "}",
    "brackets without end": "[" * 100_000,
    "objects without end": '{"a":' * 40_000,
    "a list": "[1, 2]",
    "a word": '"\\ud800"',
    "a number": "1e999",
    "no number": "NaN",
    "nothing": "null",
    "parts that are no objects": '{"id": "x", "rawId": [], "type": 3, "response": "x"}',
    "parts of the wrong kind": json.dumps(
        {
            "id": "x",
            "rawId": "x",
            "type": "public-key",
            "response": {"userHandle": 7, "clientDataJSON": [], "attestationObject": {}},
        }
    ),
    "a handle in no alphabet": json.dumps(
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "response": {
                "userHandle": "林\x00",
                "clientDataJSON": "AA",
                "authenticatorData": "AA",
                "signature": "AA",
            },
        }
    ),
    "nothing in it": '{"response": {}}',
    "cut bytes": json.dumps(
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "response": {"clientDataJSON": "e30", "attestationObject": "u___"},
        }
    ),
    "not JSON": "{",
}


@pytest.fixture(autouse=True)
def wired() -> Iterator[None]:
    with accounts_wired():
        yield


def coming_in(credential: str) -> int:
    return Browser().post("/account/second/passkeys/login/", {"credential": credential}).status_code


def signed_in() -> Browser:
    browser = Browser()
    browser.sign_up("boat")
    return browser


def adding(credential: str) -> int:
    browser = signed_in()
    browser.get("/account/second/passkeys/add/")
    form = {"credential": credential, "name": "", "passwordless": "on"}
    return browser.post("/account/second/passkeys/add/", form).status_code


def second_step(credential: str) -> int:
    """The same field where it stands beside a code; as a form, for the page shows it only to
    somebody who has a real passkey."""
    browser = signed_in()
    request = RequestFactory().post("/")
    request.session = browser.session
    with context.request_context(request):
        form = ShowingPasskey({"credential": credential}, user=browser.account)
        assert not form.is_valid()
        return len(str(form).encode()) and 200


def once_more(credential: str) -> int:
    browser = signed_in()
    where = "/account/second/passkeys/reauthenticate/"
    return browser.post(where, {"credential": credential}).status_code


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize("page", [coming_in, adding, second_step, once_more])
def test_anything_in_the_field_is_a_wrong_form(page: Callable[[str], int], odd: str) -> None:
    cache.clear()
    assert page(odd) in (200, 302, 400)


def test_it_says_so_in_words_and_signs_nobody_in() -> None:
    browser = Browser()
    answer = browser.post("/account/second/passkeys/login/", {"credential": "9" * 5000})
    page = answer if answer.status_code == 200 else browser.get(answer["Location"])
    assert page.status_code == 200
    assert browser.account is None
