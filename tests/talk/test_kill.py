"""kill -9 while people are being answered: nothing they sent is lost, nothing is there twice."""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest

from tests.servers.qingting import Visitor
from tests.servers.upstream import Upstream, running
from tests.talk.installation import ON_POSTGRES, Installation
from tests.talk.listening import Listening
from tests.talk.shown import Page

pytestmark = pytest.mark.process

T = TypeVar("T")
PEOPLE = 20


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """A model in a process of its own."""
    with running("ok", delay=0.0) as upstream:
        yield upstream


def worded_by(upstream: Upstream) -> dict[str, str]:
    return {"QINGTING_MODEL_URL": upstream.base_url, "QINGTING_MODEL_NAME": "test"}


def first_words(number: int) -> str:
    return f"宿舍{number}号床的室友今天又忘了倒垃圾，是我倒的"


def second_words(number: int) -> str:
    return f"后来我在操场走了{number}圈才回去，谁也没问我一句"


def at_once(people: list[Visitor], work: Callable[[Visitor], T]) -> list[T]:
    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(work, people))


def visit(visitor: Visitor) -> Page:
    """Come back to one's conversation; where the page says that a reply is coming, wait for it as
    the page does."""
    page = Page(visitor.page(visitor.conversation))
    if page.waiting is None:
        return page
    with visitor.open(page.waiting, accept="text/event-stream") as response:
        response.read()
    return Page(visitor.page(visitor.conversation))


def test_kill_in_mid_reply_loses_nothing_and_doubles_nothing(
    installation: Installation, upstream: Upstream
) -> None:
    with installation.server(**worded_by(upstream)) as server:
        people = [Visitor(server.address) for _ in range(PEOPLE)]
        numbers = {id(one): index for index, one in enumerate(people)}
        told = at_once(people, lambda one: one.say(first_words(numbers[id(one)])))
        assert all(one.saved for one in told)

        upstream.switch("long", delay=0.2)  # talks on for a minute
        speaking = [Listening(one, second_words(numbers[id(one)])).begin() for one in people]
        assert all(one.heard.wait(30) for one in speaking)
        server.kill()
    assert not any(one.end().answered for one in speaking)

    upstream.switch("ok", delay=0.0)
    if ON_POSTGRES:
        installation.let_claims_pass()
    with installation.server(**worded_by(upstream)) as again:
        for one in people:
            one.address = again.address
        pages = at_once(people, visit)
    for number, page in enumerate(pages):
        assert page.said_by("person") == [first_words(number), second_words(number)]
        assert [who for who, _ in page.messages] == ["person", "companion"] * 2
        assert page.waiting is None
    assert installation.count("talk_turn", "status = 'open'") == 0
    assert installation.count("talk_conversation") == PEOPLE
    said = Counter(one.text for one in installation.kept() if one.speaker == "person")
    assert said == {
        words(number): 1 for number in range(PEOPLE) for words in (first_words, second_words)
    }


def test_kill_while_messages_arrive_and_sending_them_again_keeps_each_once(
    installation: Installation, upstream: Upstream
) -> None:
    upstream.switch("ok", delay=0.02)
    with installation.server(**worded_by(upstream)) as server:
        people = [Visitor(server.address) for _ in range(PEOPLE)]
        at_once(people, lambda one: one.page("/"))
        sent = [
            Listening(one, first_words(number), f"key-{number}").begin()
            for number, one in enumerate(people)
        ]
        assert sent[0].heard.wait(30)
        server.kill()
    for message in sent:
        message.end()

    if ON_POSTGRES:
        installation.let_claims_pass()
    with installation.server(**worded_by(upstream)) as again:
        for one in people:
            one.address = again.address
        resent = at_once(people, lambda one: one.say(*_same(sent, one)))
        assert all(one.saved and one.reply for one in resent)
    kept = installation.kept()
    said = Counter(one.text for one in kept if one.speaker == "person")
    assert said == {first_words(number): 1 for number in range(PEOPLE)}
    assert sum(one.speaker == "companion" for one in kept) == PEOPLE


def _same(sent: list[Listening], visitor: Visitor) -> tuple[str, str | None]:
    mine = next(one for one in sent if one.visitor is visitor)
    return mine.text, mine.key


def test_kill_then_writing_on_answers_the_cut_message_first(
    installation: Installation, upstream: Upstream
) -> None:
    with installation.server(**worded_by(upstream)) as server:
        visitor = Visitor(server.address)
        upstream.switch("long", delay=0.1)
        speaking = Listening(visitor, first_words(1)).begin()
        assert speaking.heard.wait(30)
        server.kill()
    speaking.end()

    upstream.switch("ok", delay=0.0)
    if ON_POSTGRES:
        installation.let_claims_pass()
    with installation.server(**worded_by(upstream)) as again:
        visitor.address = again.address
        assert visitor.say(second_words(1)).saved
    assert [(one.speaker, one.seq) for one in installation.kept()] == [
        ("person", 1),
        ("companion", 2),
        ("person", 3),
        ("companion", 4),
    ]


def test_kill_and_coming_back_without_a_model_is_answered_all_the_same(
    installation: Installation, upstream: Upstream
) -> None:
    with installation.server(**worded_by(upstream)) as server:
        visitor = Visitor(server.address)
        upstream.switch("hang")
        speaking = Listening(visitor, first_words(1)).begin()
        deadline = time.monotonic() + 30
        while not upstream.recorded() and time.monotonic() < deadline:
            time.sleep(0.05)
        server.kill()
    assert not speaking.end().answered

    if ON_POSTGRES:
        installation.let_claims_pass()
    with installation.server() as again:
        visitor.address = again.address
        if visitor.conversation == "/":  # the headers were cut as well: she looks at the first page
            [path] = [link for link in Page(visitor.page("/")).links if link.startswith("/talk/2")]
            visitor.conversation = path
        page = visit(visitor)
    assert [who for who, _ in page.messages] == ["person", "companion"]


@pytest.mark.skipif(not ON_POSTGRES, reason="with SQLite one process serves alone")
def test_kill_of_one_server_leaves_the_turns_of_another_in_peace(
    installation: Installation, upstream: Upstream
) -> None:
    upstream.switch("long", delay=0.1)
    with installation.server(**worded_by(upstream)) as one, contextlib.ExitStack() as stack:
        other = stack.enter_context(installation.server(**worded_by(upstream)))
        visitor = Visitor(one.address)
        speaking = Listening(visitor, first_words(1)).begin()
        assert speaking.heard.wait(30)
        visitor.address = other.address
        page = Page(visitor.page(visitor.conversation))
        assert page.said_by("person") == [first_words(1)]
        assert page.said_by("companion") == []
        assert page.waiting
        one.kill()
        speaking.end()
        upstream.switch("ok", delay=0.0)
        assert Page(visitor.page(visitor.conversation)).said_by("companion") == []
        installation.let_claims_pass()
        assert len(visit(visitor).said_by("companion")) == 1
