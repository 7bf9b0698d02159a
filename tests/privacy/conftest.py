"""The audit log of one test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.privacy.audit_log import KEY, Commit, Log, keyed


@pytest.fixture
def log(db: None, django_capture_on_commit_callbacks: Commit) -> Iterator[Log]:
    """An empty log with a key. The test asks for both databases."""
    with keyed(lambda: KEY):
        yield Log(django_capture_on_commit_callbacks)
