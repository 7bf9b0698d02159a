"""When nothing can be kept, people are answered all the same: at once, in their language, with
their words still in the field; and what they wrote is in no log."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

import psycopg
import pytest

from qingting.companion.person import Language
from qingting.companion.protect.notices import notice_text
from tests.servers.qingting import Server, Told, Visitor
from tests.talk.installation import ON_POSTGRES, Installation, new_databases
from tests.talk.shown import Page

pytestmark = pytest.mark.process

BEFORE = {"zh": "小测又没考好，回宿舍一路都没说话", "en": "I failed the quiz and walked home alone"}
ORDINARY = {"zh": "我妈今天又拿表姐来跟我比", "en": "My mom compared me to my cousin again today"}
DANGER = {"zh": "我不想活了", "en": "I want to kill myself"}
LANGUAGES: tuple[Language, ...] = ("zh", "en")

Break = Callable[[Installation], dict[str, str]]


def read_only(installation: Installation) -> dict[str, str]:
    """mode=ro for SQLite; PostgreSQL as a standby is."""
    if not ON_POSTGRES:
        return {"QINGTING_DATABASE_URL": sqlite_with(installation, "mode=ro")}
    address = installation.databases["QINGTING_DATABASE_URL"]
    with psycopg.connect(address, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    return {}


def read_only_everywhere(installation: Installation) -> dict[str, str]:
    """The key database as well."""
    keys = sqlite_with(installation, "mode=ro", "keys/keys.sqlite3")
    return {**read_only(installation), "QINGTING_KEYS_DATABASE_URL": keys}


def full(installation: Installation) -> dict[str, str]:
    """Not a page more than there are; the room left in them is used up by the test."""
    return {"QINGTING_DATABASE_URL": sqlite_with(installation, "max_page_count=1")}


def missing_database(installation: Installation) -> dict[str, str]:
    """An address where there is none."""
    if ON_POSTGRES:
        address = installation.databases["QINGTING_DATABASE_URL"]
        return {"QINGTING_DATABASE_URL": re.sub(r"/(fresh|shared)_\w+", "/not_there", address)}
    return {"QINGTING_DATABASE_URL": "sqlite:////not/there/qingting.sqlite3"}


def missing_key_database(installation: Installation) -> dict[str, str]:
    """The main database answers, the key database does not."""
    return {"QINGTING_KEYS_DATABASE_URL": "sqlite:////not/there/keys.sqlite3"}


def missing_master_key(installation: Installation) -> dict[str, str]:
    """The installation's key is lost."""
    (installation.data_dir / "secrets" / "master.key").unlink()
    return {}


def missing_person_key(installation: Installation) -> dict[str, str]:
    """This person's key was destroyed."""
    installation.keys("DELETE FROM privacy_personkey")
    return {}


def other_master_key(installation: Installation) -> dict[str, str]:
    """Somebody restored the key of another installation."""
    return {"QINGTING_MASTER_KEY": "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="}


CONDITIONS: list[Break] = [
    read_only,
    missing_database,
    missing_master_key,
    missing_person_key,
    other_master_key,
]
if not ON_POSTGRES:
    CONDITIONS += [read_only_everywhere, full, missing_key_database]


def sqlite_with(installation: Installation, query: str, file: str = "qingting.sqlite3") -> str:
    return f"sqlite:///{quote(str(installation.data_dir / file))}?{query}"


@dataclass(frozen=True, slots=True)
class Broken:
    """A server whose storage fails, and somebody who talked here before it did."""

    server: Server
    visitors: dict[Language, Visitor]


@pytest.fixture(params=CONDITIONS, ids=lambda one: one.__name__, scope="module")
def broken(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Broken]:
    """Each condition once for all the tests; nothing is kept, so none sees what another did."""
    installation = Installation(tmp_path_factory.mktemp("broken") / "data", new_databases())
    with installation.server() as server:
        visitors: dict[Language, Visitor] = {
            "zh": Visitor(server.address, "zh-CN"),
            "en": Visitor(server.address, "en-US"),
        }
        for language, visitor in visitors.items():
            assert visitor.say(BEFORE[language]).saved
    server.log.write_text("")
    with installation.server(**request.param(installation)) as server:
        for visitor in visitors.values():
            visitor.address = server.address
        if request.param is full:
            use_up(visitors)
        yield Broken(server, visitors)


def use_up(visitors: dict[Language, Visitor]) -> None:
    """Write until there is no room, in both conversations."""
    for visitor in visitors.values():
        assert any(not visitor.say(f"{ORDINARY['zh']} {n}").saved for n in range(200))


def test_it_answers_at_once_unsaved_and_says_so(broken: Broken) -> None:
    for language, visitor in broken.visitors.items():
        told = visitor.say(ORDINARY[language])
        assert told.done is not None
        assert not told.saved
        assert told.done["conversation"] is None
        assert told.reply
        assert language_of(told) == language
        assert unsaved(language) in notices(told)
    assert "Traceback" not in broken.server.log.read_text()


def test_danger_is_answered_with_authored_words_and_a_line(broken: Broken) -> None:
    for language, visitor in broken.visitors.items():
        told = visitor.say(DANGER[language])
        assert not told.saved
        assert unsaved(language) in notices(told)
        [line] = [one for one in told.events if one.get("kind") == "line"]
        number = re.search(r"\d{3,}", line["text"])
        assert number is not None
        assert number.group() in told.reply
        assert line["href"].startswith(("tel:", "sms:"))


def test_the_page_without_a_script_keeps_the_words_in_the_field(broken: Broken) -> None:
    for language, visitor in broken.visitors.items():
        for text in (ORDINARY[language], DANGER[language]):
            page = Page(visitor.say_without_script(text))
            assert page.written == text
            assert unsaved(language) in page.notices
            assert page.messages[-2] == ("person", text)
            assert page.messages[-1][0] == "companion"
            assert page.messages[-1][1]
        assert re.search(r"\d{3,}", page.messages[-1][1])


def test_pages_say_kindly_what_cannot_be_read_and_keep_the_field(broken: Broken) -> None:
    for visitor in broken.visitors.values():
        for path in ("/", visitor.conversation):
            assert Page(visitor.page(path)).field_form.action
        assert "/now/" in Page(visitor.page("/talk/")).links


def test_nothing_typed_is_in_the_log(broken: Broken) -> None:
    for language, visitor in broken.visitors.items():
        visitor.say(ORDINARY[language])
        visitor.say_without_script(DANGER[language])
    log = broken.server.log.read_text()
    for said in (*BEFORE.values(), *ORDINARY.values(), *DANGER.values()):
        assert said not in log
        assert quote(said) not in log
        assert ascii(said).strip("'") not in log


def test_a_stranger_is_answered_unsaved_too(broken: Broken, request: pytest.FixtureRequest) -> None:
    if request.node.callspec.params["broken"] in (missing_person_key, other_master_key, full):
        pytest.skip("a new person can be kept then")
    told = Visitor(broken.server.address, "zh-CN").say(DANGER["zh"])
    assert told.reply
    assert not told.saved


@pytest.mark.skipif(ON_POSTGRES, reason="needs no database; once is enough")
def test_a_database_that_never_answers_delays_nobody_for_long(installation: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        address = f"postgresql://somebody@127.0.0.1:{port}/qingting?connect_timeout=2"
        with installation.server(QINGTING_DATABASE_URL=address) as server:
            told = Visitor(server.address).say(DANGER["zh"])
    assert told.reply
    assert not told.saved


@pytest.mark.skipif(ON_POSTGRES, reason="its pages are SQLite's")
def test_a_reply_that_found_no_room_is_stored_as_it_was_said_once_there_is_some(
    installation: Installation,
) -> None:
    """The message fits, its reply does not: nobody waits for that, and nothing is said anew."""
    with installation.server() as server:
        visitor = Visitor(server.address)
        visitor.say(BEFORE["zh"])
    installation.main("CREATE TABLE ballast AS SELECT randomblob(400000) AS weight")
    pages = [f"page_{n}" for n in range(60)]
    for page in pages:
        installation.main(f"CREATE TABLE {page} AS SELECT randomblob(3000) AS weight")
    with installation.server(**full(installation)) as server:
        visitor.address = server.address
        number, told = 0, visitor.say("嗯")
        while number < 500 and not installation.count("talk_turn", "status = 'open'"):
            if not told.saved:
                # It was the message that found no room: a page more, until only its reply does.
                installation.main(f"DROP TABLE {pages.pop()}")
            number += 1
            told = visitor.say(f"嗯 {number}", f"key-{number}")
        assert installation.count("talk_turn", "status = 'open'") == 1
        assert unsaved("zh") in notices(told)

        began = time.monotonic()
        danger = visitor.say(DANGER["zh"])
        assert time.monotonic() - began < 30
        assert danger.reply
        assert not danger.saved
        assert Page(visitor.page(visitor.conversation)).said_by("person")[-1] == f"嗯 {number}"

        installation.main("DROP TABLE ballast")
        again = visitor.say(f"嗯 {number}", f"key-{number}")
        assert again.saved
        assert again.reply == told.reply
        assert visitor.say(DANGER["zh"]).saved
    texts = [one.text for one in installation.kept()]
    assert texts.count(f"嗯 {number}") == 1
    assert texts.count(DANGER["zh"]) == 1


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has no server that could hang up")
def test_a_database_that_restarted_costs_nobody_a_message(installation: Installation) -> None:
    with installation.server() as server:
        visitor = Visitor(server.address)
        assert visitor.say(BEFORE["zh"]).saved
        for run in (installation.main, installation.keys):
            run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        assert visitor.say(ORDINARY["zh"]).saved
        assert len(Page(visitor.page(visitor.conversation)).messages) == 4


def unsaved(language: Language) -> str:
    return notice_text("unsaved", language, "", 0)


def notices(told: Told) -> list[str]:
    return [one["text"] for one in told.events if one["event"] == "notice"]


def language_of(told: Told) -> str:
    [reading] = [one for one in told.events if one["event"] == "reading"]
    return str(reading["language"])
