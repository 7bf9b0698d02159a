"""The cookie that knows a device: signed, of no use to scripts, never the person's id; and when it
is gone or forged, what was written is kept in a new talk."""

from __future__ import annotations

import hashlib
import http.cookiejar
import os
import socket
import subprocess
import sys
import time
import urllib.error
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from tests.servers.qingting import Server, Visitor
from tests.talk.installation import Installation, as_uuid, new_databases
from tests.talk.shown import Page

pytestmark = pytest.mark.process

FIRST = "和男朋友冷战第五天了"
LATER = "他刚才发了个在吗"


@dataclass(frozen=True, slots=True)
class Standing:
    """A server for this file."""

    installation: Installation
    server: Server


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    installation = Installation(tmp_path_factory.mktemp("people") / "data", new_databases())
    with installation.server() as server:
        yield Standing(installation, server)


@pytest.fixture
def visitor(standing: Standing) -> Visitor:
    """Somebody who said one thing."""
    visitor = Visitor(standing.server.address)
    assert visitor.say(FIRST).saved
    return visitor


def cookie_of(visitor: Visitor) -> http.cookiejar.Cookie:
    return next(one for one in visitor.cookies if one.name == "device")


def drop(visitor: Visitor) -> None:
    cookie = cookie_of(visitor)
    visitor.cookies.clear(cookie.domain, cookie.path, cookie.name)


def forge_changed(visitor: Visitor) -> None:
    cookie = cookie_of(visitor)
    assert cookie.value
    cookie.value = ("A" if cookie.value[0] != "A" else "B") + cookie.value[1:]


def forge_unsigned(visitor: Visitor) -> None:
    cookie_of(visitor).value = "someone"


def forge_signed_by_another(visitor: Visitor) -> None:
    cookie = cookie_of(visitor)
    assert cookie.value
    cookie.value = cookie.value.rsplit(":", 1)[0] + ":" + "x" * 43


def test_it_is_signed_and_kept_from_scripts(visitor: Visitor) -> None:
    cookie = cookie_of(visitor)
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "Lax"
    assert cookie.value
    assert ":" in cookie.value
    assert not cookie.secure  # this server is reached without TLS; see the next test


def test_over_tls_it_travels_only_over_tls(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("QINGTING")},
        "QINGTING_DATA_DIR": str(tmp_path / "data"),
        "QINGTING_PUBLIC_URL": "https://127.0.0.1",
    }
    command = [str(Path(sys.executable).with_name("qingting")), "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert "https://127.0.0.1" in process.stdout.readline()
            set_cookies = first_cookies(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()
    assert {one.split("=")[0] for one in set_cookies} == {"__Host-device", "__Host-csrftoken"}
    assert all("Secure" in one for one in set_cookies)


def first_cookies(address: str) -> list[str]:
    """What the first page sets, as soon as the server answers."""
    for _ in range(1200):
        try:
            with Visitor(address).open("/") as response:
                return list(response.headers.get_all("Set-Cookie"))
        except urllib.error.URLError:
            time.sleep(0.05)
    raise AssertionError("the server does not answer")


def test_it_is_neither_the_person_nor_stored_as_it_is(standing: Standing, visitor: Visitor) -> None:
    token = (cookie_of(visitor).value or "").rsplit(":", 1)[0]
    rows = standing.installation.main("SELECT person_id, token_hash FROM people_device")
    hashes = {bytes(hashed): as_uuid(person) for person, hashed in rows}
    person = hashes[hashlib.sha256(token.encode()).digest()]
    assert person.hex not in token
    assert str(person) not in token
    assert token.encode() not in hashes


@pytest.mark.parametrize(
    "lose", [drop, forge_changed, forge_unsigned, forge_signed_by_another], ids=lambda f: f.__name__
)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_without_it_what_was_written_is_kept_in_a_new_talk(
    standing: Standing, visitor: Visitor, lose: Callable[[Visitor], None], script: bool
) -> None:
    before = visitor.conversation
    lose(visitor)
    if script:
        assert visitor.say(LATER).saved
    else:
        visitor.say_without_script(LATER)
    assert visitor.conversation != before
    page = Page(visitor.page(visitor.conversation))
    assert page.said_by("person") == [LATER]
    assert len(page.said_by("companion")) == 1
    kept = [one.text for one in standing.installation.kept() if str(one.conversation) in before]
    assert kept[0] == FIRST
    assert LATER not in kept


def test_a_revoked_device_reads_nothing_and_is_still_answered(
    standing: Standing, visitor: Visitor
) -> None:
    before = visitor.conversation
    which = UUID(before.strip("/").removeprefix("talk/"))
    [[person]] = standing.installation.main(
        "SELECT person_id FROM talk_conversation WHERE id = %s", which
    )
    standing.installation.main(
        "UPDATE people_device SET revoked_at = created_at WHERE person_id = %s", as_uuid(person)
    )
    assert "/" in Page(visitor.page(before)).links
    assert FIRST not in visitor.page(before)
    assert FIRST not in visitor.page("/talk/")
    told = visitor.say(LATER)
    assert told.reply
    assert told.done is not None
