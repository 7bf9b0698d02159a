"""Scores against the edges their sources name, and what holds for any answers at all."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingting.companion.instruments.instrument import Instrument, Item
from qingting.companion.instruments.scoring import (
    BadAnswer,
    above_cutoff,
    checked,
    dangers,
    next_item,
    score,
    score_range,
)
from qingting.companion.instruments.shelf import instruments
from qingting.companion.person import AgeBand
from tests.companion.instruments.answered import one, summing_to

SUMMED = [one for one in instruments().values() if any(item.scored for item in one.items)]
FREE = ("phq9", "phq8", "phq2", "phq4", "gad7", "gad2")
each = pytest.mark.parametrize("instrument", SUMMED, ids=lambda one: one.key)

# By questionnaire: the least of each band, in order, and the most of the last.
EDGES = {
    "phq9": [("minimal", 0), ("mild", 5), ("moderate", 10), ("moderately_severe", 15),
             ("severe", 20), ("", 27)],
    "phq8": [("minimal", 0), ("mild", 5), ("moderate", 10), ("moderately_severe", 15),
             ("severe", 20), ("", 24)],
    "phqa": [("minimal", 0), ("mild", 5), ("moderate", 10), ("moderately_severe", 15),
             ("severe", 20), ("", 27)],
    "phq2": [("below", 0), ("above", 3), ("", 6)],
    "phq4": [("minimal", 0), ("mild", 3), ("moderate", 6), ("severe", 9), ("", 12)],
    "gad7": [("minimal", 0), ("mild", 5), ("moderate", 10), ("severe", 15), ("", 21)],
    "gad2": [("below", 0), ("above", 3), ("", 6)],
    "isi": [("none", 0), ("below_threshold", 8), ("moderate", 15), ("severe", 22), ("", 28)],
    "k10": [("low", 10), ("mild", 20), ("moderate", 25), ("severe", 30), ("", 50)],
    "k6": [("low", 0), ("moderate", 5), ("serious", 13), ("", 24)],
    "ucla3": [("below", 3), ("above", 6), ("", 9)],
    "core10": [("below", 0), ("mild", 11), ("moderate", 15), ("moderately_severe", 20),
               ("severe", 25), ("", 40)],
    "rses": [("low", 0), ("usual", 15), ("", 30)],
}  # fmt: skip


@pytest.mark.parametrize("key", EDGES)
def test_each_band_begins_and_ends_where_its_source_says(key: str) -> None:
    instrument, edges = one(key), EDGES[key]
    assert score_range(instrument) == (edges[0][1], edges[-1][1])
    for (band, least), (_, after) in pairwise(edges):
        last = after if after == edges[-1][1] else after - 1
        for total in (least, last):
            found = score(instrument, summing_to(instrument, total))
            assert (found.value, found.band) == (total, band)


def test_well_being_is_multiplied_to_a_hundred() -> None:
    who5 = one("who5")
    assert score_range(who5) == (0, 100)
    assert score(who5, dict.fromkeys(("q1", "q2", "q3", "q4", "q5"), 3)).value == 60
    for raw, band in ((0, "very_low"), (7, "very_low"), (8, "low"), (12, "low"), (13, "usual")):
        assert score(who5, summing_to(who5, raw * 4)).band == band


@pytest.mark.parametrize(
    ("key", "total", "age", "above"),
    [
        ("phq9", 9, "adult", False),
        ("phq9", 10, "adult", True),
        ("phq9", 10, "16_17", False),
        ("phq9", 11, "16_17", True),
        ("phq9", 10, "unknown", True),
        ("phqa", 10, "16_17", False),
        ("phqa", 11, "16_17", True),
        ("phq8", 10, "adult", True),
        ("phq2", 2, "14_15", False),
        ("phq2", 3, "14_15", True),
        ("gad7", 9, "adult", False),
        ("gad7", 10, "adult", True),
        ("gad2", 3, "16_17", True),
        ("phq4", 2, "adult", False),
        ("phq4", 3, "adult", True),
        ("who5", 52, "adult", False),
        ("who5", 48, "adult", True),
        ("k6", 12, "adult", False),
        ("k6", 13, "adult", True),
        ("rses", 14, "adult", True),
        ("rses", 15, "adult", False),
        ("pss10", 40, "adult", None),
        ("swemwbs", 7, "adult", None),
    ],
)
def test_a_cut_off_counts_by_age_and_by_which_way_the_score_runs(
    key: str, total: int, age: AgeBand, above: bool | None
) -> None:
    instrument = one(key)
    assert above_cutoff(instrument, score(instrument, summing_to(instrument, total)), age) is above


def test_of_an_age_not_said_the_more_careful_cut_off_counts() -> None:
    light = replace(one("who5"), cutoff=48, teen_cutoff=52)
    found = score(light, summing_to(light, 52))
    assert above_cutoff(light, found, "unknown") is True
    assert above_cutoff(light, found, "adult") is False


@pytest.mark.parametrize(
    ("key", "turned"),
    [("pss10", "4 5 7 8"), ("pss4", "2 3"), ("core10", "2 3"), ("rses", "2 5 6 8 9"), ("gad7", "")],
)
def test_the_questions_that_are_turned_round_are(key: str, turned: str) -> None:
    instrument = one(key)
    least, most = score_range(instrument)
    low = {item.key: min(o.value for o in item.options) for item in instrument.items}
    assert [item.key[1:] for item in instrument.items if item.reverse] == turned.split()
    for item in instrument.items:
        high = max(option.value for option in item.options)
        moved = score(instrument, {**low, item.key: high}).value
        plain = score(instrument, low).value
        assert moved is not None
        assert plain is not None
        assert (moved < plain) is item.reverse
        assert least <= moved <= most


def test_two_halves_have_each_their_own_sum() -> None:
    found = score(one("phq4"), {"q1": 3, "q2": 2, "q3": 1, "q4": 0})
    assert (found.value, dict(found.subscales)) == (6, {"anxiety": 5, "depression": 1})
    part = score(one("phq4"), {"q1": 3, "q2": 2})
    assert (part.value, dict(part.subscales)) == (None, {"anxiety": 5, "depression": None})


def filled(instrument: Instrument) -> st.SearchStrategy[dict[str, int]]:
    return st.fixed_dictionaries(
        {i.key: st.sampled_from([o.value for o in i.options]) for i in instrument.items}
    )


@each
@given(data=st.data())
def test_any_answers_give_a_score_in_its_range_and_in_one_band(
    instrument: Instrument, data: st.DataObject
) -> None:
    found = score(instrument, data.draw(filled(instrument)))
    least, most = score_range(instrument)
    assert found.value is not None
    assert least <= found.value <= most
    assert found.left_out == ()
    assert bool(found.band) is bool(instrument.bands)


@each
@given(data=st.data())
def test_a_graver_answer_never_gives_a_lighter_score(
    instrument: Instrument, data: st.DataObject
) -> None:
    values = data.draw(filled(instrument))
    item = data.draw(st.sampled_from([item for item in instrument.items if item.scored]))
    other = data.draw(st.sampled_from([option.value for option in item.options]))
    before = score(instrument, values).value
    after = score(instrument, {**values, item.key: other}).value
    assert before is not None
    assert after is not None
    steps = (other - values[item.key]) * (-1 if item.reverse else 1)
    assert after - before == steps * instrument.multiplier


@each
@given(data=st.data())
def test_a_question_left_out_gives_no_score(instrument: Instrument, data: st.DataObject) -> None:
    values = data.draw(filled(instrument))
    scored = [item.key for item in instrument.items if item.scored]
    out = data.draw(st.sets(st.sampled_from(scored), min_size=1))
    found = score(instrument, {key: value for key, value in values.items() if key not in out})
    assert (found.value, found.band) == (None, "")
    assert set(found.left_out) == out


@given(data=st.data(), allowed=st.integers(1, 3))
def test_the_mean_stands_for_what_may_be_left_out_and_for_no_more(
    data: st.DataObject, allowed: int
) -> None:
    gad7 = replace(one("gad7"), missing=allowed)
    values = data.draw(filled(gad7))
    out = data.draw(st.sets(st.sampled_from(sorted(values))))
    left = {key: value for key, value in values.items() if key not in out}
    found = score(gad7, left).value
    if len(out) > allowed:
        assert found is None
        return
    mean = 7 * sum(left.values()) / len(left)
    assert found is not None
    assert abs(found - mean) <= 0.5
    assert 0 <= found <= 21


def test_no_shipped_questionnaire_allows_a_question_to_be_left_out() -> None:
    assert all(instrument.missing == 0 for instrument in instruments().values())


def test_more_may_not_be_guessed_than_was_said() -> None:
    assert score(replace(one("phq2"), missing=1), {"q1": 3}).value is None
    assert score(replace(one("phq9"), missing=9), {}).value is None


# ---- what came from a form -----------------------------------------------------------------------
def test_answers_are_taken_as_numbers_or_as_a_form_sends_them() -> None:
    assert checked(one("phq9"), {"q9": "1", "q1": 0}) == {"q1": 0, "q9": 1}
    assert checked(one("phq9"), {}) == {}


@pytest.mark.parametrize(
    "values",
    [
        {"q10": 1}, {"": 1}, {"q1": 4}, {"q1": -1}, {"q1": "x"}, {"q1": ""}, {"q1": None},
        {"q1": True}, {"q1": 1.0}, {"q1": "９"}, {"q1": "1 "}, {"q1": "1" * 5000}, {"q1": ["1"]},
    ],
)  # fmt: skip
def test_an_answer_that_does_not_exist_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(BadAnswer) as refused:
        checked(one("phq9"), values)
    assert len(str(refused.value)) < 120


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.none()))
def test_nothing_else_than_bad_answer_comes_of_any_form(values: dict[str, object]) -> None:
    try:
        found = checked(one("asq"), values)
    except BadAnswer:
        return
    assert set(found) <= {"q1", "q2", "q3", "q4", "q5"}


# ---- danger, and what is asked next --------------------------------------------------------------
@pytest.mark.parametrize("value", [1, 2, 3])
def test_any_answer_but_never_to_the_ninth_question_is_danger_whatever_else_is_left_out(
    value: int,
) -> None:
    assert dangers(one("phq9"), {"q9": value}) == ("q9",)
    assert dangers(one("phq9"), {"q9": 0, "q2": 3}) == ()


@pytest.mark.parametrize(("key", "item"), [("core10", "q6"), ("phqa", "q12"), ("phqa", "q13")])
def test_every_question_about_dying_opens_an_episode(key: str, item: str) -> None:
    assert dangers(one(key), {item: 1}) == (item,)


def test_the_fifth_question_comes_only_after_a_yes_or_a_refusal() -> None:
    asq = one("asq")
    no = dict.fromkeys(("q1", "q2", "q3", "q4"), 0)

    def asked(values: dict[str, int]) -> str | None:
        item: Item | None = next_item(asq, values)
        return item.key if item else None

    assert asked({}) == "q1"
    assert asked({"q1": 1, "q3": 0}) == "q2"
    assert asked(no) is None
    assert above_cutoff(asq, score(asq, no), "16_17") is False
    for value in (1, 2):
        for key in no:
            values = {**no, key: value}
            assert asked(values) == "q5"
            assert dangers(asq, values) == (key,)
            assert score(asq, values).left_out == ("q5",)
            assert above_cutoff(asq, score(asq, values), "16_17") is True
            assert asked({**values, "q5": value}) is None
            assert dangers(asq, {**values, "q5": value}) == (key, "q5")


def test_an_answer_of_danger_is_kept_when_its_question_is_no_longer_asked() -> None:
    values = checked(one("asq"), {"q1": 0, "q2": 0, "q3": 0, "q4": 0, "q5": 1})
    assert dangers(one("asq"), values) == ("q5",)


def test_without_a_sum_there_is_no_number() -> None:
    asq = one("asq")
    assert score(asq, {"q1": 1}).value is None
    assert score_range(asq) == (0, 0)
    assert above_cutoff(asq, score(asq, {"q1": 0}), "adult") is None


@pytest.mark.parametrize("key", FREE)
def test_questions_come_in_order_until_all_are_answered(key: str) -> None:
    instrument = one(key)
    values: dict[str, int] = {}
    for item in instrument.items:
        assert next_item(instrument, values) == item
        values[item.key] = 0
    assert next_item(instrument, values) is None
