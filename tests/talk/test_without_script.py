"""Everything with plain pages: a browser that runs no script loses nothing but the streaming."""

from __future__ import annotations

import re
import urllib.error
from urllib.parse import urlsplit

import pytest

from tests.servers.qingting import Visitor
from tests.talk.conftest import Standing
from tests.talk.shown import Form, Page

pytestmark = pytest.mark.process


@pytest.fixture
def visitor(standing: Standing) -> Visitor:
    """Somebody new."""
    return Visitor(standing.address)


def submit(visitor: Visitor, form: Form, **changed: str) -> tuple[str, Page]:
    """Send a form as a browser does; where one lands and what one sees."""
    with visitor.open(form.action, {**form.fields, **changed}) as response:
        return response.url, Page(response.read().decode())


def test_the_first_page_itself_begins_a_talk(visitor: Visitor) -> None:
    form = Page(visitor.page("/")).field_form
    assert form.action == "/"
    url, page = submit(visitor, form, text="我觉得我快撑不住了")
    assert urlsplit(url).path.startswith("/talk/")
    assert page.said_by("person") == ["我觉得我快撑不住了"]
    assert len(page.said_by("companion")) == 1
    assert page.written == ""


def test_the_conversation_page_goes_on(visitor: Visitor) -> None:
    first, page = submit(visitor, Page(visitor.page("/")).field_form, text="今天面试又没过")
    second, page = submit(visitor, page.field_form, text="他们连个电话都没打")
    assert urlsplit(first).path == urlsplit(second).path
    assert page.said_by("person") == ["今天面试又没过", "他们连个电话都没打"]
    assert [who for who, _ in page.messages] == ["person", "companion"] * 2


def test_reloading_the_page_sends_nothing_again(visitor: Visitor) -> None:
    url, _ = submit(visitor, Page(visitor.page("/")).field_form, text="今天面试又没过")
    again = Page(visitor.page(urlsplit(url).path))
    assert again.said_by("person") == ["今天面试又没过"]


def test_pressing_send_twice_is_one_message(visitor: Visitor) -> None:
    form = Page(visitor.page("/")).field_form
    first, _ = submit(visitor, form, text="今天面试又没过")
    second, page = submit(visitor, form, text="今天面试又没过")
    assert urlsplit(first).path == urlsplit(second).path
    assert page.said_by("person") == ["今天面试又没过"]


@pytest.mark.parametrize("text", ["", "   \n "])
def test_an_empty_field_leads_back_to_the_page(visitor: Visitor, text: str) -> None:
    url, page = submit(visitor, Page(visitor.page("/")).field_form, text=text)
    assert urlsplit(url).path == "/"
    assert page.messages == []


def test_words_are_shown_as_they_were_written(visitor: Visitor) -> None:
    written = "<script>alert(1)</script> & “引号”\n第二行"
    _, page = submit(visitor, Page(visitor.page("/")).field_form, text=written)
    assert page.said_by("person") == [written]


def test_a_very_long_message_is_kept_whole_and_answered(visitor: Visitor) -> None:
    written = "今天发生了好多事。" * 1500
    told = visitor.say(written)
    assert told.saved
    assert told.reply
    assert [one["kind"] for one in told.events if one["event"] == "notice"].count("shortened") == 1
    assert Page(visitor.page(visitor.conversation)).said_by("person") == [written]


def test_a_form_too_large_to_be_a_message_is_refused_without_breaking(visitor: Visitor) -> None:
    fields = visitor.fields("长" * 300_000)
    with pytest.raises(urllib.error.HTTPError) as refused:
        visitor.open("/", fields)
    refused.value.close()
    assert refused.value.code in (400, 413)
    assert visitor.say("那就少说点").saved


@pytest.mark.parametrize(
    ("language", "text", "named"),
    [
        ("zh-CN", "我不想活了", "热线"),
        ("zh-TW", "我不想活了", "專線"),
        ("en-US", "I want to die", "Lifeline"),
    ],
)
def test_danger_is_answered_on_the_plain_page_with_a_line_kept_in_sight(
    standing: Standing, language: str, text: str, named: str
) -> None:
    visitor = Visitor(standing.address, language)
    _, page = submit(visitor, Page(visitor.page("/")).field_form, text=text)
    [(line, words)] = [
        (to, words) for to, words in page.links.items() if to.startswith(("tel:", "sms:"))
    ]
    assert named in words
    # Written with dashes, dialled without; which line it is depends on the hour.
    assert line.split(":")[1] in re.sub(r"\D", "", page.said_by("companion")[0])
    assert "/now/" in page.links


def test_help_now_is_one_step_from_every_page(visitor: Visitor) -> None:
    submit(visitor, Page(visitor.page("/")).field_form, text="今天面试又没过")
    for path in ("/", "/talk/", "/about/", "/nowhere/"):
        assert "/now/" in Page(visitor.page(path)).links
