"""Talks with marks become messages, and the pieces reading has, each with the kinds it tells of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qingting.companion.person import Language
from training import memory_talks
from training.memory_talks import messages, told

LANGUAGES: tuple[Language, ...] = ("zh", "en")
TALK = """# 2026-03-11
orgo <event on="2026-03-13">midterm is friday</event> and the canteen had soup again
<person>priya is my roommate</person>. she hums. <goal>i want to be a nurse</goal>

# 2026-04-01
nothing new
"""


def _file(folder: Path, text: str) -> Path:
    path = folder / "memory_i.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_marks_are_taken_out_and_know_their_place(tmp_path: Path) -> None:
    first, second, third = messages(_file(tmp_path, TALK))
    assert first.text == "orgo midterm is friday and the canteen had soup again"
    assert [first.text[m.start : m.end] for m in first.marked] == ["midterm is friday"]
    assert first.marked[0].more == {"on": "2026-03-13"}
    assert [mark.kind for mark in second.marked] == ["person", "goal"]
    assert (third.today, third.marked) == (date(2026, 4, 1), ())


def test_a_piece_tells_what_is_marked_in_it(tmp_path: Path) -> None:
    kinds = {one.text: set(one.kinds) for one in told(_file(tmp_path, TALK), "en")}
    assert kinds["priya is my roommate."] == {"person"}
    assert kinds["she hums."] == set()
    assert kinds["i want to be a nurse"] == {"goal"}
    assert kinds["nothing new"] == set()
    event = next(one for one in told(_file(tmp_path, TALK), "en") if "event" in one.kinds)
    assert [day.first for day in event.days] == [date(2026, 3, 13)]


@pytest.mark.parametrize("line", ["<goal>to run", "to run</goal>", "<goal>to run</event>"])
def test_a_tag_that_does_not_close_is_an_error(tmp_path: Path, line: str) -> None:
    with pytest.raises(ValueError, match="a tag that"):
        list(messages(_file(tmp_path, f"# 2026-03-11\n{line}\n")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_talk_learned_from_can_be_read(language: Language) -> None:
    folder = Path(memory_talks.__file__).parent / "authored" / language
    for path in sorted(folder.glob("memory_*.txt")):
        for message in messages(path):
            for mark in message.marked:
                if mark.kind == "event" and "on" in mark.more:
                    assert date.fromisoformat(mark.more["on"]) >= message.today, message.text
