"""The shipped heads: what they must get right however they were trained."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.companion.understand import Heard
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.learned.model import Asked, Learned
from qingting.companion.understand.learned.reads import RiskRead
from qingting.companion.understand.learned.views import plain_view
from qingting.companion.understand.normalise import views

GRAVE = [
    "我真的不想活在这个世界上了",
    "昨晚又割手了，停不下来",
    "i want to kill myself",
    "i cut my arms again last night",
]
CALM = ["今天食堂的鱼很好吃", "笑死我了这只猫", "what time does the library close", "lol same"]
EVERYDAY = "今天去了食堂，又去图书馆坐了很久，晚上和室友看了电影。" * 12


def read(reader: Learned, text: str, *history: Heard) -> RiskRead:
    return reader.risk(reader.sketch(Asked(plain_view(text), history)))


def score(reader: Learned, text: str, *history: Heard) -> float:
    """The heads' probability of danger, the rules not asked."""
    return 1 / (1 + math.exp(-read(reader, text, *history).grades[0]))


def test_danger_scores_above_everyday_talk(reader: Learned) -> None:
    lowest = min(score(reader, text) for text in GRAVE)
    assert lowest > max(score(reader, text) for text in CALM)


@pytest.mark.parametrize("told", ["我不想活了，想从楼上跳下去。", "i want to kill myself. "])
def test_danger_in_the_middle_of_a_long_text_is_still_seen(reader: Learned, told: str) -> None:
    calm = score(reader, EVERYDAY)
    assert score(reader, EVERYDAY + told + EVERYDAY) > max(0.3, 2 * calm)


def test_the_kind_is_heard(reader: Learned) -> None:
    kinds = read(reader, "i cut my arms again last night").kinds
    assert max(kinds, key=lambda kind: kinds[kind]) == "self_harm"


def test_somebody_elses_danger_is_likelier_theirs(reader: Learned) -> None:
    own, other = "我想自杀，真的撑不住了", "我室友说她想自杀，我不知道怎么帮她"
    assert read(reader, other).other > read(reader, own).other


@pytest.mark.parametrize(
    ("asked", "otherwise", "answer"),
    [
        ("你是不是在想结束自己的生命？", "晚饭吃了吗？", "有"),
        ("Are you thinking about ending your life?", "Did you eat today?", "yes"),
    ],
)
def test_a_yes_weighs_more_after_a_direct_question(
    reader: Learned, asked: str, otherwise: str, answer: str
) -> None:
    grave, small = (score(reader, answer, Heard("companion", said)) for said in (asked, otherwise))
    assert grave > small


def test_a_short_answer_is_read_with_what_was_told_before(whole: Learned) -> None:
    """More than the question: without the network letters know only what was asked."""
    told = [Heard("person", "药我都攒好了，一瓶都没扔"), Heard("companion", "它现在在哪儿？")]
    other = [Heard("person", "快递又丢了，气死"), Heard("companion", "它现在在哪儿？")]
    answer = "在我手上"
    assert score(whole, answer, *told) > score(whole, answer, *other)


def test_feelings_are_heard_strongest_first(reader: Learned) -> None:
    told = reader.feelings(reader.sketch(Asked("i am so happy and grateful today")))
    assert {"joy", "gratitude"} & {read.label for read in told}
    assert [one.strength for one in told] == sorted((o.strength for o in told), reverse=True)
    assert all(0 < one.strength <= 1 for one in told)


THANKS = "thank you so much, this made my day"


def test_public_label_sets_are_readable_and_keep_apart(reader: Learned) -> None:
    sketch = reader.sketch(Asked(THANKS))
    goemotions = dict(reader.labels(sketch, "goemotions", "en"))
    assert "gratitude" in goemotions
    assert set(goemotions) <= set(reader.head("goemotions").labels)
    assert dict(reader.labels(sketch, "qingting", "en")).keys() <= set(
        reader.head("feelings").labels
    )
    angry = reader.sketch(Asked(plain_view("气死我了，他凭什么这样对我，真恶心")))
    assert "anger" in dict(reader.labels(angry, "brighter", "zh"))
    with pytest.raises(KeyError):
        reader.head("traps")


def test_brighter_follows_the_language(reader: Learned) -> None:
    assert "disgust" in reader.head("brighter_zh").labels
    assert "disgust" not in reader.head("brighter_en").labels
    sketch = reader.sketch(Asked("i am so angry and scared"))
    for language in ("zh", "en"):
        told = dict(reader.labels(sketch, "brighter", language))
        assert set(told) <= set(reader.head(f"brighter_{language}").labels)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.text(max_size=100))
def test_any_text_is_read_by_letters(text: str, said: str) -> None:
    from qingting.companion.understand import learned

    _reads(learned.load(encoder=False), text, said)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400), st.text(max_size=100))
def test_any_text_is_read_by_the_network(text: str, said: str) -> None:
    from qingting.companion.understand import learned

    _reads(learned.load(), text, said)


def _reads(reader: Learned | None, text: str, said: str) -> None:
    assert reader is not None
    view = views(cleaned(text))[-1]
    sketch = reader.sketch(Asked(view.text, [Heard("person", text), Heard("companion", said)]))
    risk = reader.risk(sketch)
    assert all(map(math.isfinite, risk.grades))
    assert 0 <= risk.other <= 1
    assert all(0 <= sure <= 1 for sure in risk.kinds.values())
    for one in reader.feelings(sketch):
        assert 0 < one.strength <= 1
    for span in reader.evidence(view):
        assert 0 <= span.start < span.end <= len(text)


def test_texts_without_letters_have_no_vector(whole: Learned) -> None:
    assert whole.sketch(Asked("…… 😭")).vector is None
    assert whole.sketch(Asked("")).mode == "alone"
    sketch = whole.sketch(Asked("我在"))
    assert sketch.vector is not None
    assert sketch.mode == "both"
    assert float(np.linalg.norm(sketch.vector)) == pytest.approx(1, abs=1e-3)


def test_letters_alone_never_have_a_vector(letters: Learned) -> None:
    sketch = letters.sketch(Asked("我在"))
    assert (sketch.vector, sketch.network, sketch.mode) == (None, None, "alone")


def test_evidence_is_the_gravest_clause(reader: Learned) -> None:
    text = "今天去了食堂，然后就想从楼上跳下去死掉，晚上看了电影"
    view = views(cleaned(text))[-1]
    (span,) = reader.evidence(view)
    assert text[span.start : span.end] == "然后就想从楼上跳下去死掉"
    assert reader.evidence(views(cleaned(""))[-1]) == ()
