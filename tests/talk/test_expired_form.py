"""A page left open for so long that its form's protection is gone: the words stay in the field and
are answered unsaved, because they may be words that cannot wait."""

from __future__ import annotations

import re
import urllib.error

import pytest

from qingting.companion.protect.notices import notice_text
from tests.servers.qingting import Visitor
from tests.talk.conftest import Standing
from tests.talk.shown import Page

pytestmark = pytest.mark.process

ORDINARY = "又被分到一个人一组做汇报"
DANGER = "我不想活了"


@pytest.fixture
def visitor(standing: Standing) -> Visitor:
    """Somebody with one talk behind them."""
    visitor = Visitor(standing.address)
    visitor.say("先说一句，今天下雨")
    return visitor


def send_expired(
    visitor: Visitor, text: str, accept: str = "text/html", path: str = ""
) -> tuple[int, str]:
    """Send the form with a protection that does not match."""
    fields = {**visitor.fields(text), "csrfmiddlewaretoken": "x" * 64}
    try:
        with visitor.open(path or visitor.conversation, fields, accept) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@pytest.mark.parametrize("text", [ORDINARY, DANGER])
@pytest.mark.parametrize("where", ["first page", "conversation"])
def test_the_words_stay_in_the_field_and_are_answered(
    standing: Standing, visitor: Visitor, text: str, where: str
) -> None:
    path = "/" if where == "first page" else visitor.conversation
    before = standing.installation.count("talk_message")
    status, html = send_expired(visitor, text, path=path)
    page = Page(html)
    assert status == 403
    assert page.written == text
    assert page.messages[-2] == ("person", text)
    assert page.messages[-1][0] == "companion"
    assert notice_text("unsaved", "zh", "", 0) in page.notices
    assert standing.installation.count("talk_message") == before
    if text == DANGER:
        assert re.search(r"\d{3,}", page.messages[-1][1])


def test_the_page_that_answers_can_be_sent_as_it_is(visitor: Visitor) -> None:
    conversation = visitor.conversation
    page = Page(send_expired(visitor, ORDINARY)[1])
    assert page.field_form.action == conversation
    with visitor.open(page.field_form.action, page.field_form.fields) as response:
        after = Page(response.read().decode())
    assert after.said_by("person")[-1] == ORDINARY
    assert after.written == ""


def test_with_a_script_the_answer_streams_and_says_unsaved(visitor: Visitor) -> None:
    status, stream = send_expired(visitor, DANGER, "text/event-stream")
    assert status == 403
    events = re.findall(r"^event: (\w+)$", stream, re.MULTILINE)
    assert events[-1] == "done"
    assert '"saved":false' in stream
    assert '"kind":"line"' in stream
    assert notice_text("unsaved", "zh", "", 0) in stream


def test_without_any_cookie_too(standing: Standing) -> None:
    status, html = send_expired(Visitor(standing.address, "en-US"), "I want to kill myself")
    page = Page(html)
    assert status == 403
    assert page.written == "I want to kill myself"
    assert re.search(r"\d{3,}", page.messages[-1][1])
    assert notice_text("unsaved", "en", "", 0) in page.notices


def test_an_empty_expired_form_is_simply_the_page(visitor: Visitor) -> None:
    status, html = send_expired(visitor, "  ")
    assert status == 403
    assert Page(html).messages == []
    assert Page(html).field_form.action == "/"


def test_nothing_typed_is_in_the_log(standing: Standing, visitor: Visitor) -> None:
    send_expired(visitor, ORDINARY)
    assert ORDINARY not in standing.server.log.read_text()
