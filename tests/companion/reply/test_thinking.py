"""Thoughts of a reasoning model are not shown."""

from __future__ import annotations

import pytest

from qingting.companion.reply.model.thinking import Aloud

CASES = {
    "我在。": "我在。",
    "": "",
    "<think>她很累</think>\n\n我在。": "我在。",
    "\n<think>\na < b\n</thin </think>I'm here.": "I'm here.",
    "<think></think>嗯。": "嗯。",
    "<think>没说完": "",
    "<thing>": "<thing>",
    "a <think>b</think>": "a <think>b</think>",
    "<3 you wrote that": "<3 you wrote that",
}


@pytest.mark.parametrize(("text", "said"), CASES.items())
@pytest.mark.parametrize("size", [1, 2, 5, 100])
def test_thoughts_are_left_out(text: str, said: str, size: int) -> None:
    aloud = Aloud()
    pieces = [aloud.feed(text[i : i + size]) for i in range(0, len(text), size)]
    assert "".join(pieces) == said
