"""Past talks: found again, named, deleted, brought back, gone; and nobody else's."""

from __future__ import annotations

import urllib.error
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin
from uuid import UUID, uuid4

import pytest

from tests.servers.qingting import Visitor
from tests.talk.conftest import Standing
from tests.talk.installation import Installation
from tests.talk.shown import Form, Page

pytestmark = pytest.mark.process

FIRST = "今天组会上被导师当众说了一顿"
OTHER = "晚上又一个人去吃了食堂"


@pytest.fixture
def visitor(standing: Standing) -> Visitor:
    """Somebody with one talk behind them."""
    visitor = Visitor(standing.address)
    visitor.say(FIRST)
    return visitor


def listed(visitor: Visitor) -> dict[str, str]:
    """Addresses and titles of the list."""
    links = Page(visitor.page("/talk/")).links
    return {to: title for to, title in links.items() if to.startswith("/talk/") and to != "/talk/"}


def submit(visitor: Visitor, form: Form, **changed: str) -> tuple[int, Page]:
    """Send a form as a browser does; the status and the page that answers."""
    try:
        with visitor.open(form.action, {**form.fields, **changed}) as response:
            return response.status, Page(response.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, Page(error.read().decode())


def status_of(visitor: Visitor, path: str) -> int:
    try:
        with visitor.open(path) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def delete(visitor: Visitor) -> Page:
    form = Page(visitor.page("/talk/")).form_to("/delete/")
    return submit(visitor, form)[1]


def pass_time(installation: Installation, conversation: str, minutes: int) -> None:
    """What waiting does: the deletion is that much longer ago."""
    when = datetime.now(UTC) - timedelta(minutes=minutes)
    which = UUID(conversation.strip("/").removeprefix("talk/"))
    stored = when if installation.databases else when.replace(tzinfo=None).isoformat(" ")
    installation.main("UPDATE talk_conversation SET deleted_at = %s WHERE id = %s", stored, which)


def test_a_stranger_has_none(standing: Standing) -> None:
    page = Page(Visitor(standing.address).page("/talk/"))
    assert "/" in page.links
    assert listed(Visitor(standing.address)) == {}


def test_a_talk_is_listed_by_its_first_words_and_opens_again(visitor: Visitor) -> None:
    assert listed(visitor) == {visitor.conversation: FIRST}
    assert Page(visitor.page(visitor.conversation)).said_by("person") == [FIRST]
    assert Page(visitor.page("/")).links[visitor.conversation] == FIRST


def test_the_newest_stands_first(visitor: Visitor) -> None:
    first = visitor.conversation
    visitor.conversation = "/"
    visitor.say(OTHER)
    second = visitor.conversation
    assert list(listed(visitor)) == [second, first]
    visitor.conversation = first
    visitor.say("接着刚才的说")
    assert list(listed(visitor)) == [first, second]


def test_it_can_be_given_a_name(visitor: Visitor) -> None:
    form = Page(visitor.page("/talk/")).form_to("/rename/")
    assert form.fields["title"] == FIRST
    status, _ = submit(visitor, form, title="  组会  那天\n")
    assert status == 200
    assert listed(visitor) == {visitor.conversation: "组会 那天"}
    visitor.say(OTHER)
    assert listed(visitor) == {visitor.conversation: "组会 那天"}


def test_a_name_is_shown_as_it_is_written(visitor: Visitor) -> None:
    form = Page(visitor.page("/talk/")).form_to("/rename/")
    submit(visitor, form, title="<b>&amp; 那天")
    assert listed(visitor) == {visitor.conversation: "<b>&amp; 那天"}


def test_a_deleted_talk_is_gone_from_every_page(visitor: Visitor) -> None:
    delete(visitor)
    assert listed(visitor) == {}
    assert visitor.conversation not in Page(visitor.page("/")).links
    assert status_of(visitor, visitor.conversation) == 404


def test_a_deletion_can_be_taken_back(visitor: Visitor) -> None:
    page = delete(visitor)
    status, _ = submit(visitor, page.form_to("/restore/"))
    assert status == 200
    assert listed(visitor) == {visitor.conversation: FIRST}
    assert Page(visitor.page(visitor.conversation)).said_by("person") == [FIRST]


def test_it_can_still_be_taken_back_after_nine_minutes(
    standing: Standing, visitor: Visitor
) -> None:
    page = delete(visitor)
    pass_time(standing.installation, visitor.conversation, 9)
    visitor.page("/talk/")
    assert submit(visitor, page.form_to("/restore/"))[0] == 200


def test_after_ten_minutes_its_rows_are_gone(standing: Standing, visitor: Visitor) -> None:
    which = UUID(visitor.conversation.strip("/").removeprefix("talk/"))
    page = delete(visitor)
    pass_time(standing.installation, visitor.conversation, 11)
    assert submit(visitor, page.form_to("/restore/"))[0] == 404
    Visitor(standing.address).page("/talk/")  # anybody's visit is enough
    for table in ("talk_turn", "talk_message"):
        assert standing.installation.count(table, "conversation_id = %s", which) == 0
    assert standing.installation.count("talk_conversation", "id = %s", which) == 0


def test_after_ten_minutes_a_restart_alone_removes_it(installation: Installation) -> None:
    with installation.server() as server:
        visitor = Visitor(server.address)
        visitor.say(FIRST)
        delete(visitor)
    pass_time(installation, visitor.conversation, 11)
    with installation.server():
        assert installation.count("talk_conversation") == 0
        assert installation.count("talk_message") == 0


def test_writing_into_a_deleted_talk_begins_a_new_one(visitor: Visitor) -> None:
    deleted = visitor.conversation
    delete(visitor)
    assert visitor.say(OTHER).saved
    assert visitor.conversation != deleted
    assert Page(visitor.page(visitor.conversation)).said_by("person") == [OTHER]


@pytest.mark.parametrize("what", ["rename", "delete", "restore"])
def test_somebody_elses_talk_cannot_be_touched(
    standing: Standing, visitor: Visitor, what: str
) -> None:
    other = Visitor(standing.address)
    other.say(OTHER)
    form = Form(urljoin(visitor.conversation, f"{what}/"), other.fields("", ""))
    assert submit(other, form, title="mine")[0] == 404
    assert listed(visitor) == {visitor.conversation: FIRST}


def test_somebody_elses_talk_does_not_exist_for_me(standing: Standing, visitor: Visitor) -> None:
    other = Visitor(standing.address)
    assert status_of(other, visitor.conversation) == 404
    other.say(OTHER)
    assert status_of(other, visitor.conversation) == 404
    mine = other.conversation
    other.conversation = visitor.conversation
    told = other.say("这句不该进别人的对话")
    assert told.saved
    assert told.conversation not in (visitor.conversation, mine)
    assert Page(visitor.page(visitor.conversation)).said_by("person") == [FIRST]


def test_a_talk_that_never_was_is_not_here(visitor: Visitor) -> None:
    assert status_of(visitor, f"/talk/{uuid4()}/") == 404
    assert status_of(visitor, "/talk/not-an-id/") == 404
    page = Page(visitor.page(f"/talk/{uuid4()}/"))
    assert "/" in page.links
    assert "/now/" in page.links


def test_another_persons_reply_cannot_be_followed_or_stopped(
    standing: Standing, visitor: Visitor
) -> None:
    [[turn]] = standing.installation.main(
        "SELECT id FROM talk_turn WHERE conversation_id = %s",
        UUID(visitor.conversation.strip("/").removeprefix("talk/")),
    )
    other = Visitor(standing.address)
    other.say(OTHER)
    assert status_of(other, f"/talk/turns/{UUID(str(turn))}/") == 404
    form = Form(f"/talk/turns/{UUID(str(turn))}/stop/", other.fields(""))
    assert submit(other, form)[0] == 204
