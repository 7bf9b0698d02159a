"""A sign-in by SAML; run by test_accounts_saml.py, with QINGTING_CAMPUS_SAML set."""

from __future__ import annotations

import base64
import html
import os
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.conf import settings
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from qingting.people.accounts import belonging
from qingting.people.accounts.models import Account
from tests.people.accounts_site import Browser, accounts_wired
from tests.people.test_accounts_campus import everything_stored

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LOGIN = "/account/campus/saml/sign-in/login/"
ACS = "http://talk.campus.example/account/campus/saml/sign-in/acs/"
US = "http://talk.campus.example/account/campus/saml/sign-in/metadata/"
IDP = settings.SOCIALACCOUNT_PROVIDERS["saml"]["APPS"][0]["settings"]["idp"]
NAME, NUMBER = "林晚舟", "20230417"
ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
ANSWER = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_{id}"
 Version="2.0" IssueInstant="{now}" Destination="{acs}"{to}><Issuer xmlns="{ns}">{idp}</Issuer>
<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
{assertion}</samlp:Response>"""
SAID = """<Assertion xmlns="{ns}" ID="_a{id}" Version="2.0" IssueInstant="{now}">
<Issuer>{idp}</Issuer><Subject><NameID Format="{format}">{who}</NameID><SubjectConfirmation
 Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData NotOnOrAfter="{later}"
 Recipient="{acs}"{to}/></SubjectConfirmation></Subject><Conditions NotBefore="{before}"
 NotOnOrAfter="{later}"><AudienceRestriction><Audience>{us}</Audience></AudienceRestriction>
</Conditions><AuthnStatement AuthnInstant="{now}"><AuthnContext><AuthnContextClassRef>
urn:oasis:names:tc:SAML:2.0:ac:classes:Password</AuthnContextClassRef></AuthnContext>
</AuthnStatement><AttributeStatement>{attributes}</AttributeStatement></Assertion>"""
ATTRIBUTE = '<Attribute Name="{0}"><AttributeValue>{1}</AttributeValue></Attribute>'


@pytest.fixture(autouse=True)
def _wired(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # A host of one word is none to the library.
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["talk.campus.example"])
    with accounts_wired():
        yield


def here(**more: Any) -> Browser:
    return Browser(HTTP_HOST="talk.campus.example", **more)


def asked(browser: Browser) -> str:
    """The id of the request that a press on the button sends to the campus."""
    page = browser.post(LOGIN)
    assert page.status_code == 200  # a form may redirect nowhere else (form-action)
    found = re.search(r'class="button" href="([^"]+)"', page.content.decode())
    assert found is not None
    where = urlsplit(html.unescape(found.group(1)))
    assert where.netloc == "idp.campus.example"
    sent = base64.b64decode(parse_qs(where.query)["SAMLRequest"][0])
    request = zlib.decompress(sent, -15).decode()
    return re.search(r'ID="([^"]+)"', request)[1]  # type: ignore[index]


def moment(minutes: int) -> str:
    return f"{datetime.now(UTC) + timedelta(minutes=minutes):%Y-%m-%dT%H:%M:%SZ}"


def answer(to: str, *, signed: bool = True, who: str = NUMBER, format: str = PERSISTENT) -> str:  # noqa: A002
    attributes = {"urn:oid:2.16.840.1.113730.3.1.241": NAME, "uid": NUMBER}
    put: dict[str, Any] = {
        "ns": ASSERTION,
        "idp": IDP["entity_id"],
        "acs": ACS,
        "us": US,
        "who": who,
        "format": format,
        "id": uuid4().hex,
        "to": f' InResponseTo="{to}"' if to else "",
        "now": moment(0),
        "later": moment(5),
        "before": moment(-5),
        "attributes": "".join(ATTRIBUTE.format(*one) for one in attributes.items()),
    }
    said = SAID.format(**put)
    if signed:
        key = Path(os.environ["SAML_TEST_KEY"]).read_text()
        cert = OneLogin_Saml2_Utils.format_cert(IDP["x509cert"])
        said = OneLogin_Saml2_Utils.add_sign(said, key, cert).decode()
        said = re.sub(r"^<\?xml[^>]*\?>", "", said)
    return base64.b64encode(ANSWER.format(**put, assertion=said).encode()).decode()


def come_in(browser: Browser, told: str) -> None:
    browser.post(urlsplit(ACS).path, {"SAMLResponse": told}, follow=True)


def test_twice_is_the_same_account_and_nothing_of_theirs_stands_in_clear() -> None:
    browser, again = here(), here()
    come_in(browser, answer(asked(browser)))
    account = Account.objects.get()
    assert browser.account == account
    come_in(again, answer(asked(again)))
    assert again.account == account
    stored = everything_stored()
    for one in (NAME.encode().decode("latin-1"), NUMBER):
        assert one not in stored
    assert belonging.current().identity_of(account.pk) == {
        "name": NAME,
        "preferred_username": NUMBER,
    }


def test_what_was_not_asked_for_or_not_signed_signs_nobody_in() -> None:
    for told in (
        lambda to: answer(to, signed=False),
        lambda _: answer(""),  # begun at the campus
        lambda _: answer("ONELOGIN_of_somebody_else"),
        lambda to: answer(to).replace("A", "B", 40),
    ):
        browser = here(raise_request_exception=False)
        come_in(browser, told(asked(browser)))
        assert browser.account is None
    somebody, victim = here(), here(raise_request_exception=False)
    come_in(victim, answer(asked(somebody)))
    assert victim.account is None
    assert not Account.objects.exists()


def test_an_id_that_is_another_one_each_time_makes_no_account() -> None:
    passing = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
    browser = here()
    come_in(browser, answer(asked(browser), format=passing))
    assert browser.account is None
    assert not Account.objects.exists()


def test_the_metadata_for_the_campus_is_there() -> None:
    page = here().get(urlsplit(US).path)
    assert page.status_code == 200
    assert ACS in page.content.decode()
    assert here().get("/account/campus/saml/sign-in/sls/").status_code == 404
