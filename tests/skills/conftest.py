"""The exercises of this process, under keys of each test's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client

from qingting.privacy.keyring import Keyring
from qingting.skills import service
from tests.skills.walking import browser, wire


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Keyring]:
    """The keys; with them the exercises are wired."""
    before, keyring = service._current, Keyring(b"k" * 32)
    wire(keyring)
    # The settings of this process were read before conftest.py made an installation's keys.
    monkeypatch.setitem(vars(settings), "SECRET_KEY", "s" * 50)
    yield keyring
    service._current = before


@pytest.fixture
def visitor(keyring: Keyring) -> Client:
    """A browser never seen."""
    return browser()
