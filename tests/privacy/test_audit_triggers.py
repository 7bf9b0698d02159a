"""The databases themselves refuse to change or empty the audit log."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from qingting.privacy import audit
from qingting.privacy.audit_verify import Mark, verify
from qingting.privacy.models import AuditEntry, AuditHead
from tests.privacy.audit_log import KEY, Log, count, keyed, run

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ON_SQLITE = connection.vendor == "sqlite"

STATEMENTS = [
    "UPDATE privacy_auditentry SET action = 'signed_out' WHERE seq = 2",
    "UPDATE privacy_auditentry SET seq = seq + 1 WHERE seq = 3",
    "DELETE FROM privacy_auditentry WHERE seq = 3",
    "DELETE FROM privacy_auditentry",
    "INSERT INTO privacy_auditentry SELECT * FROM privacy_auditentry WHERE seq = 1 "
    "ON CONFLICT (seq) DO UPDATE SET action = 'erased'",
]
if ON_SQLITE:
    STATEMENTS += [
        "INSERT OR REPLACE INTO privacy_auditentry SELECT 1, at, 'erased', by_kind, by_ref, "
        "subject, object_ref, previous, hash FROM privacy_auditentry WHERE seq = 2",
        "UPDATE OR REPLACE privacy_auditentry SET seq = 1 WHERE seq = 2",
    ]
else:
    STATEMENTS += ["TRUNCATE privacy_auditentry", "TRUNCATE privacy_auditentry CASCADE"]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_no_statement_changes_it(log: Log, statement: str) -> None:
    log.note(3)
    before = log.verdict().end
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run(statement)
    assert log.verdict().end == before == Mark(3, before.hash)


def test_nor_do_the_models(log: Log) -> None:
    log.note(3)
    entry = AuditEntry.objects.get(seq=2)
    entry.action = "erased"
    for change in (entry.save, entry.delete, AuditEntry.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert log.verdict().sound
    assert count() == 3


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_committed_for_real_it_is_noted_in_both_places() -> None:
    """And Django's emptying of the tables after this test gets by (tests/conftest.py)."""
    with keyed(lambda: KEY):
        for _ in range(3):
            audit.record(audit.Action.SIGNED_IN, by=audit.By("system", "test"))
    assert AuditHead.objects.get().count == AuditEntry.objects.count() == 3
    assert verify(KEY).sound


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_after_a_test_with_transactions_it_is_empty_and_locked_again() -> None:
    assert count() == 0
    with keyed(lambda: KEY):
        audit.record(audit.Action.SIGNED_IN, by=audit.By("system", "test"))
    with pytest.raises(DatabaseError, match="append-only"):
        AuditEntry.objects.all().delete()
