"""The bench of sealing runs, ends by itself, and its figures are there. How fast is not asked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.sealing import Shares, rows

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """The figures of two conversations."""
    if sys.platform != "linux":
        pytest.skip("the bench puts processes on cores")
    done = subprocess.run(
        [sys.executable, "-m", "bench.sealing", "--small", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


@pytest.mark.process
def test_both_seals_were_measured_beside_whole_turns(told: dict[str, Any]) -> None:
    assert told["turns"] == 32
    for figure in ("open", "close", "open_bare", "close_bare", "sealing"):
        assert 0 < told[figure] < told["turn"], figure
    # Message, reply, why, state, title or what was said before: never fewer than these.
    assert told["calls"] >= 6
    assert 0 < told["share"] < 1
    assert "cryptography" in told["machine"]


def test_the_table_says_the_share_and_the_bar() -> None:
    found = Shares(32, 20.0, 1.0, 2.0, 0.8, 1.8, 0.5, 18, 0.025)
    shown = list(rows(found))
    assert next(row for row in shown if row.startswith("share")).split()[-3:] == ["2.5", "<=", "10"]
    assert next(row for row in shown if "difference" in row).split()[-1] == "2.0"
