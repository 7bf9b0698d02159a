"""A real upstream process, shared by the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.upstream import Upstream, running


@pytest.fixture(scope="session")
def upstream_process() -> Iterator[Upstream]:
    """One process for the session; take `upstream` instead."""
    with running("ok", delay=0.001) as upstream:
        yield upstream


@pytest.fixture
def upstream(upstream_process: Upstream) -> Upstream:
    """The upstream in mode ok with nothing recorded."""
    upstream_process.switch("ok", delay=0.001, first_delay=5.0)
    upstream_process.forget()
    return upstream_process
