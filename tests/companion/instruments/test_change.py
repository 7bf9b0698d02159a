"""What counts as a change, and when it is not said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from qingting.companion.instruments.change import change
from tests.companion.instruments.answered import DAY, answers, one

LATER = DAY + timedelta(days=14)


@pytest.mark.parametrize(
    ("key", "before", "after", "became"),
    [
        ("phq9", 16, 10, "better"),
        ("phq9", 16, 11, "no_clear_change"),
        ("phq9", 10, 15, "no_clear_change"),
        ("phq9", 10, 16, "worse"),
        ("phq9", 10, 10, "no_clear_change"),
        ("gad7", 12, 8, "better"),
        ("gad7", 12, 9, "no_clear_change"),
        ("gad7", 8, 12, "worse"),
        ("gad7", 8, 11, "no_clear_change"),
    ],
)
def test_a_difference_counts_from_the_measure_of_its_source_on(
    key: str, before: int, after: int, became: str
) -> None:
    found = change(one(key), answers(key, before, DAY), answers(key, after, LATER))
    assert found == became


def test_where_more_is_better_more_is_better() -> None:
    words = replace(one("phq9").wordings["en"], status="operator", by="tests")
    who5 = replace(one("who5"), wordings={"en": words})
    low, high = answers("who5", 40, DAY), answers("who5", 52, LATER)
    assert change(who5, low, high) == "better"
    assert change(who5, replace(high, on=DAY), replace(low, on=LATER)) == "worse"
    assert change(who5, low, replace(answers("who5", 48, LATER))) == "no_clear_change"


@pytest.mark.parametrize(("days", "became"), [(14, "worse"), (13, "too_soon"), (-30, "too_soon")])
def test_two_weeks_must_lie_between(days: int, became: str) -> None:
    last = answers("phq9", 20, DAY + timedelta(days=days))
    assert change(one("phq9"), answers("phq9", 5, DAY), last) == became


def test_what_cannot_be_compared_is_not() -> None:
    phq9, before, after = one("phq9"), answers("phq9", 5, DAY), answers("phq9", 20, LATER)
    assert change(phq9, before, after) == "worse"
    in_chinese = replace(before, language="zh"), replace(after, language="zh")
    assert change(phq9, *in_chinese) == "unknown", "nobody compared the Chinese wording"
    assert change(phq9, in_chinese[0], after) == "unknown"
    assert change(phq9, before, replace(after, values={"q1": 3})) == "unknown"
    assert change(phq9, before, answers("gad7", 20, LATER)) == "unknown"
    assert change(one("phq8"), answers("phq8", 5, DAY), answers("phq8", 20, LATER)) == "unknown"
    assert change(replace(phq9, wordings={}), before, after) == "unknown"


def test_a_chinese_wording_that_was_compared_counts() -> None:
    phq9 = one("phq9")
    words = replace(phq9.wordings["zh"], status="official")
    compared = replace(phq9, wordings={**phq9.wordings, "zh": words})
    before = answers("phq9", 5, DAY, language="zh")
    assert change(compared, before, answers("phq9", 20, LATER, language="zh")) == "worse"
