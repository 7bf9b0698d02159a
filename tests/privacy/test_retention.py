"""What is kept for a time only goes when its time is over, and nothing else does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import Error as DatabaseError

from qingting.people.data_retention import InactiveGuests, silent_since
from qingting.people.data_service import MyData
from qingting.people.models import Person
from qingting.policy.models import DailyUse, Event
from qingting.policy.retention import OldCounts
from qingting.privacy import rows
from qingting.privacy.audit import Action
from qingting.privacy.keyring import Keyring
from qingting.privacy.models import AuditEntry, ErasedPerson
from qingting.privacy.ports import Limited
from qingting.privacy.retention import COMMAND, DAILY, Retention, Went
from qingting.privacy.schedule import Schedule, of_months
from qingting.site import daily
from qingting.site.config import read_config
from qingting.site.persons_data import schedule_of
from qingting.talk.keeping import UNDO
from qingting.talk.models import Conversation, Message
from qingting.talk.retention import DeletedTalks
from tests.privacy.planting import Installed
from tests.privacy.somebody import BEGAN, KEY, at_work, somebody
from tests.talk.installation import Installation

in_process = pytest.mark.django_db(databases=["default", "keys"])
DAY = timedelta(days=1)
STRICT = Schedule()


@pytest.fixture
def keyring() -> Keyring:
    return Keyring(KEY)


@pytest.fixture
def data(keyring: Keyring) -> Iterator[MyData]:
    with at_work(keyring) as data:
        yield data


def retention(at: datetime, *limited: Limited, schedule: Schedule = STRICT) -> Retention:
    return Retention(limited, lambda: schedule, lambda: at)


def guests(data: MyData, *with_account: UUID) -> InactiveGuests:
    return InactiveGuests(data.erasing, with_account.__contains__)


def entries() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.order_by("seq").values_list("action", "object_ref"))


def test_the_defaults_are_the_strict_ones() -> None:
    assert Schedule().deleted_talks == UNDO == timedelta(minutes=10)
    assert of_months(0) is None
    assert of_months(24) == timedelta(days=732)
    config = read_config({"QINGTING_GUEST_MONTHS": "0"})
    assert schedule_of(config).guests is None
    assert schedule_of(read_config({})).guests == of_months(24)


@in_process
def test_a_deleted_talk_goes_with_everything_in_it(data: MyData, keyring: Keyring) -> None:
    gone, stays, young = (somebody(keyring) for _ in range(3))
    Conversation.objects.filter(id=gone.talk).update(deleted_at=BEGAN)
    Conversation.objects.filter(id=young.talk).update(deleted_at=BEGAN + DAY)
    found = retention(BEGAN + DAY, DeletedTalks())
    assert found.due() == [Went("deleted_talks", 1)]
    assert Conversation.objects.count() == 3
    assert found.run(DAILY) == [Went("deleted_talks", 1)]
    assert set(Conversation.objects.values_list("id", flat=True)) == {stays.talk, young.talk}
    assert not Message.objects.filter(conversation=gone.talk).exists()
    assert entries() == [(Action.RETENTION_RUN, "deleted_talks:1")]
    assert found.run(DAILY) == [Went("deleted_talks", 0)]
    assert len(entries()) == 1  # nothing went, nothing is noted


@in_process
def test_counts_go_when_no_report_needs_them(data: MyData, keyring: Keyring) -> None:
    somebody(keyring)
    events, days = Event.objects.count(), DailyUse.objects.count()
    limit = Schedule().counts
    assert retention(BEGAN + limit - DAY, OldCounts()).run(COMMAND) == [Went("counts", 0)]
    found = retention(BEGAN + limit + DAY, OldCounts())
    assert found.due() == found.run(COMMAND) == [Went("counts", events + days)]
    assert not Event.objects.exists()
    assert not DailyUse.objects.exists()


@in_process
def test_a_silent_guest_is_erased_like_anybody_who_asks(data: MyData, keyring: Keyring) -> None:
    silent, again, owner = (somebody(keyring) for _ in range(3))
    later = BEGAN + timedelta(days=731)
    Conversation.objects.filter(id=again.talk).update(updated_at=later - DAY)
    found = retention(later, guests(data, owner.id))
    assert found.due() == [Went("guests", 1)]
    assert found.run(DAILY) == [Went("guests", 1)]
    assert set(Person.objects.values_list("id", flat=True)) == {again.id, owner.id}
    assert rows.left_of([silent.id]) == set()
    assert ErasedPerson.objects.get().person_id == silent.id
    by = AuditEntry.objects.values_list("action", "by_kind", "by_ref", "subject").order_by("seq")
    assert list(by) == [
        (Action.ERASURE_ASKED, "system", "retention", silent.id),
        (Action.ERASED, "system", "retention", silent.id),
    ]


@in_process
@pytest.mark.parametrize("days", [729, 731])
def test_to_the_day(data: MyData, keyring: Keyring, days: int) -> None:
    somebody(keyring, "嗯", short=True)
    found = retention(BEGAN + timedelta(days=days), guests(data))
    assert found.due() == [Went("guests", int(days > 730))]


@in_process
def test_never_is_never(data: MyData, keyring: Keyring) -> None:
    somebody(keyring)
    never = replace(Schedule(), guests=None)
    found = retention(BEGAN + timedelta(days=20_000), guests(data), schedule=never)
    assert found.due() == found.run(DAILY) == [Went("guests", 0)]


@in_process
def test_any_sign_of_life_counts(keyring: Keyring) -> None:
    """In whichever table: here one exercise on its page, and nothing else."""
    one, later = somebody(keyring), BEGAN + timedelta(days=800)
    assert [person.id for person in silent_since(later)] == [one.id]
    from qingting.skills.models import ExerciseRun

    ExerciseRun.objects.update(updated_at=later + DAY)
    assert not silent_since(later).exists()


@in_process
def test_one_kind_that_fails_keeps_no_other_from_going(data: MyData, keyring: Keyring) -> None:
    class Broken:
        kind = "broken"
        noted_itself = False

        def due(self, schedule: Schedule, now: datetime) -> int:
            return 1

        def remove(self, schedule: Schedule, now: datetime) -> int:
            raise DatabaseError("full")

    gone = somebody(keyring)
    Conversation.objects.filter(id=gone.talk).update(deleted_at=BEGAN)
    went = retention(BEGAN + DAY, Broken(), DeletedTalks()).run(DAILY)
    assert went == [Went("broken", 0, "Error"), Went("deleted_talks", 1)]


async def test_it_is_done_soon_after_the_start_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []
    monkeypatch.setattr(daily, "once", done.append)
    task = asyncio.create_task(daily.day_after_day("talk", first=0.0, between=0.01))  # type: ignore[arg-type]
    while len(done) < 3:
        await asyncio.sleep(0.005)
    task.cancel()
    assert done[:3] == ["talk"] * 3


@pytest.mark.process
def test_the_command_says_what_would_go_and_then_lets_it_go(
    tmp_path: Path, fresh_databases: dict[str, str]
) -> None:
    installation = Installation(tmp_path / "data", fresh_databases)
    installed = Installed({"QINGTING_DATA_DIR": str(tmp_path / "data"), **fresh_databases})
    assert installed.command("retention", "run").returncode == 2
    kept, gone = installed.plant(2)
    installation.main("DELETE FROM accounts_belonging")  # a guest has no account
    old = datetime.now(UTC) - timedelta(days=800)
    person = UUID(gone)
    installation.main("UPDATE people_person SET created_at = %s WHERE id = %s", when(old), person)
    told = installed.command("retention", "run", "--dry-run")
    kinds = ("deleted_talks", "private_talks", "check_ins", "counts", "balances", "letters")
    assert counts(told.stdout) == dict.fromkeys((*kinds, "complaints", "guests"), 0)
    for table, columns in TIMES.items():
        for column in columns:
            where = "conversation_id IN (SELECT id FROM talk_conversation WHERE person_id = %s)"
            whose = where if table == "talk_message" else "person_id = %s"
            installation.main(f"UPDATE {table} SET {column} = %s WHERE {whose}", when(old), person)
    before = installed.read()
    told = installed.command("retention", "run", "--dry-run")
    assert (told.returncode, told.stderr) == (0, "")
    assert counts(told.stdout)["guests"] == 1
    assert installed.read() == before
    with installation.server():  # it runs beside the server
        told = installed.command("retention", "run")
    assert (told.returncode, counts(told.stdout)["guests"]) == (0, 1)
    assert set(installed.read()["texts"]) == {kept}
    assert installed.command("audit", "verify").returncode == 0
    told = installed.command("retention", "run", QINGTING_GUEST_MONTHS="soon")
    assert (told.returncode, "QINGTING_GUEST_MONTHS" in told.stderr) == (2, True)


TIMES = {
    "people_device": ("created_at",),
    "talk_conversation": ("created_at", "updated_at"),
    "talk_turn": ("created_at", "claimed_until", "finished_at"),
    "talk_message": ("created_at",),
    "safety_episoderecord": ("updated_at",),
    "safety_safetyplan": ("updated_at",),
    "skills_exerciserun": ("begun_at", "updated_at", "ended_at"),
    "policy_balance": ("updated_at",),
    "policy_event": ("at",),
    "memory_memoryitem": ("updated_at",),
    "memory_memoryindex": ("updated_at",),
    "memory_memorychoice": ("updated_at",),
    "memory_checkin": ("updated_at",),
    "progress_feltday": ("at",),
    "progress_journalentry": ("at",),
    "progress_letter": ("at",),
    "progress_moodentry": ("at",),
    "progress_questionnaire": ("at",),
    "progress_schedule": ("at",),
    "progress_progresschoice": ("updated_at",),
    "voices_voicechoice": ("updated_at",),
}


def when(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def counts(said: str) -> dict[str, int]:
    return {kind: int(number) for kind, number in (line.split() for line in said.splitlines())}
