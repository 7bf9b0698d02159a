"""What a guest wrote before signing in becomes the account's, all of it, or nothing changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from qingting.companion.protect import record, safety_plan
from qingting.people.accounts import joining
from qingting.people.models import Person
from qingting.privacy import rows
from qingting.privacy.errors import AuditFailed, KeyMissing
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import Place
from qingting.safety.models import EpisodeRecord, SafetyPlanRecord
from qingting.safety.plan_statements import add_items
from qingting.talk.models import Conversation, Message
from tests.people.accounts_site import accounts_wired
from tests.privacy.somebody import BEGAN, Somebody, somebody

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def keyring() -> Iterator[Keyring]:
    with accounts_wired() as keyring:
        yield keyring


def opened(keyring: Keyring, person: UUID, row: Any, column: str) -> Any:
    place = Place(row._meta.db_table, column, row.pk)
    return keyring.open(person).open_json(getattr(row, column), place)


def two(keyring: Keyring) -> tuple[Somebody, Somebody]:
    """A guest with something in every table, and a person with a plan of their own."""
    guest, person = somebody(keyring), somebody(keyring, "在另一台手机上", short=True)
    with connection.cursor() as cursor:
        lines = [("people", "外婆"), ("alone", "听那张下雨的歌单")]
        add_items(cursor, person.id, keyring.open(person.id), lines, BEGAN)
    EpisodeRecord.objects.filter(person_id=person.id).update(level="low")
    return guest, person


def test_every_table_comes_along_and_nothing_of_the_guest_is_left(keyring: Keyring) -> None:
    guest, person = two(keyring)
    before = rows.counts(guest.id)
    assert {one for one, counted in before.items() if counted.rows} >= {
        "talk.Message",
        "skills.ExerciseRun",
        "safety.SafetyPlanRecord",
        "safety.EpisodeRecord",
    }
    joining.bring(guest.id, person.id, lambda: None)

    assert not [one for one, left in rows.counts(guest.id).items() if left.rows]
    assert not Person.objects.filter(id=guest.id).exists()
    with pytest.raises(KeyMissing):
        keyring.open(guest.id)
    talk = Conversation.objects.get(id=guest.talk)
    assert talk.person_id == person.id
    read = [
        keyring.open(person.id).open(one.body, Place("talk_message", "body", one.id))
        for one in Message.objects.filter(conversation=talk, speaker="person").order_by("seq")
    ]
    assert read == list(guest.said)
    assert Conversation.objects.filter(person_id=person.id).count() == 2


def test_two_plans_become_one_with_every_line(keyring: Keyring) -> None:
    guest, person = two(keyring)
    joining.bring(guest.id, person.id, lambda: None)
    row = SafetyPlanRecord.objects.get()
    plan = safety_plan.load(opened(keyring, person.id, row, "body"))
    assert set(plan.of("people")) == {"外婆", "小满"}
    assert list(plan.of("alone")) == ["听那张下雨的歌单"]


def test_of_two_dangers_the_graver_stays(keyring: Keyring) -> None:
    guest, person = two(keyring)
    joining.bring(guest.id, person.id, lambda: None)
    row = EpisodeRecord.objects.get()
    assert row.person_id == person.id
    assert row.level == "high"
    episode = record.load(opened(keyring, person.id, row, "record"))
    assert "suicide" in str(episode)


def test_a_join_that_is_cut_changes_nothing(keyring: Keyring) -> None:
    guest, person = two(keyring)
    before = rows.counts(guest.id), rows.counts(person.id)

    def cut() -> None:
        raise AuditFailed("in the last moment")

    with pytest.raises(AuditFailed):
        joining.bring(guest.id, person.id, cut)
    assert (rows.counts(guest.id), rows.counts(person.id)) == before
    row = SafetyPlanRecord.objects.get(person_id=guest.id)
    assert "小满" in str(opened(keyring, guest.id, row, "body"))


def test_every_table_with_one_row_a_person_knows_how_two_become_one() -> None:
    one_a_person = {
        model._meta.db_table
        for model, declared in rows.declared()
        if joining._is_brought(model, declared) and model._meta.pk.name == declared.person
    }
    assert one_a_person >= {"safety_episoderecord", "safety_safetyplan"}
    known = {*joining._merges, *joining._chosen, *joining._joined}
    assert one_a_person <= known
