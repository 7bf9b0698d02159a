"""What must hold for any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.companion.understand import Heard, understand
from qingting.companion.understand.reading import LEVELS, at_least, rank

DANGEROUS = [
    "我想死",
    "不想活了",
    "我想自杀",
    "今晚就去死",
    "活着没意思",
    "又开始割手了",
    "I want to die",
    "i want to kill myself",
    "I took the pills",
    "everyone would be better off without me",
    "kms",
]
EVERYDAY = [
    "今天天气不错。",
    "中午吃了火锅。",
    "晚上还要写作业。",
    "The weather was nice today.",
    "I had pasta for lunch.",
    "My roommate went to the library.",
]
ANY_TEXT = st.text(st.characters(), max_size=300)
MIXED = st.lists(
    st.sampled_from([*DANGEROUS, *EVERYDAY, "\u200b", "😭", "\ud83d", "著", "ﬁ", "İ", "\x00", "\n"])
).map("".join)


@settings(deadline=None, max_examples=150)
@given(st.one_of(ANY_TEXT, MIXED))
def test_never_raises_and_points_into_the_text(text: str) -> None:
    reading = understand(text, [Heard("companion", text), Heard("person", text)])
    assert reading.risk.level in LEVELS
    assert 0.0 <= reading.risk.score <= 1.0
    for span in reading.risk.evidence:
        assert 0 <= span.start < span.end <= len(text)
    for feeling in reading.feelings:
        assert 0.0 < feeling.strength <= 1.0
    for topic in reading.topics:
        assert topic.cue in text


@settings(deadline=None)
@given(st.sampled_from(DANGEROUS), st.data())
def test_invisible_marks_do_not_lower_the_level(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    mark = data.draw(st.sampled_from(["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad"]))
    hidden = text[:place] + mark + text[place:]
    assert rank(understand(hidden).risk.level) >= rank(understand(text).risk.level)


@pytest.mark.parametrize("text", DANGEROUS)
def test_case_and_width_do_not_lower_the_level(text: str) -> None:
    level = understand(text).risk.level
    wide = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)
    for changed in (text.upper(), text.lower(), text.title(), wide):
        assert rank(understand(changed).risk.level) >= rank(level)


@settings(deadline=None)
@given(
    st.sampled_from(DANGEROUS),
    st.lists(st.sampled_from(EVERYDAY), max_size=6),
    st.lists(st.sampled_from(EVERYDAY), max_size=6),
)
def test_everyday_sentences_around_do_not_hide_danger(
    text: str, before: list[str], after: list[str]
) -> None:
    long = f"{' '.join(before)} {text}。 {' '.join(after)}"
    risk = understand(long).risk
    assert rank(risk.level) >= rank(understand(text).risk.level)
    assert risk.subject == "self"


@pytest.mark.parametrize(
    "text",
    [
        "自.杀", "我想自 杀", "自🔪杀", "不,想,活,了", "想死", "我想死", "不想活ㄌ我想死",
        "s u i c i d e", "s.u.i.c.i.d.e", "k.m.s", "su1cide", "i want to k*ll myself",
        "i wanna dieee", "wo xiang si", "bu xiang huo le", "想s", "zsqx", "我想自殺", "真的kms了",
        "i wаnt tо diе",
    ],
)  # fmt: skip
def test_tricks_of_writing_are_undone(text: str) -> None:
    assert at_least(understand(text).risk.level, "moderate")


def test_evidence_is_what_was_typed() -> None:
    text = "今天还行。我 想 自.殺 了。晚安"
    spans = understand(text).risk.evidence
    assert any("殺" in text[span.start : span.end] for span in spans)


def test_danger_in_the_middle_of_a_long_text_is_found() -> None:
    text = "今天上课，吃饭，散步。" * 300 + "我不想活了。" + "晚上看剧，洗澡。" * 300
    risk = understand(text).risk
    assert at_least(risk.level, "high")
    assert text[risk.evidence[0].start : risk.evidence[0].end] in "我不想活了"
