"""Thinking traps: the words they point at."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.learned.arrays import shipped
from qingting.companion.understand.learned.distortions import clauses
from qingting.companion.understand.learned.model import Asked, Learned
from qingting.companion.understand.normalise import views
from qingting.companion.understand.reading import DISTORTIONS, DistortionRead
from tests.companion.understand.learned.heads import lowered

LONG = "今天去了食堂。又去图书馆坐了很久。" * 30


EAGER, NEVER, LABELLING = lowered(0.0), lowered(1.1), lowered(0.0, "labelling")


def found(model: Learned, text: str) -> tuple[DistortionRead, ...]:
    view = views(cleaned(text))[-1]
    return model.distortions(model.sketch(Asked(view.text)), view)


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        st.text(min_size=1, max_size=200),
        st.lists(
            st.sampled_from(
                ["我就是个废物，", "always, ", "\u200b", "😭", "\ud83d", "．", "ﬁ", " "]
            )
        ).map("".join),
    )
)
def test_spans_stay_inside_any_text(text: str) -> None:
    told = found(EAGER, text)
    assert len(told) == (3 if views(cleaned(text))[-1].text else 0)
    for trap in told:
        assert trap.label in DISTORTIONS
        assert 0 <= trap.span.start < trap.span.end <= len(text)
        assert 0 <= trap.score <= 1


def test_the_surest_come_first() -> None:
    scores = [trap.score for trap in found(EAGER, "他们肯定都觉得我是个废物，以后也不会好了")]
    assert scores == sorted(scores, reverse=True)


def test_nothing_is_told_below_the_threshold() -> None:
    assert found(NEVER, "我永远都是个废物") == ()


def test_no_head_no_traps() -> None:
    arrays = shipped()
    heads = {name: head for name, head in arrays.heads.items() if name != "distortions"}
    assert found(Learned(replace(arrays, heads=heads), None), "我永远都是个废物") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("今天下雨，我就是个彻底的废物，晚上吃面", "我就是个彻底的废物"),
        ("had soup for lunch, i'm a complete failure and a loser, then i walked home", "failure"),
    ],
)
def test_labelling_points_at_the_clause_with_the_label(text: str, words: str) -> None:
    (trap,) = found(LABELLING, text)
    assert trap.label == "labelling"
    assert words in text[trap.span.start : trap.span.end]


def test_the_span_points_at_what_was_typed_not_at_what_was_read() -> None:
    text = "今天下雨，\u200b我\u200b就是個徹底的廢物，晚上吃麵"
    spans = {text[trap.span.start : trap.span.end] for trap in found(EAGER, text)}
    assert spans <= {"今天下雨", "我\u200b就是個徹底的廢物", "晚上吃麵"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天下雨,我就是个废物 晚上吃面了", ["今天下雨", "我就是个废物", "晚上吃面了"]),
        # What says nothing alone stays with the clause before it.
        ("我就是个废物,唉,算了", ["我就是个废物,唉,算了"]),
        (
            "i failed the test so i am a total failure",
            ["i failed the test", "so i am a total failure"],
        ),
        ("i tried it again, yes", ["i tried it again, yes"]),
        ("", [""]),
        ("  ,, ", ["  ,, "]),
    ],
)
def test_clauses_are_cut_at_pauses(text: str, expected: list[str]) -> None:
    assert [text[begin:end] for begin, end in clauses(text)] == expected


@given(st.text(max_size=200))
def test_clauses_are_in_order_and_apart(text: str) -> None:
    ranges = clauses(text)
    assert all(0 <= begin <= end <= len(text) for begin, end in ranges)
    assert all(one[1] <= two[0] for one, two in pairwise(ranges))


def test_a_trap_in_the_middle_of_a_long_text_is_pointed_at() -> None:
    (trap,) = found(LABELLING, LONG + "我就是个彻底的废物。" + LONG)
    assert (trap.span.start, trap.span.end) == (len(LONG), len(LONG) + len("我就是个彻底的废物"))
