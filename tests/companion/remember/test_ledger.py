"""What becomes of the ledger when something is found."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from qingting.companion.remember.item import CERTAIN, HEARD_ONCE, MOST_HEARD, Found, Item, Kind
from qingting.companion.remember.ledger import Changes, abouts, corrected, enter

NOW = datetime(2026, 11, 18, 23, 40, tzinfo=UTC)
FRIDAY = date(2026, 11, 27)


def found(
    kind: Kind,
    about: str,
    says: str,
    *,
    replaces: str | None = None,
    gone: bool = False,
    **more: Any,
) -> Found:
    quote = f"……{says}……"
    return Found(
        kind, about, says, quote, 0, len(quote), "zh", replaces=replaces, gone=gone, **more
    )


def told(held: list[Item], *finds: Found, later: int = 0) -> Changes:
    now = NOW + timedelta(days=later)
    ids = (f"{number:032x}" for number in count(len(held) * 100 + later + 1))
    return enter(held, finds, turn="t", now=now, ids=ids)


def after(held: list[Item], changes: Changes) -> list[Item]:
    """The whole ledger as storage would hold it."""
    everything = {item.id: item for item in (*held, *changes.changed, *changes.new)}
    return list(everything.values())


def in_force(items: list[Item]) -> dict[str, str]:
    return {item.about: item.says for item in items if item.standing == "held"}


def test_something_new_is_a_new_item() -> None:
    [item] = told([], found("event", "面试", "面试", on=FRIDAY, until=FRIDAY)).new
    assert (item.about, item.on, item.confidence) == ("面试", FRIDAY, HEARD_ONCE)
    assert item.first_said_at == item.said_at == NOW
    assert item.expires is not None
    assert item.expires > FRIDAY


def test_heard_again_it_is_the_same_item_and_surer_but_never_certain() -> None:
    held = after([], told([], found("person", "弟弟/name", "弟弟叫小宇")))
    for day in range(1, 8):
        changes = told(held, found("person", "弟弟/name", "弟弟叫小宇"), later=day)
        assert not changes.new
        held = after(held, changes)
    [item] = held
    assert item.confidence == MOST_HEARD < CERTAIN
    assert len(item.sources) == 8
    assert item.said_at > item.first_said_at


def test_what_contradicts_takes_its_place_and_both_stay_in_the_history() -> None:
    held = after([], told([], found("person", "弟弟/name", "弟弟叫小宇")))
    held = after(held, told(held, found("person", "弟弟/name", "弟弟叫小雨"), later=1))
    assert in_force(held) == {"弟弟/name": "弟弟叫小雨"}
    before, now = sorted(held, key=lambda item: item.said_at)
    assert before.standing == "superseded"
    assert now.supersedes == before.id


def test_a_correction_takes_the_place_of_what_was_said_of_somebody_else() -> None:
    held = after([], told([], found("person", "哥哥", "有个哥哥")))
    correction = found("person", "弟弟", "有个弟弟", replaces="哥哥")
    assert ("person", "哥哥") in abouts([correction])
    held = after(held, told(held, correction, later=1))
    assert in_force(held) == {"弟弟": "有个弟弟"}
    assert [item.supersedes for item in held if item.standing == "held"] == [held[0].id]


def test_a_day_that_moved_supersedes_and_a_day_left_out_does_not() -> None:
    held = after([], told([], found("event", "面试", "面试", on=FRIDAY, until=FRIDAY)))
    held = after(held, told(held, found("event", "面试", "面试"), later=1))
    assert [item.on for item in held] == [FRIDAY]
    thursday = FRIDAY - timedelta(days=1)
    held = after(
        held, told(held, found("event", "面试", "面试", on=thursday, until=thursday), later=2)
    )
    assert [item.on for item in held if item.standing == "held"] == [thursday]


def test_a_day_told_later_is_added() -> None:
    held = after([], told([], found("goal", "驾照", "考驾照")))
    held = after(
        held, told(held, found("goal", "驾照", "考驾照", on=FRIDAY, until=FRIDAY), later=1)
    )
    assert [(item.on, item.standing) for item in held] == [(FRIDAY, "held")]


def test_what_is_no_longer_so_goes_out_of_force_and_nothing_takes_its_place() -> None:
    held = after([], told([], found("event", "面试", "面试", on=FRIDAY, until=FRIDAY)))
    changes = told(held, found("event", "面试", "面试", gone=True), later=1)
    assert not changes.new
    assert in_force(after(held, changes)) == {}


def test_two_names_for_the_same_wish_in_one_message_leave_the_last() -> None:
    changes = told(
        [], found("preference", "name", "叫你小雨"), found("preference", "name", "叫你阿雨")
    )
    assert in_force(after([], changes)) == {"name": "叫你阿雨"}


def test_less_takes_the_place_of_more_and_more_only_in_words_that_mean_always() -> None:
    long = found("preference", "long", "多说")
    always = found("preference", "long", "多说", replaces="short")
    less = found("preference", "short", "话少")
    assert ("preference", "long") in abouts([less])
    assert ("preference", "short") in abouts([always])
    held = after([], told([], long, found("preference", "no_advice", "不要建议")))
    held = after(held, told(held, less, later=1))
    assert in_force(held) == {"short": "话少", "no_advice": "不要建议"}
    assert [item.supersedes for item in held if item.about == "short"] == [held[0].id]
    once = after(held, told(held, long, later=2))
    assert in_force(once).keys() == {"short", "long", "no_advice"}
    held = after(held, told(held, always, later=2))
    assert in_force(held).keys() == {"long", "no_advice"}


def test_a_guessed_wish_takes_nothing_back_until_it_is_heard_again() -> None:
    guessed = found("preference", "no_advice", "不要建议", confidence=0.65)
    held = after([], told([], found("preference", "advice", "要建议")))
    held = after(held, told(held, guessed, later=1))
    assert in_force(held).keys() == {"no_advice", "advice"}
    held = after(held, told(held, guessed, later=2))
    assert in_force(held).keys() == {"no_advice"}


def test_a_name_is_one_to_call_them_or_never() -> None:
    name = found("preference", "name", "call you Katherine", value="Katherine")
    never = found("preference", "not_called/katherine", "not Katherine", value="katherine")
    other = found("preference", "not_called/champ", "not champ", value="champ")
    held = after([], told([], name))
    held = after(held, told(held, never, other, later=1))
    assert in_force(held).keys() == {"not_called/katherine", "not_called/champ"}
    held = after(held, told(held, name, later=2))
    assert in_force(held).keys() == {"name", "not_called/champ"}


def test_what_not_to_call_them_is_no_tone_of_another_wish() -> None:
    names = [found("preference", f"not_called/{one}", one, value=one) for one in ("宝", "同学")]
    held = after([], told([], *names, found("preference", "tone", "随意点")))
    assert len(in_force(held)) == 3


def test_what_the_person_writes_themselves_is_certain_and_stays_so() -> None:
    held = after([], told([], found("person", "弟弟/name", "弟弟叫小雨")))
    changes = corrected(held[0], "弟弟叫小宇", None, fresh="f" * 32)
    held = after(held, changes)
    assert in_force(held) == {"弟弟/name": "弟弟叫小宇"}
    held = after(held, told(held, found("person", "弟弟/name", "弟弟叫小宇"), later=3))
    [item] = [item for item in held if item.standing == "held"]
    assert item.confidence == CERTAIN
    assert item.corrected


def test_a_name_put_right_without_saying_whose_it_is() -> None:
    from dataclasses import replace

    from qingting.companion.remember.ledger import old_names

    first = replace(found("person", "闺蜜/name", "闺蜜叫小雨"), value="小雨")
    held = after([], told([], first))
    right = replace(found("person", "小玉/name", "她叫小玉", replaces="小雨/name"), value="小玉")
    assert old_names([right]) == {"小雨"}
    held = after(held, told(held, right, later=1))
    assert in_force(held) == {"闺蜜/name": "她叫小玉"}
