"""The audit log on real files and servers: many writers, a full disk, a disk that is only read, a
kill in the middle, and the commands that check and show it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

import psycopg
import pytest

from tests.talk.installation import ON_POSTGRES, Installation

pytestmark = pytest.mark.process
ROOT = Path(__file__).resolve().parents[2]
SOMEBODY = UUID(int=1)
only_sqlite = pytest.mark.skipif(ON_POSTGRES, reason="a file that is full or only read")


class Log:
    """An installation with one person, and processes that do deeds there."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.ended(self.start("begin"))

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[str]:
        return self._process([sys.executable, "-m", "tests.privacy.audit_deeds", *arguments], more)

    def do(self, *arguments: str, **more: str) -> list[str]:
        return self.ended(self.start(*arguments, **more))

    def command(self, *arguments: str, **more: str) -> tuple[int, str]:
        """`qingting audit ...`: its exit status and what it said."""
        qingting = str(Path(sys.executable).with_name("qingting"))
        process = self._process([qingting, "audit", *arguments], more)
        said, _ = process.communicate(timeout=120)
        return process.returncode, said

    def ended(self, process: subprocess.Popen[str]) -> list[str]:
        said, _ = process.communicate(timeout=240)
        assert process.returncode == 0, said
        return said.splitlines()

    def day(self) -> int:
        """The number of the last deed that was done."""
        if ON_POSTGRES:
            found = self.installation.main(
                "SELECT extract(epoch FROM created_at - '2026-03-01Z'::timestamptz) / 86400 "
                "FROM people_person WHERE id = %s",
                SOMEBODY,
            )
        else:
            found = self.installation.main(
                "SELECT julianday(created_at) - julianday('2026-03-01') FROM people_person "
                "WHERE id = %s",
                SOMEBODY,
            )
        return round(float(found[0][0]))

    def last(self) -> tuple[int, int]:
        """Number of the last entry, and of the deed it notes."""
        rows = self.installation.main(
            "SELECT seq, object_ref FROM privacy_auditentry ORDER BY seq DESC LIMIT 1"
        )
        return (int(rows[0][0]), int(rows[0][1])) if rows else (0, 0)

    def tamper(self, statement: str) -> None:
        """By somebody who took the triggers away."""
        if ON_POSTGRES:
            address = self.installation.databases["QINGTING_DATABASE_URL"]
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute("ALTER TABLE privacy_auditentry DISABLE TRIGGER USER")
                connection.execute(statement)
            return
        for (name,) in self.installation.main(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
            "privacy_auditentry",
        ):
            self.installation.main(f"DROP TRIGGER {name}")
        self.installation.main(statement)

    def _process(self, command: list[str], more: dict[str, str]) -> subprocess.Popen[str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("QINGTING_", "DEEPSEEK"))}
        environment = {
            **clean,
            "QINGTING_DATA_DIR": str(self.installation.data_dir),
            **self.installation.databases,
            **more,
        }
        return subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
        )


@pytest.fixture
def log(tmp_path: Path, fresh_databases: dict[str, str]) -> Log:
    return Log(Installation(tmp_path / "data", fresh_databases))


@pytest.fixture
def written(log: Log) -> Log:
    log.do("write", "2", "6")
    return log


def test_ten_threads_at_once_never_fork_the_chain(log: Log) -> None:
    assert log.do("write", "10", "40")[-1] == "done"
    status, said = log.command("verify")
    assert (status, said.splitlines()[0]) == (0, "whole: 400 entries, none missing, none changed")
    assert log.installation.keys("SELECT count FROM privacy_audithead") == [(400,)]
    noted = log.installation.main("SELECT count(DISTINCT object_ref) FROM privacy_auditentry")
    assert noted == [(400,)]


def test_nor_do_three_processes(log: Log) -> None:
    processes = [log.start("write", "3", "30") for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        assert [said[-1] for said in pool.map(log.ended, processes)] == ["done"] * 3
    assert log.command("verify")[1].startswith("whole: 270 entries")


def sqlite_with(log: Log, query: str, file: str = "qingting.sqlite3") -> str:
    return f"sqlite:///{quote(str(log.installation.data_dir / file))}?{query}"


@only_sqlite
def test_on_a_full_disk_what_cannot_be_noted_is_not_done(log: Log) -> None:
    said = log.do("until_refused", QINGTING_DATABASE_URL=sqlite_with(log, "max_page_count=1"))
    assert re.fullmatch(r"refused \d+: a deed cannot be noted \(OperationalError\)", said[-1])
    done = len(said) - 1
    assert done > 0
    assert said[-2] == f"did {done}"
    assert log.day() == log.last()[1] == done
    assert log.command("verify")[1].startswith(f"whole: {done} entries")
    # Room again: it goes on where it was.
    assert log.do("write", "1", "3") == ["done"]
    assert log.command("verify")[1].startswith(f"whole: {done + 3} entries")


def read_only(log: Log) -> dict[str, str]:
    """mode=ro for SQLite; PostgreSQL as a standby is."""
    if not ON_POSTGRES:
        return {"QINGTING_DATABASE_URL": sqlite_with(log, "mode=ro")}
    address = log.installation.databases["QINGTING_DATABASE_URL"]
    with closing(psycopg.connect(address, autocommit=True)) as connection:
        name = connection.info.dbname
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    return {}


def gone(log: Log) -> dict[str, str]:
    return {"QINGTING_DATABASE_URL": "sqlite:////not/there/qingting.sqlite3"}


def no_key(log: Log) -> dict[str, str]:
    (log.installation.data_dir / "secrets" / "master.key").unlink()
    return {}


@pytest.mark.parametrize("breaking", [read_only, gone, no_key], ids=lambda one: one.__name__)
def test_what_cannot_be_noted_says_so(
    written: Log, breaking: Callable[[Log], dict[str, str]]
) -> None:
    before = written.last()
    assert before[0] == 12
    said = written.do("note_only", **breaking(written))
    assert said[-1].startswith("refused: a deed cannot be noted (")
    assert written.last() == before


@only_sqlite
def test_with_a_key_database_that_is_only_read_the_deed_is_noted_and_its_end_said_to_lag(
    written: Log,
) -> None:
    keys = sqlite_with(written, "mode=ro", "keys/keys.sqlite3")
    said = written.do("note_only", QINGTING_KEYS_DATABASE_URL=keys)
    assert said[-1] == "noted"
    assert any("the end of the audit log could not be noted" in line for line in said)
    assert written.command("verify")[1].startswith("whole: 13 entries")
    assert written.installation.keys("SELECT count FROM privacy_audithead") == [(12,)]


@pytest.mark.parametrize("deeds", [1, 7, 40])
def test_killed_in_the_middle_deeds_and_entries_are_the_same(log: Log, deeds: int) -> None:
    process = log.start("forever")
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(deeds)]
    process.kill()
    process.communicate()
    assert said[-1].strip() == str(deeds)
    assert log.day() == log.last()[1] == log.last()[0] >= deeds
    assert log.command("verify")[0] == 0
    log.do("write", "1", "2")
    assert log.command("verify")[0] == 0


def test_verify_says_where_the_first_break_is_and_nothing_else(written: Log) -> None:
    status, said = written.command("verify")
    assert status == 0
    end = re.search(r"^end: (12:[0-9a-f]{64})$", said, re.MULTILINE)
    assert end is not None
    assert written.command("verify", "--expect", end[1])[0] == 0
    assert written.command("verify", "--expect", "nonsense")[0] == 1
    wrong = "11:" + "0" * 64
    assert written.command("verify", "--expect", wrong) == (
        1,
        "broken at entry 11: it is not the one that was noted outside of the log\n"
        "12 entries were read; 12 had been noted\n",
    )
    written.tamper("UPDATE privacy_auditentry SET action = 'erased' WHERE seq = 7")
    assert written.command("verify") == (
        1,
        "broken at entry 7: it is not as it was written\n"
        "the 6 entries before it hold; 12 had been noted\n",
    )


def test_verify_without_the_key_cannot_check_and_says_so(written: Log) -> None:
    no_key(written)
    status, said = written.command("verify")
    assert status == 1
    assert said == "qingting: the installation's key is missing\n"


def test_verify_without_an_installation_makes_none(tmp_path: Path) -> None:
    log = object.__new__(Log)
    log.installation = Installation(tmp_path / "nothing")
    status, said = log.command("verify")
    assert status == 1
    assert "there is no installation" in said
    assert not (tmp_path / "nothing").exists()


def test_show_and_export(written: Log) -> None:
    status, said = written.command("show", "--limit", "2")
    assert status == 0
    lines = said.splitlines()
    assert [int(line.split()[0]) for line in lines] == [12, 11]
    assert f"corrected              by system:test subject {SOMEBODY} object " in lines[0]
    _, said = written.command("show", "--subject", str(SOMEBODY), "--json", "--action", "corrected")
    assert len([json.loads(line) for line in said.splitlines()]) == 12
    assert written.command("show", "--action", "erased") == (0, "")
    assert written.command("show", "--since", "2999-01-01") == (0, "")
    assert written.command("show", "--action", "read_minds")[0] == 2
    _, said = written.command("export")
    exported = [json.loads(line) for line in said.splitlines()]
    assert [one["seq"] for one in exported] == list(range(1, 13))
    assert written.command("export", "--since", "2999-01-01") == (0, "")
