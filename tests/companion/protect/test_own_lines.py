"""A danger that has a line of its own is given that one, in the words and in the pinned box."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from qingting.cli.scripted import InMemory
from qingting.companion.events import Event, Pinned
from qingting.companion.person import AgeBand, Person
from qingting.companion.policy import Policy
from qingting.companion.protect.places import help_for
from qingting.companion.protect.resource_files import ResourceError
from qingting.companion.protect.resources import Directory
from qingting.companion.understand.reading import Kind

_ZONES = {"zh-CN": "Asia/Shanghai", "en-US": "America/New_York", "en-GB": "Europe/London"}


def person(locale: str, band: AgeBand = "unknown") -> Person:
    return Person(locale, _ZONES[locale], locale[-2:], band)


def night(locale: str) -> datetime:
    return datetime(2026, 3, 2, 2, 37, tzinfo=ZoneInfo(_ZONES[locale]))


@pytest.mark.parametrize(
    ("locale", "band", "kind", "number"),
    [
        ("zh-CN", "unknown", "abuse", "12338"),
        ("zh-CN", "unknown", "sexual_violence", "12338"),
        ("zh-CN", "16_17", "exploitation", "110"),
        ("zh-CN", "unknown", "suicide", "010-82951332"),
        ("en-US", "16_17", "abuse", "1-800-422-4453"),
        ("en-US", "adult", "abuse", "1-800-799-7233"),
        ("en-US", "unknown", "sexual_violence", "800-656-4673"),
        ("en-US", "16_17", "exploitation", "1-800-843-5678"),
        ("en-US", "adult", "exploitation", "1-800-225-5324"),
        ("en-US", "unknown", "suicide", "988"),
        ("en-GB", "14_15", "abuse", "0800 1111"),
        ("en-GB", "adult", "abuse", "0808 2000 247"),
    ],
)
def test_the_line_is_that_of_the_danger(
    locale: str, band: AgeBand, kind: Kind, number: str
) -> None:
    who = person(locale, band)
    at_hand = help_for(who, who.language, night(locale), Directory.load())
    line = at_hand.line_of(kind)
    assert line is not None
    assert line.number == number
    assert at_hand.slots(kind)["line"].startswith(number)
    pinned = at_hand.pinned_for(kind)
    assert pinned is not None
    assert pinned[0].startswith(number)


def test_where_speaking_is_dangerous_the_police_can_be_texted() -> None:
    here = help_for(person("zh-CN"), "zh", night("zh-CN"), Directory.load())
    assert here.slots("abuse")["emergency_text"] == "12110"
    assert "emergency_text" not in here.slots("suicide")
    there = help_for(person("en-US"), "en", night("en-US"), Directory.load())
    assert "emergency_text" not in there.slots("abuse")


def test_poison_control_is_at_hand_where_there_is_one() -> None:
    at_hand = help_for(person("en-US"), "en", night("en-US"), Directory.load())
    assert at_hand.slots("suicide")["poison"].startswith("1-800-222-1222")


@pytest.mark.parametrize(
    ("locale", "text", "number", "address"),
    [
        ("zh-CN", "我爸打我", "12338", "tel:12338"),
        ("zh-CN", "有人拿我裸照威胁我", "110", "tel:110"),
        ("en-US", "i was raped", "800-656-4673", "tel:8006564673"),
        ("en-US", "my boyfriend hits me", "1-800-799-7233", "tel:18007997233"),
    ],
)
async def test_the_pinned_box_follows_the_danger(
    locale: str, text: str, number: str, address: str
) -> None:
    talk = InMemory(person(locale), Policy(), night(locale), seed="own")
    events, done = await talk.say(text)
    pinned: list[Event] = [event for event in events if isinstance(event, Pinned)]
    assert [event.href for event in pinned if isinstance(event, Pinned)] == [address]
    assert number in done.reply


def test_a_danger_nobody_knows_is_named_with_its_row(tmp_path: Path) -> None:
    text = Path("qingting/content/resources/us.toml").read_text(encoding="utf-8")
    broken = text.replace('dangers = ["abuse"]', 'dangers = ["sadness"]', 1)
    (tmp_path / "us.toml").write_text(broken, encoding="utf-8")
    with pytest.raises(ResourceError, match=r"us-childhelp.*sadness"):
        Directory.read(tmp_path)
