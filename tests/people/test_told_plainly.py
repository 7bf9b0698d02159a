"""The public pages tell of the exception and of guardians, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qingting.people import data_service
from qingting.site.config import read_config
from qingting.site.wiring import wire
from tests.people.accounts_site import Browser

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def wired() -> Iterator[None]:
    before = data_service._current
    wire(read_config())
    yield
    data_service._current = before


@pytest.mark.parametrize("path", ["/about/", "/privacy/"])
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("counsellor of a class", "seven days", "guardian", "never a word")),
        ("zh-CN", ("咨询老师", "最多晚七天", "监护人", "一个字也看不到")),
        ("zh-TW", ("諮", "最多晚七天", "監護人", "一個字也看不到")),
    ],
)
def test_break_glass_and_guardians_are_said(path: str, language: str, told: tuple[str]) -> None:
    page = Browser().get(path, headers={"Accept-Language": language}).content.decode()
    for one in told:
        assert one in page
    assert "Nobody asks how old" not in page
