"""The bench runs, ends by itself and says what it promises. How fast is not asked here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.loads import percentile
from bench.measure import Full, Result, Side, Size
from bench.table import rows

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(sys.platform != "linux", reason="the bench reads /proc"),
]


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """The figures of a run of five turns each."""
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--small", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def test_all_three_were_measured_in_one_run(told: dict[str, Any]) -> None:
    assert [told[name]["name"] for name in ("relay", "guided", "model")] == [
        "relay",
        "guided",
        "model",
    ]
    assert "cores" in told["machine"]
    assert "Python" in told["machine"]


@pytest.mark.parametrize("name", ["relay", "guided", "model"])
def test_every_figure_is_there_and_can_be(told: dict[str, Any], name: str) -> None:
    side = told[name]
    for figure in ("a_second", "first_turn", "word_p50", "danger_byte_p50", "start"):
        assert side[figure] > 0, figure
    assert side["word_p50"] <= side["word_p99"]
    assert side["danger_byte_p50"] <= side["danger_word_p50"]
    assert 10 < side["memory_idle"] < 2000


@pytest.mark.parametrize("name", ["guided", "model"])
def test_understanding_is_counted_apart(told: dict[str, Any], name: str) -> None:
    assert told[name]["understanding"] > 0
    assert told["relay"]["understanding"] == 0


@pytest.mark.parametrize("name", ["relay", "guided", "model"])
def test_what_was_measured_is_what_was_meant(told: dict[str, Any], name: str) -> None:
    assert told[name]["unsaved"] == 0
    assert told[name]["fell_back"] == 0


def test_with_a_full_disk_nothing_is_stored_and_danger_is_answered(told: dict[str, Any]) -> None:
    assert told["full"]["unsaved"] == 1
    assert told["full"]["word_p99"] > 0


def test_the_table_shows_ratios_to_the_relay(told: dict[str, Any]) -> None:
    result = Result(
        size=Size(**told["size"]),
        upstream_word_p50=told["upstream_word_p50"],
        relay=Side(**{**told["relay"], "word_p50": 2.0}),
        guided=Side(**{**told["guided"], "word_p50": 6.0}),
        model=Side(**told["model"]),
        full=Full(**told["full"]),
        machine=told["machine"],
        seconds=told["seconds"],
    )
    shown = list(rows(result))
    first_word = next(row for row in shown if row.lstrip().startswith("p50, ms"))
    assert first_word.split()[2:5] == ["2", "6", "3.00"]
    assert told["machine"] in shown[-1]


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([3.0, 1.0, 2.0], 0.99) == 3.0
    assert percentile([5.0], 0.99) == 5.0
