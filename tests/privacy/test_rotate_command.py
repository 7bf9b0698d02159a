"""`qingting keys`: a new installation key takes the old one's place while people go on talking, and
whatever happens meanwhile nothing is lost and nothing is printed."""

from __future__ import annotations

import base64
import os
import signal
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from qingting.privacy.key_provider import GivenKeys, parse_keys, write_keys
from tests.privacy.planting import Installed
from tests.servers.qingting import Visitor
from tests.talk.installation import ON_POSTGRES, Installation, as_uuid

pytestmark = pytest.mark.process

MANY = 6_000


@pytest.fixture
def installation(tmp_path: Path, fresh_databases: dict[str, str]) -> Installation:
    return Installation(tmp_path / "data", fresh_databases)


def commands(installation: Installation) -> Installed:
    return Installed({"QINGTING_DATA_DIR": str(installation.data_dir), **installation.databases})


def key_file(installation: Installation) -> Path:
    return installation.data_dir / "secrets" / "master.key"


def keys_in(installation: Installation) -> tuple[bytes, ...]:
    return parse_keys(key_file(installation).read_text())


def wrapped(installation: Installation) -> dict[UUID, bytes]:
    rows = installation.keys("SELECT person_id, wrapped FROM privacy_personkey")
    return {as_uuid(person): bytes(value) for person, value in rows}


def fill(installation: Installation, number: int) -> dict[UUID, bytes]:
    """So many people's keys, under the key that is there."""
    provider, made = GivenKeys(keys_in(installation)), {}
    for _ in range(number):
        made[uuid4()] = os.urandom(32)
    batch = list(made.items())
    mark = "%s" if ON_POSTGRES else "?"
    for start in range(0, number, 200):
        rows = batch[start : start + 200]
        values = ", ".join([f"({mark}, {mark}, {mark})"] * len(rows))
        flat: list[object] = []
        for person, key in rows:
            flat += [person, provider.wrap(key, person), str(datetime.now(UTC))]
        installation.keys(
            f"INSERT INTO privacy_personkey (person_id, wrapped, created_at) VALUES {values}", *flat
        )
    return made


def test_killed_in_the_middle_nothing_is_lost_and_the_next_run_goes_on(
    installation: Installation,
) -> None:
    command = commands(installation)
    with installation.server() as server:
        visitor = Visitor(server.address)
        assert visitor.say("换钥匙之前说的").saved
        data_keys = fill(installation, MANY)
        [old] = keys_in(installation)
        running = command.start("keys", "rotate")
        while True:
            assert running.poll() is None, running.communicate()
            if len(keys_in(installation)) == 2 and under_current(installation) > 400:
                break
            time.sleep(0.01)
        running.send_signal(signal.SIGKILL)
        running.communicate()
        assert 0 < under_current(installation) < MANY
        new, kept = keys_in(installation)
        assert (kept, new != old) == (old, True)
        both = GivenKeys([new, old])
        stored = wrapped(installation)
        assert all(both.unwrap(stored[person], person) == key for person, key in data_keys.items())
        assert visitor.say("换到一半的时候说的").saved
        assert Visitor(server.address).say("换到一半才来的人").saved
        assert "换钥匙之前说的" in visitor.page(visitor.conversation)
        status = command.command("keys", "status").stdout
        assert "keys rotate" in status
        refused = command.command("keys", "retire", "--yes")
        assert (refused.returncode, len(keys_in(installation))) == (2, 2)
        done = command.command("keys", "rotate")
        assert (done.returncode, "going on" in done.stdout) == (0, True), done.stderr
        assert under_current(installation) == MANY + 2
        assert keys_in(installation) == (new, old), "no third key was made"
        assert command.command("keys", "retire", "--yes").returncode == 0
        assert keys_in(installation) == (new,)
        assert visitor.say("换好之后说的").saved
        assert Visitor(server.address).say("换好之后才来的人").saved
    alone = GivenKeys([new])
    stored = wrapped(installation)
    assert all(alone.unwrap(stored[person], person) == key for person, key in data_keys.items())
    with installation.server() as server:
        visitor.address = server.address
        assert "换到一半的时候说的" in visitor.page(visitor.conversation)


def under_current(installation: Installation) -> int:
    head = b"\x02" + bytes.fromhex(GivenKeys(keys_in(installation)).current())
    return sum(value.startswith(head) for value in wrapped(installation).values())


def test_a_running_server_serves_everybody_while_the_key_changes_again_and_again(
    installation: Installation,
) -> None:
    command = commands(installation)
    with installation.server() as server:
        old_friend = Visitor(server.address)
        for turn in range(3):
            assert old_friend.say(f"第{turn}把钥匙").saved
            assert command.command("keys", "rotate").returncode == 0
            assert Visitor(server.address).say(f"第{turn}位新来的").saved
        page = old_friend.page(old_friend.conversation)
        assert all(f"第{turn}把钥匙" in page for turn in range(3))
    assert len(keys_in(installation)) == 4
    assert command.command("audit", "verify").returncode == 0
    assert command.command("audit", "show").stdout.count("keys_rotated") == 3


def test_no_key_is_ever_printed(installation: Installation) -> None:
    command = commands(installation)
    commands(installation).plant(1)
    said = ""
    secrets = set()
    for arguments in (["status"], ["rotate"], ["status"], ["retire", "--yes"], ["status"]):
        secrets |= set(keys_in(installation))
        done = command.command("keys", *arguments)
        assert done.returncode == 0, done.stderr
        said += done.stdout + done.stderr
    assert len(secrets) == 2
    for key in secrets:
        for shown in (base64.b64encode(key).decode(), key.hex()):
            assert shown not in said
    assert GivenKeys(keys_in(installation)).current() in said


def test_a_key_of_ones_own_is_taken(installation: Installation, tmp_path: Path) -> None:
    command, mine = commands(installation), tmp_path / "mine.key"
    commands(installation).plant(1)
    [old] = keys_in(installation)
    write_keys(mine, [b"m" * 32])
    for _ in range(2):
        assert command.command("keys", "rotate", "--new-key", str(mine)).returncode == 0
        assert keys_in(installation) == (b"m" * 32, old)
    mine.write_text("no key")
    refused = command.command("keys", "rotate", "--new-key", str(mine))
    assert (refused.returncode, "no key" in refused.stderr) == (2, False)


def test_a_key_from_the_environment_is_changed_there_first(installation: Installation) -> None:
    command = commands(installation)
    with installation.server() as server:
        visitor = Visitor(server.address)
        assert visitor.say("换之前").saved
    [old] = keys_in(installation)
    both = " ".join(base64.b64encode(key).decode() for key in (b"n" * 32, old))
    only_new = base64.b64encode(b"n" * 32).decode()
    refused = command.command("keys", "rotate", QINGTING_MASTER_KEY=both)
    assert (refused.returncode, "--restarted" in refused.stderr) == (2, True)
    assert both.split()[1] not in refused.stderr
    with installation.server(QINGTING_MASTER_KEY=both) as server:
        visitor.address = server.address
        assert visitor.say("两把都在").saved
        done = command.command("keys", "rotate", "--restarted", QINGTING_MASTER_KEY=both)
        assert done.returncode == 0, done.stderr
        assert visitor.say("换好了").saved
    with installation.server(QINGTING_MASTER_KEY=only_new) as server:
        visitor.address = server.address
        assert "换之前" in visitor.page(visitor.conversation)
        assert visitor.say("只剩新的").saved


@pytest.mark.skipif(ON_POSTGRES, reason="about a read-only SQLite file")
def test_a_rotation_that_cannot_be_noted_does_not_begin(installation: Installation) -> None:
    commands(installation).plant(1)
    before = key_file(installation).read_bytes()
    read_only = f"sqlite:///{installation.data_dir}/qingting.sqlite3?mode=ro"
    done = commands(installation).command("keys", "rotate", QINGTING_DATABASE_URL=read_only)
    assert done.returncode == 2
    assert key_file(installation).read_bytes() == before


def test_without_a_key_it_says_so(installation: Installation) -> None:
    commands(installation).plant(1)
    key_file(installation).unlink()
    done = commands(installation).command("keys", "rotate")
    assert (done.returncode, str(key_file(installation)) in done.stderr) == (2, True)
    assert not key_file(installation).exists()
