"""The bench of understanding runs, ends by itself and says what it promises."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.understanding.speed import WAYS, Speeds, Way, mixed_lengths
from bench.understanding.table import rows

ROOT = Path(__file__).resolve().parents[2]

WAY = Way("whole", 4.0, 5.0, 6.0, 7.0, 800.0, 700.0, 1.5, 150.0)


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """The figures of a run of a few messages."""
    if sys.platform != "linux":
        pytest.skip("the bench reads /proc")
    done = subprocess.run(
        [sys.executable, "-m", "bench.understanding", "--small", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


@pytest.mark.process
def test_all_ways_were_measured_beside_one_encode(told: dict[str, Any]) -> None:
    assert told["encode"] > 0
    assert [way["name"] for way in told["ways"]] == list(WAYS)
    for way in told["ways"]:
        assert all(figure > 0 for name, figure in way.items() if name != "name")
        assert way["p50"] <= way["p99"]
    assert "numpy" in told["machine"]


@pytest.mark.process
def test_less_is_loaded_and_done_where_packages_are_missing(told: dict[str, Any]) -> None:
    whole, letters, rules = told["ways"]
    assert whole["memory"] > letters["memory"] > rules["memory"] > 10
    assert whole["short"] > letters["short"]
    assert whole["short"] > rules["short"]


def test_the_table_shows_ratios_to_one_encode() -> None:
    found = Speeds(2.0, (WAY, replace(WAY, name="letters", short=1.0)))
    shown = list(rows(found))
    ratio = next(row for row in shown if row.startswith("  x one encode"))
    assert ratio.split()[-4:] == ["2.00", "0.50", "<=", "1.6"]
    memory = next(row for row in shown if row.startswith("memory"))
    assert memory.split()[-4:] == ["150", "150", "<=", "220"]


def test_mixed_lengths_go_from_2_to_400_in_both_languages() -> None:
    texts = list(mixed_lengths(200))
    lengths = [len(text) for text in texts]
    assert (len(texts), min(lengths), max(lengths)) == (400, 2, 400)
    assert len(set(texts[40:])) == 360
    assert sum(text.isascii() for text in texts) == 200
    assert 195 <= sorted(lengths)[200] <= 205
