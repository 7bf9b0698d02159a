"""The first page asks how a thing went: once, without a script, and never into a danger."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from tests.memory.asked import DAY, a_day_goes_by, follow_up, plant, the_only_person
from tests.servers.qingting import Visitor
from tests.talk.conftest import Standing
from tests.talk.shown import Form, Page

pytestmark = pytest.mark.process


def submit(visitor: Visitor, form: Form, **changed: str) -> tuple[str, Page]:
    """Send a form as a browser does; where one lands and what one sees."""
    with visitor.open(form.action, {**form.fields, **changed}) as response:
        return response.url, Page(response.read().decode())


def somebody(
    standing: Standing, language: str = "zh-CN", first: str = "今天食堂的面不错"
) -> Visitor:
    """Somebody who was here two days ago and had an interview yesterday."""
    visitor = Visitor(standing.address, language)
    visitor.page("/")
    assert visitor.say(first).saved
    visitor.conversation = "/"
    installation = standing.installation
    a_day_goes_by(installation, 2)
    yesterday = (datetime.now(UTC) + timedelta(hours=8)).date() - DAY
    words = {"zh-CN": "面试", "en-US": "your interview"}[language]
    written = "zh" if language == "zh-CN" else "en"
    asked = follow_up(yesterday, what=words, language=written)  # type: ignore[arg-type]
    plant(installation, the_only_person(installation), asked)
    return visitor


@pytest.mark.parametrize(
    ("language", "thing", "answer"),
    [("zh-CN", "面试", "砸了"), ("en-US", "interview", "bombed it")],
)
def test_it_stands_above_the_field_and_the_talk_begins_with_it(
    standing: Standing, language: str, thing: str, answer: str
) -> None:
    first = "hi, had noodles today" if language == "en-US" else "今天食堂的面不错"
    visitor = somebody(standing, language, first)
    page = Page(visitor.page("/"))
    [question] = page.said_by("companion")
    assert thing in question
    assert Page(visitor.page("/")).said_by("companion") == [question]

    url, talk = submit(visitor, page.field_form, text=answer)
    assert urlsplit(url).path.startswith("/talk/")
    assert [who for who, _ in talk.messages] == ["companion", "person", "companion"]
    assert talk.messages[0][1] == question
    assert Page(visitor.page("/")).messages == []
    a_day_goes_by(standing.installation, 3)
    assert Page(visitor.page("/")).messages == []


def test_not_now_takes_it_away(standing: Standing) -> None:
    visitor = somebody(standing)
    page = Page(visitor.page("/"))
    form = next(form for form in page.forms if form.action.startswith("/talk/asked/"))
    url, after = submit(visitor, form, answer="later")
    assert (urlsplit(url).path, after.messages) == ("/", [])
    assert Page(visitor.page("/")).messages == []


def test_never_again_holds_for_whatever_comes(standing: Standing) -> None:
    visitor = somebody(standing)
    form = next(f for f in Page(visitor.page("/")).forms if f.action.startswith("/talk/asked/"))
    _, after = submit(visitor, form, answer="never")
    assert after.messages == []
    assert len(after.notices) == 1
    installation = standing.installation
    plant(installation, the_only_person(installation), follow_up(datetime.now(UTC).date() - DAY))
    a_day_goes_by(installation, 3)
    assert Page(visitor.page("/")).messages == []


def test_refused_in_words_it_is_the_same(standing: Standing) -> None:
    visitor = somebody(standing)
    _, talk = submit(visitor, Page(visitor.page("/")).field_form, text="以后别问我这些了")
    assert "记得的" in talk.said_by("companion")[-1]
    installation = standing.installation
    plant(installation, the_only_person(installation), follow_up(datetime.now(UTC).date() - DAY))
    a_day_goes_by(installation, 3)
    assert Page(visitor.page("/")).messages == []


def test_a_bare_greeting_from_elsewhere_is_answered_with_it(standing: Standing) -> None:
    visitor = somebody(standing)
    told = visitor.say("在吗")
    assert "面试" in told.reply
    assert visitor.say("还行吧").saved
    assert Page(visitor.page("/")).messages == []


def test_nothing_is_asked_while_danger_is_open(standing: Standing) -> None:
    visitor = somebody(standing)
    assert visitor.say("我不想活了").saved
    visitor.conversation = "/"
    a_day_goes_by(standing.installation, 1)
    assert Page(visitor.page("/")).messages == []
    assert "面试" not in visitor.say("在吗").reply


def test_somebody_elses_question_is_none(standing: Standing) -> None:
    asked = somebody(standing)
    form = next(f for f in Page(asked.page("/")).forms if f.action.startswith("/talk/asked/"))
    other = Visitor(standing.address)
    other.page("/")
    fields = {**other.fields(""), "answer": "never"}
    with other.open(form.action, fields) as response:
        assert urlsplit(response.url).path == "/"
    assert Page(asked.page("/")).said_by("companion")
