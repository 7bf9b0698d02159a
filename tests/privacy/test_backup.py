"""A backup made while people write comes back whole, opens for nobody without the installation's
key, and brings nobody back who was erased."""

from __future__ import annotations

import base64
import os
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qingting.privacy import backup_file
from qingting.privacy.key_provider import GivenKeys, parse_keys
from qingting.privacy.sealing import KeyWrap
from tests.privacy.backed_up import PEOPLE, Planted, Site, files_in, has, plant, texts_of
from tests.privacy.planting import sentence, sentences
from tests.servers.qingting import Visitor
from tests.talk.installation import ON_POSTGRES, as_uuid

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    return plant(tmp_path_factory.mktemp("planted"))


def test_everything_comes_back_in_an_empty_place(planted: Planted, tmp_path: Path) -> None:
    other = planted.site.another(tmp_path)
    status, said = other.restore(planted.main, planted.keys)
    assert status == 0, said
    read = other.installed.read()
    assert read["shut"] == 0
    assert len(read["accounts"]) == PEOPLE
    for number, person in enumerate(planted.people):
        for place in ("message", "title", "plan", "exercise", "second message"):
            assert has(read["texts"][person], sentence(number, place)), (number, place)
    [guest] = set(read["texts"]) - set(planted.people)
    assert all(has(read["texts"][guest], one) for one in planted.said)
    verified = other.installed.command("audit", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    with other.server() as server:
        planted.writer.address = server.address
        page = planted.writer.page(planted.writer.conversation)
        assert planted.said[0] in page, "the cookies of guests are worth nothing any more"


def test_both_files_verify_and_say_what_they_are(planted: Planted) -> None:
    for file, kind in ((planted.main, "main"), (planted.keys, "keys")):
        done = planted.site.installed.command("backup", "verify", str(file))
        assert done.returncode == 0
        assert f"whole: {kind} database" in done.stdout
        assert file.stat().st_mode & 0o077 == 0


def test_without_the_key_no_sentence_and_no_key_is_in_any_file(planted: Planted) -> None:
    [master] = parse_keys(planted.site.key.read_text())
    wrap, secret = KeyWrap(master), [master]
    for person, wrapped in planted.site.inside.keys(
        "SELECT person_id, wrapped FROM privacy_personkey"
    ):
        secret.append(wrap.unwrap(bytes(wrapped), as_uuid(person)))
    assert len(secret) == PEOPLE + 2
    needles = [needle for key in secret for needle in (key, key.hex().encode(), in_base64(key))]
    for one in (*sentences(PEOPLE), *planted.said):
        half = one[: len(one) // 2]
        needles += [one.encode(), half.encode(), one.encode("utf-16-le"), one.encode("utf-16-be")]
        needles += [in_base64(one.encode()), repr(one.encode())[2:-1].encode()]
        needles.append(one.encode("ascii", "backslashreplace"))
    files = files_in(planted.site.data, planted.out)
    assert any(name.name == "signing.key" for name in files)
    for path, content in files.items():
        found = [needle for needle in needles if needle in content]
        assert not found, (path, len(found))


def in_base64(value: bytes) -> bytes:
    """What stands of it in base64 whatever stands before: all but the edges."""
    return base64.b64encode(value)[:-4]


def test_an_erased_person_stays_erased_and_nobody_else_is_touched(
    planted: Planted, tmp_path: Path
) -> None:
    """On the machine itself: who was erased is noted in the key database that is there."""
    site = planted.site.another(tmp_path)
    assert site.restore(planted.main, planted.keys)[0] == 0
    gone = planted.people[7]
    site.installed.erase(gone)
    for keys in (planted.keys, None):
        status, said = site.restore(planted.main, keys, "--replace")
        assert status == 0, said
        assert "1 of the backup had been erased since" in said
        texts = texts_of(site)
        assert gone not in texts
        assert not any(has(one, sentence(7, "message")) for one in texts.values())
        for number, person in enumerate(planted.people):
            assert person == gone or has(texts[person], sentence(number, "message"))
        assert site.inside.keys(
            "SELECT count(*) FROM privacy_personkey WHERE person_id = %s", as_uuid(gone)
        ) == [(0,)]
    assert site.installed.command("audit", "verify").returncode == 0


def test_a_newer_key_backup_beside_it_says_who_was_erased(planted: Planted, tmp_path: Path) -> None:
    """After a fire: nothing is there but the folder of key backups."""
    first = planted.site.another(tmp_path / "first")
    assert first.restore(planted.main, planted.keys)[0] == 0
    out = tmp_path / "out"
    main, keys = first.back_up(out)
    first.installed.erase(planted.people[3])
    first.back_up(out)
    second = planted.site.another(tmp_path / "second")
    status, said = second.restore(main, keys)
    assert status == 0, said
    assert planted.people[3] not in texts_of(second)
    third = planted.site.another(tmp_path / "third")
    newer = max((out / "keys").iterdir())
    newer.write_bytes(newer.read_bytes()[:-30])
    status, said = third.restore(main, keys)
    assert status == 2, "who was erased is not known"
    assert newer.name in said


def test_a_key_backup_older_than_the_people_is_refused(planted: Planted, tmp_path: Path) -> None:
    site = planted.site.another(tmp_path / "site")
    assert site.restore(planted.main, planted.keys)[0] == 0
    _, old_keys = site.back_up(tmp_path / "out")
    site.installed.plant(1)
    main, _ = site.back_up(tmp_path / "later")
    other = planted.site.another(tmp_path / "other")
    status, said = other.restore(main, old_keys)
    if ON_POSTGRES:  # seen only once it is restored
        assert (status, "1 have no key here" in said) == (0, True)
    else:
        assert (status, "1 people in it have no key" in said) == (2, True)
        assert not (other.data / "qingting.sqlite3").exists()
        assert other.restore(main, old_keys, "--accept-missing")[0] == 0


def test_a_damaged_backup_changes_nothing(planted: Planted, tmp_path: Path) -> None:
    site = planted.site.another(tmp_path / "site")
    assert site.restore(planted.main, planted.keys)[0] == 0
    whole = planted.main.read_bytes()
    middle = len(whole) // 2
    damaged = {
        "cut": whole[: len(whole) - 1000],
        "changed": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "longer": whole + b"x",
    }
    for name, content in damaged.items():
        file = tmp_path / f"{name}.backup"
        file.write_bytes(content)
        before = files_in(site.data)
        status, said = site.restore(file, planted.keys, "--replace")
        assert (status, "changed or cut short" in said) == (2, True), said
        assert site.restore(planted.main, file, "--replace")[0] == 2
        assert files_in(site.data) == before
        assert site.installed.command("backup", "verify", str(file)).returncode == 2
    assert len(texts_of(site)) == PEOPLE + 1


def test_another_installations_key_opens_nothing(planted: Planted, tmp_path: Path) -> None:
    other = planted.site.another(tmp_path)
    other.key.write_text(base64.b64encode(b"o" * 32).decode())
    status, said = other.restore(planted.main, planted.keys)
    assert (status, "not known here" in said) == (2, True)
    other.key.unlink()
    status, said = other.restore(planted.main, planted.keys)
    assert (status, str(other.key) in said) == (2, True)


def test_nothing_is_replaced_unasked_or_under_a_server(planted: Planted, tmp_path: Path) -> None:
    site = planted.site.another(tmp_path)
    assert site.restore(planted.main, planted.keys)[0] == 0
    status, said = site.restore(planted.main, planted.keys)
    assert (status, "--replace" in said) == (2, True)
    with site.server() as server:
        visitor = Visitor(server.address)
        assert visitor.say("还在说").saved
        status, said = site.restore(planted.main, planted.keys, "--replace")
        assert (status, "top" in said) == (2, True), said  # Stop it first; stop every …
        assert visitor.say("还在说着").saved


@pytest.mark.skipif(ON_POSTGRES, reason="--into is for SQLite")
def test_a_drill_beside_the_running_server(planted: Planted, tmp_path: Path) -> None:
    with planted.site.server():
        status, said = planted.site.restore(
            planted.main, planted.keys, "--into", str(tmp_path / "drill")
        )
    assert status == 0, said
    drill = Site(tmp_path / "moved")
    (tmp_path / "drill").rename(tmp_path / "moved-data")
    drill.folder.mkdir()
    (tmp_path / "moved-data").rename(drill.data)
    drill.key.parent.mkdir()
    shutil.copy(planted.site.key, drill.key)
    assert len(texts_of(drill)) == PEOPLE + 1


@pytest.mark.skipif(ON_POSTGRES, reason="about files")
def test_killed_at_any_moment_a_restore_leaves_something_that_opens(
    planted: Planted, tmp_path: Path
) -> None:
    site = planted.site.another(tmp_path)
    assert site.restore(planted.main, planted.keys)[0] == 0
    began = time.monotonic()
    named = ["--keys", str(planted.keys), "--replace"]
    assert site.restore(planted.main, *[planted.keys], "--replace")[0] == 0
    took = time.monotonic() - began
    for part in range(1, 10):
        running = site.installed.start("restore", str(planted.main), *named)
        time.sleep(took * (0.4 + 0.065 * part))
        running.send_signal(signal.SIGKILL)
        running.communicate()
        with closing(sqlite3.connect(site.data / "qingting.sqlite3")) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert len(texts_of(site)) == PEOPLE + 1
    with site.server():
        assert not list(site.data.rglob("*.restoring*"))
    assert site.restore(planted.main, planted.keys, "--replace")[0] == 0
    assert not [one.name for one in site.data.iterdir() if one.name.startswith("backup-work")]


def test_killed_at_any_moment_a_backup_leaves_no_file_that_looks_whole(
    planted: Planted, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    for part in range(1, 7):
        running = planted.site.installed.start("backup", str(out))
        time.sleep(0.25 * part)
        running.send_signal(signal.SIGKILL)
        running.communicate()
    for file in out.rglob("*.backup"):
        assert planted.site.installed.command("backup", "verify", str(file)).returncode == 0
    assert planted.site.installed.command("backup", str(out)).returncode == 0
    left = [one.name for one in planted.site.data.iterdir() if one.name.startswith("backup-work")]
    assert not left


def test_old_key_backups_go_and_it_says_so(planted: Planted, tmp_path: Path) -> None:
    """31 days old: gone. 29 days old, a main backup, somebody else's file: they stay."""
    keys_dir, now = tmp_path / "keys", datetime.now(UTC)
    keys_dir.mkdir()
    provider = GivenKeys(parse_keys(planted.site.key.read_text()))
    for name, what, days in (("old", "keys", 31), ("young", "keys", 29), ("main", "main", 400)):
        with (keys_dir / f"{name}.backup").open("wb") as file:
            made_at = now - timedelta(days=days)
            backup_file.write(file, provider, what, "rows", made_at, [b""])  # type: ignore[arg-type]
    (keys_dir / "letters.backup").write_text("not ours")
    os.utime(keys_dir / "letters.backup", (0, 0))
    done = planted.site.installed.command(
        "backup", "--keys-dir", str(keys_dir), str(tmp_path / "out")
    )
    assert done.returncode == 0
    assert f"removed, older than 30 days: {keys_dir / 'old.backup'}" in done.stdout
    left = {one.name for one in keys_dir.iterdir()}
    assert left > {"young.backup", "main.backup", "letters.backup"}
    assert "old.backup" not in left
    assert len(left) == 4
    assert not (tmp_path / "out" / "keys").exists()


def test_a_backup_says_nothing_of_keys_or_people(planted: Planted, tmp_path: Path) -> None:
    done = planted.site.installed.command("backup", str(tmp_path / "out"))
    said = done.stdout + done.stderr
    for secret in (planted.site.key.read_text().strip(), *planted.people):
        assert secret not in said


@pytest.mark.skipif(ON_POSTGRES, reason="about a disk of SQLite files")
def test_a_backup_that_cannot_be_noted_or_written_leaves_nothing(
    planted: Planted, tmp_path: Path
) -> None:
    read_only = f"sqlite:///{planted.site.data}/qingting.sqlite3?mode=ro"
    done = planted.site.installed.command("backup", str(tmp_path), QINGTING_DATABASE_URL=read_only)
    assert done.returncode == 2
    assert not list(tmp_path.rglob("*.backup*"))
    done = planted.site.installed.command("backup", "/proc/not-here")
    assert (done.returncode, done.stderr.startswith("qingting: ")) == (2, True)
