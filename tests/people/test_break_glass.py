"""Break-glass opens only with every condition, for its hour, noted; and the person is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from qingting.people import breaking_glass, organisations
from qingting.people.accounts.models import Account
from qingting.people.breaking_glass import Asked, Refused, What
from qingting.people.roles import Role
from qingting.people.staff.models import BreakGlass
from qingting.privacy.models import AuditEntry
from tests.people import staffed
from tests.people.staffed import CAMPUS, PLAN, WORDS, Clock, Somebody, actor, client, staff

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

REASON = "同学说她发了告别的话，电话一直没人接，宿舍门也反锁着"


@dataclass(slots=True)
class Place:
    clock: Clock
    them: Somebody
    counsellor: Account
    supervisor: Account
    stranger: Account
    strange_supervisor: Account

    def asked(self, what: What = What.LAST_CONVERSATION, **more: object) -> Asked:
        assert self.them.membership is not None
        given = {"reference": self.them.membership.reference, "what": what, "reason": REASON}
        return Asked(**{**given, **more})  # type: ignore[arg-type]

    def ask(self, what: What = What.LAST_CONVERSATION, **more: object) -> str:
        return breaking_glass.ask(actor(self.counsellor), self.asked(what, **more))  # type: ignore[return-value]

    def allowed(self, what: What = What.LAST_CONVERSATION, **more: object) -> str:
        which = self.ask(what, **more)
        breaking_glass.decide(actor(self.supervisor), which, allow=True)  # type: ignore[arg-type]
        return which


def made(**changed: object) -> Place:
    clock = staffed.wired(**changed)
    place, group = staffed.school()
    other, _ = staffed.school("远山中学")
    return Place(
        clock,
        staffed.somebody(name="mist", group=group),
        staff("lin", Role.COUNSELLOR, at=place),
        staff("zhou", Role.SUPERVISOR, at=place),
        staff("qiao", Role.COUNSELLOR, at=other),
        staff("xu", Role.SUPERVISOR, at=other),
    )


@pytest.fixture
def here() -> Iterator[Place]:
    yield made()
    staffed.wired()


def refused(work: object) -> str:
    with pytest.raises(Refused) as found:
        work()  # type: ignore[operator]
    return found.value.why


def noted(person: object) -> list[str]:
    found = AuditEntry.objects.filter(subject=person, action__regex="glass|read")
    return list(found.order_by("seq").values_list("action", flat=True))


def test_it_opens_what_was_asked_and_nothing_else(here: Place) -> None:
    for what, words in (
        (What.LAST_CONVERSATION, [WORDS]),
        (What.PLAN, [PLAN]),
        (What.IDENTITY, list(CAMPUS.values())),
    ):
        lines = breaking_glass.read(actor(here.counsellor), here.allowed(what))
        assert [one.text for one in lines] == words
    one_way = ["break_glass_asked", "break_glass_approved", "break_glass_opened"]
    assert noted(here.them.person) == [
        *one_way,
        "conversation_read",
        *one_way,
        "plan_read",
        *one_way,
        "identity_read",
    ]
    by = AuditEntry.objects.filter(subject=here.them.person, action="conversation_read").get()
    assert (by.by_kind, by.by_ref) == ("account", str(here.counsellor.pk))


def test_each_look_is_noted_and_the_words_lie_nowhere(here: Place) -> None:
    which = here.allowed()
    for _ in range(3):
        breaking_glass.read(actor(here.counsellor), which)
    assert noted(here.them.person).count("conversation_read") == 3
    assert noted(here.them.person).count("break_glass_opened") == 1
    row = BreakGlass.objects.get(pk=which)
    assert REASON.encode() not in bytes(row.reason)


def test_nobody_asks_without_role_second_factor_organisation_reason(here: Place) -> None:
    asked = here.asked()
    lin = actor(here.counsellor)
    no_factor = actor(here.counsellor, second_factor=False)
    assert refused(lambda: breaking_glass.ask(no_factor, asked)) == "role"
    for name, role in (("op", Role.OPERATOR), ("au", Role.AUDITOR), ("gu", Role.GUARDIAN)):
        somebody = actor(staff(name, role))
        assert refused(lambda who=somebody: breaking_glass.ask(who, asked)) == "role"
    assert refused(lambda: breaking_glass.ask(actor(here.stranger), asked)) == "nobody"
    for empty in ("", "危险", "！" * 40, "救" * 40, "a b c d e f g h i j k"):
        assert refused(lambda text=empty: here.ask(reason=text)) == "reason"
    for reference in ("", "aaaaaaaaaa", str(here.them.person), str(here.them.membership.pk)):  # type: ignore[union-attr]
        assert refused(lambda ref=reference: here.ask(reference=ref)) == "nobody"
    week = timedelta(days=7)
    assert refused(lambda: here.ask(delay=week)) == "danger"
    assert refused(lambda: here.ask(delay=week * 2, danger=REASON)) == "danger"
    assert refused(lambda: here.ask(delay=-week, danger=REASON)) == "danger"
    assert not BreakGlass.objects.exists()
    assert noted(here.them.person) == []
    staffed.take_all(here.counsellor)
    assert refused(lambda: breaking_glass.ask(actor(here.counsellor), asked)) == "role"
    assert refused(lambda: breaking_glass.ask(lin, asked)) == "nobody"  # read before it was taken


def test_nobody_allows_alone_twice_late_or_from_elsewhere(here: Place) -> None:
    organisations.give(
        here.counsellor.pk, Role.SUPERVISOR, None, staffed.BY, "command:test"
    )  # both roles in one hand are still one hand
    which = here.ask()

    def decide(account: Account, **more: bool) -> None:
        breaking_glass.decide(actor(account, **more), which, allow=True)  # type: ignore[arg-type]

    assert refused(lambda: decide(here.counsellor)) == "yourself"
    assert refused(lambda: decide(here.strange_supervisor)) == "nobody"
    assert refused(lambda: decide(here.supervisor, second_factor=False)) == "role"
    assert refused(lambda: decide(staff("op", Role.OPERATOR))) == "role"
    assert refused(lambda: breaking_glass.read(actor(here.counsellor), which)) == "closed"  # type: ignore[arg-type]
    here.clock.ahead = timedelta(hours=24)
    assert refused(lambda: decide(here.supervisor)) == "over"
    here.clock.ahead = timedelta(0)
    breaking_glass.decide(actor(here.supervisor), which, allow=False)  # type: ignore[arg-type]
    assert refused(lambda: decide(here.supervisor)) == "decided"
    assert refused(lambda: breaking_glass.read(actor(here.counsellor), which)) == "closed"  # type: ignore[arg-type]


def test_whom_it_is_about_neither_asks_nor_allows(here: Place) -> None:
    place = BreakGlass.objects  # nothing yet
    own = here.them.account
    assert own is not None
    assert not place.exists()
    at = here.them.membership.group.organisation  # type: ignore[union-attr]
    organisations.give(own.pk, Role.SUPERVISOR, at.pk, staffed.BY, "command:test")
    assert refused(lambda: breaking_glass.ask(actor(own), here.asked())) == "yourself"
    which = here.ask()
    assert refused(lambda: breaking_glass.decide(actor(own), which, allow=True)) == "yourself"  # type: ignore[arg-type]


def test_only_who_asked_reads_and_only_for_an_hour(here: Place) -> None:
    which = here.allowed()

    def read(account: Account, **more: bool) -> None:
        breaking_glass.read(actor(account, **more), which)  # type: ignore[arg-type]

    for other in (here.supervisor, here.stranger, here.strange_supervisor):
        assert refused(lambda who=other: read(who)) == "nobody"
    assert refused(lambda: read(here.counsellor, second_factor=False)) == "role"
    here.clock.ahead = timedelta(minutes=59)
    read(here.counsellor)
    here.clock.ahead = timedelta(minutes=60)
    assert refused(lambda: read(here.counsellor)) == "closed"
    assert noted(here.them.person)[-1] == "break_glass_ended"
    last = AuditEntry.objects.filter(action="break_glass_ended").get()
    assert (last.by_kind, last.by_ref) == ("system", "break-glass")
    here.clock.ahead = timedelta(0)  # a clock put back opens nothing again
    assert refused(lambda: read(here.counsellor)) == "closed"


def test_a_role_taken_or_a_closing_ends_it_at_once(here: Place) -> None:
    which = here.allowed()
    breaking_glass.close(actor(here.counsellor), which)  # type: ignore[arg-type]
    assert refused(lambda: breaking_glass.read(actor(here.counsellor), which)) == "closed"  # type: ignore[arg-type]
    again = here.allowed()
    staffed.take_all(here.counsellor)
    assert refused(lambda: breaking_glass.read(actor(here.counsellor), again)) == "role"  # type: ignore[arg-type]


def test_a_look_that_cannot_be_noted_does_not_happen(
    here: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    which = here.allowed()
    from qingting.privacy import audit

    monkeypatch.setattr(audit, "_key_of", None)
    with pytest.raises(audit.AuditFailed):
        breaking_glass.read(actor(here.counsellor), which)  # type: ignore[arg-type]
    with pytest.raises(audit.AuditFailed):
        here.ask()
    assert BreakGlass.objects.count() == 1


def test_without_a_second_person_it_is_open_at_once_where_the_setting_says_so() -> None:
    here = made(needs_two=False)
    lines = breaking_glass.read(actor(here.counsellor), here.ask())  # type: ignore[arg-type]
    assert [one.text for one in lines] == [WORDS]
    staffed.wired()


def test_the_person_is_told_at_once_with_the_reason(here: Place) -> None:
    here.allowed()
    browser = client(token=here.them.token)
    assert "有人获准" in browser.get("/").content.decode()
    seen = browser.get("/me/seen/").content.decode()
    assert REASON in seen
    assert browser.get("/me/told/").status_code == 405
    browser.post("/me/told/")
    assert "有人获准" not in browser.get("/").content.decode()
    assert REASON in browser.get("/me/seen/").content.decode()
    other = staffed.somebody("别人的话")
    assert REASON not in client(token=other.token).get("/me/seen/").content.decode()
    assert "有人获准" not in client().get("/").content.decode()


def test_telling_waits_only_for_a_danger_and_not_for_ever(here: Place) -> None:
    which = here.allowed(
        delay=timedelta(days=3), danger="他爸爸会看到她的手机，上次看到她跟人说这些以后打了她"
    )
    browser = client(token=here.them.token)
    assert "有人获准" not in browser.get("/").content.decode()
    assert "没有人看过你的东西" in browser.get("/me/seen/").content.decode()
    BreakGlass.objects.filter(pk=which).update(told_from=here.clock() - timedelta(seconds=1))
    assert REASON in browser.get("/me/seen/").content.decode()
    assert "有人获准" in browser.get("/").content.decode()


def test_erasing_takes_the_reason_and_keeps_that_it_happened(here: Place) -> None:
    from qingting.people import data_service

    here.allowed()
    assert data_service.current().erase(here.them.person)
    assert not BreakGlass.objects.exists()
    assert "break_glass_approved" in noted(here.them.person)
