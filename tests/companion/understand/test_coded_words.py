"""Words with two lives, each with its own examples in content/lexicon/coded.toml."""

from __future__ import annotations

from typing import Any

import pytest

from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import table
from qingting.companion.understand.respell import Speech, cue_of, patterns, respelled
from tests.companion.understand.writing import heard

SPEECHES: tuple[Speech, ...] = ("chinese", "english")
ENTRIES: list[dict[str, Any]] = [entry for one in SPEECHES for entry in table("coded")[one]]


def examples(life: str) -> list[str]:
    return [text for entry in ENTRIES for text in entry[life]]


@pytest.mark.parametrize("text", examples("hear"))
def test_the_dangerous_life_of_a_word_is_heard(text: str) -> None:
    assert heard(text)


@pytest.mark.parametrize("text", examples("leave"))
def test_the_playful_life_of_a_word_is_left(text: str) -> None:
    assert not heard(text)


def test_every_word_says_both_lives_and_what_decides() -> None:
    for entry in ENTRIES:
        assert entry["danger"], entry["word"]
        assert entry["play"], entry["word"]
        assert entry["decides"], entry["word"]
        assert entry["hear"], entry["word"]
        assert entry["leave"], entry["word"]


def test_every_plain_respelling_says_what_trick_it_is() -> None:
    assert all(entry["note"] for one in SPEECHES for entry in table("respell")[one])


@pytest.mark.parametrize("speech", SPEECHES)
def test_every_pattern_can_be_used(speech: Speech) -> None:
    assert len(list(patterns(speech))) > 100


@pytest.mark.parametrize(
    ("pattern", "cue"),
    [
        ("想鼠", "想鼠"),
        ("想 ?鼠(?!标|年)", "想"),
        ("(?<=[想去])tiao(?=了|$)", "tiao"),
        (r"\bsewer[- ]?sl[iy]des?\b", "sewer"),
        ("人生|这辈子", ""),
        ("(?:紫砂|自鲨)算了", "算了"),
        (r"su[*#._x\-]+c?i?de\b", "su"),
        (r"自\*杀", "自*杀"),
        ("死{2,}", ""),
        ("ab+c", "ab"),
    ],
)
def test_a_cue_is_what_every_match_contains(pattern: str, cue: str) -> None:
    assert cue_of(pattern) == cue


@pytest.mark.parametrize("text", [*examples("hear"), *examples("leave")])
def test_every_match_contains_its_cue(text: str) -> None:
    clean = cleaned(text)
    for speech in SPEECHES:
        for cue, pattern in patterns(speech):
            assert all(cue in match[0] for match in pattern.finditer(clean.text))


def test_a_word_that_is_left_keeps_its_letters() -> None:
    clean = cleaned("紫砂壶泡茶")
    assert respelled(clean, "chinese").text == clean.text


def test_grave_company_beats_playful_company() -> None:
    assert not heard("存档坏了 想重开")
    assert heard("存档坏了 活着真没意思 想重开")


def test_playful_company_in_another_sentence_does_not_count() -> None:
    assert heard("刚打完一局游戏。好想重开啊。")
    assert heard("好想重开啊\n明天再打一局游戏")


def test_company_is_looked_for_nearby_only() -> None:
    far = "。".join(["今天吃了面"] * 30)
    assert not heard(f"活着好累。{far}。这个梗真的xs")
