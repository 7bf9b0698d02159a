"""The first start makes what is needed and nobody else can read it; a start that cannot be says so
in one plain line."""

from __future__ import annotations

import base64
import os
import re
import socket
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.servers.qingting import Visitor
from tests.talk.installation import ON_POSTGRES, Installation

pytestmark = pytest.mark.process


@pytest.fixture
def installation(tmp_path: Path, fresh_databases: dict[str, str]) -> Installation:
    return Installation(tmp_path / "data", fresh_databases, first=True)


def serve(installation: Installation, *arguments: str, **environment: str) -> tuple[int, str]:
    """Start a server that is expected to end by itself; its status and what it says."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("QINGTING")}
    ended = subprocess.run(
        [str(Path(sys.executable).with_name("qingting")), "serve", "--port", "0", *arguments],
        env={
            **clean,
            "QINGTING_DATA_DIR": str(installation.data_dir),
            **installation.databases,
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return ended.returncode, ended.stderr


def assert_says_in_one_line(ended: tuple[int, str], *words: str) -> None:
    status, said = ended
    assert status == 2
    assert said.startswith("qingting: ")
    assert len(said.strip().splitlines()) == 1
    for word in words:
        assert word in said


def modes(folder: Path) -> Mapping[str, int]:
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode)
        for path in [folder, *folder.rglob("*")]
    }


def test_the_first_start_makes_a_folder_only_its_owner_can_enter(
    installation: Installation,
) -> None:
    with installation.server() as server:
        assert Visitor(server.address).say("第一次打开").saved
        made = modes(installation.data_dir)
    assert made["."] == made["secrets"] == made["keys"] == 0o700
    assert made["secrets/master.key"] == made["secrets/signing.key"] == 0o600
    key = (installation.data_dir / "secrets" / "master.key").read_text()
    assert len(base64.b64decode(key.strip(), validate=True)) == 32


def test_a_folder_that_was_open_to_others_is_closed(installation: Installation) -> None:
    installation.data_dir.mkdir(mode=0o755)
    with installation.server():
        assert modes(installation.data_dir)["."] == 0o700


def test_the_second_start_keeps_the_secrets(installation: Installation) -> None:
    def secrets() -> dict[str, str]:
        return {one.name: one.read_text() for one in (installation.data_dir / "secrets").iterdir()}

    with installation.server() as server:
        visitor = Visitor(server.address)
        visitor.say("第一次打开")
        before = secrets()
    with installation.server() as server:
        visitor.address = server.address
        assert "第一次打开" in visitor.page(visitor.conversation)
    assert secrets() == before


def test_an_old_installation_never_gets_a_new_key(installation: Installation) -> None:
    key = installation.data_dir / "secrets" / "master.key"
    with installation.server() as server:
        visitor = Visitor(server.address)
        assert visitor.say("第一次打开").saved
    lost = key.read_text()
    key.unlink()
    with installation.server() as server:
        visitor.address = server.address
        assert not visitor.say("还在吗").saved
        assert "key is missing" in server.log.read_text()
        assert str(key) in server.log.read_text()
    assert not key.exists()
    key.write_text(lost)
    with installation.server() as server:
        visitor.address = server.address
        assert "第一次打开" in visitor.page(visitor.conversation)
        assert visitor.say("还在吗").saved


@pytest.mark.skipif(ON_POSTGRES, reason="about SQLite files elsewhere")
def test_an_old_installation_with_databases_elsewhere_never_gets_a_new_key_either(
    installation: Installation, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    elsewhere = {
        "QINGTING_DATABASE_URL": f"sqlite:///{tmp_path}/elsewhere/main.sqlite3",
        "QINGTING_KEYS_DATABASE_URL": f"sqlite:///{tmp_path}/elsewhere/keys.sqlite3",
    }
    key = installation.data_dir / "secrets" / "master.key"
    with installation.server(**elsewhere):
        assert key.exists()
    key.unlink()
    with installation.server(**elsewhere):
        assert not key.exists()


@pytest.mark.skipif(ON_POSTGRES, reason="about a folder's name")
def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    installation = Installation(tmp_path / "我的 数据 #1 100%?" / "data", first=True)
    installation.data_dir.parent.mkdir()
    with installation.server() as server:
        assert Visitor(server.address).say("第一次打开").saved
    assert (installation.data_dir / "qingting.sqlite3").exists()
    assert [one.name for one in tmp_path.iterdir()] == [installation.data_dir.parent.name]


@pytest.mark.parametrize("name", ["MASTER_KEY", "SECRET_KEY", "DATABASE_URL", "MODEL_KEY"])
def test_a_secret_file_that_is_not_there_stops_the_start(
    installation: Installation, name: str
) -> None:
    variable = f"QINGTING_{name}_FILE"
    ended = serve(installation, **{variable: "/not/there"})
    assert_says_in_one_line(ended, variable, "/not/there")
    assert not installation.data_dir.exists()


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("QINGTING_MASTER_KEY", "abc", "32 bytes"),
        ("QINGTING_DATABASE_URL", "nonsense", "QINGTING_DATABASE_URL"),
        ("QINGTING_PUBLIC_URL", "qingting.example.edu", "QINGTING_PUBLIC_URL"),
        ("QINGTING_MODEL_BETWEEN", "soon", "QINGTING_MODEL_BETWEEN"),
        ("QINGTING_DATA_DIR", "/proc/not-here", "QINGTING_DATA_DIR"),
    ],
)
def test_a_wrong_setting_stops_the_start(
    installation: Installation, variable: str, value: str, said: str
) -> None:
    assert_says_in_one_line(serve(installation, **{variable: value}), said)


@pytest.mark.skipif(ON_POSTGRES, reason="with PostgreSQL several may serve")
def test_a_second_server_on_one_folder_says_so_kindly(installation: Installation) -> None:
    with installation.server() as server:
        ended = serve(installation)
        assert_says_in_one_line(ended, str(installation.data_dir), "QINGTING_DATA_DIR")
        assert Visitor(server.address).say("还在").saved


@pytest.mark.skipif(ON_POSTGRES, reason="with PostgreSQL several may serve")
def test_a_killed_server_leaves_no_lock_behind(installation: Installation) -> None:
    with installation.server() as server:
        server.kill()
    with installation.server() as again:
        assert Visitor(again.address).say("还在").saved


def test_a_port_that_is_taken_is_said_with_what_to_do(installation: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = serve(installation, "--port", port)
    assert_says_in_one_line(ended, f"127.0.0.1:{port}", "--port")


def test_it_says_where_it_listens(installation: Installation) -> None:
    with installation.server() as server:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", server.address)
        assert Visitor(server.address).page("/healthz") == "ok"
