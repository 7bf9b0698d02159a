"""The pages of a person's own data: what is kept is said truthfully, a copy is theirs alone, and
erasing needs to be meant; a reply that is just coming is ended by it."""

from __future__ import annotations

import html
import io
import json
import re
import urllib.error
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.servers.qingting import Server, Visitor
from tests.servers.upstream import running
from tests.talk.installation import Installation, new_databases
from tests.talk.listening import Listening

pytestmark = pytest.mark.process

FIRST = "我妈翻了我藏在琴盒里的信"


@dataclass(frozen=True, slots=True)
class Standing:
    """A server for this file."""

    installation: Installation
    server: Server


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    installation = Installation(tmp_path_factory.mktemp("my data") / "data", new_databases())
    with installation.server() as server:
        yield Standing(installation, server)


@pytest.fixture
def visitor(standing: Standing) -> Visitor:
    """Somebody who said one thing."""
    visitor = Visitor(standing.server.address)
    assert visitor.say(FIRST).saved
    return visitor


def post(visitor: Visitor, path: str, **fields: str) -> Any:
    token = visitor.fields("")["csrfmiddlewaretoken"]
    return visitor.open(path, {"csrfmiddlewaretoken": token, **fields})


def text_of(visitor: Visitor, path: str) -> str:
    return plain(visitor.page(path))


def plain(page: str) -> str:
    """What stands in the middle of a page."""
    main = page.split('<main id="main"', 1)[1].split("</main>", 1)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def copy_of(visitor: Visitor) -> dict[str, Any]:
    with post(visitor, "/me/export/") as response:
        assert response.headers["Content-Type"] == "application/zip"
        assert re.fullmatch(
            r'attachment; filename="copy-[\d-]+\.zip"', response.headers["Content-Disposition"]
        )
        assert "no-store" in response.headers["Cache-Control"]
        whole = response.read()
        assert len(whole) == int(response.headers["Content-Length"])
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        found: dict[str, Any] = json.loads(packed.read("data.json"))
    return found


def names(visitor: Visitor) -> set[str]:
    return {one.name for one in visitor.cookies}


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en-US"])
def test_a_stranger_is_told_that_there_is_nothing(standing: Standing, language: str) -> None:
    stranger = Visitor(standing.server.address, language)
    said = text_of(stranger, "/me/")
    assert {"zh-CN": "什么都没有", "zh-TW": "什麼都沒有", "en-US": "Nothing."}[language] in said
    assert "device" not in names(stranger)  # looking at it makes nobody known
    for path in ("/me/erase/", "/me/seen/"):
        assert FIRST not in stranger.page(path)
    with post(stranger, "/me/export/") as response:
        assert "text/html" in response.headers["Content-Type"]


def test_what_is_kept_is_said_in_plain_words(visitor: Visitor) -> None:
    said = text_of(visitor, "/me/")
    assert "聊天 1 · 消息 2" in said
    assert "十分钟以后就彻底没了" in said
    assert "24 个月" in said
    assert "铁了心去看" in said
    page = visitor.page("/me/")
    for address in ("/talk/", "/me/seen/", "/me/erase/", "/me/export/", "/about/"):
        assert f'"{address}"' in page
    assert FIRST not in page
    assert not re.search(r"\b(?:high|moderate|imminent|low)\b", page)


def test_nobody_has_looked(visitor: Visitor) -> None:
    assert "没有人看过你的东西" in text_of(visitor, "/me/seen/")
    copy_of(visitor)  # what one does oneself is not somebody else's look
    assert "没有人看过你的东西" in text_of(visitor, "/me/seen/")


def test_a_copy_is_theirs_and_nothing_of_it_stays(standing: Standing, visitor: Visitor) -> None:
    other = Visitor(standing.server.address)
    assert other.say("别人的话").saved
    before = set(standing.installation.data_dir.rglob("*"))
    told = copy_of(visitor)
    [talk] = told["conversations"]
    assert talk["messages"][0]["text"] == FIRST
    assert "别人的话" not in json.dumps(told, ensure_ascii=False)
    assert set(standing.installation.data_dir.rglob("*")) == before
    [[number]] = standing.installation.main(
        "SELECT count(*) FROM privacy_auditentry WHERE action = 'exported' AND by_ref = %s",
        told["person"],
    )
    assert number == 1


def test_a_copy_is_only_given_to_a_form_of_ours(visitor: Visitor) -> None:
    for path in ("/me/export/", "/me/erase/"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            visitor.open(path, {"step": "do", "sure": "1"})
        with refused.value as error:
            assert error.code == 403
            assert "刚才没成" in error.read().decode()
    with pytest.raises(urllib.error.HTTPError) as asked:
        visitor.open("/me/export/")
    with asked.value as error:
        assert error.code == 405
    assert FIRST in visitor.page(visitor.conversation)


def test_erasing_is_asked_twice_and_then_done(standing: Standing, visitor: Visitor) -> None:
    person = copy_of(visitor)["person"]
    first = text_of(visitor, "/me/erase/")
    assert "会没的" in first
    assert "三十天" in first
    with post(visitor, "/me/erase/", step="ask") as response:
        asked = response.read().decode()
    assert 'name="sure"' in asked
    with post(visitor, "/me/erase/", step="do") as response:
        assert "什么都没抹" in plain(response.read().decode())
    assert FIRST in visitor.page(visitor.conversation)

    with post(visitor, "/me/erase/", step="do", sure="1") as response:
        said = plain(response.read().decode())
    assert "都没了" in said
    assert "三十天" in said
    assert not {"device", "tz", "place", "session"} & names(visitor)
    assert FIRST not in visitor.page(visitor.conversation)
    assert "什么都没有" in text_of(visitor, "/me/")
    assert standing.installation.keys(
        "SELECT count(*) FROM privacy_personkey WHERE person_id = %s",
        person if standing.installation.databases else person.replace("-", ""),
    ) == [(0,)]


def test_the_same_cookie_in_another_browser_leads_nowhere(
    standing: Standing, visitor: Visitor
) -> None:
    other = Visitor(standing.server.address)
    for one in visitor.cookies:
        other.cookies.set_cookie(one)
    with post(visitor, "/me/erase/", step="do", sure="1"):
        pass
    assert FIRST not in other.page(visitor.conversation)
    assert "什么都没有" in text_of(other, "/me/")
    assert other.say("又来了").saved
    assert text_of(other, "/me/").count("消息 2") == 1


def test_a_reply_that_is_coming_is_ended_and_never_stored(
    tmp_path: Path, fresh_databases: dict[str, str]
) -> None:
    installation = Installation(tmp_path / "data", fresh_databases)
    with running("long", delay=0.1) as upstream:
        worded = {"QINGTING_MODEL_URL": upstream.base_url, "QINGTING_MODEL_NAME": "test"}
        with installation.server(**worded) as server:
            visitor = Visitor(server.address)
            speaking = Listening(visitor, FIRST).begin()
            assert speaking.heard.wait(30)
            with post(visitor, "/me/erase/", step="do", sure="1") as response:
                assert "都没了" in plain(response.read().decode())
            ended = speaking.end()
            assert ended.events[-1]["event"] == "done"
            assert ended.events[-1]["saved"] is False
    for table in ("people_person", "talk_conversation", "talk_turn", "talk_message"):
        assert installation.count(table) == 0
    assert installation.count("policy_event", "person_id IS NOT NULL") == 0


def test_where_nothing_can_be_read_it_says_so(
    tmp_path: Path, fresh_databases: dict[str, str]
) -> None:
    installation = Installation(tmp_path / "data", fresh_databases)
    with installation.server() as server:
        visitor = Visitor(server.address)
        assert visitor.say(FIRST).saved
    installation.keys("DROP TABLE privacy_personkey")
    key = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="
    with installation.server(QINGTING_MASTER_KEY=key) as server:
        visitor.address = server.address
        with pytest.raises(urllib.error.HTTPError) as refused:
            post(visitor, "/me/export/")
        with refused.value as error:
            assert error.code == 503
            assert "琴盒" not in error.read().decode()
