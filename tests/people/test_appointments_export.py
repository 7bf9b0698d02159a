"""Whoever looks after others finds what they are appointed to in their own copy."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from qingting.companion.person import Person as Reader
from qingting.people import data_service, organisations
from qingting.people.accounts import belonging
from qingting.people.accounts.models import Account, RoleGrant
from qingting.people.roles import Role
from tests.people import staffed

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def _wired() -> None:
    staffed.wired()


def copy_of(one: staffed.Somebody, locale: str = "zh-CN") -> tuple[dict[str, Any], str]:
    made = data_service.current().export(one.person, Reader(locale))
    with made.file, zipfile.ZipFile(io.BytesIO(made.file.read())) as packed:
        told = json.loads(packed.read("data.json"))
        return told, packed.read("index.html").decode()


def appointed() -> tuple[staffed.Somebody, Account]:
    """A counsellor, invited, who talks here as well; another one serves the same school."""
    place, _ = staffed.school()
    them = staffed.somebody(name="lin")
    assert them.account is not None
    organisations.give(
        them.account.pk, Role.COUNSELLOR, place.pk, staffed.BY, "invitation:0123456789"
    )
    return them, staffed.staff("zhou", Role.SUPERVISOR, at=place)


def test_a_copy_says_to_what_by_whom_and_since_when() -> None:
    them, other = appointed()
    told, page = copy_of(them)
    [role] = told["appointments"]["roles"]
    grant = RoleGrant.objects.get(account=them.account)
    assert (role["role"], role["by"]) == ("counsellor", "invitation:0123456789")
    assert role["since"] == grant.given_at.isoformat()
    assert role["taken"] is None
    [served] = told["appointments"]["places"]
    assert (served["place"], served["ended"]) == ("杏林中学", None)
    for words in ("你在这里担任的", "咨询老师", "管理员发的邀请", "杏林中学"):
        assert words in page
    assert "staff.Appointment" not in json.dumps(told)
    assert other.username not in page
    _, english = copy_of(them, "en-GB")
    assert "What you are appointed to" in english
    assert "Given by an operator" in english


def test_what_was_taken_is_in_it_with_its_end() -> None:
    them, _ = appointed()
    assert them.account is not None
    staffed.take_all(them.account)
    told, page = copy_of(them)
    assert told["appointments"]["roles"][0]["taken"]
    assert told["appointments"]["places"][0]["ended"]
    assert "· 到 " in page


def test_somebody_without_a_role_has_an_empty_part_and_a_page_without_it() -> None:
    them = staffed.somebody(name="mist")
    told, _ = copy_of(them)
    assert told["appointments"] == {"roles": [], "places": []}
    kept = staffed.client(token=them.token).get("/me/").content.decode()
    assert "你在这里担任的" not in kept


def test_the_page_of_what_is_kept_counts_them() -> None:
    them, _ = appointed()
    assert belonging.current().account_of(them.person) is not None
    kept = staffed.client(token=them.token).get("/me/").content.decode()
    assert "你在这里担任的" in kept
