"""The sheets for readers of what was handed over: nothing of what was expected is on them, and what
they answer is counted."""

from __future__ import annotations

from pathlib import Path

from evals.library import judging
from evals.library.situations import LANGUAGES, PARTS, Outcome, load
from qingting.companion.library.shelf import articles


def test_there_are_sixty_situations_a_language_and_only_articles_there_are_can_fit() -> None:
    for language in LANGUAGES:
        parts = [load(language, part) for part in PARTS]
        assert [len(one) for one in parts] == [30, 30]
        every = [one for part in parts for one in part]
        assert len({one.id for one in every}) == 60
        assert sum(not one.fits for one in every) == 20
        assert {slug for one in every for slug in one.fits} <= articles(language).keys()


def test_a_sheet_shows_what_was_handed_over_and_where_and_its_answers_are_counted(
    tmp_path: Path,
) -> None:
    first, second, third = load("zh", "development")[:3]
    outcomes = [
        Outcome(first, ((2, "panic"),), ("", "")),
        Outcome(second, ((1, "grief"),), ("",) * 4),
        Outcome(third, (), ("",) * 3),
    ]
    judging.write(outcomes, tmp_path)
    sheet = (tmp_path / "zh.md").read_text(encoding="utf-8")
    told = articles("zh")["panic"]
    assert f"- {first.messages[1]}\n  → {told.title}: {told.lead}" in sheet
    assert third.id not in sheet
    assert "development" not in sheet
    assert judging.score(tmp_path).count("fits 0 of 0 answered") == 2
    begins = sheet.index(f"## {first.id}")
    answered = sheet[:begins].replace("Answer: ", "Answer: no")
    answered += sheet[begins:].replace("Answer: ", "Answer: yes", 1)
    (tmp_path / "zh.md").write_text(answered, encoding="utf-8")
    assert "fits 1 of" in judging.score(tmp_path)
