"""Staff: the first operator's link, doors, numbers that name nobody, notices ahead of a change."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.cache import cache
from django.test import Client

from qingting.cli.main import main
from qingting.people import first_operator, staff_service
from qingting.people.accounts.models import Account, RoleGrant
from qingting.people.actor import roles_of
from qingting.people.models import Person
from qingting.people.roles import Role
from qingting.people.staff.models import FirstLink, Membership
from qingting.privacy.models import AuditEntry
from tests.people import staffed
from tests.people.addresses import STAFF
from tests.people.staffed import CAMPUS, PLAN, WORDS, client, staff

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

CHOSEN = {"username": "lantern", "password": "four quiet paper boats"}


@pytest.fixture(autouse=True)
def _wired() -> None:
    cache.clear()
    staffed.wired()


def command(*words: str) -> Any:
    return CliRunner().invoke(main, words)


def link(*more: str) -> str:
    told = command("operator", "create", *more)
    assert told.exit_code == 0, told.output
    return re.search(r"/staff/begin/[\w-]{43}/", told.output)[0]  # type: ignore[index]


def test_the_link_makes_one_operator_who_sees_nothing_without_a_second_step() -> None:
    address = link()
    browser = client()
    assert browser.get(address).status_code == 200
    weak = browser.post(address, {**CHOSEN, "password": "lantern123"})
    assert weak.status_code == 200
    assert not Account.objects.exists()
    answer = browser.post(address, CHOSEN)
    assert (answer.status_code, answer["Location"]) == (302, "/staff/second/")
    account = Account.objects.get(username="lantern")
    assert roles_of(account.pk, datetime.now(UTC)) == {Role.OPERATOR}
    for page in STAFF:
        if "<" not in page:
            answer = browser.get(f"/{page}")
            assert answer.status_code in (302, 403), page
            assert answer.get("Location", "/staff/second/") == "/staff/second/", page
    assert "还没有" in browser.get("/staff/second/").content.decode()
    assert client().post(address, {**CHOSEN, "username": "other"}).status_code == 404
    assert client().get(address).status_code == 404
    assert Account.objects.count() == 1
    assert "lantern" in command("operator", "list").output
    noted = AuditEntry.objects.values_list("action", flat=True)
    assert {"invitation_made", "operator_created", "role_granted"} <= set(noted)


def test_a_second_operator_must_be_meant_and_an_old_link_is_dead() -> None:
    first, second = link(), link()
    assert client().get(first).status_code == 404
    assert client().get(second).status_code == 200
    code = second.split("/")[3]
    row = FirstLink.objects.get()
    assert code.encode() not in bytes(row.code_hash)
    FirstLink.objects.update(until=datetime.now(UTC))
    assert client().post(second, CHOSEN).status_code == 404
    staff("lantern", Role.OPERATOR)
    assert command("operator", "create").exit_code == 1
    assert link("--another")
    assert command("operator", "revoke", "nobody").exit_code == 1
    assert command("operator", "revoke", "lantern").exit_code == 0
    assert first_operator.operators(datetime.now(UTC)) == []


def test_a_role_that_is_taken_shuts_the_next_page() -> None:
    place, _ = staffed.school()
    lin, boss = staff("lin", Role.COUNSELLOR, at=place), staff("boss", Role.OPERATOR)
    theirs, browser = client(lin), client(boss)
    assert theirs.get("/staff/").status_code == 200
    grant = RoleGrant.objects.get(account=lin)
    assert browser.post(f"/staff/roles/{grant.pk}/take/").status_code == 303
    assert theirs.get("/staff/").status_code == 403
    own = RoleGrant.objects.get(account=boss)
    assert browser.post(f"/staff/roles/{own.pk}/take/").status_code == 403
    assert browser.get("/staff/roles/").status_code == 200


def test_looking_changes_nothing_and_forms_are_ours() -> None:
    place, group = staffed.school()
    browser = client(staff("boss", Role.OPERATOR))
    before = AuditEntry.objects.count()
    for page in STAFF:
        browser.get("/" + re.sub("<.*>", str(group.pk), page))
    assert AuditEntry.objects.count() == before
    careful = Client(enforce_csrf_checks=True, HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="zh-CN")
    staffed.sign_in(careful, staff("boss2", Role.OPERATOR), second_factor=True)
    answer = careful.post("/staff/organisations/new/", {"name": "绿洲中学"})
    assert answer.status_code == 403
    assert "绿洲中学" not in answer.content.decode()
    assert place.pk
    assert staff_service.current().name_of(place) == "杏林中学"


def test_twenty_people_and_not_one_of_them_on_any_page_of_staff() -> None:
    place, group = staffed.school()
    people = [
        staffed.somebody(f"{WORDS}{number}", name=f"reed-{number:02}", group=group)
        for number in range(20)
    ]
    accounts = [
        staff("boss", Role.OPERATOR),
        staff("lin", Role.COUNSELLOR, at=place),
        staff("zhou", Role.SUPERVISOR, at=place),
        staff("gu", Role.AUDITOR),
    ]
    references = set(Membership.objects.values_list("reference", flat=True))
    for account in accounts:
        browser = client(account)
        for page in STAFF:
            text = browser.get("/" + re.sub("<.*>", str(group.pk), page)).content.decode()
            assert "reed-" not in text, page
            for words in (WORDS, PLAN, *CAMPUS.values(), *references):
                assert words not in text, page
            if account.username != "gu":
                for one in people:
                    assert str(one.person) not in text, page
                    assert str(one.account.pk) not in text, page  # type: ignore[union-attr]
    figures = client(accounts[0]).get("/staff/figures/").content.decode()
    assert re.search(r"现在还留着的人：\s*20\b", figures)


def test_fewer_than_five_are_never_a_number() -> None:
    _, group = staffed.school()
    browser = client(staff("boss", Role.OPERATOR))
    for number, shown in ((1, "不到 5 个"), (4, "不到 5 个"), (5, "5")):
        while Person.objects.count() < number:
            staffed.somebody("今天下雨", group=group)
        page = browser.get("/staff/figures/").content.decode()
        assert re.search(rf"现在还留着的人：\s*{shown}<", page), number
        classes = browser.get("/staff/invitations/").content.decode()
        assert f"三班 · {shown}<" in classes, number


def test_settings_are_shown_without_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    from qingting.site.config import read_config
    from qingting.site.staff import Seen

    given = {
        "QINGTING_MODEL_KEY": "sk-hidden",
        "QINGTING_DATABASE_URL": "postgresql://u:hidden@h/d",
        "QINGTING_CAMPUS_SECRET": "hidden",
        "QINGTING_SECRET_KEY": "hidden",
    }
    shown = Seen(read_config(given)).settings()
    assert "hidden" not in " ".join(shown.values())
    assert shown["model_key"] == "(set)"


def test_an_auditor_sees_checks_and_exports_the_log() -> None:
    staffed.somebody(name="reed")
    browser = client(staff("gu", Role.AUDITOR))
    place, _ = staffed.school()
    page = browser.get("/staff/log/?action=settings_changed").content.decode()
    assert f"organisation:{place.pk}" in page
    assert ">role_granted</td>" not in page
    assert browser.get("/staff/log/?before=zz&subject=1&action=no").status_code == 200
    assert "没少，没改" in browser.post("/staff/log/check/").content.decode()
    answer = browser.post("/staff/log/export/")
    assert answer.status_code == 200
    assert AuditEntry.objects.order_by("-seq")[0].action == "exported"


def test_a_notice_stands_on_the_first_page_from_its_day() -> None:
    today = datetime.now(UTC).date()
    later = today + timedelta(days=9)
    assert command(
        "notice", "set", "--from", f"{later}", "--kind", "ending", "这里年底关", "This closes."
    ).exit_code == 0  # fmt: skip
    assert "这里年底关" not in client().get("/").content.decode()
    told = command(
        "notice", "set", "--from", f"{today}", "--kind", "model_change", "换模型了", "New model."
    )
    assert told.exit_code == 0, told.output
    assert "换模型了" in client().get("/").content.decode()
    english = Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="en").get("/").content.decode()
    assert "New model." in english
    assert "model_change" in command("notice", "list").output
    assert command("notice", "end", "--kind", "model_change").exit_code == 0
    assert "换模型了" not in client().get("/").content.decode()
    assert "名单" in client().get("/about/promise/").content.decode()
