"""The words of danger do not hang on lists that other words need."""

from __future__ import annotations

import pytest

from qingting.cli.scripted import InMemory
from qingting.companion.parts import Parts
from qingting.companion.person import Language
from qingting.companion.policy import Policy
from qingting.companion.protect import stage
from qingting.companion.words.bank import ContentError
from tests.companion.fakes import NIGHT, PEOPLE


@pytest.mark.parametrize(
    ("language", "text", "line"),
    [("zh", "我想自杀", "010-82951332"), ("en", "i want to kill myself", "988")],
)
async def test_a_broken_list_of_small_talk_costs_nobody_the_words_of_danger(
    language: Language, text: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: str) -> str:
        raise ContentError("small_talk.toml: gone")

    monkeypatch.setattr(stage, "asked_about_us", broken)
    talk = InMemory(PEOPLE[language], Policy(), NIGHT, Parts(), seed="broken")
    _, done = await talk.say(text)
    assert done.responder == "safety"
    assert line in done.reply
