"""A private talk: answered like any, remembered by nothing, and gone word by word when it ends."""

from __future__ import annotations

import io
import json
import urllib.error
import zipfile
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from qingting.privacy.errors import Unreadable
from qingting.privacy.sealing import Place
from tests.privacy.tables import CLEAR, SEALED
from tests.servers.qingting import Told, Visitor
from tests.talk.conftest import Standing
from tests.talk.installation import Installation, as_uuid
from tests.talk.shown import Form, Page

pytestmark = pytest.mark.process

SAID = ("叫我小蜻，我弟叫沈溯", "我不想活了，三十粒药放在琴盒里", "今晚，我姐沈渡知道")
WORDS = ("小蜻", "沈溯", "琴盒", "三十粒", "沈渡", "我姐", "你姐")
BEFORE = "我想死，绳子在阁楼上"


class Quiet(Visitor):
    """A visitor who ticks the box before the first word."""

    def fields(self, text: str, key: str | None = None) -> dict[str, str]:
        return {**Visitor.fields(self, text, key), "private": "1"}


def opened(installation: Installation) -> str:
    """Every sealed column of the main database that any person's key opens, in one text."""
    found, seals = [], installation._seals()
    for table, columns in SEALED.items():
        key = "id" if "id" in CLEAR[table] else "person_id"
        if key not in CLEAR[table]:
            continue  # sealed under the installation's own key
        for column in columns:
            for row, sealed in installation.main(f"SELECT {key}, {column} FROM {table}"):
                place = Place(table, column, as_uuid(row))
                for seal in seals.values() if sealed is not None else ():
                    try:
                        found.append(
                            seal.open_bytes(bytes(sealed), place).decode("utf-8", "replace")
                        )
                    except Unreadable:
                        continue
    return "\n".join(found)


def left(installation: Installation) -> list[str]:
    text = opened(installation)
    return [one for one in WORDS if one in text]


def post(visitor: Visitor, path: str) -> tuple[int, Page]:
    fields = Visitor.fields(visitor, "")
    try:
        with visitor.open(path, {"csrfmiddlewaretoken": fields["csrfmiddlewaretoken"]}) as answer:
            return answer.status, Page(answer.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, Page(error.read().decode())


def end(visitor: Visitor) -> tuple[int, Page]:
    return post(visitor, f"{visitor.conversation}end/")


def told(visitor: Visitor) -> list[Told]:
    return [visitor.say(one) for one in SAID]


def level(installation: Installation) -> str:
    [[found]] = installation.main("SELECT level FROM safety_episoderecord")
    return str(found)


def test_it_goes_word_by_word_and_what_is_left_is_how_careful_to_be(
    installation: Installation,
) -> None:
    with installation.server() as server:
        ordinary, visitor = Visitor(server.address), Quiet(server.address)
        assert ordinary.say(BEFORE).saved
        visitor.cookies = ordinary.cookies
        replies = told(visitor)
        assert all(one.saved for one in replies)
        assert len(left(installation)) >= 5  # so that an empty result means something
        assert installation.count("memory_memoryitem") == 0
        assert installation.count("safety_safetyplan") == 0
        assert "不会留下" in visitor.page(visitor.conversation)
        assert visitor.conversation in Page(visitor.page("/talk/")).links
        assert not [one for one in WORDS if one in visitor.page("/talk/")]

        status, page = end(visitor)
        assert status == 200
        assert any("抹掉了" in one for one in page.notices)
        assert left(installation) == []
        text = opened(installation)
        assert (
            "阁楼" in text
        )  # what an ordinary talk holds stays, and what was told there of danger
        assert not [one.reply for one in replies if one.reply and one.reply in text]
        assert level(installation) in ("high", "imminent")
        assert installation.count("talk_conversation") == 1
        assert visitor.conversation not in Page(visitor.page("/talk/")).links
        assert end(visitor)[0] == 404

        with visitor.open("/me/export/", Visitor.fields(visitor, "")) as answer:
            packed = zipfile.ZipFile(io.BytesIO(answer.read()))
        for name in packed.namelist():
            assert not [one for one in WORDS if one in packed.read(name).decode()], name
        assert len(json.loads(packed.read("data.json"))["conversations"]) == 1


def test_danger_told_in_it_is_met_as_carefully_in_the_next_talk(installation: Installation) -> None:
    with installation.server() as server:
        visitor = Quiet(server.address)
        told(visitor)
        assert level(installation) in ("high", "imminent")
        end(visitor)
        assert level(installation) in ("high", "imminent")
        visitor.conversation = "/"
        after = Visitor(server.address, cookies=visitor.cookies).say("在吗")
        assert any(one["event"] == "notice" and one["kind"] == "line" for one in after.events)


def test_without_a_script_the_box_is_enough(standing: Standing) -> None:
    visitor = Visitor(standing.address)
    first = visitor.page("/")
    assert 'name="private"' in first
    assert "private" not in Page(first).field_form.fields  # nobody's talk is private unasked
    visitor = Quiet(standing.address)
    shown = Page(visitor.say_without_script("今天食堂有糖醋排骨"))
    assert shown.form_to("/end/").action == f"{visitor.conversation}end/"
    assert shown.field_form.fields["private"] == "1"
    assert end(visitor)[0] == 200
    assert end(visitor)[0] == 404


def test_what_could_not_be_kept_is_sent_again_as_private(standing: Standing) -> None:
    visitor = Quiet(standing.address)
    expired = {**visitor.fields("我一个人在操场"), "csrfmiddlewaretoken": "x" * 64}
    with pytest.raises(urllib.error.HTTPError) as refused:
        visitor.open("/", expired)
    with refused.value as answer:
        page = Page(answer.read().decode())
    assert page.field_form.fields["private"] == "1"
    assert page.written == "我一个人在操场"


def test_an_ordinary_talk_has_no_end_and_nobody_ends_anothers(standing: Standing) -> None:
    visitor = Visitor(standing.address)
    visitor.say("今天组会上被说了一顿")
    assert end(visitor)[0] == 404
    assert not [f for f in Page(visitor.page(visitor.conversation)).forms if "/end/" in f.action]
    mine = Quiet(standing.address)
    mine.say("我一个人在操场")
    visitor.conversation = mine.conversation
    assert end(visitor)[0] == 404
    assert end(Visitor(standing.address, conversation=mine.conversation))[0] == 404
    assert Page(mine.page(mine.conversation)).said_by("person") == ["我一个人在操场"]


def test_it_can_be_neither_named_nor_deleted_by_halves(standing: Standing) -> None:
    mine = Quiet(standing.address)
    mine.say("我一个人在操场")
    for what in ("rename", "delete"):
        form = Form(f"{mine.conversation}{what}/", Visitor.fields(mine, ""))
        with pytest.raises(urllib.error.HTTPError) as refused:
            mine.open(form.action, {**form.fields, "title": "操场"})
        refused.value.close()
        assert refused.value.code == 404
    assert end(mine)[0] == 200


def age(installation: Installation, conversation: str, hours: float) -> None:
    when = datetime.now(UTC) - timedelta(hours=hours)
    stored = when if installation.databases else when.replace(tzinfo=None).isoformat(" ")
    which = UUID(conversation.strip("/").removeprefix("talk/"))
    installation.main("UPDATE talk_conversation SET updated_at = %s WHERE id = %s", stored, which)


def test_left_alone_it_ends_by_itself_after_twelve_hours(standing: Standing) -> None:
    visitor = Quiet(standing.address)
    visitor.say("我的暗号是纸鸢")
    age(standing.installation, visitor.conversation, 11.9)
    Visitor(standing.address).page("/talk/")
    assert "纸鸢" in visitor.page(visitor.conversation)
    age(standing.installation, visitor.conversation, 12.1)
    Visitor(standing.address).page("/talk/")  # anybody's visit is enough
    assert "纸鸢" not in visitor.page(visitor.conversation)
    assert "纸鸢" not in opened(standing.installation)
