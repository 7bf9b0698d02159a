"""The texts are verbatim and stay so; an operator brings or confirms one, and changes no score."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from qingting.cli.main import main
from qingting.companion.instruments import shelf
from qingting.companion.instruments.change import change
from qingting.companion.instruments.instrument import Instrument
from qingting.companion.instruments.table import InstrumentError
from qingting.companion.instruments.texts import fingerprint
from tests.companion.instruments.answered import answers

# Changed only by whoever has the owner's text beside it.
PINNED = {
    ("phq9", "zh"): "07964db65829",
    ("phq9", "en"): "b8266a8ecfb7",
    ("gad7", "zh"): "360e46beadbf",
    ("gad7", "en"): "42e64f2d3300",
    ("phq2", "zh"): "1e824a24e74e",
    ("phq2", "en"): "cb3b5551d52c",
    ("gad2", "zh"): "aad6f215252f",
    ("gad2", "en"): "04a924607aca",
    ("phq4", "zh"): "be28c3aec635",
    ("phq4", "en"): "3b338b91a8bb",
    ("phq8", "zh"): "89b2b95e4641",
    ("phq8", "en"): "2b78cbf187ac",
    ("asq", "en"): "8ead21b34a53",
}
DOC = Path(__file__).parents[3] / "docs" / "instruments.md"


@pytest.fixture(autouse=True)
def _as_shipped() -> Iterator[None]:
    yield
    shelf.use_operator_texts(None)


def one(key: str) -> Instrument:
    return shelf.instruments()[key]


def documented() -> tuple[str, str]:
    """The two examples of the guide: a text supplied, a text confirmed."""
    found = DOC.read_text(encoding="utf-8").split("```toml\n")[1:]
    confirmed, supplied = (part.split("```")[0] for part in found)
    return supplied, confirmed


def bring(folder: Path, *files: str) -> None:
    for number, text in enumerate(files):
        (folder / f"{number}.toml").write_text(text, encoding="utf-8")
    shelf.use_operator_texts(folder)


def test_the_texts_are_as_they_were_compared() -> None:
    found = {
        (key, language): fingerprint(wording)
        for key, instrument in shelf.instruments().items()
        for language, wording in instrument.wordings.items()
        if wording.status != "none"
    }
    assert found == PINNED


def test_short_forms_have_the_very_words_of_the_long_ones() -> None:
    for short, long, places in (
        ("phq8", "phq9", {f"q{n}": f"q{n}" for n in range(1, 9)}),
        ("phq2", "phq9", {"q1": "q1", "q2": "q2"}),
        ("gad2", "gad7", {"q1": "q1", "q2": "q2"}),
        ("phq4", "gad7", {"q1": "q1", "q2": "q2"}),
        ("phq4", "phq9", {"q3": "q1", "q4": "q2"}),
    ):
        for language, wording in one(short).wordings.items():
            other = one(long).wordings[language]
            assert (wording.stem, wording.status) == (other.stem, other.status)
            for mine, theirs in places.items():
                assert wording.items[mine] == other.items[theirs]
                assert wording.options[mine] == other.options[theirs]


def test_the_answers_are_not_those_of_a_known_misprint() -> None:
    assert one("gad7").wordings["en"].options["q1"][0] == "Not at all"


def test_no_chinese_wording_is_called_compared() -> None:
    for instrument in shelf.instruments().values():
        assert instrument.wordings["zh"].status in ("unverified", "none")


def test_the_guide_tells_the_mark_of_every_text_that_waits() -> None:
    guide = DOC.read_text(encoding="utf-8")
    for (key, language), mark in PINNED.items():
        if one(key).wordings[language].status == "unverified":  # type: ignore[index]
            assert mark in guide, key


# ---- what an operator brings ---------------------------------------------------------------------
def test_a_text_of_the_guide_makes_a_questionnaire_askable(tmp_path: Path) -> None:
    supplied, _ = documented()
    assert "who5" not in [one.key for one in shelf.askable("zh", "adult")]
    before = one("who5")
    bring(tmp_path, supplied)
    after = one("who5")
    assert "who5" in [one.key for one in shelf.askable("zh", "adult")]
    assert "who5" not in [one.key for one in shelf.askable("en", "adult")]
    words = after.wordings["zh"]
    assert (words.status, words.by) == ("operator", "counselling centre, Example University")
    assert words.licence.verified_on == date(2026, 10, 8)
    assert words.licence.holder == before.wordings["zh"].licence.holder
    assert (after.items, after.bands, after.change) == (before.items, before.bands, before.change)
    assert list(shelf.instruments()).index("who5") == 7


def test_a_confirmed_text_counts_as_compared(tmp_path: Path) -> None:
    _, confirmed = documented()
    shipped = one("phq9").wordings["zh"]
    early, late = (answers("phq9", n, date(2026, n, 1), language="zh") for n in (5, 12))
    assert change(one("phq9"), early, late) == "unknown"
    bring(tmp_path, confirmed)
    words = one("phq9").wordings["zh"]
    assert (words.status, fingerprint(words)) == ("official", fingerprint(shipped))
    assert change(one("phq9"), early, late) == "worse"
    assert one("phq9").wordings["en"].by == ""


def test_an_unverified_text_may_be_replaced_by_the_compared_one(tmp_path: Path) -> None:
    words = one("gad2").wordings["zh"]
    lines = [
        'instrument = "gad2"\nlanguage = "zh"\nstatus = "official"\nby = "K."\non = "2026-10-08"',
        f'stem = "{words.stem}"\n[items]\nq1 = "紧张"\nq2 = "担忧"\n[answers.often]',
        *(f'{value} = "{text}"' for value, text in words.options["q1"].items()),
    ]
    bring(tmp_path, "\n".join(lines))
    assert one("gad2").wordings["zh"].items == {"q1": "紧张", "q2": "担忧"}
    assert one("gad2").wordings["zh"].title == "GAD-2"


@pytest.mark.parametrize(
    ("which", "old", "new", "told"),
    [
        (0, 'instrument = "who5"', 'instrument = "who9"', "no instrument 'who9'"),
        (0, 'language = "zh"', 'language = "fr"', "none of zh, en"),
        (0, 'status = "operator"', 'status = "none"', "none of operator, official"),
        (0, 'by = "c', 'by = ""  # "c', "by must say who"),
        (0, 'on = "2026-10-08"', 'on = "October"', "no day"),
        (0, "[items]", "cutoff = 90\n[items]", "cutoff is not known here"),
        (0, "[items]", "item = []\n[items]", "item is not known here"),
        (0, "q5 =", "q6 =", "item_unsaid"),
        (0, "\n5 =", "\n9 =", "answer_unsaid"),
        (0, "[answers.time]", "[answers.often]", "often is not known here"),
        (0, 'stem = "', 'stem = ""  # "', "wording_lacks"),
        (0, 'instrument = "who5"', 'instrument = "phq9"', "time is not known here"),
        (0, 'language = "zh"', 'language = "en"\nx = 1', "x is not known here"),
        (1, "confirms = ", 'confirms = "0" #', "compare it again"),
        (1, 'language = "zh"', 'language = "en"', "no text that waits"),
        (1, 'instrument = "phq9"', 'instrument = "who5"', "no text that waits"),
        (1, "by = ", 'stem = "x"\nby = ', "stem is not known here"),
        (1, "by = ", "by = 3 #", "by must be a text"),
        (1, "instrument =", "instrument", "1.toml"),
    ],
)
def test_a_text_that_cannot_be_used_is_left_out_and_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, which: int, old: str, new: str, told: str
) -> None:
    both = list(documented())
    assert old in both[which]
    both[which] = both[which].replace(old, new, 1)
    with caplog.at_level(logging.ERROR):
        bring(tmp_path, *both)
        found = shelf.instruments()
    assert (found["who5"].wordings["zh"].status == "none") is (which == 0)
    assert (found["phq9"].wordings["zh"].status == "unverified") is (which == 1)
    assert len(found) == 19
    [record] = caplog.records
    assert f"{which}.toml" in record.getMessage()
    assert told in record.getMessage()


def test_a_text_that_was_compared_is_not_replaced(tmp_path: Path) -> None:
    supplied, _ = documented()
    text = supplied.replace('"who5"', '"phq9"').replace('"zh"', '"en"')
    bring(tmp_path, text.replace("[answers.time]", "[answers.often]"))
    assert one("phq9").wordings["en"].status == "official"


def test_a_folder_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(InstrumentError, match="nowhere"):
        shelf.use_operator_texts(tmp_path / "nowhere")


def test_the_content_check_reads_a_text_that_is_brought(tmp_path: Path) -> None:
    for number, text in enumerate(documented()):
        path = tmp_path / f"{number}.toml"
        path.write_text(text, encoding="utf-8")
        result = CliRunner().invoke(main, ["content", "check", str(path), "--language", "zh"])
        assert result.exit_code == 0, result.output
        path.write_text(text.replace("by =", "buy ="), encoding="utf-8")
        result = CliRunner().invoke(main, ["content", "check", str(path), "--language", "en"])
        assert result.exit_code == 1
        assert "buy is not known here" in result.output
