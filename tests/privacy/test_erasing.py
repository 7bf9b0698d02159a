"""Erasing somebody: nothing of theirs opens or is found anywhere, nobody else loses anything, and
kill -9 at any step only puts it off."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections

from qingting.people import devices
from qingting.people.data_service import MyData
from qingting.policy.models import Event
from qingting.privacy import audit, rows
from qingting.privacy.audit import Action, By
from qingting.privacy.erasing import erase_again
from qingting.privacy.errors import AuditFailed, KeyMissing, StorageError
from qingting.privacy.keyring import Keyring
from qingting.privacy.models import AuditEntry, ErasedPerson, PersonKey
from tests.privacy.planting import PLACES, ROOT, Installed, sentence
from tests.privacy.somebody import BEGAN, KEY, at_work, somebody
from tests.servers.qingting import Server
from tests.talk.installation import ON_POSTGRES, Installation
from tests.talk.test_sealed import files_of, forms_of

PEOPLE = 100
in_process = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def keyring() -> Keyring:
    return Keyring(KEY)


@pytest.fixture
def data(keyring: Keyring) -> Iterator[MyData]:
    with at_work(keyring) as data:
        yield data


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("seq").values_list("action", flat=True))


@in_process
def test_their_rows_go_and_what_stays_leads_to_nobody(data: MyData, keyring: Keyring) -> None:
    mine, other = somebody(keyring), somebody(keyring)
    before = rows.counts(other.id)
    assert data.erase(mine.id)
    left = {label: one.rows for label, one in rows.counts(mine.id).items() if one.rows}
    assert left == {"privacy.AuditEntry": 2}
    assert rows.counts(other.id) == before
    assert actions() == [Action.ERASURE_ASKED, Action.ERASED]
    assert Event.objects.filter(person=None).count() == 4
    assert ErasedPerson.objects.get().person_id == mine.id
    assert devices.find_person(mine.token) is None
    with pytest.raises(KeyMissing):
        keyring.open(mine.id)


@in_process
def test_the_same_twice_changes_nothing(data: MyData, keyring: Keyring) -> None:
    mine = somebody(keyring)
    by = By("person", str(mine.id))
    assert data.erasing.erase(mine.id, by).rows
    noted = actions()
    assert data.erasing.erase(mine.id, by).rows == {}
    assert actions() == noted
    assert data.erasing.finish() == 0


@in_process
def test_the_device_may_begin_anew_as_somebody_else(data: MyData, keyring: Keyring) -> None:
    mine = somebody(keyring)
    data.erase(mine.id)
    anew = somebody(keyring, "又来了", token=mine.token, short=True)
    assert anew.id != mine.id
    assert rows.counts(anew.id)["talk.Message"].rows == 2


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_what_cannot_be_noted_is_not_done(
    data: MyData, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = somebody(keyring)
    monkeypatch.setattr(audit, "_key_of", None)
    with pytest.raises(AuditFailed):
        data.erase(mine.id)
    keyring.open(mine.id)
    assert not ErasedPerson.objects.exists()
    assert rows.left_of([mine.id]) == {mine.id}


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_when_rows_cannot_go_yet_nothing_opens_and_the_rest_follows(
    data: MyData, keyring: Keyring
) -> None:
    mine, connection = somebody(keyring), connections["default"]

    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("DELETE"):
            raise StorageError("the disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        assert data.erase(mine.id) is False
    with pytest.raises(KeyMissing):
        keyring.open(mine.id)
    assert rows.left_of([mine.id]) == {mine.id}
    assert data.erasing.finish() == 1
    assert rows.left_of([mine.id]) == set()
    assert actions() == [Action.ERASURE_ASKED, Action.ERASED]


@in_process
def test_a_restore_that_brings_somebody_back_erases_them_again(
    data: MyData, keyring: Keyring
) -> None:
    back, other = somebody(keyring), somebody(keyring)
    ErasedPerson.objects.create(person_id=back.id, erased_at=BEGAN)
    before = rows.counts(other.id)
    assert erase_again(back.id) > 10
    assert rows.left_of([back.id]) == set()
    assert not PersonKey.objects.filter(person_id=back.id).exists()
    assert erase_again(back.id) == 0
    assert erase_again(uuid4()) == 0
    assert rows.counts(other.id) == before
    assert actions() == [Action.RESTORED_AFTER_ERASURE]
    [entry] = AuditEntry.objects.all()
    assert (entry.by_kind, entry.by_ref, entry.subject) == ("command", "restore", back.id)


@in_process
def test_work_under_way_is_ended_after_the_key_and_before_the_rows(keyring: Keyring) -> None:
    seen: list[tuple[bool, bool]] = []

    class Working:
        def end(self, person: UUID) -> None:
            has_key = PersonKey.objects.filter(person_id=person).exists()
            seen.append((has_key, bool(rows.left_of([person]))))

    with at_work(keyring, Working()) as data:
        data.erase(somebody(keyring).id)
    assert seen == [(False, True)]


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_something_written_at_the_same_moment_goes_too(data: MyData, keyring: Keyring) -> None:
    """As on PostgreSQL, where another writer is seen only when it has committed."""
    mine = somebody(keyring)
    written: list[bool] = []

    def write(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        done = execute(sql, params, many, context)
        if "talk_message" in sql and sql.startswith("DELETE") and not written:
            written.append(True)
            Event.objects.create(person_id=mine.id, kind="turn", at=BEGAN)
        return done

    with connections["default"].execute_wrapper(write):
        assert data.erase(mine.id)
    assert written
    assert rows.left_of([mine.id]) == set()


# From here on with processes, files and a real kill.


@pytest.fixture
def installation(tmp_path: Path, fresh_databases: dict[str, str]) -> Installation:
    return Installation(tmp_path / "data", fresh_databases)


@pytest.fixture
def installed(installation: Installation) -> Installed:
    environment = {"QINGTING_DATA_DIR": str(installation.data_dir), **installation.databases}
    return Installed(environment)


def everywhere(installation: Installation, person: UUID) -> dict[str, int]:
    """In which tables of both databases a person's id stands, in any column, and how often."""
    found: dict[str, int] = {}
    for run in (installation.main, installation.keys):
        for table in tables(installation, run):
            forms = {person, person.hex, str(person), person.bytes}
            for row in run(f'SELECT * FROM "{table}"'):
                if any(value in forms for value in row if not isinstance(value, memoryview)):
                    found[table] = found.get(table, 0) + 1
    return found


def tables(installation: Installation, run: Any) -> list[str]:
    if installation.databases:
        named = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    else:
        named = "SELECT name FROM sqlite_master WHERE type = 'table'"
    return [name for (name,) in run(named)]


def sealed_of(installation: Installation, person: UUID) -> list[bytes]:
    """What is sealed of a person in the talks, and their wrapped key, as a thief of the disk would
    have copied it."""
    bodies = installation.main(
        "SELECT m.body FROM talk_message m JOIN talk_conversation c ON c.id = m.conversation_id "
        "WHERE c.person_id = %s",
        person,
    )
    plans = installation.main("SELECT body FROM safety_safetyplan WHERE person_id = %s", person)
    [[wrapped]] = installation.keys(
        "SELECT wrapped FROM privacy_personkey WHERE person_id = %s", person
    )
    return [bytes(one) for (one,) in (*bodies, *plans)] + [bytes(wrapped)]


@pytest.mark.process
def test_one_of_a_hundred_is_erased_and_nothing_of_theirs_is_anywhere(
    installation: Installation, installed: Installed
) -> None:
    people = installed.plant(PEOPLE)
    gone = people[41]
    before = installed.read()
    assert set(before["texts"]) == set(people)
    # Two messages, two replies, title, state, episode or not, plan, exercise.
    assert len(before["texts"][gone]) >= len(PLACES)
    stolen = sealed_of(installation, UUID(gone))

    with installation.server() as server:  # it holds the files open, and its logs are searched
        installed.erase(gone)
        found = everywhere(installation, UUID(gone))
        assert set(found) == {"privacy_auditentry", "privacy_erasedperson"}
        assert_in_no_file(installation, server, stolen)

    after = installed.read()
    assert gone not in after["texts"]
    assert after["shut"] == 0
    assert gone not in after["accounts"]
    others = {person: sorted(texts) for person, texts in before["texts"].items() if person != gone}
    assert {person: sorted(texts) for person, texts in after["texts"].items()} == others
    assert after["accounts"] == {p: n for p, n in before["accounts"].items() if p != gone}
    verified = installed.command("audit", "verify")
    assert (verified.returncode, verified.stdout.startswith("whole: 2 entries")) == (0, True)


def assert_in_no_file(installation: Installation, server: Server, stolen: list[bytes]) -> None:
    needles = {form for place in PLACES for form in forms_of(sentence(41, place))}
    if not ON_POSTGRES:
        # PostgreSQL keeps what is deleted until it is vacuumed and its log is recycled: the sealed
        # values, which nothing opens any more (docs/privacy.md).
        needles |= set(stolen)
    searched = [*files_of(installation), server.log]
    assert len(searched) > 5
    for file in searched:
        content = file.read_bytes()
        assert not [one for one in needles if one in content], file


@pytest.mark.skipif(ON_POSTGRES, reason="about SQLite's files")
@pytest.mark.process
def test_the_search_would_find_what_is_left(
    installation: Installation, installed: Installed
) -> None:
    """So that an empty result means something."""
    [person] = installed.plant(1)
    stolen = sealed_of(installation, UUID(person))
    with installation.server() as server, pytest.raises(AssertionError):
        assert_in_no_file(installation, server, stolen)
    assert set(everywhere(installation, UUID(person))) > {"people_person", "talk_conversation"}


@pytest.mark.process
@pytest.mark.parametrize("where", ["key", "1", "4"])
def test_killed_between_two_steps_the_next_start_finishes(
    installation: Installation, installed: Installed, where: str
) -> None:
    people = installed.plant(3)
    gone = people[1]
    before = installed.read()
    cut = subprocess.run(
        [sys.executable, "-m", "tests.privacy.erasing_cut", gone, where],
        env=installed._environment({}),
        cwd=ROOT,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert cut.returncode == -signal.SIGKILL, cut.stderr.decode()
    left = everywhere(installation, UUID(gone))
    assert {"people_person", "talk_conversation", "privacy_erasedperson"} <= set(left)
    assert "privacy_personkey" not in left
    half = installed.read()
    assert half["texts"][gone] == []
    with installation.server():
        pass
    left = everywhere(installation, UUID(gone))
    assert left == {"privacy_auditentry": 2, "privacy_erasedperson": 1}
    after = installed.read()
    assert after["shut"] == 0
    assert after["texts"] == {p: texts for p, texts in before["texts"].items() if p != gone}
    assert installed.command("audit", "verify").returncode == 0
