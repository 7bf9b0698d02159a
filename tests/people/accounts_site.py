"""Accounts wired for a test, and somebody at a browser without a screen (Django's test client)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import html
import re
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.core.cache import cache
from django.test import Client

from qingting.people import devices
from qingting.people.accounts.models import Account
from qingting.people.visitors import COOKIE, give_token, new_token
from qingting.privacy.audit_reading import in_order
from qingting.privacy.installation import Installation
from qingting.privacy.keyring import Keyring
from qingting.site.accounts import wire_accounts
from qingting.site.config import read_config
from qingting.site.consents import wire_consents
from qingting.site.keys import provider_of
from qingting.site.telling import wire_telling
from qingting.site.ties import wire_balances
from tests.privacy.audit_log import KEY, keyed

PASSWORD = "seven green bottles"


@contextmanager
def accounts_wired() -> Iterator[Keyring]:
    """Accounts at work, with an audit log and no throttle used up."""
    provider = provider_of(read_config())
    keyring = Keyring(provider)
    wire_accounts(keyring, Installation(provider), lambda: datetime.now(UTC))
    wire_consents(read_config(), keyring, lambda: datetime.now(UTC))
    # They say how two records of theirs become one.
    wire_balances(keyring, lambda: datetime.now(UTC))
    wire_telling(read_config(), keyring, lambda: datetime.now(UTC))
    cache.clear()
    with keyed(lambda: KEY):
        yield keyring


class Browser(Client):
    """One browser profile."""

    def sign_up(self, name: str, password: str = PASSWORD, **more: str) -> str:
        """Make an account; the page's words where it was refused."""
        return self.send("/account/signup/", username=name, password1=password, **more)

    def sign_in(self, name: str, password: str = PASSWORD) -> str:
        """Sign in; where that led to."""
        return self.send("/account/login/", login=name, password=password)

    def send(self, path: str, **fields: str) -> str:
        """Send a form: the address it led to, or the words of the page that answered."""
        answer = self.post(path, fields)
        return answer.headers.get("Location") or words(answer.content.decode())

    def read(self, path: str) -> str:
        """The words of a page."""
        return words(self.get(path, follow=True).content.decode())

    @property
    def account(self) -> Account | None:
        """Who is signed in here."""
        found = re.search(r"signed in as (\S+)\.", self.read("/account/"))
        return Account.objects.get(username=found.group(1)) if found else None

    @property
    def token(self) -> str:
        """The signed device token in the cookie."""
        return str(self.cookies[COOKIE].value) if COOKIE in self.cookies else ""

    def is_guest(self, token: str) -> None:
        """From now on this is the device with a token."""
        from django.http import HttpResponse

        answer = HttpResponse()
        give_token(answer, token)
        self.cookies[COOKIE] = answer.cookies[COOKIE].value


def guest_browser(keyring: Keyring) -> tuple[Browser, str]:
    """A browser that was here before as a guest, and its token."""
    token, browser = new_token(), Browser()
    devices.welcome(token, keyring, datetime.now(UTC))
    browser.is_guest(token)
    return browser, token


def words(page: str) -> str:
    """What stands in the middle of a page."""
    main = page.split('<main id="main"', 1)[-1].split("</main>", 1)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def totp(secret: str) -> str:
    """The six digits of an authenticator app (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    number = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def noted() -> list[str]:
    """Every deed in the log, in order."""
    return [str(one.action) for one in in_order()]
