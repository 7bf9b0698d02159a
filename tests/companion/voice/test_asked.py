"""What is heard as a wish for a voice, and what is not."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from qingting.companion.plan.small_talk import about_you
from qingting.companion.understand import voices
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import table
from qingting.companion.understand.voices import asks_if_real, wish_in
from qingting.companion.voice.words import names_of_all

_LEXICON: Any = table("voices")


def test_the_examples_are_heard_as_what_they_are() -> None:
    assert set(_LEXICON["heard"]) == {
        *names_of_all(),
        *("which", "lover", "kin", "person", "really"),
    }
    for wish, said in _LEXICON["heard"].items():
        for text in said:
            if wish == "really":
                assert asks_if_real(cleaned(text).text), text
                assert about_you(text) == "who", text
            else:
                assert wish_in(text) == wish, text


def test_a_name_or_a_manner_in_a_story_is_no_wish() -> None:
    for text in _LEXICON["left"]["any"]:
        assert wish_in(text) is None, text
        assert not asks_if_real(cleaned(text).text), text


def test_a_long_message_is_a_story() -> None:
    assert wish_in("换成苏轼的口气") == "su_shi"
    assert wish_in("换成苏轼的口气，" + "今天的事一件接一件，" * 20) is None


@pytest.mark.parametrize("text", ["是真人吗 你是真人吗", "are you a real person"])
def test_are_you_human_is_asked_as_ever(text: str) -> None:
    assert about_you(text) == "human"


def test_patterns_that_cannot_be_read_hear_nothing_and_cost_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    voices._of.cache_clear()
    monkeypatch.setattr(voices, "table", lambda _: {})
    with caplog.at_level(logging.ERROR):
        assert wish_in("换成苏轼的口气") is None
        assert not asks_if_real("你真的是苏轼吗")
    assert "cannot be heard: KeyError" in caplog.text
    voices._of.cache_clear()
    voices._parts.cache_clear()
    voices._names.cache_clear()
