"""What pages say of break-glass follows the setting, and a plan is read by the titles it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from qingting.people import breaking_glass, invitations
from qingting.people.breaking_glass import Asked, What
from qingting.people.roles import Role
from tests.people import staffed
from tests.people.staffed import PLAN, client, staff

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

REASON = "同学说她发了告别的话，电话一直没人接，宿舍门也反锁着"
LANGUAGES = ("zh-CN", "zh-TW", "en")
# A part of the words that speak of a second person, and of those that say there is none.
SECOND = ("得另一个人", "得另一個人", "omebody else ")
GLASS_SECOND = ("要有督导点头", "要有督導點頭", "A supervisor has to agree")
NOBODY = ("不用另一个人先同意", "不用另一個人先同意", "obody else has to agree first")
GLASS_NOBODY = ("一申请就打开", "一申請就開啟", "as soon as you ask")


@pytest.fixture(params=["yes", "no"])
def needs_two(request: pytest.FixtureRequest, settings: Any) -> Iterator[bool]:
    settings.CONFIG = replace(settings.CONFIG, break_glass_needs_two=request.param)
    staffed.wired(needs_two=request.param == "yes")
    yield request.param == "yes"
    staffed.wired()


def said(page: str, needs_two: bool, second: str, nobody: str) -> None:
    assert (second in page, nobody in page) == (needs_two, not needs_two)


@pytest.mark.parametrize("number", range(3))
def test_pages_say_a_second_person_agrees_only_where_one_must(needs_two: bool, number: int) -> None:
    place, group = staffed.school()
    lin = staff("lin", Role.COUNSELLOR, at=place)
    asked = invitations.Asked(group=group.pk)
    code = invitations.make(asked, lin.pk, only_for=frozenset({place.pk}))
    browser = client(lin)
    spoken = {"HTTP_ACCEPT_LANGUAGE": LANGUAGES[number]}

    def page(path: str, form: dict[str, str] | None = None) -> str:
        answer = browser.post(path, form, **spoken) if form else browser.get(path, **spoken)  # type: ignore[arg-type]
        assert answer.status_code == 200, path
        return str(answer.content.decode())

    for path in ("/about/", "/about/promise/", "/privacy/"):
        said(page(path), needs_two, SECOND[number], NOBODY[number])
    said(page("/me/join/", {"code": code}), needs_two, SECOND[number], NOBODY[number])
    said(page("/staff/opening/"), needs_two, GLASS_SECOND[number], GLASS_NOBODY[number])


@pytest.mark.parametrize(
    ("language", "title"),
    [("zh-CN", "我自己能做的"), ("zh-TW", "我自己能做的"), ("en", "What I can do on my own")],
)
def test_an_opened_plan_has_the_titles_that_its_person_sees(language: str, title: str) -> None:
    staffed.wired()
    place, group = staffed.school()
    them = staffed.somebody(name="mist", group=group)
    lin, zhou = (
        staff(name, role, at=place)
        for name, role in (("lin", Role.COUNSELLOR), ("zhou", Role.SUPERVISOR))
    )
    assert them.membership is not None
    asked = Asked(them.membership.reference, What.PLAN, REASON)
    which = breaking_glass.ask(staffed.actor(lin), asked)
    breaking_glass.decide(staffed.actor(zhou), which, allow=True)
    theirs = client(token=them.token).get("/safety/plan/", HTTP_ACCEPT_LANGUAGE=language)  # type: ignore[arg-type]
    opened = client(lin).post(f"/staff/opening/{which}/read/", HTTP_ACCEPT_LANGUAGE=language)
    assert title in theirs.content.decode()
    page = opened.content.decode()
    assert PLAN in page
    assert title in page
    assert ">alone<" not in page
