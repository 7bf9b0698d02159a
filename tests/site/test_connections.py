"""Opening many pages leaves no connection behind: a database counts those it may have."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.servers.qingting import Server, Visitor

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(sys.platform != "linux", reason="counts in /proc"),
]


def test_pages_do_not_pile_up_connections(tmp_path: Path, fresh_databases: dict[str, str]) -> None:
    with Server(tmp_path / "data", fresh_databases) as server:
        visitor = Visitor(server.address)
        visitor.say("今晚睡不着")
        for path in ("/", visitor.conversation) * 3:
            visitor.page(path)
        before = _open_files(server.pid)
        for path in ("/", visitor.conversation) * 75:
            visitor.page(path)
        # A few connections of the pages just answered may still be closing.
        assert _open_files(server.pid) < before + 10


def _open_files(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))
