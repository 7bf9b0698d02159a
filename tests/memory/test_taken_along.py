"""What is remembered, in a copy of everything, in an account that a guest joins, and after the
words were erased."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from qingting.companion.person import Person
from qingting.memory import rows
from qingting.memory.models import CheckIn, MemoryChoice, MemoryIndex, MemoryItem
from qingting.memory.service import Choice, Memories
from qingting.people import data_service, data_words
from qingting.people.accounts import belonging, joining
from qingting.people.accounts.models import Account
from qingting.privacy.sealing import Place
from tests.memory.ledgered import (
    BROTHER,
    CALLED,
    HELPED,
    INTERVIEW,
    TODAY,
    found,
    keyring,
    only,
    somebody,
    told,
    wired,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

TODAYS_INTERVIEW = "how the interview went"


@pytest.fixture(autouse=True)
def memories() -> Iterator[Memories]:
    with wired() as found:
        yield found


def copy_of(person: Any, locale: str = "en-GB") -> zipfile.ZipFile:
    made = data_service.current().export(person, Person(locale=locale))
    with made.file as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def question(person: Any) -> CheckIn:
    row = CheckIn(id=uuid4(), person_id=person, due_on=TODAY, updated_at=timezone.now())
    place = Place("memory_checkin", "body", row.id)
    row.body = keyring().open(person).seal_json({"says": TODAYS_INTERVIEW}, place)
    row.save(force_insert=True)
    return row


def test_a_copy_has_every_item_with_its_words_and_what_it_was_before(memories: Memories) -> None:
    person, _ = somebody()
    told(memories, person, BROTHER, INTERVIEW)
    told(memories, person, found(BROTHER, says="弟弟叫小雨", quote="我弟其实叫小雨"))
    question(person)
    memories.choose(person, Choice(paused=True))
    packed = copy_of(person)
    data = json.loads(packed.read("data.json"))["memory"]
    assert {item["says"] for item in data["items"]} == {
        "弟弟叫小宇",
        "弟弟叫小雨",
        INTERVIEW.says,
    }
    assert data["chosen"] == {"paused": True, "check_ins": True}
    assert data["questions"][0]["about"]["says"] == TODAYS_INTERVIEW
    page = packed.read("index.html").decode()
    for words in ("弟弟叫小宇", "弟弟叫小雨", BROTHER.quote, INTERVIEW.quote, TODAYS_INTERVIEW):
        assert words in page
    table = list(csv.DictReader(io.StringIO(packed.read("csv/memory.csv").decode("utf-8-sig"))))
    assert {(row["says"], row["in_force"]) for row in table} == {
        ("弟弟叫小宇", "False"),
        ("弟弟叫小雨", "True"),
        (INTERVIEW.says, "True"),
    }
    assert "memory." not in json.dumps(json.loads(packed.read("data.json"))["rest"]).lower()


def test_one_that_does_not_open_is_said_so_and_keeps_nothing_back(memories: Memories) -> None:
    person, _ = somebody()
    told(memories, person, BROTHER, INTERVIEW)
    MemoryItem.objects.filter(id=only(memories, person, BROTHER.says)).update(body=b"\x01" * 40)
    packed = copy_of(person)
    assert INTERVIEW.quote in packed.read("index.html").decode()
    assert "does not open any more" in packed.read("index.html").decode()


def test_a_guest_brings_what_is_remembered_and_it_is_found_at_once(
    memories: Memories, monkeypatch: pytest.MonkeyPatch
) -> None:
    (guest, _), (person, _) = somebody(), somebody()
    told(memories, guest, BROTHER, HELPED)
    told(memories, person, CALLED)
    question(guest)
    monkeypatch.setattr(rows, "reindex", None)  # nothing is encoded again
    joining.bring(guest, person, lambda: None)
    items = memories.items(person)
    assert {item.says for item in items} == {BROTHER.says, HELPED.says, CALLED.says}
    seal = keyring().open(person)
    recalled = memories.recall(person, seal, "我弟", timezone.now())
    assert recalled is not None
    assert BROTHER.says in {item.says for item in recalled.items}
    assert recalled.wishes.name == "小满"
    row = CheckIn.objects.get(person_id=person)
    assert seal.open_json(row.body, Place("memory_checkin", "body", row.id))
    assert not MemoryIndex.objects.filter(person_id=guest).exists()


@pytest.mark.parametrize("shut", ["guest", "person"])
def test_an_index_that_does_not_open_is_made_again(memories: Memories, shut: str) -> None:
    (guest, _), (person, _) = somebody(), somebody()
    told(memories, guest, BROTHER)
    told(memories, person, CALLED)
    whose = guest if shut == "guest" else person
    MemoryIndex.objects.filter(person_id=whose).update(head=b"\x01" * 40)
    joining.bring(guest, person, lambda: None)
    recalled = memories.recall(person, keyring().open(person), "我弟小宇", timezone.now())
    assert recalled is not None
    assert {item.says for item in recalled.items} >= {BROTHER.says}
    assert recalled.wishes.name == "小满"


@pytest.mark.parametrize("of_guest", [True, False])
def test_a_pause_of_either_holds(memories: Memories, of_guest: bool) -> None:
    (guest, _), (person, _) = somebody(), somebody()
    memories.choose(guest, Choice(paused=of_guest))
    memories.choose(person, Choice(paused=not of_guest, check_ins=False))
    joining.bring(guest, person, lambda: None)
    assert memories.choice(person) == Choice(paused=True, check_ins=False)


def test_a_guests_choice_comes_to_whoever_made_none(memories: Memories) -> None:
    (guest, _), (person, _) = somebody(), somebody()
    memories.choose(guest, Choice(paused=True))
    joining.bring(guest, person, lambda: None)
    assert memories.choice(person).paused


def test_erasing_the_words_forgets_all_but_what_was_chosen(memories: Memories) -> None:
    person, _ = somebody()
    account = Account.objects.create_user("slow-river", None)
    belonging.current().join(account.pk, person)
    told(memories, person, BROTHER)
    memories.choose(person, Choice(paused=True))
    assert data_words.erase_words(person, data_service.current().erasing, timezone.now())
    anew = belonging.current().person_of(account.pk)
    assert anew is not None
    assert anew != person
    assert memories.items(anew) == []
    assert memories.choice(anew).paused
    assert MemoryItem.objects.count() == 0
    assert MemoryChoice.objects.count() == 1


def test_what_is_remembered_is_counted_on_the_page_of_what_is_kept(memories: Memories) -> None:
    person, _ = somebody()
    told(memories, person, BROTHER)
    kept = {one.about.page: one for one in data_service.current().kept(person)}
    assert kept["memory"].numbers[0][1] == 1
