"""Where help is: the shipped data, the reading of it, and what a place offers."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from qingting.companion.person import AgeBand, Language
from qingting.companion.protect.hours import Hours, parse_window
from qingting.companion.protect.resource import KINDS, Ages, Channel, Resource
from qingting.companion.protect.resource_files import ResourceError
from qingting.companion.protect.resources import Directory, region_of

LANGUAGES: tuple[Language, ...] = ("zh", "en")
DIRECTORY = Directory.load()
# 02:37 on a Sunday in Shanghai.
NIGHT = datetime(2026, 11, 21, 18, 37, tzinfo=UTC)
WITHOUT_A_LINE = ("EU",)
BANNED = re.compile(
    "轻生|想不开|做傻事|诊断|治疗|患者|症状|加油|坚强|正能量|抱抱|保证"
    "|reach out|therap|diagnos|symptom|valid\\b|journey|safe space|self-care|toxic",
    re.IGNORECASE,
)


def everything() -> list[Resource]:
    return [each for file in DIRECTORY.files for each in file.resources]


def by_id(name: str) -> Resource:
    return next(each for each in everything() if each.id == name)


def local(zone: str, day: int, hour: int, minute: int = 0) -> datetime:
    """November 2026; the 16th is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(zone))


# The shipped data.


def test_every_planned_place_is_there() -> None:
    codes = {file.country for file in DIRECTORY.files}
    wanted = "CN HK TW MO SG MY JP KR US CA GB IE EU AU NZ IN INT"
    assert codes == set(wanted.split())


def test_only_confirmed_rows_ship() -> None:
    for each in everything():
        assert each.confidence in (("V", "S", "M") if each.kind == "emergency" else ("V", "S"))
        assert each.compiled_on in (date(2026, 11, 21), date(2026, 11, 22))


def test_numbers_that_must_not_ship_do_not() -> None:
    # No longer answered reliably, landline only, in conflict, or replaced.
    shipped = {re.sub(r"\D", "", number) for number in DIRECTORY.numbers}
    for number in ("4001619995", "8008101117", "962525", "0376272929", "0379568145", "1393"):
        assert number not in shipped


def test_no_file_says_verified_and_no_wording_is_banned() -> None:
    for path in files("qingting").joinpath("content", "resources").iterdir():
        text = path.read_text(encoding="utf-8")
        assert "verified" not in text
        assert not BANNED.search(text), path.name


def test_around_the_clock_is_said_only_of_lines_that_are() -> None:
    for each in everything():
        for language in LANGUAGES:
            shown = each.label(language) + each.hours_text(language)
            assert ("24小时" in shown or "24/7" in shown) <= (each.hours.kind == "always")


@pytest.mark.parametrize("code", [file.country for file in DIRECTORY.files if file.order < 900])
def test_every_place_has_an_emergency_number(code: str) -> None:
    place = DIRECTORY.for_place(code, language="en")
    for purpose in ("ambulance", "police"):
        found = place.emergency("ambulance" if purpose == "ambulance" else "police")
        assert found is not None
        assert found.number
        assert found.purpose in (purpose, "all")


# Places.


def test_mainland_china() -> None:
    place = DIRECTORY.for_place("cn", language="zh")
    ambulance, police = place.emergency(), place.emergency("police")
    assert ambulance
    assert ambulance.number == "120"
    assert ambulance.label("zh") == "120（急救）"
    assert police
    assert police.number == "110"
    line = place.crisis_line(NIGHT, "unknown")
    assert line
    assert line.label("zh") == "12356（全国统一心理援助热线，每天不少于18小时）"
    assert line.open_now(NIGHT) is None
    second = place.crisis_lines(NIGHT, "unknown")[1]
    assert second.number == "010-82951332"
    assert second.open_now(NIGHT) is True


def test_the_united_states() -> None:
    line = DIRECTORY.for_place("US", language="en").crisis_line(NIGHT, "adult")
    assert line
    assert line.label("en") == "988 (988 Suicide & Crisis Lifeline, 24/7, call or text)"
    assert line.href == "tel:988"
    assert by_id("us-crisis-text-line").label("en") == "741741 (Crisis Text Line, 24/7, text HOME)"
    assert by_id("us-crisis-text-line").href == "sms:741741?body=HOME"


def test_a_line_that_speaks_the_language_comes_first() -> None:
    numbers = {}
    for language in LANGUAGES:
        line = DIRECTORY.for_place("SG", language=language).crisis_line(NIGHT, "adult")
        numbers[language] = line.number if line else None
    assert numbers == {"zh": "1771", "en": "1767"}


@pytest.mark.parametrize("region", [None, "", "TH", "XX", "INT"])
def test_an_unknown_place_has_the_finder_and_nothing_guessed(region: str | None) -> None:
    place = DIRECTORY.for_place(region, language="en")
    assert place.code == "INT"
    assert place.emergency() is None
    assert place.crisis_line(NIGHT, "adult") is None
    assert place.all(NIGHT) == (place.finder,)
    assert place.finder.number is None
    assert place.finder.label("en").startswith("findahelpline.com (")
    assert place.numbers == frozenset()


@pytest.mark.parametrize("region", WITHOUT_A_LINE)
def test_a_place_without_a_line_shows_its_emergency_number_and_the_finder(region: str) -> None:
    place = DIRECTORY.for_place(region, language="en")
    assert place.crisis_line(NIGHT, "adult") is None
    assert [each.kind for each in place.all(NIGHT)] == ["emergency", "directory"]


def test_member_states_share_one_emergency_number() -> None:
    place = DIRECTORY.for_place("DE", language="en")
    assert place.code == "EU"
    assert place.emergency() is not None
    assert DIRECTORY.for_place("IE", language="en").code == "IE"


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_is_in_order_of_kind(language: Language) -> None:
    for code, _ in DIRECTORY.places(language):
        found = DIRECTORY.for_place(code, language=language).all(NIGHT)
        ranks = [KINDS.index(each.kind) for each in found]
        assert ranks == sorted(ranks)
        assert found


def test_lines_for_children_are_for_children() -> None:
    place = DIRECTORY.for_place("JP", language="zh")
    bands: tuple[AgeBand, ...] = ("unknown", "under_14", "14_15", "16_17", "adult")
    offered = {
        band: "jp-childline" in [each.id for each in place.crisis_lines(NIGHT, band)]
        for band in bands
    }
    assert offered == {
        "unknown": False, "under_14": True, "14_15": True, "16_17": True, "adult": False
    }  # fmt: skip


def test_lines_for_some_are_not_given_as_the_line_for_anyone() -> None:
    for language in LANGUAGES:
        for code, _ in DIRECTORY.places(language):
            line = DIRECTORY.for_place(code, language=language).crisis_line(NIGHT, "unknown")
            assert line is None or line.for_everyone


def test_a_closed_line_comes_behind_an_open_one() -> None:
    place = DIRECTORY.for_place("JP", language="zh")
    evening = [each.id for each in place.crisis_lines(local("Asia/Tokyo", 16, 17), "adult")]
    night = [each.id for each in place.crisis_lines(local("Asia/Tokyo", 16, 3), "adult")]
    assert evening.index("jp-inochi-no-denwa") < evening.index("jp-kokoro-dial")
    assert night[-1] == "jp-inochi-no-denwa"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chooser_ends_with_somewhere_else(language: Language) -> None:
    places = DIRECTORY.places(language)
    assert places[0][0] == "CN"
    assert places[-1][0] == "INT"
    assert len({name for _, name in places}) == len(places) == 17


@pytest.mark.parametrize(
    ("locale", "region"),
    [
        ("zh", "CN"),
        ("zh-CN", "CN"),
        ("zh_CN", "CN"),
        ("zh-Hans", "CN"),
        ("zh-Hans-CN", "CN"),
        ("zh-TW", "TW"),
        ("zh-HK", "HK"),
        ("zh-Hant-HK", "HK"),
        ("zh-MO", "MO"),
        ("zh-SG", "SG"),
        ("zh-Hans-SG", "SG"),
        ("zh-Hant", None),
        ("en-US", "US"),
        ("en-GB", "GB"),
        ("EN-au", "AU"),
        ("de-DE", "DE"),
        ("en-US-u-ca-gregory", "US"),
        ("en-u-ca-gregory", None),
        ("en", None),
        ("es-419", None),
        ("", None),
        ("-", None),
    ],
)
def test_region_of(locale: str, region: str | None) -> None:
    assert region_of(locale) == region


# Hours.


@pytest.mark.parametrize(
    ("day", "hour", "minute", "is_open"),
    [
        (16, 8, 59, False),
        (16, 9, 0, True),
        (21, 20, 59, True),
        (21, 21, 0, False),
        (22, 16, 59, True),
        (22, 17, 0, False),
    ],
)
def test_open_now_with_two_windows(day: int, hour: int, minute: int, is_open: bool) -> None:
    teacher = by_id("tw-1980")
    assert teacher.open_now(local("Asia/Taipei", day, hour, minute)) is is_open
    elsewhere = local("Asia/Taipei", day, hour, minute).astimezone(ZoneInfo("America/New_York"))
    assert teacher.open_now(elsewhere) is is_open


def test_open_until_midnight() -> None:
    heal = by_id("my-heal")
    assert heal.open_now(local("Asia/Kuala_Lumpur", 16, 23, 59)) is True
    assert heal.open_now(local("Asia/Kuala_Lumpur", 17, 0, 0)) is False
    assert heal.hours_text("zh") == "每天08:00–24:00"
    assert heal.hours_text("en") == "daily 08:00–24:00"


def test_open_past_midnight() -> None:
    hours = Hours("windows", (parse_window("fri-sat", "22:00", "06:00"),))
    monday = local("UTC", 16, 0)
    opened = [hours.open_at(monday + timedelta(days=d, hours=3)) for d in range(7)]
    assert opened == [False, False, False, False, False, True, True]
    assert hours.open_at(monday + timedelta(days=4, hours=22)) is True
    assert hours.text("zh") == "周五至周六22:00–次日06:00"
    assert hours.text("en") == "Fri–Sat 22:00–06:00 the next day"


def test_hours_in_words() -> None:
    assert by_id("tw-1980").hours_text("zh") == "周一至周六09:00–21:00，周日09:00–17:00"
    assert by_id("tw-1980").hours_text("en") == "Mon–Sat 09:00–21:00, Sun 09:00–17:00"
    assert by_id("cn-12355").hours_text("zh") == "时间不固定"
    assert by_id("cn-12355").open_now(NIGHT) is None


def test_open_now_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time-zone"):
        by_id("us-988").open_now(NIGHT.replace(tzinfo=None))


@pytest.mark.parametrize(
    "window",
    [
        ("mon-sum", "09:00", "17:00"),
        ("sat-mon", "09:00", "17:00"),
        ("mon", "9:00", "17:00"),
        ("mon", "09:60", "17:00"),
        ("mon", "09:00", "24:01"),
        ("mon", "24:00", "06:00"),
        ("mon", "22:00", "00:00"),
        ("mon", "soon", "later"),
    ],
)
def test_a_window_that_cannot_be_read(window: tuple[str, str, str]) -> None:
    with pytest.raises(ValueError, match=r"no weekday|backwards|no time|opens at"):
        parse_window(*window)


# Links and labels.


@pytest.mark.parametrize(
    ("channel", "href"),
    [
        (Channel("call", "010-82951332"), "tel:01082951332"),
        (Channel("call", "2389 2222"), "tel:23892222"),
        (Channel("text", "741741", "HOME"), "sms:741741?body=HOME"),
        (Channel("whatsapp", "+65 9151 1767"), "https://wa.me/6591511767"),
        (Channel("whatsapp", "18111"), None),
        (Channel("email", "jo@samaritans.org.hk"), "mailto:jo@samaritans.org.hk"),
        (Channel("web", "https://findahelpline.com"), "https://findahelpline.com"),
        (Channel("wechat", "somebody"), None),
    ],
)
def test_links(channel: Channel, href: str | None) -> None:
    assert channel.href == href


def test_ways_are_named_only_for_the_number_shown() -> None:
    assert by_id("hk-18111").label("zh").endswith("24小时，可打电话或用WhatsApp）")
    assert by_id("sg-1771").label("en") == "1771 (national mindline, 24/7)"
    assert by_id("us-trevor").number is None


def test_every_row_can_be_opened_with_one_tap() -> None:
    assert all(each.href for each in everything())


def test_ages_serve_a_band_only_as_a_whole() -> None:
    assert Ages().serve("unknown")
    assert Ages(max=18).serve("16_17")
    assert not Ages(max=18).serve("adult")
    assert not Ages(min=11, max=35).serve("under_14")
    assert Ages(min=11, max=35).serve("14_15")
    assert not Ages(max=24).serve("unknown")


# Reading files.

INTERNATIONAL = """
country = "INT"
order = 9
name = { zh = "别处", en = "Elsewhere" }
timezone = "UTC"
[[resource]]
id = "finder"
kind = "directory"
name = { native = "F", zh = "F", en = "F" }
channels = [{ type = "web", value = "https://example.org" }]
hours = "always"
languages = ["mul"]
source = "a page"
confidence = "S"
compiled_on = "2026-11-21"
"""
HERE = INTERNATIONAL.replace('"INT"', '"XA"').replace('"finder"', '"a-line"').replace(
    '"directory"', '"crisis"').replace('"web", value = "https://example.org"',
    '"call", value = "555 0100"')  # fmt: skip


def read(folder: Path, here: str = HERE, international: str = INTERNATIONAL) -> Directory:
    (folder / "int.toml").write_text(international, encoding="utf-8")
    (folder / "xa.toml").write_text(here, encoding="utf-8")
    return Directory.read(folder)


def test_an_operator_can_bring_a_folder(tmp_path: Path) -> None:
    directory = read(tmp_path)
    assert directory.numbers == {"555 0100"}
    line = directory.for_place("XA", language="en").crisis_line(NIGHT, "unknown")
    assert line
    assert line.number == "555 0100"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('kind = "crisis"', 'kind = "hotline"', "kind 'hotline' is none of"),
        ('kind = "crisis"', 'kind = "emergency"', "purpose"),
        ('kind = "crisis"', 'kind = "crisis"\npurpose = "all"', "purpose"),
        ('confidence = "S"', 'confidence = "M"', "confidence M"),
        ('confidence = "S"', 'confidence = "U"', "confidence 'U'"),
        ('source = "a page"', 'source = " "', "source"),
        ('source = "a page"', "", "missing source"),
        ('source = "a page"', 'source = "a page"\nstatus = "active"', "unknown key status"),
        ('"2026-11-21"', '"21.11.2026"', "compiled_on"),
        ('hours = "always"', 'hours = "24h"', "hours '24h'"),
        ('hours = "always"', 'hours = [{ days = "mon", open = "9", close = "17:00" }]', "'9'"),
        ('hours = "always"', 'hours = [{ days = "mon", open = "09:00" }]', "close"),
        ('hours = "always"', 'hours = "always"\nages = { min = 9, max = 3 }', "min is above max"),
        ('hours = "always"', 'hours = "always"\nages = { max = true }', "max"),
        ('hours = "always"', 'hours = "always"\nurl = "http://example.org"', "https"),
        ('hours = "always"', 'hours = "always"\ntimezone = "Mars/Base"', "Mars/Base"),
        ('hours = "always"', 'hours = "always"\nnote = { zh = "只有中文" }', "en"),
        ('"555 0100"', '"call us"', "phone number"),
        ('"555 0100"', '"555 0100", extra = 1', "unknown key extra"),
        ('type = "call"', 'type = "fax"', "fax"),
        ('type = "call"', 'type = "email"', "e-mail"),
        ('languages = ["mul"]', "languages = []", "languages"),
        ('languages = ["mul"]', "languages = [1]", "languages"),
        ('name = { native = "F", zh = "F", en = "F" }', 'name = "F"', "name"),
    ],
)
def test_a_mistake_in_a_row_names_file_and_row(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    assert old in HERE
    with pytest.raises(ResourceError) as raised:
        read(tmp_path, HERE.replace(old, new, 1))
    message = str(raised.value)
    assert message.startswith("xa.toml, resource 1 (a-line)")
    assert problem in message


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('country = "XA"', 'country = "XB"', "country 'XB'"),
        ("order = 9", "order = -1", "order"),
        ('timezone = "UTC"', 'timezone = "../UTC"', "timezone"),
        ('timezone = "UTC"', 'timezone = "UTC"\nverified_on = "x"', "unknown key verified_on"),
        ('timezone = "UTC"', 'timezone = "UTC', "xa.toml"),
    ],
)
def test_a_mistake_in_a_file_names_the_file(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    with pytest.raises(ResourceError) as raised:
        read(tmp_path, HERE.replace(old, new, 1))
    assert str(raised.value).startswith("xa.toml")
    assert problem in str(raised.value)


def test_an_id_or_a_country_may_stand_only_once(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="id 'finder' is used twice"):
        read(tmp_path, HERE.replace('"a-line"', '"finder"'))
    with pytest.raises(ResourceError, match="code 'INT' is used twice"):
        read(tmp_path, HERE.replace("order = 9", 'order = 9\ncovers = ["INT"]'))


def test_the_finder_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="kind directory"):
        read(tmp_path, international=INTERNATIONAL.replace('"directory"', '"crisis"'))
