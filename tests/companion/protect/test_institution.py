"""An institution's own help: before the country's lines while somebody is there, and whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from qingting.companion.person import Person
from qingting.companion.protect import resources
from qingting.companion.protect.institution import SLOTS, use_institution, with_institution
from qingting.companion.protect.places import help_for
from qingting.companion.protect.resource_files import ResourceError
from qingting.companion.protect.resources import Directory

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT_NIGHT = datetime(2026, 3, 2, 2, 37, tzinfo=SHANGHAI)
BY_DAY = datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI)
STUDENT = Person("zh-CN", "Asia/Shanghai", "CN", "adult")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The example of the page for operators, as they would copy it."""
    page = (Path(__file__).parents[3] / "docs" / "institution.md").read_text(encoding="utf-8")
    found = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert found is not None
    path = tmp_path / "institution.toml"
    path.write_text(found[1], encoding="utf-8")
    return path


@pytest.fixture
def directory(file: Path) -> Directory:
    return with_institution(Directory.read_shipped(), file)


def test_who_is_on_duty_now_is_named_first(directory: Directory) -> None:
    night = help_for(STUDENT, "zh", AT_NIGHT, directory)
    assert night.line is not None
    assert night.line.kind == "night_duty"
    day = help_for(STUDENT, "zh", BY_DAY, directory)
    assert day.line is not None
    assert day.line.kind == "centre"


def test_the_emergency_number_stays_that_of_the_country(directory: Directory) -> None:
    at_hand = help_for(STUDENT, "zh", AT_NIGHT, directory)
    assert at_hand.slots("suicide")["emergency"] == "120"
    assert at_hand.slots("violence")["emergency"] == "110"


def test_who_is_somewhere_else_gets_the_help_of_that_place(directory: Directory) -> None:
    abroad = Person("en-US", "America/New_York", "US", "adult")
    at_hand = help_for(abroad, "en", AT_NIGHT, directory)
    assert at_hand.line is not None
    assert at_hand.line.country == "US"


def test_all_of_it_is_listed_and_its_numbers_may_be_said(directory: Directory) -> None:
    kinds = [one.kind for one in directory.for_place("CN", language="zh").all(AT_NIGHT)]
    assert set(SLOTS) <= set(kinds)
    assert kinds.index("night_duty") < kinds.index("crisis")
    assert "021-55550110" in directory.numbers


@pytest.mark.parametrize("slot", SLOTS)
def test_a_slot_left_empty_stops_the_start(file: Path, slot: str) -> None:
    text = file.read_text(encoding="utf-8")
    rows = text.split("[[resource]]")
    file.write_text("[[resource]]".join(one for one in rows if f'"{slot}"' not in one), "utf-8")
    with pytest.raises(ResourceError, match=slot):
        with_institution(Directory.read_shipped(), file)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"nowhere\.toml"):
        with_institution(Directory.read_shipped(), tmp_path / "nowhere.toml")


@pytest.fixture
def _afterwards() -> Iterator[None]:
    yield
    resources.use(None)


@pytest.mark.usefixtures("_afterwards")
def test_once_told_every_part_of_the_product_knows_it(file: Path) -> None:
    use_institution(file)
    assert "021-55550110" in Directory.load().numbers
    resources.use(None)
    assert "021-55550110" not in Directory.load().numbers
