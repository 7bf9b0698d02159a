"""The bench of the page of how somebody is doing runs and ends by itself, with its figures. How
fast is not asked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.progress import Figures, Page, rows

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.process
def test_every_span_was_measured_beside_a_bare_page() -> None:
    if sys.platform != "linux":
        pytest.skip("the bench puts processes on cores")
    done = subprocess.run(
        [sys.executable, "-m", "bench.progress", "--small", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert [page["path"][-8:] for page in told["pages"]] == [
        "/about/",
        "?span=30",
        "?span=90",
        "span=365",
        "span=all",
    ]
    assert told["rows"] > 700
    assert all(page["p95"] >= page["median"] > 0 for page in told["pages"])
    assert "pygal" in told["machine"]


def test_the_table_says_the_bar() -> None:
    pages = (Page("/about/", 4, 5, 3, 4, 1), Page("/progress/", 40, 60, 30, 50, 10))
    shown = list(rows(Figures(1, 900, 2, pages)))
    assert "<= 150" in shown[2]
    assert "<=" not in shown[1]
