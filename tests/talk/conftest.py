"""Installations for the tests of conversations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers.qingting import Server
from tests.talk.installation import Installation, new_databases


@dataclass(frozen=True, slots=True)
class Standing:
    """A server that stands for a whole file of tests; its state is whatever came before."""

    installation: Installation
    server: Server

    @property
    def address(self) -> str:
        """Where it answers."""
        return self.server.address


@pytest.fixture
def installation(tmp_path: Path, fresh_databases: dict[str, str]) -> Installation:
    """An empty installation for one test."""
    return Installation(tmp_path / "data", fresh_databases)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """A running server for the tests of one file."""
    installation = Installation(tmp_path_factory.mktemp("standing") / "data", new_databases())
    with installation.server() as server:
        yield Standing(installation, server)
