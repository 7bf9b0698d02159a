"""What was learned to be worth keeping: whatever it finds can be proved from the message."""

from __future__ import annotations

import random
from datetime import date
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from qingting.companion.person import Language
from qingting.companion.remember import learned
from qingting.companion.remember.extract import extract
from qingting.companion.remember.item import KINDS
from qingting.companion.remember.pieces import SIGNS, WIDTH
from qingting.companion.remember.reader import PREFIX
from tests.content_elsewhere import ReadFrom

TODAY = date(2026, 11, 18)
TOLD: dict[Language, str] = {
    "zh": "我们学校艺考统考是12月6号，我妈已经把票买好了",
    "en": "our dance showcase thing is on december 6, my mum already got tickets",
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_day_ahead_is_found_where_no_pattern_knows_the_thing(language: Language) -> None:
    found = [one for one in extract(TOLD[language], language, TODAY) if one.kind == "event"]
    assert date(2026, 12, 6) in {one.on for one in found}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_whatever_is_found_stands_in_the_message(language: Language) -> None:
    chance = random.Random(11)
    words = TOLD["zh"].split("，") + TOLD["en"].split(", ") + ["下周五", "my sis", "?", "\n", "😀"]
    for _ in range(60):
        text = " ".join(chance.choices(words, k=chance.randrange(1, 9)))
        for one in extract(text, language, TODAY):
            assert text[one.start : one.end] == one.quote
            assert 0 < one.confidence <= 1
            assert one.kind != "event" or one.on is not None


def test_without_its_arrays_the_patterns_find_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "i have a driving test on friday"
    before = extract(text, "en", TODAY, learned=False)
    monkeypatch.setattr(learned, "_learned", lambda language: None)
    assert extract(text, "en", TODAY) == before
    assert before


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_learned_is_less_sure_than_a_pattern(language: Language) -> None:
    told = extract(TOLD[language], language, TODAY)
    known = extract(TOLD[language], language, TODAY, learned=False)
    more = [one for one in told if one not in known]
    assert all(one.confidence == learned.CONFIDENCE for one in more)


def test_a_question_or_an_if_is_nothing_to_keep() -> None:
    assert extract("if my sister gets into leeds next friday i'd be alone", "en", TODAY) == ()


def test_two_exams_of_one_sentence_are_two_days() -> None:
    text = "our showcase is on december 6, then the regatta thing is on december 9"
    on = {one.on for one in extract(text, "en", TODAY) if one.kind == "event"}
    assert on >= {date(2026, 12, 6), date(2026, 12, 9)}


def test_what_was_tried_in_vain_is_no_help() -> None:
    told = "i tried the breathing for a week and it did nothing, it made me dizzy"
    assert all(one.gone for one in extract(told, "en", TODAY) if one.kind == "helped")


@pytest.mark.parametrize(
    ("scores", "told"),
    [((2.0, 0.0), {"helped"}), ((0.0, 2.0), {"trigger"}), ((2.0, 1.8), set())],
)
def test_a_piece_is_of_what_helps_or_of_what_sets_off(
    scores: tuple[float, float], told: set[str]
) -> None:
    row = np.full(len(KINDS), -5.0, np.float32)
    row[KINDS.index("helped")], row[KINDS.index("trigger")] = scores
    assert learned._told(row, np.zeros(len(KINDS), np.float32)) == told


def test_a_long_run_of_clauses_is_kept_but_for_what_was_dreamt() -> None:
    said = (
        "我在读研二，课题组九个人，每天从九点坐到十点，导师姓季，一言不合就翻脸，上回组会全屋都安静了，"
        "我数着秒，后来大家各回各的工位，我昨晚做梦站台上，一张嘴是方言，然后就醒了"
    )
    found = {one.about for one in extract(said, "zh", TODAY, learned=False)}
    assert "导师/name" in found
    assert extract("我昨晚梦见我弟叫小宇", "zh", TODAY, learned=False) == ()


SHIPPED = resources.files("qingting.content") / "models" / "memory.npz"


def _shipped() -> dict[str, np.ndarray]:
    with resources.as_file(SHIPPED) as path, np.load(path, allow_pickle=False) as arrays:
        return dict(arrays)


@pytest.fixture
def read_from(tmp_path: Path, read_content_from: ReadFrom) -> Path:
    """A folder that arrays are read from instead; write models/memory.npz there."""
    (tmp_path / "models").mkdir()
    read_content_from(tmp_path, learned._learned, learned._reader)
    return tmp_path / "models" / "memory.npz"


def test_the_shipped_arrays_fit_and_stay_small() -> None:
    arrays = _shipped()
    for language in ("zh", "en"):
        assert arrays[f"{language}.weights"].shape == (len(KINDS), WIDTH + 1)
    assert all(np.isfinite(array).all() for array in arrays.values())
    assert len(SHIPPED.read_bytes()) < 4_600_000


def test_the_reader_has_its_say() -> None:
    row, text, marks = np.zeros((1, WIDTH), np.float32), ["my sister moved out"], [[0.0] * SIGNS]
    known = learned._learned("en")
    assert known is not None
    linear = row @ known.weights[:, :-1].T + known.weights[:, -1]
    read = known.reader.scores(text, marks)
    assert np.allclose(known.scores(row, text, marks), linear + read)
    assert np.abs(read).max() > 0.1


def test_arrays_without_a_reader_are_none(read_from: Path) -> None:
    """Thresholds are for both scores together: with one alone they would be wrong."""
    arrays = _shipped()
    kept = {name: array for name, array in arrays.items() if not name.startswith(PREFIX)}
    np.savez(read_from, **kept)
    assert learned._learned("en") is None
    np.savez(read_from, **arrays)
    learned._learned.cache_clear()
    assert learned._learned("zh") is not None


@pytest.mark.parametrize(
    ("language", "said", "kinds"),
    [
        ("zh", "我们合唱团12月20号要去省里比赛", {"event"}),
        ("zh", "我只要一听到摔门声就心慌得不行", {"trigger"}),
        ("zh", "每次睡不着我就去阳台浇浇花，浇完就能睡了", {"helped"}),
        ("zh", "今天食堂的面有点咸", set()),
        ("zh", "室友的妈妈寄来一箱橘子", set()),
        ("en", "our choir thing is on december 20", {"event"}),
        ("en", "every time a door slams my chest goes tight", {"trigger"}),
        ("en", "i want to learn guitar before i graduate", {"goal"}),
        ("en", "the noodles were salty today", set()),
        ("en", "traffic was awful in the rain", set()),
    ],
)
def test_plain_things_are_told_from_nothing(language: Language, said: str, kinds: set[str]) -> None:
    assert {one.kind for one in extract(said, language, TODAY)} == kinds
