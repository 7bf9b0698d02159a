"""What is learned from which line, and that held-out lines are never learned from."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import pytest

pytest.importorskip("scipy")

from qingting.companion.understand.reading import (
    DISTORTIONS,
    FEELINGS,
    KINDS,
    LEVELS,
)
from training.examples import (
    COLUMNS,
    HEADS,
    _cells,
    columns_of,
    grade_of,
    part_of,
)
from training.labels import (
    BRIGHTER,
    FROM_BRIGHTER,
    FROM_CPED,
    FROM_GOEMOTIONS,
    FROM_PSYSUICIDE,
    GOEMOTIONS,
)
from training.sources import Line, authored


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    return authored()


def line(source: str = "authored_risk_a", label: Any = None, **more: Any) -> Line:
    return Line("x", "zh", source, f"zh/{source}:3", label, more)


def cells(
    one: Line, *, flagged: bool = False
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    targets, weights = _cells(one, flagged)
    return tuple(  # type: ignore[return-value]
        {name: cells[columns_of(name)].tolist() for name in HEADS} for cells in (targets, weights)
    )


def test_columns_follow_one_another() -> None:
    ends = [columns_of(name) for name in HEADS]
    assert [one.start for one in ends] == [0, *(one.stop for one in ends[:-1])]
    assert ends[-1].stop == COLUMNS
    with pytest.raises(KeyError):
        columns_of("traps")


def test_a_level_holds_for_every_grade_below_it() -> None:
    risk = {"level": "high", "subject": "other", "kinds": ["abuse"]}
    targets, weights = cells(line(risk=risk))
    assert targets["risk"] == [1, 1, 0, 1]
    assert len(set(weights["risk"])) == 1
    assert weights["risk"][0] >= 1
    assert [kind for kind, on in zip(KINDS, targets["kinds"], strict=True) if on] == ["abuse"]
    low = {"level": "low", "subject": "self", "kinds": ["abuse"]}
    assert cells(line(risk=low))[0]["risk"] == [0, 0, 0, 0]
    assert not any(cells(line(risk=low))[0]["kinds"])


def test_unlabelled_talk_that_the_rules_flag_teaches_nothing_of_danger() -> None:
    public = line("emotion_cped_zh", "happy")
    assert any(cells(public)[1]["risk"])
    assert not any(cells(public, flagged=True)[1]["risk"])
    assert any(cells(public, flagged=True)[1]["feelings"])
    labelled = line(risk={"level": "none", "subject": "self", "kinds": []})
    assert any(cells(labelled, flagged=True)[1]["risk"])


def test_public_labels_are_borrowed_at_less_weight_than_our_own() -> None:
    targets, weights = cells(line("emotion_goemotions_en", ["remorse", "realization"]))
    told = dict(
        zip(FEELINGS, zip(targets["feelings"], weights["feelings"], strict=True), strict=True)
    )
    assert told["guilt"][0] == 1
    assert 0 < told["guilt"][1] < 1
    assert told["numbness"] == pytest.approx((0, 0.03))
    on = [name for name, cell in zip(GOEMOTIONS, targets["goemotions"], strict=True) if cell]
    assert on == ["realization", "remorse"]
    own = cells(line(feelings=[["guilt", 0.8], ["joy", 0.1]]))
    assert own[1]["feelings"] == [1.0] * len(FEELINGS)
    assert [name for name, cell in zip(FEELINGS, own[0]["feelings"], strict=True) if cell] == [
        "guilt"
    ]


def test_public_labels_mean_labels_of_ours() -> None:
    for meaning in (FROM_GOEMOTIONS, FROM_BRIGHTER, FROM_CPED):
        assert set(meaning.values()) <= set(FEELINGS)
    assert set(FROM_GOEMOTIONS) <= set(GOEMOTIONS)
    assert set(FROM_BRIGHTER) <= set(BRIGHTER)
    for kind, level in FROM_PSYSUICIDE.values():
        assert level in LEVELS
        assert kind in (*KINDS, "")


def test_a_public_line_of_danger_has_the_graver_of_its_labels() -> None:
    both = line("risk_psysuicide_zh", ["被动自杀意图", "自杀计划"])
    assert grade_of(both) == ("high", None, ("suicide",))
    assert grade_of(line("risk_psysuicide_zh", ["关于自杀的探索"])) is None
    assert grade_of(line("emotion_cped_zh", "happy")) == ("none", None, ())


@pytest.mark.parametrize(
    ("written", "part"), [("h", "dev"), ("t", "dev"), ("u", "dev"), ("v", "test")]
)
def test_held_passes_are_never_learned_from(lines: list[Line], written: str, part: str) -> None:
    held = [one for one in lines if one.more.get("pass") == written]
    assert held
    assert {part_of(one) for one in held} == {part}


def test_neighbours_of_one_author_stay_in_one_part(lines: list[Line]) -> None:
    parts = defaultdict(set)
    counted: defaultdict[str, int] = defaultdict(int)
    for one in lines:
        part = part_of(one)
        counted[part] += 1
        name, _, number = one.group.rpartition(":")
        if part in ("train", "tune"):
            parts[f"{name}:{int(number) // 8}"].add(part)
    assert all(len(one) == 1 for one in parts.values())
    assert 0.04 < counted["tune"] / counted["train"] < 0.15


def test_no_held_line_is_learned_from_under_another_name(lines: list[Line]) -> None:
    """Also not with other spaces, marks or capitals."""

    def bare(one: Line) -> tuple[str, ...]:
        turns = [said for _, said in one.history]
        return tuple("".join(filter(str.isalnum, said)).lower() for said in [*turns, one.text])

    learned = {bare(one): one.group for one in lines if part_of(one) in ("train", "tune")}
    held = [one for one in lines if part_of(one) in ("dev", "test")]
    # What anybody says in a word or two ("yes", "没有") is nobody's line.
    told = [
        (one.group, learned[bare(one)])
        for one in held
        if bare(one) in learned and len(one.text) > 6
    ]
    assert told == []


def test_every_authored_line_is_labelled_in_words_that_exist(lines: list[Line]) -> None:
    wrong = []
    for one in lines:
        risk, feelings = one.more.get("risk"), one.more.get("feelings") or []
        traps = one.more.get("distortions") or []
        fine = (
            one.language in ("zh", "en", "mixed")
            and (risk is None or risk["level"] in LEVELS)
            and (risk is None or set(risk.get("kinds", ())) <= set(KINDS))
            and (risk is None or risk.get("subject", "self") in ("self", "other"))
            and all(name in FEELINGS and 0 < strength <= 1 for name, strength in feelings)
            and all(trap["label"] in DISTORTIONS for trap in traps)
            and all(len(turn) == 2 for turn in one.history)
        )
        if not fine:
            wrong.append(one.group)
    assert wrong == []


def test_dangerous_lines_name_a_kind(lines: list[Line]) -> None:
    nameless = [
        one.group
        for one in lines
        if (grade := grade_of(one)) and LEVELS.index(grade[0]) >= 2 and not grade[2]
    ]
    assert nameless == []


def test_every_label_of_ours_is_taught_by_some_line(lines: list[Line]) -> None:
    total = np.zeros(COLUMNS, np.float32)
    for one in lines:
        if part_of(one) == "train":
            total += _cells(one, False)[0]
    for name in ("risk", "kinds", "feelings", "distortions"):
        at = columns_of(name)
        missing = [label for label, cell in zip(HEADS[name], total[at], strict=True) if cell < 8]
        assert missing == [], name
