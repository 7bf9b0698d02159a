"""The safety plan on a real server and a real database, SQLite or PostgreSQL."""

from __future__ import annotations

import html
import urllib.error
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from qingting.companion.protect.safety_plan import SECTIONS
from tests.servers.qingting import Server, Visitor
from tests.talk.installation import Installation, new_databases

pytestmark = pytest.mark.process

LINE = "鲸鱼味的汽水，找阿澈要"


@dataclass(frozen=True, slots=True)
class Standing:
    """A server for this file."""

    installation: Installation
    server: Server


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    installation = Installation(tmp_path_factory.mktemp("plans") / "data", new_databases())
    with installation.server() as server:
        yield Standing(installation, server)


def save(visitor: Visitor, seen: str = "", **typed: str) -> str:
    """Send the form as a browser does; the page that answers."""
    token = visitor.fields("")["csrfmiddlewaretoken"]
    form = {"csrfmiddlewaretoken": token, "seen": seen, **dict.fromkeys(SECTIONS, ""), **typed}
    with visitor.open("/safety/plan/", form) as response:
        assert response.status == 200
        return str(html.unescape(response.read().decode()))


def test_it_is_kept_for_whoever_wrote_it_and_nobody_else(standing: Standing) -> None:
    visitor, other = Visitor(standing.server.address), Visitor(standing.server.address)
    assert "存好了" in save(visitor, people=LINE)
    assert LINE in visitor.page("/safety/plan/")
    assert LINE in visitor.page("/safety/plan/copy/")
    assert LINE not in other.page("/safety/plan/")
    save(other, people="小满")
    assert LINE not in other.page("/safety/plan/") + other.page("/safety/plan/copy/")


def test_a_talk_and_the_plan_belong_to_the_same_person(standing: Standing) -> None:
    visitor = Visitor(standing.server.address)
    visitor.say("好累")
    before = standing.installation.count("people_person")
    save(visitor, people=LINE)
    assert standing.installation.count("people_person") == before


def test_its_words_are_in_no_row_and_no_log(standing: Standing) -> None:
    visitor = Visitor(standing.server.address)
    save(visitor, people=LINE)
    rows = standing.installation.main("SELECT body FROM safety_safetyplan")
    assert rows
    assert not [row for row in rows if LINE[:4].encode() in bytes(row[0])]
    assert LINE[:4] not in standing.server.log.read_text()


def test_lines_kept_at_the_same_moment_are_all_there(standing: Standing) -> None:
    """Twelve pages that were all opened on an empty plan: none writes over another."""
    visitor = Visitor(standing.server.address)
    save(visitor)
    lines = [f"第{number}件事" for number in range(12)]
    with ThreadPoolExecutor(len(lines)) as pool:
        list(pool.map(lambda line: save(visitor, "an older page", reasons=line), lines))
    page = visitor.page("/safety/plan/")
    assert [line for line in lines if f"<li>{line}</li>" not in page] == []


def test_deleted_it_leaves_no_row(standing: Standing) -> None:
    visitor = Visitor(standing.server.address)
    save(visitor, people=LINE)
    before = standing.installation.count("safety_safetyplan")
    token = visitor.fields("")["csrfmiddlewaretoken"]
    form = {"csrfmiddlewaretoken": token, "sure": "1"}
    with visitor.open("/safety/plan/delete/", form) as response:
        assert "删掉了" in response.read().decode()
    assert standing.installation.count("safety_safetyplan") == before - 1
    assert LINE not in visitor.page("/safety/plan/")


def test_another_site_cannot_write_into_it(standing: Standing) -> None:
    visitor = Visitor(standing.server.address)
    save(visitor, people=LINE)
    with pytest.raises(urllib.error.HTTPError, match="403"):
        visitor.open("/safety/plan/", {"people": "陌生人"})
    page = visitor.page("/safety/plan/")
    assert LINE in page
    assert "陌生人" not in page
