"""One server as behind a TLS proxy, for all tests that look at this installation from outside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site.behind_proxy import served
from tests.talk.installation import new_databases


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where that server keeps what it has, and its log."""
    return tmp_path_factory.mktemp("behind a proxy")


@pytest.fixture(scope="session")
def port(folder: Path) -> Iterator[int]:
    """Its port."""
    more = {"QINGTING_CONTACT": "Room 12", "QINGTING_SECURITY_CONTACT": "mailto:sec@qingting.test"}
    with served(folder, {**new_databases(), **more}) as port:
        yield port
