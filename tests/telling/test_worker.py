"""The worker as a process: killed between its steps it goes on, and its own database holds no word
of anybody's."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.servers.qingting import Server, Visitor
from tests.servers.smtp import Mailbox, mail_server
from tests.talk.installation import ON_POSTGRES, Installation

pytestmark = pytest.mark.process

SAID = ("我想死", "想好了，今晚就从顶楼跳下去")
FRIEND = {
    "name": "林小满",
    "reach": "13900000000",
    "mail": "xiaoman@example.com",
    "relation": "闺蜜",
    "called": "阿川",
    "say": "红烧肉我一直记得",
}
_SOON = 60


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation(tmp_path / "data")


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as found:
        yield found


def until(what: Callable[[], bool], within: float = _SOON) -> None:
    end = time.monotonic() + within
    while not what():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def mailed(box: Mailbox, port: int = 8000) -> dict[str, str]:
    return {
        "QINGTING_SMTP_URL": box.url,
        "QINGTING_MAIL_FROM": "notes@qingting.example.edu",
        "QINGTING_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }


def serving(installation: Installation, box: Mailbox, worker: str) -> Server:
    """With a public address, as letters need one."""
    port = free_port()
    environment = {**installation.databases, **mailed(box, port), "QINGTING_WORKER": worker}
    return Server(installation.data_dir, environment, port)


@contextmanager
def worker(installation: Installation, box: Mailbox) -> Iterator[subprocess.Popen[bytes]]:
    """`qingting worker`, killed at the end."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("QINGTING_")}
    environment = {
        **clean,
        **installation.databases,
        **mailed(box),
        "QINGTING_DATA_DIR": str(installation.data_dir),
    }
    with (installation.data_dir / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "qingting.cli.worker"], env=environment, stderr=log
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def names_a_friend(visitor: Visitor) -> None:
    form = {**visitor.fields(""), **FRIEND}
    visitor.open("/me/contact/", {**form, "step": "save"}).close()
    visitor.open("/me/contact/", {**form, "step": "yes"}).close()


def in_danger(server: Server) -> tuple[Visitor, list[dict[str, object]]]:
    visitor = Visitor(server.address)
    names_a_friend(visitor)
    told: list[dict[str, object]] = []
    for text in SAID:
        told += visitor.say(text).events
    return visitor, [one for one in told if one.get("kind") == "telling"]


def moments_pass(installation: Installation, column: str = "goes_at") -> None:
    """The wait is over: the row says so."""
    past = "2026-01-01 00:00:00" if column == "answer_by" else None
    installation.main(
        f"UPDATE telling_telling SET {column} = %s",
        past or installation.main("SELECT began_at FROM telling_telling")[0][0],
    )


def state(installation: Installation) -> str:
    return str(installation.main("SELECT state FROM telling_telling")[0][0])


@pytest.mark.skipif(ON_POSTGRES, reason="looks into SQLite files")
def test_killed_between_its_steps_it_goes_on_and_tells_once(
    installation: Installation, box: Mailbox
) -> None:
    with serving(installation, box, "apart") as server:
        visitor, notices = in_danger(server)
        (notice,) = notices
        shown = "\n".join(notice["letter"])  # type: ignore[arg-type]
        assert "林小满" in str(notice["text"])
        # It waits, with a worker and without one, killed in its sleep.
        with worker(installation, box):
            until((installation.data_dir / "work.sqlite3").exists)
            time.sleep(4)
        assert state(installation) == "waiting"
        assert box.letters == []
        page = visitor.page(visitor.conversation)
        assert "红烧肉我一直记得" in page
        assert 'value="not_now"' in page
        moments_pass(installation)
        # The mail server says "not now": killed between two tries.
        box.answers += ["451 not now"]
        with worker(installation, box):
            until(lambda: box.answers == [])
            until(lambda: letter_state(installation) == "queued")
        assert box.letters == []
        with worker(installation, box):
            until(lambda: state(installation) == "told")
        assert len(box.letters) == 1
        assert box.body().splitlines()[0] in shown
        # Killed while it waits for an answer; the answer comes without it.
        code = re.search(r"/here/([\w-]+)/", box.body())
        assert code is not None
        friend = Visitor(server.address)
        answering = friend.page(f"/here/{code[1]}/")
        assert "别骂" in answering
        form = {**friend.fields(""), "answer": "there"}
        friend.open(f"/here/{code[1]}/", form).close()
        assert state(installation) == "there"
        with worker(installation, box):
            time.sleep(4)
        assert len(box.letters) == 1
        assert "林小满" in visitor.page("/me/telling/")
    everything = (installation.data_dir / "work.sqlite3").read_bytes()
    wal = installation.data_dir / "work.sqlite3-wal"
    everything += wal.read_bytes() if wal.exists() else b""
    logs = (installation.data_dir / "worker.log").read_text() + server.log.read_text()
    for word in (*SAID, *FRIEND.values(), "顶楼", "xiaoman", "Subject", "high", "imminent"):
        assert word.encode() not in everything, word
        assert word not in logs, word


def letter_state(installation: Installation) -> str:
    return str(installation.main("SELECT state FROM outbox_letter")[0][0])


@pytest.mark.skipif(ON_POSTGRES, reason="looks into SQLite files")
def test_killed_in_the_middle_of_sending_it_is_sent_and_a_lost_database_is_no_loss(
    installation: Installation, box: Mailbox
) -> None:
    with serving(installation, box, "apart") as server:
        in_danger(server)
        moments_pass(installation)
        # As a worker leaves it that dies while the mail server has the letter in hand.
        installation.main("UPDATE telling_telling SET state = 'sending'")
        installation.main("UPDATE outbox_letter SET state = 'sending', tries = 1")
        with worker(installation, box):
            until(lambda: state(installation) == "told")
        assert len(box.letters) == 1
        for file in installation.data_dir.glob("work.sqlite3*"):
            file.unlink()
        with worker(installation, box):
            time.sleep(4)
            assert state(installation) == "told"
            moments_pass(installation, "answer_by")
            until(lambda: state(installation) == "unanswered")
        assert len(box.letters) == 1


@pytest.mark.skipif(ON_POSTGRES, reason="one database system is enough for the way of a process")
def test_the_server_runs_a_worker_beside_itself_which_ends_with_it(
    installation: Installation, box: Mailbox
) -> None:
    server = serving(installation, box, "beside")
    with server:
        in_danger(server)
        moments_pass(installation)
        until(lambda: len(box.letters) == 1)
        beside = children(server.pid)
        assert len(beside) == 1
        os.kill(beside[0], signal.SIGKILL)
        until(lambda: len(set(children(server.pid)) - set(beside)) == 1)
        (again,) = set(children(server.pid)) - set(beside)
        server.kill()
        until(lambda: not Path(f"/proc/{again}").exists())


def children(pid: int) -> list[int]:
    found = []
    for one in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = one.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(parts[1]) == pid and parts[0] != "Z":
            found.append(int(one.parent.name))
    return found


def test_no_page_loads_the_engine() -> None:
    """DBOS and what it brings (50 MB) are the worker's alone."""
    looked = (
        "import sys, qingting.site.asgi; "
        "print([one for one in ('dbos', 'sqlalchemy', 'croniter') if one in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", looked], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_sqlite_is_asked_without_a_word(tmp_path: Path) -> None:
    """The engine's tables, as this version of it makes them: nothing here is a place for text but
    the names of workflows, their arguments and their results."""
    from qingting.telling import workflows

    workflows.launch(f"sqlite:///{tmp_path}/work.sqlite3")
    workflows.stop()
    with closing(sqlite3.connect(tmp_path / "work.sqlite3")) as database:
        rows = database.execute("SELECT count(*) FROM workflow_status").fetchone()
    assert rows == (0,)
