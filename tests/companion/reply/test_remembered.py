"""What was found in a text is remembered; the text is not."""

from __future__ import annotations

import pickle

from qingting.companion.reply.model.hide import find_all
from qingting.companion.reply.model.hide.found import Found
from qingting.companion.reply.model.hide.remembered import Remembered


def test_the_same_text_is_looked_through_once() -> None:
    looked: list[str] = []

    def find(text: str) -> list[Found]:
        looked.append(text)
        return [Found(0, 2, "name")]

    finder = Remembered(find)
    assert finder("王芳走了") == finder("王芳走了") == [Found(0, 2, "name")]
    assert finder("王芳来了") == [Found(0, 2, "name")]
    assert looked == ["王芳走了", "王芳来了"]


def test_what_is_given_out_can_be_changed_without_harm() -> None:
    finder = Remembered(lambda _: [Found(0, 2, "name")])
    finder("王芳走了").clear()
    assert finder("王芳走了") == [Found(0, 2, "name")]


def test_no_text_is_kept() -> None:
    finder = Remembered(lambda _: [])
    finder("我叫王芳，住在三楼")
    assert "王芳".encode() not in pickle.dumps(finder._found)


def test_the_oldest_is_forgotten_and_found_again() -> None:
    looked: list[str] = []
    finder = Remembered(lambda text: looked.append(text) or [])  # type: ignore[func-returns-value]
    for number in range(5000):
        finder(str(number))
    assert len(finder._found) <= 4096
    finder("0")
    assert looked[-1] == "0"


def test_a_broken_character_does_no_harm() -> None:
    assert find_all("my name is Jess \ud83d") == find_all("my name is Jess \ud83d") != []
