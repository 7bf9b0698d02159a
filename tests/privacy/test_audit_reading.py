"""Who may be answered what: entries for an auditor, and for the person they are about."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest

from qingting.people.models import Device, Person
from qingting.privacy.audit import Action, By
from qingting.privacy.audit_reading import as_json, entries, in_order, seen_by_others
from qingting.privacy.erasing import Erasing
from qingting.privacy.keyring import Keyring
from qingting.privacy.models import AuditEntry, PersonKey
from tests.privacy.audit_log import BEGAN, COUNSELLOR, KEY, MIA, NOOR, Log, count

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def numbers(found: list[object]) -> list[int]:
    return [one.seq for one in found]  # type: ignore[attr-defined]


def test_entries_are_found_by_each_question_and_by_all_at_once(log: Log) -> None:
    log.note(12)  # signed_in (Mia), conversation_read (of Mia), retention_run, exported (Noor)
    assert numbers(entries()) == list(range(12, 0, -1))
    assert numbers(entries(subject=MIA)) == [10, 9, 6, 5, 2, 1]
    assert numbers(entries(action=Action.EXPORTED)) == [12, 8, 4]
    assert numbers(entries(by=By("account", str(COUNSELLOR)))) == [10, 6, 2]
    fifth = AuditEntry.objects.get(seq=5).at
    assert numbers(entries(subject=MIA, action=Action.SIGNED_IN, since=fifth)) == [9, 5]
    assert numbers(entries(since=fifth + timedelta(seconds=1), limit=2)) == [12, 11]
    assert numbers(entries(before=3)) == [2, 1]
    assert entries(subject=uuid4()) == []


def test_a_person_sees_what_others_did_and_not_what_they_did_themselves(log: Log) -> None:
    own_account = uuid4()
    log.one(Action.SIGNED_IN, By("person", MIA.hex), MIA)
    log.one(Action.CONVERSATION_READ, By("account", COUNSELLOR.hex), MIA)
    log.one(Action.PASSWORD_CHANGED, By("account", own_account.hex), MIA)
    log.one(Action.RETENTION_RUN, By("system", "retention"), MIA)
    log.one(Action.GUARDIAN_CONSENTED, By("person", str(NOOR)), MIA)
    log.one(Action.CONVERSATION_READ, By("account", str(COUNSELLOR)), NOOR)
    log.one(Action.RESTORED_AFTER_ERASURE, By("command", "restore"), MIA)
    assert numbers(seen_by_others(MIA, accounts=[own_account])) == [7, 5, 4, 2]
    assert numbers(seen_by_others(MIA, accounts=[own_account], before=5, limit=1)) == [4]
    assert numbers(seen_by_others(MIA)) == [7, 5, 4, 3, 2]
    assert numbers(seen_by_others(NOOR)) == [6]
    assert seen_by_others(UUID(int=1)) == []


def test_an_export_has_every_field_of_every_entry(log: Log) -> None:
    log.note(6)
    lines = [json.loads(as_json(one)) for one in in_order()]
    assert [one["seq"] for one in lines] == [1, 2, 3, 4, 5, 6]
    for one, after in pairwise(lines):
        assert after["previous"] == one["hash"]
    assert lines[0]["previous"] == "00" * 32
    assert lines[1]["subject"] == str(MIA)
    assert lines[2]["subject"] is None
    assert lines[0]["at"].endswith("+00:00")
    assert set(lines[0]) == {one.name for one in AuditEntry._meta.concrete_fields}
    since = AuditEntry.objects.get(seq=5).at
    assert [one.seq for one in in_order(subject=MIA, since=since)] == [5, 6]


def test_somebody_erased_stays_in_it_as_an_id_that_leads_to_nobody(log: Log) -> None:
    person = Person.objects.create(created_at=BEGAN).id
    Device.objects.create(person_id=person, token_hash=b"t" * 32, created_at=BEGAN)
    Keyring(KEY).create(person)
    log.one(Action.CONVERSATION_READ, By("account", str(COUNSELLOR)), person)
    with log.commit(execute=True):
        Erasing([], lambda: BEGAN).erase(person, By("person", str(person)))
    assert not Person.objects.filter(id=person).exists()
    assert not PersonKey.objects.filter(person_id=person).exists()
    assert [one.action for one in entries(subject=person)] == [
        "erased",
        "erasure_asked",
        "conversation_read",
    ]
    assert log.verdict().sound
    assert log.verdict().end.seq == count() == 3
