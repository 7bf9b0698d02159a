"""understand() and understand_all() with the trained heads beside the rules."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.companion.understand import Heard, Reading, Told, learned, understand, understand_all
from qingting.companion.understand.learned.beside import read_beside
from qingting.companion.understand.learned.model import Learned
from qingting.companion.understand.reading import at_least, rank
from qingting.companion.understand.ruled import by_rules

ASKS = (Heard("person", "最近真的很累"), Heard("companion", "你有没有想过结束自己的生命？"))
CALM = "今天去了食堂，又去图书馆坐了很久，晚上和室友看了电影。"
MANY = [
    Told("我真的不想活在这个世界上了"),
    Told(""),
    Told("嗯", ASKS),
    Told("😭😭"),
    Told("i feel like a burden and they'd all be better off"),
    Told(CALM * 60 + "我把信写好了，药也攒够了。" + CALM * 60),
    Told("\ud83d"),
    Told("我想\udc00回家"),
    Told("他们肯定都在笑我，我就是个废物"),
    Told("lol this boss fight is killing me"),
    Told("   \n\t"),
    Told("在我手上", (Heard("companion", "药现在在哪儿？"),)),
    Told("a" * 5000),
    Told("1 2 3"),
]


def alike(one: Reading, other: Reading) -> None:
    """Sums in another order differ in their last places, and nothing else may."""
    assert (one.language, one.topics, one.need) == (other.language, other.topics, other.need)
    assert [read.label for read in one.feelings] == [read.label for read in other.feelings]
    assert (one.risk.level, one.risk.levels) == (other.risk.level, other.risk.levels)
    assert (one.risk.subject, one.risk.evidence) == (other.risk.subject, other.risk.evidence)
    assert one.risk.score == pytest.approx(other.risk.score, abs=1e-3)
    assert [(r.label, r.span) for r in one.distortions] == [
        (r.label, r.span) for r in other.distortions
    ]
    assert (one.vector is None) == (other.vector is None)
    if one.vector is not None and other.vector is not None:
        np.testing.assert_allclose(one.vector, other.vector, atol=1e-5)


def test_a_batch_is_read_as_one_by_one() -> None:
    for told, together in zip(MANY, understand_all(MANY), strict=True):
        alike(understand(told.text, told.history), together)


def test_a_batch_is_read_as_one_by_one_by_letters(letters: Learned) -> None:
    ruled = [by_rules(told, "zh") for told in MANY]
    for one, together in zip(ruled, read_beside(letters, ruled), strict=True):
        alike(read_beside(letters, [one])[0], together)


def test_the_order_of_a_batch_does_not_matter() -> None:
    for one, other in zip(understand_all(MANY), understand_all(MANY[::-1])[::-1], strict=True):
        alike(one, other)


def test_no_messages_no_readings() -> None:
    assert understand_all([]) == []


def test_a_message_carries_its_vector_so_that_nothing_is_encoded_twice(whole: Learned) -> None:
    vector = understand("我今天很难过").vector
    assert vector is not None
    assert vector.shape == (512,)
    assert float(np.linalg.norm(vector)) == pytest.approx(1, abs=1e-3)
    for text in ("", "😭😭", "……", "\ud83d"):
        assert understand(text).vector is None


@pytest.mark.parametrize("text", ["", "😭😭", " ", "…", "\ud83d", "?!"])
def test_what_has_no_letter_is_no_danger(text: str) -> None:
    reading = understand(text)
    assert reading.risk.level == "none"
    assert reading.distortions == ()


def test_the_heads_hear_what_no_rule_names() -> None:
    """A hint without any word of danger: the letter is written, the pills are saved."""
    text = "信写好了放在抽屉里，药也攒够了，就等周末家里没人"
    assert rank(understand(text).risk.level) >= rank(by_rules(Told(text), "zh").reading.risk.level)
    assert understand(text).risk.score > understand("快递到了放在抽屉里，就等周末拆").risk.score


@pytest.mark.parametrize(
    "text",
    [
        "我想自杀，今晚就想走",
        "不想活了，药都买好了",
        "昨晚又吞了一把药",
        "i want to kill myself tonight",
        "i've got the pills here and i don't want to wake up",
        "im gonna end it, wrote the note already",
        "我爸又打我了，把门锁了不让我出去",
        "he raped me last night",
    ],
)
@pytest.mark.parametrize("encoder", [True, False])
def test_plain_words_of_danger_stay_grave_beside_the_heads(text: str, encoder: bool) -> None:
    model = learned.load() if encoder else learned.load(encoder=False)
    assert model is not None
    ruled = by_rules(Told(text), "zh")
    assert at_least(ruled.reading.risk.level, "high")
    assert at_least(read_beside(model, [ruled])[0].risk.level, "high")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*(told.text for told in MANY[:5]), CALM, "没有", "kms", "活着没意思", "哈哈"]
        ),
        max_size=4,
    ).map(" ".join),
    st.booleans(),
)
def test_what_the_rules_heard_is_never_made_nothing(text: str, asked: bool) -> None:
    history = ASKS if asked else ()
    alone = by_rules(Told(text, history), "zh").reading.risk
    both = understand(text, history).risk
    assert rank(both.level) >= min(rank(alone.level), 1)
    assert (both.marks, both.shift) == (alone.marks, alone.shift)
    if asked and at_least(alone.level, "high"):
        assert rank(both.level) >= rank(alone.level)
    if both.level != "none":
        assert both.evidence
        assert both.levels


@pytest.mark.parametrize("encoder", [True, False])
def test_every_span_points_into_what_was_typed(encoder: bool) -> None:
    model = learned.load(encoder=encoder) if not encoder else learned.load()
    assert model is not None
    for told in MANY:
        reading = read_beside(model, [by_rules(told, "zh")])[0]
        for span in [*reading.risk.evidence, *(trap.span for trap in reading.distortions)]:
            assert 0 <= span.start < span.end <= len(told.text)


def test_feelings_the_person_named_come_first() -> None:
    reading = understand("我很孤独，而且气死我了，他凭什么这样")
    named = by_rules(Told("我很孤独，而且气死我了，他凭什么这样"), "zh").reading.feelings
    assert named
    assert reading.feelings[: len(named)] == named
    labels = [read.label for read in reading.feelings]
    assert len(set(labels)) == len(labels) <= max(4, len(named))


def test_a_very_long_text_takes_no_longer_than_its_letters() -> None:
    """Only a window is encoded: ten times the text may not take ten times the network's time."""
    understand(CALM * 10)
    began = time.process_time()
    reading = understand(CALM * 400)
    assert time.process_time() - began < 2.0
    assert reading.vector is not None


def test_texts_are_read_in_the_default_language_where_they_show_none() -> None:
    assert understand("123", default_language="en").language == "en"
    assert understand_all([Told("123")], default_language="en")[0].language == "en"
    assert understand("123").language == "zh"
