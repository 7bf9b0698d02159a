"""How the guard's exams are counted: whole replies, by sentence, and both sides of a pair."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from evals.guard import exams
from qingting.companion.person import Language

LINES = [
    {"category": "guilt", "user": "a", "bad": "Harm.", "good": "Fine."},
    {"category": "guilt", "user": "b", "bad": "Kind. Fine.", "good": "Fine. Harm."},
    {"category": "fine", "user": "c", "bad": None, "good": "Fine. Fine."},
]


def _judged(reply: str, user: str) -> Iterator[str]:
    yield from ["harm"] * ("Harm" in reply)


def test_what_is_counted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = "\n".join(json.dumps(line) for line in LINES)
    (tmp_path / "en_testq.jsonl").write_text(text, encoding="utf-8")
    monkeypatch.setattr(exams, "FOLDER", tmp_path)
    monkeypatch.setattr(exams, "judged", _judged)
    assert exams.exams("en") == ["testq"]
    found = exams.measured("en", "testq")
    assert (found.caught["guilt"], found.harmful["guilt"]) == (1, 2)
    assert (found.held_back[False], found.fine[False]) == (0, 1)
    assert (found.held_back[True], found.fine[True]) == (1, 2)
    assert (found.right, found.pairs) == (1, 2)
    told = exams.report("en", "testq", categories=True)
    assert "caught 0.500 (1/2" in told
    assert "guilt: 1/2" in told


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_exam_is_learned_from(language: Language) -> None:
    learned = Path(exams.__file__).parents[2] / "training" / "authored" / "guard"
    known = {
        (row["user"], text)
        for path in learned.glob(f"{language}_*.jsonl")
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
        for text in (row.get("bad"), *(one["s"] for one in row.get("reply", ())))
    }
    asked = [pair for exam in exams.exams(language) for pair in exams.pairs(language, exam)]
    assert asked
    assert not [pair for pair in asked if pair.bad and (pair.user, pair.bad) in known]
