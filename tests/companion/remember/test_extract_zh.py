"""What is worth keeping, found in Chinese messages. Today is Wednesday, 18 November 2026."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.companion.remember import extract as engine
from qingting.companion.remember.extract import extract
from qingting.companion.remember.item import Found
from qingting.companion.remember.patterns import Example, Pattern, patterns

TODAY = date(2026, 11, 18)
KNOWN = patterns("zh")
EXAMPLES = [(one, example) for one in KNOWN.patterns for example in one.examples]
AGAINST = [(one, said) for one in KNOWN.patterns for said in one.against]


def found(said: str) -> tuple[Found, ...]:
    return extract(said, "zh", TODAY, learned=False)


def name_of(value: object) -> str:
    return value.name if isinstance(value, Pattern) else getattr(value, "said", str(value))


@pytest.mark.parametrize("pattern", KNOWN.patterns, ids=name_of)
def test_every_pattern_has_examples_and_near_misses(pattern: Pattern) -> None:
    assert len(pattern.examples) >= 4
    assert len(pattern.against) >= 3


@pytest.mark.parametrize(("pattern", "example"), EXAMPLES, ids=name_of)
def test_an_example_is_found_and_nothing_else(pattern: Pattern, example: Example) -> None:
    (one,) = found(example.said)
    assert (one.kind, one.about, one.says) == (pattern.kind, example.about, example.says)
    assert example.on is None or str(one.on) == example.on
    assert one.quote == example.said[one.start : one.end]
    assert len(one.says) <= 40


@pytest.mark.parametrize(("pattern", "said"), AGAINST, ids=name_of)
def test_a_near_miss_is_left(pattern: Pattern, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = replace(KNOWN, patterns=(pattern,))
    monkeypatch.setattr(engine, "patterns", lambda _language: alone)
    assert found(said) == ()


def test_several_things_in_one_message() -> None:
    said = "我弟弟叫小宇，今年初二。下周三我要答辩，周五还有面试！别给我建议，听着就好"
    assert {(one.kind, one.about, str(one.on)) for one in found(said)} == {
        ("person", "弟弟/name", "None"),
        ("person", "弟弟", "None"),
        ("event", "答辩", "2026-11-25"),
        ("event", "面试", "2026-11-20"),
        ("preference", "no_advice", "None"),
    }


def test_traditional_characters_are_read_and_quoted_as_typed() -> None:
    (one,) = found("我下週五要面試")
    assert (one.about, str(one.on), one.quote) == ("面试", "2026-11-27", "我下週五要面試")


def test_a_correction_names_what_it_replaces() -> None:
    (one,) = found("其实是我弟弟，不是哥哥")
    assert (one.about, one.replaces) == ("弟弟", "哥哥")


def test_what_is_over_is_gone() -> None:
    (one,) = found("面试取消了")
    assert one.gone


NOTHING = (
    "在吗。睡不着",
    "好累，不想说话，陪我待会儿",
    "想吃火锅 想回到高中",
    "如果明天考试能取消就好了",
    "小说里的人都有人爱",
    "梦见我奶奶走了",
    "他说他下周三来找我，结果又放鸽子",
    "你觉得我应该考研还是工作",
    "我朋友的弟弟得了抑郁症，怎么劝他",
    "3号线今天又停了，我在地铁里站了四十分钟",
    "网上说跑步有用，我不信",
    "明天要早起",
    "我不想活了",
    "每次我爸回来我就想死",
)


@pytest.mark.parametrize("said", NOTHING)
def test_nothing_to_keep(said: str) -> None:
    assert found(said) == ()


PIECES = [example.said for _, example in EXAMPLES] + ["，", "。", " ", "\n", "他", "我", "不", "了"]
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=6).map("".join))


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_quotes_are_verbatim(said: str) -> None:
    for one in found(said):
        assert one.quote == said[one.start : one.end]
        assert one.quote.strip()
        assert "{" not in one.about + one.says
        assert one.on is None or one.until is None or one.on <= one.until


ADVERSARIAL = ("我", "周五", "我妈周五面试", "他，她，", "每次", "不想", "我弟弟，他", "1", "，我 ")


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_no_text_takes_long(piece: str) -> None:
    said = (piece * 4_000)[:4_000]
    begun = time.perf_counter()
    found(said)
    assert time.perf_counter() - begun < 2.0
