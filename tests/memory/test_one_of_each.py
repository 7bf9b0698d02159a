"""What two records of one person both hold is held once, the later one standing; and whoever turns
out to be another takes along what was told of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from qingting.companion.remember.item import Found, Item
from qingting.memory import check_in_rows
from qingting.memory.models import CheckIn, MemoryItem
from qingting.memory.service import Memories
from qingting.people.accounts import joining
from tests.memory.ledgered import (
    BROTHER,
    INTERVIEW,
    SHORT,
    TODAY,
    browser,
    found,
    keyring,
    only,
    somebody,
    told,
    wired,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

DAY = timedelta(days=1)
OTHER = found(BROTHER, says="弟弟叫小雨", value="小雨", quote="我弟小雨又发烧了")


@pytest.fixture(autouse=True)
def memories() -> Iterator[Memories]:
    with wired() as made:
        yield made


def now() -> datetime:
    return timezone.now()


def held(memories: Memories, person: UUID) -> list[Item]:
    return [item for item in memories.items(person) if item.standing == "held"]


def joined(memories: Memories, mine: Found, theirs: Found, *, guest_later: bool) -> UUID:
    """A person who told one thing and, as a guest elsewhere, another; now one."""
    (guest, _), (person, _) = somebody(), somebody()
    early, late = now() - 3 * DAY, now() - DAY
    told(memories, person, mine, at=early if guest_later else late)
    told(memories, guest, theirs, at=late if guest_later else early)
    joining.bring(guest, person, lambda: None)
    return person


def recalled(memories: Memories, person: UUID, text: str = "我弟") -> set[str]:
    found = memories.recall(person, keyring().open(person), text, now())
    assert found is not None
    return {item.says for item in found.items}


@pytest.mark.parametrize("guest_later", [True, False])
def test_the_later_of_two_names_stands_and_the_other_is_history(
    memories: Memories, guest_later: bool
) -> None:
    person = joined(memories, BROTHER, OTHER, guest_later=guest_later)
    says, before = ("弟弟叫小雨", "弟弟叫小宇")[:: 1 if guest_later else -1]
    [item] = held(memories, person)
    assert item.says == says
    by_id = {one.id: one for one in memories.items(person)}
    assert by_id[item.supersedes or ""].says == before
    assert recalled(memories, person) == {says}


def test_of_two_opposite_wishes_the_later_one_stands(memories: Memories) -> None:
    long = found(SHORT, about="long", says="多说一点", quote="你多说一点")
    person = joined(memories, SHORT, long, guest_later=True)
    [item] = held(memories, person)
    assert item.about == "long"
    assert memories.wishes(person, keyring().open(person)).long
    assert [one.about for one in memories.items(person) if one.id == item.supersedes] == ["short"]


def test_its_own_history_stands_between(memories: Memories) -> None:
    (guest, _), (person, token) = somebody(), somebody()
    told(memories, person, BROTHER, at=now() - 5 * DAY)
    told(memories, guest, OTHER, at=now() - 4 * DAY)
    told(memories, guest, found(OTHER, says="弟弟叫小禹", value="小禹"), at=now() - 3 * DAY)
    joining.bring(guest, person, lambda: None)
    [item] = held(memories, person)
    client = browser(token, "zh-CN")
    shown = client.get("/memory/").content.decode()
    assert item.says == "弟弟叫小禹"
    assert shown.index("弟弟叫小禹") < shown.index("弟弟叫小雨") < shown.index("弟弟叫小宇")
    client.post(f"/memory/{UUID(item.id)}/forget/")
    assert memories.items(person) == []


def test_what_both_heard_is_one_thing_heard_twice(memories: Memories) -> None:
    person = joined(memories, BROTHER, BROTHER, guest_later=True)
    [item] = held(memories, person)
    assert len(item.sources) == 2
    assert item.confidence > BROTHER.confidence
    memories.forget(person, UUID(item.id))
    assert not MemoryItem.objects.exists()


def test_said_alike_it_has_no_before_on_the_page(memories: Memories) -> None:
    (guest, _), (person, token) = somebody(), somebody()
    told(memories, person, SHORT, at=now() - DAY)
    told(memories, guest, SHORT)
    joining.bring(guest, person, lambda: None)
    assert browser(token, "zh-CN").get("/memory/").content.decode().count(f">{SHORT.says}<") == 1


def test_what_the_person_put_right_is_as_late_as_that(memories: Memories) -> None:
    (guest, _), (person, _) = somebody(), somebody()
    told(memories, person, BROTHER, at=now() - 5 * DAY)
    told(memories, guest, OTHER, at=now() - 2 * DAY)
    memories.correct(person, only(memories, person, BROTHER.says), "弟弟叫小禹", None)
    joining.bring(guest, person, lambda: None)
    assert [item.says for item in held(memories, person)] == ["弟弟叫小禹"]


def test_what_stays_on_this_machine_stays_there_under_another_name(memories: Memories) -> None:
    (guest, _), (person, _) = somebody(), somebody()
    told(memories, person, BROTHER, at=now() - 5 * DAY)
    memories.keep_here(person, only(memories, person, BROTHER.says), local_only=True)
    told(memories, guest, OTHER)
    joining.bring(guest, person, lambda: None)
    [item] = held(memories, person)
    assert (item.says, item.local_only) == ("弟弟叫小雨", True)
    told(memories, person, found(BROTHER, says="弟弟叫小禹", value="小禹"))
    [item] = held(memories, person)
    assert (item.says, item.local_only) == ("弟弟叫小禹", True)


def test_of_two_days_the_later_said_one_is_asked_about(memories: Memories) -> None:
    earlier = found(INTERVIEW, on=TODAY + 2 * DAY, until=TODAY + 2 * DAY)
    person = joined(memories, earlier, INTERVIEW, guest_later=True)
    assert [item.on for item in held(memories, person)] == [INTERVIEW.on]
    assert CheckIn.objects.get().person_id == person


@pytest.mark.parametrize("state", ["waiting", "asked"])
def test_asked_on_one_device_it_is_not_asked_on_the_other(memories: Memories, state: Any) -> None:
    (guest, _), (person, _) = somebody(), somebody()
    told(memories, person, INTERVIEW, at=now() - DAY)
    CheckIn.objects.update(state=state)
    told(memories, guest, INTERVIEW)
    joining.bring(guest, person, lambda: None)
    [item] = held(memories, person)
    assert CheckIn.objects.get(id=check_in_rows.id_of(UUID(item.id))).state == state
    assert CheckIn.objects.filter(state="waiting").count() == (state == "waiting")


WRONG = Found(
    "person",
    "表弟",
    "是表弟，不是弟弟",
    "说错了，是表弟不是弟弟",
    0,
    11,
    "zh",
    replaces="弟弟",
)
SCHOOL = found(BROTHER, about="弟弟", says="弟弟今年初二", value="", sensitive=True)


def test_the_cousin_takes_along_what_was_told_of_the_brother(memories: Memories) -> None:
    person, _ = somebody()
    told(memories, person, BROTHER, SCHOOL, at=now() - DAY)
    told(memories, person, WRONG)
    by_id = {item.id: item for item in memories.items(person)}
    assert {(item.about, item.says, item.value) for item in held(memories, person)} == {
        ("表弟/name", "表弟叫小宇", "小宇"),
        ("表弟", "表弟今年初二", ""),
    }
    before = {by_id[item.supersedes or ""].says for item in held(memories, person)}
    assert before == {"弟弟叫小宇", "弟弟今年初二"}
    assert [item.sensitive for item in held(memories, person) if item.about == "表弟"] == [True]
    assert recalled(memories, person, "我表弟") >= {"表弟叫小宇"}


def test_what_was_told_long_ago_was_of_the_brother(memories: Memories) -> None:
    person, _ = somebody()
    told(memories, person, BROTHER, at=now() - 30 * DAY)
    told(memories, person, WRONG)
    assert {item.says for item in held(memories, person)} == {BROTHER.says, WRONG.says}


def test_a_cousin_with_a_name_of_his_own_keeps_it(memories: Memories) -> None:
    person, _ = somebody()
    cousin = found(BROTHER, about="表弟/name", says="表弟叫阿杰", value="阿杰")
    told(memories, person, BROTHER, cousin, at=now() - DAY)
    told(memories, person, WRONG)
    assert [item.says for item in held(memories, person)] == ["表弟叫阿杰"]


def test_in_english_by_whatever_they_call_him(memories: Memories) -> None:
    person, _ = somebody()
    bro = replace(BROTHER, about="brother/name", says="your bro is Sam", value="Sam", language="en")
    wrong = replace(WRONG, about="cousin", says="your cousin", replaces="brother", language="en")
    told(memories, person, bro, at=now() - DAY)
    told(memories, person, wrong)
    assert [item.says for item in held(memories, person)] == ["your cousin is Sam"]
