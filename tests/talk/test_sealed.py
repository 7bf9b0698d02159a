"""What people say lies on the disk only sealed: in no file, in no encoding, in no log, and for
nobody once their key is destroyed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit
from uuid import uuid4

import pytest

from qingting.privacy.errors import KeyMissing
from qingting.privacy.keyring import Keyring
from tests.servers.qingting import Server, Visitor
from tests.talk.installation import Installation, new_databases
from tests.talk.shown import Page

pytestmark = pytest.mark.process

PLANTED = (
    "鲸鱼味的汽水洒在李老师的讲义上了",
    "我跟阿澈说那只纸船是我折的",
    "七月的最后一个周三我在天台坐到关门",
    "我妈翻了我藏在琴盒里的信",
    "外婆走的那天我还在考场里写作文",
    "我偷偷退了他给我报的会计班",
    "宿舍长当着全班念了我的日记",
    "其实我已经三个星期没去上课了",
    "我不想活了，就现在这一刻",
    "他说再告诉别人就把照片发出去",
    "我把药都收在蓝色的铁盒子里",
    "保研名单上没有我，我还发了恭喜",
    "The violin teacher kept my letter in her drawer",
    "I told Maren the paper boat was mine",
    "Nobody came to my birthday except the janitor",
    "I slept in the library stairwell on Tuesday",
    "My dad sold the dog without telling me",
    "I want to die and I bought the rope at Kessler's",
    "She read my diary out loud at the lacrosse dinner",
    "I have not eaten since the regatta",
)


@pytest.fixture(scope="module")
def told(standing_alone: tuple[Installation, Server]) -> Visitor:
    """Somebody who said all of it, half of it without a script, and gave the talk a name."""
    visitor = Visitor(standing_alone[1].address)
    for number, sentence in enumerate(PLANTED):
        if number % 2:
            assert visitor.say(sentence).saved
        else:
            assert sentence in Page(visitor.say_without_script(sentence)).said_by("person")
    return visitor


@pytest.fixture(scope="module")
def standing_alone(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Installation, Server]]:
    """A server of this file's own, which its last tests stop."""
    installation = Installation(tmp_path_factory.mktemp("sealed") / "data", new_databases())
    with installation.server() as server:
        yield installation, server


def forms_of(sentence: str) -> Iterator[bytes]:
    """Either half of a sentence, in every way it may lie somewhere."""
    half = len(sentence) // 2
    for part in (sentence[:half], sentence[half:]):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
            yield part.encode(encoding)
        yield json.dumps(part)[1:-1].encode()
        yield quote(part).encode()


def files_of(installation: Installation) -> list[Path]:
    """Every file of the data folder; on PostgreSQL those of its databases and of the log of
    changes as well."""
    files = [file for file in installation.data_dir.rglob("*") if file.is_file()]
    if installation.databases:
        since = min(file.stat().st_mtime for file in files)
        address = installation.databases["QINGTING_DATABASE_URL"]
        folder = Path(parse_qs(urlsplit(address).query)["host"][0])
        for run in (installation.main, installation.keys):
            [[oid]] = run("SELECT oid FROM pg_database WHERE datname = current_database()")
            files += (folder / "base" / str(oid)).iterdir()
        changes = [file for file in (folder / "pg_wal").iterdir() if file.is_file()]
        files += [file for file in changes if file.stat().st_mtime >= since]
    return files


def assert_in_no_file(installation: Installation, server: Server) -> None:
    needles = {form for sentence in PLANTED for form in forms_of(sentence)}
    searched = [*files_of(installation), server.log]
    assert len(searched) > 5
    for file in searched:
        try:
            content = file.read_bytes()
        except FileNotFoundError:  # PostgreSQL makes some of its own anew while it runs
            continue
        found = [needle for needle in needles if needle in content]
        assert not found, f"{file} holds {found}"


def test_the_search_would_find_a_sentence_in_the_clear(tmp_path: Path) -> None:
    """So that an empty result means something."""
    server = Server(tmp_path / "data")
    server.log.write_text("")
    (tmp_path / "data").mkdir()
    for number in range(5):
        (tmp_path / "data" / str(number)).write_text("")
    for encoding in ("utf-8", "utf-16"):
        (tmp_path / "data" / "left").write_bytes(f"…{PLANTED[3]}…".encode(encoding))
        with pytest.raises(AssertionError):
            assert_in_no_file(Installation(tmp_path / "data"), server)


def test_what_was_said_can_be_read_again_by_whoever_said_it(told: Visitor) -> None:
    page = Page(told.page(told.conversation))
    assert tuple(page.said_by("person")) == PLANTED


def test_while_it_runs_it_is_in_no_file(
    told: Visitor, standing_alone: tuple[Installation, Server]
) -> None:
    installation, server = standing_alone
    wal = installation.data_dir / "qingting.sqlite3-wal"
    assert installation.databases or wal.stat().st_size > 0
    assert_in_no_file(installation, server)


def test_after_it_stopped_it_is_in_no_file(
    told: Visitor, standing_alone: tuple[Installation, Server]
) -> None:
    installation, server = standing_alone
    if installation.databases:
        installation.main("CHECKPOINT")
    server.stop()
    assert_in_no_file(installation, server)


def test_without_the_installations_key_nothing_opens(
    told: Visitor, standing_alone: tuple[Installation, Server]
) -> None:
    installation, _ = standing_alone
    key = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="
    with installation.server(QINGTING_MASTER_KEY=key) as server:
        told.address = server.address
        for path in (told.conversation, "/talk/", "/"):
            html = told.page(path)
            assert not [one for one in PLANTED if one in html or one[:12] in html]


def test_once_the_persons_key_is_destroyed_nothing_opens(
    told: Visitor, standing_alone: tuple[Installation, Server]
) -> None:
    installation, _ = standing_alone
    installation.keys("DELETE FROM privacy_personkey")
    with installation.server() as server:
        told.address = server.address
        for path in (told.conversation, "/talk/", "/"):
            html = told.page(path)
            assert not [one for one in PLANTED if one in html or one[:12] in html]
    assert_in_no_file(installation, server)


@pytest.mark.django_db(databases=["default", "keys"])
def test_a_destroyed_key_is_gone_at_once_for_whoever_holds_the_keyring() -> None:
    keyring, person = Keyring(b"k" * 32), uuid4()
    keyring.create(person)
    keyring.open(person)
    keyring.destroy(person)
    with pytest.raises(KeyMissing):
        keyring.open(person)
