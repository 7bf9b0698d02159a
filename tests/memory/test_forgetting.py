"""What was forgotten is nowhere: every sealed value is opened first and then searched."""

from __future__ import annotations

from uuid import UUID

import pytest

from qingting.companion.remember.item import Item
from qingting.memory.models import MemoryIndex, MemoryItem
from qingting.memory.service import Choice, NoSuchItem
from qingting.privacy.sealing import PersonSeal
from qingting.talk.statements import recent_messages
from tests.memory.remembered import Remembered, everything_sealed, found, somebody

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

TOLD = "我弟弟叫小宇，我想考上海的研究生"
BROTHER = {"about": "弟弟/name", "says": "弟弟叫小宇", "value": "小宇"}
GOAL = {"kind": "goal", "about": "考研", "says": "想考上海的研究生"}


@pytest.fixture
def her() -> Remembered:
    return somebody()


def told(her: Remembered) -> UUID:
    """She told it twice in one talk, and a reply of ours used it."""
    first = her.say(
        TOLD, found(TOLD, "我弟弟叫小宇", **BROTHER), found(TOLD, "我想考上海的研究生", **GOAL)
    )
    [item] = [one for one in her.memories.items(her.person) if one.about == "弟弟/name"]
    her.say("他又没理我", talk=first.conversation, reply="小宇还是不说话吗？", used=[item.id])
    again = "小宇今天摔门了"
    her.say(again, found(again, "小宇今天摔门了", **BROTHER), talk=first.conversation)
    return first.conversation


def only(her: Remembered, about: str) -> Item:
    [item] = [one for one in her.memories.items(her.person) if one.about == about]
    return item


def places_of(her: Remembered, word: str) -> list[str]:
    return [place for place, text in everything_sealed(her.person, her.seal) if word in text]


def taken_up(talk: UUID, seal: PersonSeal) -> list[str]:
    """The conversation as a model or the guided companion is given it."""
    from django.db import connection

    with connection.cursor() as cursor:
        return [heard.text for heard in recent_messages(cursor, talk, seal)]


def test_what_was_told_comes_to_mind_in_another_talk(her: Remembered) -> None:
    told(her)
    assert her.recalls("弟弟又跟我吵")[0] == "弟弟叫小宇"
    item = only(her, "弟弟/name")
    assert len(item.sources) == 2
    assert item.quote in TOLD


def test_before_it_is_forgotten_it_is_in_these_places(her: Remembered) -> None:
    told(her)
    assert {"memory_memoryitem.body", "memory_memoryindex.head", "talk_conversation.state"} <= set(
        places_of(her, "小宇")
    )


def test_after_it_only_the_conversation_itself_holds_it(her: Remembered) -> None:
    talk = told(her)
    her.memories.forget(her.person, UUID(only(her, "弟弟/name").id))
    # Her own message, our reply that used it, and the name of the talk, which she can delete.
    assert set(places_of(her, "小宇")) <= {"talk_message.body", "talk_conversation.title"}
    assert her.recalls("弟弟又跟我吵") == ["想考上海的研究生"]
    given = taken_up(talk, her.seal)
    assert not [text for text in given if "小宇" in text]
    assert "想考上海的研究生" in given[0]
    assert "他又没理我" in given


def test_what_it_took_the_place_of_is_forgotten_with_it(her: Remembered) -> None:
    told(her)
    later = "弟弟其实叫小雨"
    her.say(
        later, found(later, "弟弟其实叫小雨", **{**BROTHER, "says": "弟弟叫小雨", "value": "小雨"})
    )
    [now] = [one for one in her.memories.items(her.person) if one.says == "弟弟叫小雨"]
    assert now.supersedes is not None
    her.memories.forget(her.person, UUID(now.id))
    assert [one.about for one in her.memories.items(her.person)] == ["考研"]
    for word in ("小雨", "小宇"):
        assert set(places_of(her, word)) <= {"talk_message.body", "talk_conversation.title"}


def test_everything_can_be_forgotten_at_once(her: Remembered) -> None:
    told(her)
    her.memories.forget_everything(her.person)
    assert not MemoryItem.objects.filter(person_id=her.person).exists()
    assert not MemoryIndex.objects.filter(person_id=her.person).exists()
    assert her.recalls("弟弟又跟我吵") == []
    for word in ("小宇", "上海"):
        assert set(places_of(her, word)) <= {"talk_message.body", "talk_conversation.title"}


def test_told_again_after_that_it_is_new(her: Remembered) -> None:
    told(her)
    her.memories.forget(her.person, UUID(only(her, "弟弟/name").id))
    again = "小宇回来了"
    her.say(again, found(again, again, **BROTHER))
    assert len(only(her, "弟弟/name").sources) == 1


def test_somebody_elses_item_is_not_there(her: Remembered) -> None:
    told(her)
    other = somebody()
    with pytest.raises(NoSuchItem):
        other.memories.forget(other.person, UUID(only(her, "弟弟/name").id))
    assert only(her, "弟弟/name")


def test_while_paused_nothing_is_kept_and_nothing_recalled(her: Remembered) -> None:
    told(her)
    her.memories.choose(her.person, Choice(paused=True))
    text = "我妈叫阿珍"
    her.say(text, found(text, text, about="妈妈/name", says="妈妈叫阿珍"))
    assert her.recalls("弟弟又跟我吵") == []
    her.memories.choose(her.person, Choice(paused=False))
    assert her.recalls("弟弟又跟我吵")[0] == "弟弟叫小宇"
    assert not [one for one in her.memories.items(her.person) if one.about == "妈妈/name"]


def test_a_private_talk_leaves_nothing_in_the_ledger(her: Remembered) -> None:
    text = "我弟弟叫小宇"
    her.say(text, found(text, text, **BROTHER), private=True)
    assert her.memories.items(her.person) == []


def test_a_lost_index_is_made_again(her: Remembered) -> None:
    told(her)
    MemoryIndex.objects.filter(person_id=her.person).delete()
    assert her.recalls("弟弟又跟我吵")[0] == "弟弟叫小宇"


def test_what_she_corrects_is_what_comes_to_mind(her: Remembered) -> None:
    told(her)
    her.memories.correct(her.person, UUID(only(her, "弟弟/name").id), "弟弟叫小禹", None)
    assert her.recalls("弟弟又跟我吵")[0] == "弟弟叫小禹"
