"""Two things they said are put side by side only where they are about the same."""

from __future__ import annotations

import pytest

from qingting.companion.person import Language
from qingting.companion.recall.near import related
from qingting.companion.state import ConversationState, Thread
from tests.companion.talking import said


@pytest.mark.parametrize(
    ("earlier", "about", "now", "topics", "language", "is_related"),
    [
        ("我跟我妈吵架了", "parents", "我抄下来了", (), "zh", False),
        ("我跟我妈吵架了", "parents", "她说我白眼狼", ("parents",), "zh", True),
        ("奖学金没评上", None, "奖学金名单又贴出来了", (), "zh", True),
        ("外卖还送错了", None, "你几岁", (), "zh", False),
        ("i failed chem", "exams", "the noodles were cold", (), "en", False),
        ("i failed chem", "exams", "what if i retake it", ("exams",), "en", True),
        ("my roommate keeps gaming", None, "she started gaming again", (), "en", True),
    ],
)
def test_what_belongs_together(
    earlier: str,
    about: str | None,
    now: str,
    topics: tuple[str, ...],
    language: Language,
    is_related: bool,
) -> None:
    assert related(earlier, about, now, topics, language) is is_related


@pytest.mark.parametrize("quote", ["外卖还送错了", "the delivery was wrong"])
async def test_a_thing_said_in_passing_is_not_taken_up_out_of_the_blue(quote: str) -> None:
    zh = not quote.isascii()
    for turns in range(8, 30):
        state = ConversationState(seed="s", turns=turns, threads=(Thread(quote, None, 1),))
        (done,) = await said("我抄下来了" if zh else "wrote it down", state=state)
        assert quote not in done.reply
