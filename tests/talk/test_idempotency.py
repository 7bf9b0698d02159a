"""The same message sent twice by a bad network is one message; two messages are two."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from uuid import UUID

import pytest

from tests.servers.qingting import Told, Visitor
from tests.talk.conftest import Standing
from tests.talk.installation import ON_POSTGRES, Installation, Kept

pytestmark = pytest.mark.process

_numbers = count(1)


@pytest.fixture
def text() -> str:
    """Words nobody else in this file says."""
    return f"第{next(_numbers)}次投简历，又是已读不回"


@pytest.fixture
def visitor(standing: Standing) -> Visitor:
    """Somebody new."""
    return Visitor(standing.address)


def kept_of(installation: Installation, conversation: str) -> list[Kept]:
    which = UUID(conversation.strip("/").removeprefix("talk/"))
    return [one for one in installation.kept() if one.conversation == which]


def at_once(*sends: tuple[Visitor, str, str | None]) -> list[Told]:
    with ThreadPoolExecutor(len(sends)) as pool:
        return list(pool.map(lambda send: send[0].say(send[1], send[2]), sends))


def same_browser(visitor: Visitor, address: str | None = None) -> Visitor:
    """Another tab: the same cookies, the same conversation."""
    return Visitor(
        address or visitor.address, visitor.language, visitor.conversation, visitor.cookies
    )


def test_sent_again_it_is_one_message_with_the_same_answer(
    standing: Standing, visitor: Visitor, text: str
) -> None:
    first = visitor.say(text, "same")
    second = visitor.say(text, "same")
    assert second.saved
    assert second.reply == first.reply
    assert [one.speaker for one in kept_of(standing.installation, visitor.conversation)] == [
        "person",
        "companion",
    ]


def test_a_first_message_sent_again_from_the_first_page_stays_in_its_conversation(
    standing: Standing, visitor: Visitor, text: str
) -> None:
    first = visitor.say(text, "same")
    visitor.conversation = "/"
    second = visitor.say(text, "same")
    assert second.conversation == first.conversation
    assert second.reply == first.reply


def test_the_line_given_is_told_again_with_the_answer(visitor: Visitor) -> None:
    first = visitor.say("我不想活了", "same")
    second = visitor.say("我不想活了", "same")
    lines = [[one for one in told.events if one.get("kind") == "line"] for told in (first, second)]
    assert lines[0] == lines[1] != []


def test_sent_at_the_same_moment_it_is_one_message(
    standing: Standing, visitor: Visitor, text: str
) -> None:
    visitor.say("先打个招呼，今天有点闷")
    told = at_once(*[(same_browser(visitor), text, "same")] * 5)
    assert len({one.reply for one in told}) == 1
    assert all(one.saved for one in told)
    kept = kept_of(standing.installation, visitor.conversation)
    assert [one.text for one in kept].count(text) == 1
    assert [one.speaker for one in kept] == ["person", "companion"] * 2


def test_sent_without_a_script_and_then_with_one_it_is_one_message(
    standing: Standing, visitor: Visitor, text: str
) -> None:
    visitor.say_without_script(text, "same")
    assert visitor.say(text, "same").saved
    kept = kept_of(standing.installation, visitor.conversation)
    assert [one.text for one in kept].count(text) == 1


def test_the_same_form_with_other_words_is_another_message(
    standing: Standing, visitor: Visitor, text: str
) -> None:
    visitor.say(text, "same")
    visitor.say(f"{text}，算了", "same")
    kept = kept_of(standing.installation, visitor.conversation)
    assert [one.text for one in kept if one.speaker == "person"] == [text, f"{text}，算了"]


def test_the_same_words_said_again_later_are_another_message(
    standing: Standing, visitor: Visitor
) -> None:
    visitor.say("好累")
    visitor.say("好累")
    kept = kept_of(standing.installation, visitor.conversation)
    assert [one.text for one in kept if one.speaker == "person"] == ["好累", "好累"]


def test_somebody_elses_key_is_no_key_of_mine(standing: Standing, text: str) -> None:
    mine, theirs = Visitor(standing.address), Visitor(standing.address)
    mine.say(text, "same")
    theirs.say(text, "same")
    assert mine.conversation != theirs.conversation
    assert len(kept_of(standing.installation, theirs.conversation)) == 2


def test_sent_again_after_a_restart_it_is_one_message(
    installation: Installation, text: str
) -> None:
    with installation.server() as server:
        visitor = Visitor(server.address)
        first = visitor.say(text, "same")
    with installation.server() as server:
        visitor.address = server.address
        second = visitor.say(text, "same")
    assert (second.reply, second.saved) == (first.reply, True)
    assert len(installation.kept()) == 2


def test_a_new_device_sending_its_first_message_twice_at_once_is_one_person(
    standing: Standing, visitor: Visitor, text: str
) -> None:
    people = standing.installation.count("people_person")
    keys = len(standing.installation.keys("SELECT person_id FROM privacy_personkey"))
    visitor.page("/")
    told = at_once(*[(same_browser(visitor), text, "same")] * 5)
    assert len({one.conversation for one in told}) == 1
    assert standing.installation.count("people_person") == people + 1
    assert len(standing.installation.keys("SELECT person_id FROM privacy_personkey")) == keys + 1
    assert len(kept_of(standing.installation, told[0].conversation)) == 2


def test_two_messages_at_once_are_both_kept_each_with_its_answer(
    standing: Standing, visitor: Visitor, text: str
) -> None:
    visitor.say("先打个招呼，今天有点闷")
    texts = [f"{text}，{n}" for n in range(4)]
    told = at_once(*[(same_browser(visitor), one, None) for one in texts])
    assert all(one.saved for one in told)
    kept = kept_of(standing.installation, visitor.conversation)[2:]
    assert [one.speaker for one in kept] == ["person", "companion"] * 4
    assert sorted(one.text for one in kept if one.speaker == "person") == texts
    replies = {a.text: b.text for a, b in zip(kept[::2], kept[1::2], strict=True)}
    assert {text: one.reply for text, one in zip(texts, told, strict=True)} == replies


@pytest.mark.skipif(not ON_POSTGRES, reason="with SQLite one process serves alone")
def test_two_servers_that_get_the_same_message_at_once_keep_it_once(
    installation: Installation, text: str
) -> None:
    with installation.server() as one, installation.server() as other:
        for number in range(5):
            visitor = Visitor(one.address)
            visitor.page("/")
            words = f"{text} {number}"
            told = at_once(
                *[(same_browser(visitor, where.address), words, "same") for where in (one, other)]
                * 2
            )
            assert all(answer.saved for answer in told)
            assert len({answer.reply for answer in told}) == 1
    assert installation.count("people_person") == 5
    assert installation.count("talk_message") == 10


@pytest.mark.skipif(not ON_POSTGRES, reason="with SQLite one process serves alone")
def test_two_servers_that_get_two_messages_at_once_keep_both_in_order(
    installation: Installation, text: str
) -> None:
    with installation.server() as one, installation.server() as other:
        visitor = Visitor(one.address)
        visitor.say("先打个招呼，今天有点闷")
        told = at_once(
            *[
                (same_browser(visitor, where.address), f"{text} {n}", None)
                for n in range(3)
                for where in (one, other)
                if (n + (where is one)) % 2
            ]
        )
    assert all(answer.saved for answer in told)
    assert [kept.speaker for kept in installation.kept()] == ["person", "companion"] * 4
