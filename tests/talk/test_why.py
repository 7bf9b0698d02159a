"""Why a reply is as it is: told in plain words to whoever it was given to, and to nobody else."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from qingting.memory.service import Memories
from qingting.privacy.sealing import Place
from qingting.talk.models import Conversation, Message
from qingting.talk.withholding import WITHHELD
from tests.memory.ledgered import BROTHER, browser, keyring, only, somebody, told, wired
from tests.servers.qingting import Visitor
from tests.talk.conftest import Standing

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

LEVELS = ("high", "moderate", "imminent", "explore", "reflection", "anxiety", "0.")


@pytest.fixture(autouse=True)
def memories() -> Iterator[Memories]:
    with wired() as found:
        yield found


def reply(person: UUID, about: dict[str, Any] | None, speaker: str = "companion") -> UUID:
    now, seal = timezone.now(), keyring().open(person)
    talk = Conversation.objects.create(person_id=person, created_at=now, updated_at=now)
    message = Message(conversation=talk, seq=1, speaker=speaker, created_at=now)
    message.body = seal.seal("那就先不急着想。", Place("talk_message", "body", message.pk))
    if about is not None:
        message.about = seal.seal_json(about, Place("talk_message", "about", message.pk))
    message.save(force_insert=True)
    return message.pk


def plan(why: str = "heard_feeling", **more: Any) -> dict[str, Any]:
    made = {"why": why, "topic": "anxiety", "stage": "explore", "skill": "reflection", **more}
    return {"plan": made, "responder": "guided", "notices": [], "language": "zh"}


def page(token: str, which: UUID, language: str = "zh-CN", status: int = 200) -> str:
    answer = browser(token, language).get(f"/talk/why/{which}/")
    assert answer.status_code == status
    shown = html.unescape(answer.content.decode())
    return re.sub(r"<[^>]+>", " ", shown.split("<main", 1)[1].split("</main>", 1)[0])


@pytest.mark.parametrize(
    ("language", "because", "topic", "words"),
    [
        ("zh-CN", "我先回的是你这会儿的心情", "心慌", "人提前写好的"),
        ("zh-TW", "我先回的是你這會兒的心情", "心慌", "人提前寫好的"),
        ("en-US", "I answered the feeling first", "worry", "Written by people beforehand"),
    ],
)
def test_it_is_told_in_plain_words(language: str, because: str, topic: str, words: str) -> None:
    person, token = somebody()
    shown = page(token, reply(person, plan()), language)
    for one in ("那就先不急着想。", because, topic, words):
        assert one in shown
    assert [one for one in LEVELS if one in shown] == []


def test_of_danger_its_own_words_are_enough() -> None:
    person, token = somebody()
    about = {**plan("danger"), "responder": "safety", "line": ["一条热线", "tel:1"]}
    shown = page(token, reply(person, about))
    assert "先顾你安不安全" in shown
    assert "心慌" not in shown
    assert "能找到人的办法" in shown


def test_what_was_remembered_for_it_is_named_until_it_is_forgotten(memories: Memories) -> None:
    person, token = somebody()
    told(memories, person, BROTHER)
    item = only(memories, person, BROTHER.says)
    which = reply(person, {**plan(), "used": [item.hex]})
    assert BROTHER.says in page(token, which)
    browser(token).post(f"/memory/{item}/forget/")
    shown = page(token, which)
    assert BROTHER.says not in shown
    assert "后来叫我忘掉了" in shown


def test_an_item_that_is_no_more_is_said_so_however_it_went() -> None:
    person, token = somebody()
    assert "后来叫我忘掉了" in page(token, reply(person, {**plan(), "used": [uuid4().hex]}))
    assert "后来叫我忘掉了" in page(token, reply(person, {**plan(), WITHHELD: True}))
    assert "只看了你这次说的话" in page(token, reply(person, plan()))


@pytest.mark.parametrize("notice", ["ai_disclosure", "break_reminder", "shortened", "model_cap"])
def test_what_stood_beside_it_is_told(notice: str) -> None:
    person, token = somebody()
    shown = page(token, reply(person, {**plan(), "notices": [notice]}))
    assert "旁边还放了" in shown
    assert notice not in shown


def test_a_model_that_worded_it_is_named_as_one() -> None:
    person, token = somebody()
    assert "模型写的" in page(token, reply(person, {**plan(), "responder": "model"}))


def test_a_reason_not_known_here_and_a_topic_not_known_are_no_error() -> None:
    person, token = somebody()
    shown = page(token, reply(person, plan("of later days", topic="of later days")))
    assert "of later days" not in shown


def test_only_its_own_person_sees_it_and_only_of_a_reply() -> None:
    person, token = somebody()
    _, other = somebody()
    which = reply(person, plan())
    page(other, which, status=404)
    page("", which, status=404)
    page(token, uuid4(), status=404)
    page(token, reply(person, None, speaker="person"), status=404)
    Conversation.objects.update(deleted_at=timezone.now())
    page(token, which, status=404)


def test_what_does_not_open_is_not_lost() -> None:
    person, token = somebody()
    which = reply(person, plan())
    Message.objects.update(about=b"\x01" * 40)
    assert "没丢" in page(token, which, status=503)


def test_the_quiet_link_stands_under_each_reply_that_has_a_why() -> None:
    person, token = somebody()
    which = reply(person, plan())
    talk = Message.objects.get(id=which).conversation_id
    answer = browser(token).get(f"/talk/{talk}/")
    content = b"".join(answer) if answer.streaming else answer.content
    assert content.decode().count(f"/talk/why/{which}/") == 1


@pytest.mark.process
def test_the_stream_ends_with_where_to_ask_and_told_again_it_is_the_same(
    standing: Standing,
) -> None:
    visitor, key = Visitor(standing.address), uuid4().hex
    first = visitor.say("今天组会上被说了一顿", key)
    assert first.done is not None
    which = first.done["message"]
    assert "为什么这么回" in visitor.page(f"/talk/why/{which}/")
    assert f"/talk/why/{which}/" in visitor.page(visitor.conversation)
    again = visitor.say("今天组会上被说了一顿", key)
    assert again.done is not None
    assert again.done["message"] == which
    assert "为什么这么回" not in Visitor(standing.address).page(f"/talk/why/{which}/")
