"""Invitation codes: for a class, for a role, for an account; and what each cannot do."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache

from qingting.people import invitations
from qingting.people.accounts.models import Account
from qingting.people.actor import roles_of
from qingting.people.invitations import Asked, NotUsable
from qingting.people.organisations import served_by
from qingting.people.roles import Role
from qingting.people.staff.models import Invitation, Membership
from tests.people import staffed
from tests.people.staffed import Clock, client, staff

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def clock() -> Clock:
    cache.clear()
    return staffed.wired()


def code_for(**asked: object) -> str:
    return invitations.make(Asked(**asked), staff("boss", Role.OPERATOR).pk)  # type: ignore[arg-type]


def test_a_guest_joins_a_class_sees_what_it_means_and_leaves() -> None:
    _, group = staffed.school()
    code = code_for(group=group.pk, uses=2)
    assert code.replace("-", "").encode() not in bytes(Invitation.objects.get().code_hash)
    guest = staffed.somebody("今天下雨")
    browser = client(token=guest.token)
    first = browser.post("/me/join/", {"code": code.upper()}).content.decode()
    assert "杏林中学 · 三班" in first
    assert "没有名单" in first
    assert not Membership.objects.exists()
    for _ in range(2):  # twice is once, and spends one
        assert browser.post("/me/join/", {"code": code, "step": "join"}).status_code == 303
    member = Membership.objects.get()
    assert member.person_id == guest.person
    assert Invitation.objects.get().uses_left == 1
    assert member.reference in browser.get("/me/join/").content.decode()
    other = client(token=staffed.somebody("别人").token)
    assert member.reference not in other.get("/me/join/").content.decode()
    assert other.post(f"/me/join/{member.pk}/leave/").status_code == 404
    assert browser.post(f"/me/join/{member.pk}/leave/").status_code == 303
    assert not Membership.objects.exists()


def test_a_code_is_spent_over_taken_back_or_unknown(clock: Clock) -> None:
    _, group = staffed.school()
    code = code_for(group=group.pk, uses=1)
    found = invitations.find(code)
    assert found is not None
    invitations.use(found, staffed.somebody("一").person, None)
    assert invitations.find(code) is None
    with pytest.raises(NotUsable):
        invitations.use(found, staffed.somebody("二").person, None)
    boss = Account.objects.get(username="boss").pk
    over = invitations.make(Asked(group=group.pk, lasts=timedelta(days=3)), boss)
    clock.ahead = timedelta(days=3)
    assert invitations.find(over) is None
    clock.ahead = timedelta(0)
    row = Invitation.objects.get(uses_left=1)
    assert invitations.take_back(row.pk, boss)
    assert invitations.find(over) is None
    assert invitations.find("") is None


def test_a_role_goes_to_an_account_once_and_into_one_organisation() -> None:
    place, _ = staffed.school()
    other, _ = staffed.school("远山中学")
    code = code_for(role=Role.COUNSELLOR, organisation=place.pk, uses=9)
    found = invitations.find(code)
    assert found is not None
    with pytest.raises(NotUsable):
        invitations.use(found, None, None)
    boss = Account.objects.get(username="boss")
    with pytest.raises(NotUsable):  # whoever gives roles holds none of them
        invitations.use(found, None, boss)
    lin = staff("lin")
    assert client(lin).post("/me/join/", {"code": code, "step": "join"}).status_code == 303
    assert served_by(lin.pk) == {place.pk}
    assert invitations.find(code) is None
    elsewhere = invitations.make(Asked(role=Role.SUPERVISOR, organisation=other.pk), boss.pk)
    again = invitations.find(elsewhere)
    assert again is not None
    with pytest.raises(NotUsable):
        invitations.use(again, None, lin)
    assert served_by(lin.pk) == {place.pk}
    assert Role.SUPERVISOR not in roles_of(lin.pk, staffed.Clock()())


@pytest.mark.parametrize(
    "asked",
    [
        {"role": "operator"},
        {"role": "guardian"},
        {"role": "counsellor"},
        {"role": "auditor", "organisation": "place"},
        {"role": "counsellor", "group": "group"},
        {"group": "0" * 32},
        {"role": "king"},
    ],
)
def test_what_no_invitation_can_be_for(asked: dict[str, str]) -> None:
    place, group = staffed.school()
    ids = {"place": str(place.pk), "group": str(group.pk)}
    sent = {name: ids.get(value, value) for name, value in asked.items()}
    answer = client(staff("boss", Role.OPERATOR)).post(
        "/staff/invitations/new/", {"days": "7", **sent}
    )
    assert answer.status_code == 403
    assert not Invitation.objects.exists()


def test_a_counsellor_invites_to_classes_of_their_own_alone() -> None:
    place, group = staffed.school()
    _, strange = staffed.school("远山中学")
    browser = client(staff("lin", Role.COUNSELLOR, at=place))
    for sent in (
        {"group": strange.pk},
        {},
        {"role": "supervisor", "organisation": place.pk},
        {"role": "auditor"},
    ):
        answer = browser.post("/staff/invitations/new/", {"days": "7", **sent})
        assert answer.status_code == 403
    page = browser.post("/staff/invitations/new/", {"days": "7", "uses": "3", "group": group.pk})
    code = re.search(r'class="code">([^<]+)', page.content.decode())[1]  # type: ignore[index]
    assert invitations.find(code) is not None
    assert "远山中学" not in page.content.decode()
    assert code not in browser.get("/staff/invitations/").content.decode()
    other = client(staff("qiao", Role.COUNSELLOR, at=place))
    row = Invitation.objects.get()
    assert other.post(f"/staff/invitations/{row.pk}/end/").status_code == 403
    assert browser.post(f"/staff/invitations/{row.pk}/end/").status_code == 303
