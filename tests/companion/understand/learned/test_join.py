"""Rules and heads made one: what may be raised, what may be lowered, and what never is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingting.companion.understand.learned.arrays import shipped
from qingting.companion.understand.learned.join import Joining, joined, witness
from qingting.companion.understand.learned.reads import RiskRead
from qingting.companion.understand.reading import (
    KINDS,
    LEVELS,
    Kind,
    Level,
    Mark,
    Risk,
    Span,
    at_least,
    rank,
)

# The rules are asked nothing: what the heads find is what is found.
SILENT = Joining(
    {word: [0.0, 0.0, 0.0] for word in (*LEVELS, "marked")},
    {"zh": [0.2, 0.5, 0.5, 0.5], "en": [0.9, 0.9, 0.9, 0.9]},
)
POINTED = (Span(3, 7),)


def heads(some: float, grave: float = 0.0, now: float = 0.0, **more: Any) -> RiskRead:
    """Heads that find these probabilities."""
    sure = [min(1 - 1e-9, max(1e-9, one)) for one in (some, grave, now)]
    some, grave, now = (math.log(one / (1 - one)) for one in sure)
    return RiskRead((some, grave, now), **{"kinds": {"suicide": 0.9, "panic": 0.1}, **more})


SURE = heads(0.99, 0.9, 0.1, other=0.9)
NOW = heads(1, 1, 1)
CALM = heads(0.001)


def rules(level: Level, **more: Any) -> Risk:
    levels: dict[Kind, Level] = {"suicide": level} if level != "none" else {}
    evidence = (Span(0, 1),) if levels else ()
    return Risk(level=level, levels=levels, evidence=evidence, **more)


def never_asked() -> tuple[Span, ...]:
    raise AssertionError("evidence was asked for though there was some")


@pytest.mark.parametrize(
    ("sure", "level"),
    [
        ((0.1,), "none"),
        ((0.3,), "low"),
        ((0.6,), "moderate"),
        ((0.6, 0.55), "high"),
        ((0.9, 0.8, 0.5), "imminent"),
        # What is graver is never likelier, and a step that is not reached ends the climb.
        ((0.3, 0.9, 0.9), "low"),
        ((0.9, 0.3, 0.9), "moderate"),
    ],
)
def test_levels_are_climbed_step_by_step(sure: tuple[float, ...], level: Level) -> None:
    assert joined(Risk(), heads(*sure), SILENT, "zh").level == level


def test_what_is_graver_is_never_likelier() -> None:
    assert SILENT.probabilities(Risk(), heads(0.3, 0.9, 0.95)) == pytest.approx((0.3, 0.3, 0.3))
    assert SILENT.probabilities(Risk(), heads(0.9, 0.3, 0.6)) == pytest.approx((0.9, 0.3, 0.3))


def test_each_language_has_thresholds_of_its_own() -> None:
    assert joined(Risk(), heads(0.8, 0.8, 0.8), SILENT, "zh").level == "imminent"
    assert joined(Risk(), heads(0.8, 0.8, 0.8), SILENT, "en").level == "none"


def test_the_rules_are_one_more_witness() -> None:
    believed = Joining(
        {**SILENT.ruled, "low": [2.0, 0.0, 0.0], "none": [0.0, -4.0, 0.0]}, SILENT.at
    )
    assert joined(rules("low"), heads(0.4), believed, "zh").level == "moderate"
    assert joined(Risk(), heads(0.4), believed, "zh").level == "low"
    assert joined(Risk(), heads(0.9, 0.9), believed, "zh").level == "moderate"


@pytest.mark.parametrize(
    "mark", ["past", "denied", "quoted", "joked", "fictional", "academic", "third_person"]
)
def test_marked_words_are_raised_only_on_a_clear_probability(mark: Mark) -> None:
    how = Joining.of(shipped().notes["risk"]["both"])
    unsure = joined(Risk(marks=(mark,)), heads(0.6), how, "zh")
    assert (unsure.level, unsure.marks) == ("none", (mark,))
    raised = joined(Risk(marks=(mark,)), heads(0.999), SILENT, "zh")
    assert (raised.level, raised.marks) == ("moderate", (mark,))


@pytest.mark.parametrize(
    ("risk", "word"),
    [
        (Risk(), "none"),
        (rules("low"), "low"),
        (Risk(marks=("past",)), "marked"),
        (rules("low", marks=("joked",)), "marked"),
        (rules("moderate", marks=("quoted",)), "moderate"),
        (rules("imminent"), "imminent"),
    ],
)
def test_what_the_rules_say_is_one_word(risk: Risk, word: str) -> None:
    assert witness(risk) == word


@pytest.mark.parametrize("mode", ["both", "alone"])
def test_the_shipped_joining_knows_every_word_and_believes_grave_ones(mode: str) -> None:
    how = Joining.of(shipped().notes["risk"][mode])
    assert set(how.ruled) == {*LEVELS, "marked"}
    assert all(len(added) == 3 for added in how.ruled.values())
    assert how.ruled["high"][0] > how.ruled["none"][0]
    assert set(how.at) == {"zh", "en"}
    for at in how.at.values():
        assert len(at) == 4
        assert all(0 < least < 1 for least in at)
        # "low" and "moderate" look at the same probability.
        assert at[0] <= at[1]


@pytest.mark.parametrize("level", ["moderate", "high", "imminent"])
def test_the_rules_words_are_doubted_where_the_heads_are_against_them(level: Level) -> None:
    calm = joined(rules(level), CALM, SILENT, "en")
    assert calm.level == "low"
    assert calm.levels == {"suicide": "low"}
    assert calm.evidence == (Span(0, 1),)


def test_words_for_danger_under_way_are_doubted_only_outright() -> None:
    unsure, against = heads(0.6, 0.3, 0.1), heads(0.4, 0.2, 0.1)
    at = replace(SILENT, at={"en": (0.74, 0.74, 0.8, 0.9), "zh": (0.74, 0.74, 0.8, 0.9)})
    assert joined(rules("imminent"), unsure, at, "en").level == "imminent"
    assert joined(rules("imminent"), against, at, "en").level == "low"
    assert joined(rules("high"), unsure, at, "en").level == "low"


@pytest.mark.parametrize("level", ["moderate", "high", "imminent"])
def test_where_both_hear_danger_the_graver_level_stands(level: Level) -> None:
    assert joined(rules(level), heads(0.95), SILENT, "en").level == level


def test_the_shipped_joining_believes_grave_words_unless_the_heads_are_clearly_against_them() -> (
    None
):
    how = Joining.of(shipped().notes["risk"]["both"])
    for language in ("zh", "en"):
        unsure = heads(0.5, 0.3, 0.3)
        assert joined(rules("high"), unsure, how, language).level == "high"  # type: ignore[arg-type]
        assert joined(rules("high"), CALM, how, language).level == "low"  # type: ignore[arg-type]


def test_a_few_words_in_the_middle_of_a_talk_need_more() -> None:
    fresh = joined(Risk(), heads(0.92, 0.9, 0.1), SILENT, "en").level
    assert rank(fresh) >= rank("moderate")
    unsure = heads(0.98, 0.9, 0.1)
    assert joined(Risk(), unsure, SILENT, "en", talking=True).level != "none"
    few = joined(Risk(), unsure, SILENT, "en", talking=True, few_words=True)
    assert few.level == "none"
    asked = joined(Risk(), unsure, SILENT, "en", talking=True, few_words=True, asked=True)
    assert asked.level != "none"


@pytest.mark.parametrize("level", ["high", "imminent"])
def test_an_answer_to_a_question_about_danger_keeps_its_level(level: Level) -> None:
    assert joined(rules(level), CALM, SILENT, "en", asked=True).level == level
    assert joined(rules("moderate"), CALM, SILENT, "en", asked=True).level == "moderate"


@pytest.mark.parametrize("level", ["low", "moderate", "high", "imminent"])
def test_what_the_rules_heard_is_never_made_nothing(level: Level) -> None:
    assert joined(rules(level), CALM, SILENT, "en").level != "none"


@pytest.mark.parametrize("shift", ["goodbye", "calm", "denial"])
@pytest.mark.parametrize("level", LEVELS)
def test_after_danger_nothing_is_lowered(level: Level, shift: str) -> None:
    risk = joined(rules(level, shift=shift), CALM, SILENT, "en")
    assert (risk.level, risk.shift) == (level, shift)


def test_the_heads_raise_what_the_rules_did_not_see_and_name_its_kind() -> None:
    risk = joined(Risk(), SURE, SILENT, "zh", evidence=lambda: POINTED)
    assert (risk.level, risk.levels) == ("high", {"suicide": "high"})
    assert (risk.subject, risk.evidence) == ("other", POINTED)
    assert risk.score == pytest.approx(0.99)


def test_kinds_that_are_likely_are_named_beside_the_first() -> None:
    three = heads(0.6, kinds={"abuse": 0.6, "panic": 0.8, "mania": 0.4})
    assert joined(Risk(), three, SILENT, "zh").levels == {"panic": "moderate", "abuse": "moderate"}


def test_whose_danger_it_is_and_its_kind_stay_the_rules_where_they_saw_danger() -> None:
    risk = joined(rules("moderate"), SURE, SILENT, "zh", evidence=never_asked)
    assert (risk.level, risk.levels, risk.subject) == ("high", {"suicide": "high"}, "self")
    assert risk.evidence == (Span(0, 1),)


def test_imminent_by_both_is_imminent() -> None:
    assert joined(rules("moderate"), NOW, SILENT, "zh").level == "imminent"


@given(
    st.sampled_from(LEVELS),
    st.tuples(*[st.floats(-20, 20)] * 3),
    st.lists(st.sampled_from(["past", "joked", "third_person"]), max_size=2, unique=True),
    st.sampled_from(["zh", "en"]),
    st.booleans(),
)
def test_whatever_both_say_the_reading_holds_together(
    level: Level,
    grades: tuple[float, float, float],
    marks: list[Mark],
    language: Any,
    asked: bool,
) -> None:
    given_ = rules(level, marks=tuple(marks))
    read = RiskRead(grades, kinds=dict.fromkeys(KINDS, 0.3))
    how = Joining.of(shipped().notes["risk"]["both"])
    risk = joined(given_, read, how, language, asked=asked, evidence=lambda: POINTED)
    assert 0.0 <= risk.score <= 1.0
    assert risk.marks == tuple(marks)
    assert max(map(rank, risk.levels.values()), default=0) == rank(risk.level)
    if risk.level != "none":
        assert risk.kinds
        assert risk.evidence
    assert rank(risk.level) >= min(rank(level), 1)
    if asked and at_least(level, "moderate"):
        assert rank(risk.level) >= rank(level)


@given(st.sampled_from(LEVELS), st.lists(st.floats(-8, 8), min_size=6, max_size=6))
def test_surer_heads_never_make_it_calmer(level: Level, odds: Sequence[float]) -> None:
    less = RiskRead((odds[0], odds[1], odds[2]))
    more = RiskRead(
        (max(odds[0], odds[3]), max(odds[1], odds[4]), max(odds[2], odds[5])),
    )
    first, second = (joined(rules(level), read, SILENT, "zh") for read in (less, more))
    assert rank(second.level) >= rank(first.level)
    assert second.score >= first.score


def test_huge_odds_do_not_overflow() -> None:
    assert joined(Risk(), RiskRead((1e9, 1e9, -1e9)), SILENT, "zh").score == pytest.approx(1.0)
