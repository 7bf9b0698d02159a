"""Whatever somebody without the log's key does to it is found, at the entry where they did it."""

from __future__ import annotations

import os
import sqlite3
from datetime import timedelta

import pytest
from django.db import connection

from qingting.privacy.audit import Action, By
from qingting.privacy.audit_chain import ZERO, from_row, hash_of
from qingting.privacy.audit_verify import WHY, Mark, Restored
from qingting.privacy.models import AuditEntry, AuditHead
from tests.privacy.audit_log import BEGAN, Log, run, tamper

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
COLUMNS = "seq, at, action, by_kind, by_ref, subject, object_ref, previous, hash"
OPERATOR = By("command", "restore")


def found(log: Log, expected: Mark | None = None) -> tuple[int | None, str | None]:
    verdict = log.verdict(expected)
    assert verdict.sound == (verdict.why is None) == (verdict.broken is None)
    return verdict.broken, verdict.why


def rebuilt(key: bytes) -> None:
    """Every hash made anew from what the columns hold now, under some key."""
    previous = ZERO
    for row in AuditEntry.objects.order_by("seq"):
        row.previous = previous
        row.hash = previous = hash_of(key, from_row(row))
        tamper(
            "UPDATE privacy_auditentry SET previous = %s, hash = %s WHERE seq = %s",
            row.previous,
            row.hash,
            row.seq,
        )


def test_an_empty_log_is_whole(log: Log) -> None:
    verdict = log.verdict()
    assert verdict.sound
    assert verdict.end == Mark(0, ZERO)


def test_a_log_left_alone_is_whole_however_long(log: Log) -> None:
    log.note(40)
    verdict = log.verdict()
    assert verdict.sound
    assert (verdict.end.seq, verdict.noted) == (40, 40)
    assert verdict.end.hash == bytes(AuditEntry.objects.get(seq=40).hash)


def test_pages_of_the_log_join(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qingting.privacy.audit_verify._CHUNK", 7)
    log.note(22)
    assert log.verdict().end.seq == 22
    tamper("UPDATE privacy_auditentry SET action = 'erased' WHERE seq = 15")
    assert found(log) == (15, "changed")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("seq", 99),
        ("at", BEGAN - timedelta(days=1)),
        ("action", "signed_out"),
        ("action", "never_heard_of"),
        ("by_kind", "account"),
        ("by_ref", "00000000-0000-0000-0000-0000000000ff"),
        ("by_ref", ""),
        ("subject", "000000000000000000000000000000ff"),
        ("subject", None),
        ("object_ref", "conversation:1"),
        ("previous", b"p" * 32),
        ("previous", b""),
        ("hash", b"h" * 32),
        ("hash", b""),
    ],
)
@pytest.mark.parametrize("at", [1, 4, 9])
def test_each_column_counts(log: Log, column: str, value: object, at: int) -> None:
    log.note(9)
    if column == "at" and connection.vendor == "sqlite":
        value = str(value).removesuffix("+00:00")
    before = run(f"SELECT {column} FROM privacy_auditentry WHERE seq = %s", at)[0][0]
    if before == value:
        pytest.skip("it is what stands there")
    tamper(f"UPDATE privacy_auditentry SET {column} = %s WHERE seq = %s", value, at)
    assert found(log) == (at, "missing" if column == "seq" else "changed")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite stores any kind anywhere")
@pytest.mark.parametrize("column", ["at", "action", "by_ref", "subject", "previous", "hash"])
@pytest.mark.parametrize("value", ["no such thing", b"\xff\xfe", 17, 3.5])
def test_columns_that_cannot_even_be_read_are_found(log: Log, column: str, value: object) -> None:
    log.note(6)
    tamper(f"UPDATE privacy_auditentry SET {column} = %s WHERE seq = 3", value)
    assert found(log) == (3, "changed")


@pytest.mark.parametrize(("gone", "broken"), [("= 1", 1), ("= 5", 5), ("BETWEEN 3 AND 8", 3)])
def test_entries_taken_out_of_the_middle(log: Log, gone: str, broken: int) -> None:
    log.note(9)
    tamper(f"DELETE FROM privacy_auditentry WHERE seq {gone}")
    assert found(log) == (broken, "missing")


def test_numbers_closed_up_over_a_gap(log: Log) -> None:
    log.note(9)
    tamper("DELETE FROM privacy_auditentry WHERE seq = 5")
    for seq in range(6, 10):
        tamper("UPDATE privacy_auditentry SET seq = %s WHERE seq = %s", seq - 1, seq)
    assert found(log) == (5, "changed")


@pytest.mark.parametrize("left", [0, 1, 8])
def test_entries_cut_off_at_the_end(log: Log, left: int) -> None:
    log.note(9)
    tamper("DELETE FROM privacy_auditentry WHERE seq > %s", left)
    assert found(log) == (left + 1, "cut")


def test_an_end_cut_off_stays_missed_when_the_log_has_grown_over_it(log: Log) -> None:
    log.note(9)
    tamper("DELETE FROM privacy_auditentry WHERE seq > 7")
    log.note(1)
    assert found(log) == (9, "cut")
    log.note(5)
    assert found(log) == (9, "replaced")


def test_an_entry_put_in(log: Log) -> None:
    log.note(6)
    for seq in range(6, 3, -1):
        tamper("UPDATE privacy_auditentry SET seq = %s WHERE seq = %s", seq + 1, seq)
    tamper(
        f"INSERT INTO privacy_auditentry ({COLUMNS}) SELECT 4, at, action, by_kind, by_ref, "
        "subject, object_ref, previous, hash FROM privacy_auditentry WHERE seq = 2"
    )
    assert found(log) == (4, "changed")


def test_an_entry_put_at_the_end_without_the_key(log: Log) -> None:
    log.note(6)
    row = AuditEntry.objects.get(seq=6)
    row.seq, row.previous = 7, bytes(row.hash)
    row.hash = hash_of(b"another key, of thirty-two bytes", from_row(row))
    row.save(force_insert=True)
    assert found(log) == (7, "changed")


@pytest.mark.parametrize("columns", [["action"], COLUMNS.split(", ")[1:], ["previous", "hash"]])
def test_entries_that_changed_places(log: Log, columns: list[str]) -> None:
    log.note(6)
    rows = {
        seq: run(f"SELECT {', '.join(columns)} FROM privacy_auditentry WHERE seq = %s", seq)[0]
        for seq in (3, 4)
    }
    given = ", ".join(f"{column} = %s" for column in columns)
    for seq, other in ((3, 4), (4, 3)):
        tamper(f"UPDATE privacy_auditentry SET {given} WHERE seq = %s", *rows[other], seq)
    assert found(log) == (3, "changed")


def test_a_whole_log_written_anew_without_the_key(log: Log) -> None:
    log.note(6)
    tamper("UPDATE privacy_auditentry SET subject = NULL WHERE seq = 2")
    rebuilt(b"n" * 32)
    AuditHead.objects.update(hash=bytes(AuditEntry.objects.get(seq=6).hash))
    assert found(log) == (1, "changed")


def test_even_with_the_key_a_log_written_anew_is_not_the_one_that_was_noted(log: Log) -> None:
    """Whoever holds the running process can forge; what the key database noted they must too."""
    log.note(6)
    tamper("UPDATE privacy_auditentry SET subject = NULL WHERE seq = 2")
    rebuilt(b"k" * 32)
    assert found(log) == (6, "replaced")


def test_two_logs_joined_are_not_one(log: Log) -> None:
    """Both halves made with the key; the second follows another first half."""
    log.note(6)
    kept = list(AuditEntry.objects.filter(seq__gt=3))
    tamper("DELETE FROM privacy_auditentry WHERE seq > 2")
    log.one(Action.SIGNED_OUT, OPERATOR)
    for row in kept:
        row.save(force_insert=True)
    assert found(log) == (4, "unlinked")


def test_a_note_of_the_end_that_is_gone_is_missed(log: Log) -> None:
    log.note(3)
    AuditHead.objects.all().delete()
    assert found(log) == (1, "unnoted")
    log.note(1)
    assert found(log) == (1, "unnoted")


def test_both_cut_back_is_found_by_an_end_written_down(log: Log) -> None:
    log.note(9)
    written = log.verdict().end
    tamper("DELETE FROM privacy_auditentry WHERE seq > 7")
    AuditHead.objects.update(count=7, hash=bytes(AuditEntry.objects.get(seq=7).hash))
    assert found(log) == (None, None)
    assert found(log, Mark.read(str(written))) == (8, "cut")
    log.note(3)
    assert found(log) == (None, None)
    assert found(log, written) == (9, "replaced")


def test_an_end_written_down_long_ago_is_still_there(log: Log) -> None:
    log.note(4)
    written = log.verdict().end
    log.note(4)
    assert found(log, written) == (None, None)


@pytest.mark.parametrize("text", ["", "4", "4:", "4:zz", ":ab", "-1:" + "0" * 64, "4:" + "0" * 63])
def test_what_is_no_end_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match="not an end"):
        Mark.read(text)


def test_a_note_left_behind_by_a_crash_is_no_alarm_and_is_made_good(log: Log) -> None:
    log.note(6)
    AuditHead.objects.update(count=4, hash=bytes(AuditEntry.objects.get(seq=4).hash))
    assert found(log) == (None, None)
    assert log.verdict().noted == 4
    log.note(1)
    assert log.verdict().noted == 7


def test_a_restored_backup_says_what_was_lost(log: Log) -> None:
    log.note(9)
    tamper("DELETE FROM privacy_auditentry WHERE seq > 5")
    log.one(Action.BACKUP_RESTORED, OPERATOR)
    verdict = log.verdict()
    assert verdict.sound
    assert verdict.restored == (Restored(entry=6, had=9),)
    log.note(8)
    assert log.verdict().restored == (Restored(entry=6, had=9),)
    assert log.verdict().noted == 14


def test_deeds_before_the_restore_is_noted_do_no_harm(log: Log) -> None:
    """Those erased are erased again first."""
    log.note(9)
    tamper("DELETE FROM privacy_auditentry WHERE seq > 5")
    log.one(Action.RESTORED_AFTER_ERASURE, OPERATOR)
    assert not log.verdict().sound
    log.one(Action.BACKUP_RESTORED, OPERATOR)
    assert log.verdict().restored == (Restored(entry=7, had=9),)


def test_a_restore_that_lost_nothing_needs_no_new_beginning(log: Log) -> None:
    log.note(5)
    log.one(Action.BACKUP_RESTORED, OPERATOR)
    assert log.verdict().restored == ()
    assert log.verdict().noted == 6


def test_nobody_can_pretend_a_restore_in_the_key_database_alone(log: Log) -> None:
    log.note(9)
    tamper("DELETE FROM privacy_auditentry WHERE seq > 5")
    last = AuditEntry.objects.get(seq=5)
    AuditHead.objects.create(epoch=2, began=4, count=5, hash=bytes(last.hash), at=BEGAN)
    assert found(log) == (5, "unsaid")


def test_every_fault_has_words_without_content() -> None:
    assert all(words == words.lower() for words in WHY.values())


def test_the_driver_is_a_real_one() -> None:
    wanted = "postgresql" if os.environ.get("QINGTING_TEST_DATABASE") == "postgres" else "sqlite"
    assert connection.vendor == wanted
    assert sqlite3.sqlite_version_info >= (3, 35)
