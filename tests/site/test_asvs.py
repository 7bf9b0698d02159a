"""docs/security/asvs.md: every item of levels 1 and 2 once, with a verdict and evidence that is
there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "security" / "asvs.md"
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| (.+?) \| (.+?) \| (.*) \|$", re.MULTILINE)
VERDICTS = {"met", "not met", "not applicable"}


def rows() -> list[tuple[str, str, str, str, str]]:
    return ROW.findall(PAGE.read_text(encoding="utf-8"))


def missing(evidence: str) -> list[str]:
    """What is named and is not there."""
    gone = []
    for named in re.findall(r"`([^`]+)`", evidence):
        path, _, test = named.partition("::")
        file = ROOT / path
        there = file.is_file() and (not test or f"def {test}(" in file.read_text(encoding="utf-8"))
        if not there:
            gone.append(named)
    return gone


def test_every_item_is_there_once_with_its_level() -> None:
    known = (ROOT / "tests" / "site" / "asvs_ids.txt").read_text().splitlines()
    assert len(known) == 253
    assert [f"{one[0]} {one[1]}" for one in rows()] == known


def test_every_verdict_has_its_reason() -> None:
    for item, _, words, verdict, reason in rows():
        assert verdict in VERDICTS, item
        assert 0 < len(words) < 90, item
        if verdict == "met":
            assert "`" in reason, item
        else:
            assert re.match(r"[A-Za-z]", reason), item


def test_all_evidence_exists() -> None:
    assert {one[0]: missing(one[4]) for one in rows() if missing(one[4])} == {}


def test_the_sums_are_right() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for verdict in VERDICTS:
        assert f"{sum(one[3] == verdict for one in rows())} {verdict}" in text


def test_the_threats_lead_to_tests_that_exist() -> None:
    page = ROOT / "docs" / "security" / "threat-model.md"
    text = page.read_text(encoding="utf-8")
    named = [
        one for one in re.findall(r"`([^`]+)`", text) if one.startswith("tests/t") or "::" in one
    ]
    assert missing(" ".join(f"`{one}`" for one in named)) == []
    assert text.count("tests/") > 25


def test_evidence_that_is_not_there_is_seen() -> None:
    assert missing("`tests/site/test_asvs.py::test_no_such`, `docs/security/asvs.md`") == [
        "tests/site/test_asvs.py::test_no_such"
    ]
