"""What the network is shown of the turns before, and when."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qingting.companion.understand import Heard
from qingting.companion.understand.learned.before import SHORT, before
from qingting.companion.understand.learned.extras import ASKED, extra

ASKS = Heard("companion", "你有没有想过结束自己的生命？")
TOLD = Heard("person", "最近真的很累")


def test_a_short_message_is_shown_what_was_told_and_then_asked() -> None:
    assert before("嗯", [TOLD, ASKS]) == "最近真的很累 你有没有想过结束自己的生命?"


def test_a_counsellor_asks_as_the_companion_does() -> None:
    assert before("嗯", [Heard("counsellor", ASKS.text)]) == "你有没有想过结束自己的生命?"


def test_only_the_last_turn_of_each_is_shown() -> None:
    older = [Heard("companion", "晚饭吃了吗"), Heard("person", "吃了")]
    assert before("嗯", [*older, TOLD, ASKS]) == before("嗯", [TOLD, ASKS])


def test_what_stands_further_back_is_not_shown() -> None:
    assert before("嗯", [TOLD, ASKS, Heard("companion", "在吗？")]) == "在吗?"


def test_the_end_of_a_long_turn_is_shown_for_there_the_question_stands() -> None:
    long = Heard("companion", "谢谢你愿意说。" * 30 + "东西现在在手边吗？")
    shown = before("在", [long])
    assert shown.endswith("东西现在在手边吗?")
    assert len(shown) <= 60


def test_a_message_that_speaks_for_itself_is_shown_nothing() -> None:
    assert before("很" * (SHORT + 1), [TOLD, ASKS]) == ""
    assert before("很" * SHORT, [TOLD, ASKS]) != ""
    assert before("嗯", []) == ""


@given(
    st.lists(st.tuples(st.sampled_from(["person", "companion"]), st.text(max_size=90)), max_size=4)
)
def test_any_history_is_shown_in_little_room(turns: list[tuple[str, str]]) -> None:
    history = [Heard(speaker, text) for speaker, text in turns]  # type: ignore[arg-type]
    shown = before("ok", history)
    assert len(shown) <= 101
    assert shown == shown.strip()


def test_a_question_counts_only_when_it_was_the_last_thing_said() -> None:
    suicide = ASKED.index("suicide")
    assert extra("嗯", [TOLD, ASKS])[suicide] == 1
    assert extra("嗯", [ASKS, TOLD])[suicide] == 0
    assert extra("嗯", [Heard("companion", "晚饭吃了吗？")])[suicide] == 0


def test_how_short_a_message_is_is_told() -> None:
    assert [int(extra("好" * length)[len(ASKED) :].sum()) for length in (1, 10, 30, 60)] == [
        3,
        2,
        1,
        0,
    ]
