"""Which questionnaires there are, who may be asked which, and that a broken file costs only its
own."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from qingting.companion.instruments import shelf
from qingting.companion.instruments.faults import faults
from qingting.companion.instruments.loinc import VERIFIED
from qingting.companion.person import AgeBand, Language
from qingting.content_check.folder import files_of, installed
from tests.content_elsewhere import ReadFrom

SHIPPED = ["phq9", "gad7", "phq2", "gad2", "phq4", "phq8"]
WITHOUT_TEXT = [
    *("who5", "phqa", "pss10", "pss4", "isi", "k10", "k6", "ucla3"),
    *("cssrs_screener", "core10", "swemwbs", "rses"),
]


@pytest.fixture(autouse=True)
def _as_shipped() -> Iterator[None]:
    yield
    shelf.use_operator_texts(None)


def keys(language: Language, age: AgeBand, *, on_call: bool = False) -> list[str]:
    return [one.key for one in shelf.askable(language, age, on_call=on_call)]


def test_every_file_is_read_and_none_has_a_fault() -> None:
    assert list(shelf.instruments()) == [*SHIPPED, "asq", *WITHOUT_TEXT]
    assert [str(one) for i in shelf.instruments().values() for one in faults(i)] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_is_grown_up_may_be_asked_all_that_have_a_text(language: Language) -> None:
    assert keys(language, "adult") == SHIPPED
    assert keys(language, "unknown") == SHIPPED, "who did not say is no child"


@pytest.mark.parametrize("age", ["14_15", "16_17"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_young_are_asked_little(language: Language, age: AgeBand) -> None:
    assert keys(language, age) == ["phq9", "phq2", "gad2"]


def test_who_may_be_too_young_is_asked_nothing() -> None:
    assert keys("en", "under_14", on_call=True) == []


def test_what_needs_somebody_there_is_asked_only_where_somebody_is_and_in_its_language() -> None:
    for age in get_args(AgeBand):
        assert "asq" not in keys("en", age)
        assert "asq" not in keys("zh", age, on_call=True)
    assert "asq" in keys("en", "14_15", on_call=True)
    assert "asq" in keys("en", "adult", on_call=True)


def test_whoever_asks_about_dying_with_yes_and_no_is_on_call() -> None:
    for one in shelf.instruments().values():
        if all(item.danger_from is not None for item in one.items):
            assert one.on_call_only


def test_a_skeleton_has_no_words_and_a_named_owner() -> None:
    for key in WITHOUT_TEXT:
        for wording in shelf.instruments()[key].wordings.values():
            assert (dict(wording.items), dict(wording.options), wording.stem) == ({}, {}, "")
            assert wording.licence.holder


def test_every_code_has_the_check_digit_of_its_kind() -> None:
    for code in (one for one in VERIFIED if not one.startswith("LA")):
        figures, _, check = code.partition("-")
        total = 0
        for place, figure in enumerate(reversed(figures)):
            doubled = int(figure) * (2 if place % 2 == 0 else 1)
            total += doubled // 10 + doubled % 10
        assert (10 - total % 10) % 10 == int(check), code


def test_a_code_stands_with_its_own_question() -> None:
    for key, of, first in (("phq9", "PHQ", 1), ("phq8", "PHQ", 1), ("phq2", "PHQ", 1),
                           ("gad7", "GAD", 1), ("gad2", "GAD", 1)):  # fmt: skip
        names = [VERIFIED[item.code] for item in shelf.instruments()[key].items]
        assert names == [f"{of} {first + place}" for place in range(len(names))]
    assert [VERIFIED[item.code] for item in shelf.instruments()["phq4"].items] == [
        "GAD 1", "GAD 2", "PHQ 1", "PHQ 2",
    ]  # fmt: skip
    for key, one in shelf.instruments().items():
        for code, what in ((one.panel, "panel"), (one.total, "total")):
            assert not code or VERIFIED[code].endswith(what), key


def test_every_rule_names_its_source() -> None:
    for one in shelf.instruments().values():
        assert len(one.source) > 20, one.key
        assert one.confidence != "memory" or "memory" in one.source, one.key


# ---- broken files --------------------------------------------------------------------------------
@pytest.fixture
def copied(tmp_path: Path, read_content_from: ReadFrom) -> Path:
    for path in files_of(installed() / "instruments"):
        target = tmp_path / path.relative_to(installed())
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    read_content_from(tmp_path, shelf.instruments)
    return tmp_path / "instruments"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("days = 14", "days =", "gad7.toml"),
        ("days = 14", 'days = "14"', "days must be a whole number"),
        ("days = 14\n", "", "days is missing"),
        ("days = 14", "days = 14\nscores = 3", "scores is not known here"),
        ("values = [0, 1, 2, 3]", "values = [0, true]", "whole numbers"),
        ("values = [0, 1, 2, 3]", "values = []", "whole numbers"),
        ("values = [0, 1, 2, 3]", "values = [0, 1]", "as many codes as values"),
        ('key = "q7", answers = "often"', 'key = "q7", answers = "x"', "there are no answers 'x'"),
        ('confidence = "verified"', 'confidence = "sure"', "none of verified"),
        ("cutoff = 10", "cutoff = true", "cutoff must be a whole number"),
        ("[wording.zh]", "[wording.fr]", "fr is not known here"),
        ('3 = "Nearly', 'x = "Nearly', "named by its value"),
        ('q7 = "Feeling', 'q8 = "Feeling', "item_unsaid"),
        ('status = "unverified"', 'status = "official"', "licence_open"),
        ("69736-7", "69736-8", "code_unverified"),
        ("least = 15", "least = 16", "bands_gap"),
        ('verified_on = "2026-11-21"', 'verified_on = "last week"', "no day"),
        ("[answers.often]", "[[answers]]", "answers must be a table"),
    ],
)
def test_a_broken_file_costs_its_own_questionnaire_and_is_named(
    copied: Path, caplog: pytest.LogCaptureFixture, old: str, new: str, told: str
) -> None:
    path = copied / "gad7.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with caplog.at_level(logging.ERROR):
        found = shelf.instruments()
    assert "gad7" not in found
    assert [one for one in [*SHIPPED, "asq", *WITHOUT_TEXT] if one != "gad7"] == list(found)
    [record] = caplog.records
    assert "instruments/gad7.toml" in record.getMessage()
    assert told in record.getMessage()


def test_a_file_that_is_no_text_is_left_out_too(
    copied: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (copied / "gad7.toml").write_bytes(b"\xff\xfe\x00")
    (copied / "notes.txt").write_text("not a questionnaire", encoding="utf-8")
    assert "gad7" not in shelf.instruments()
    assert len(caplog.records) == 1
