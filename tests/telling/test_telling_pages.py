"""The pages: hers, that of whoever got the letter, those on duty, reminders; copied and erased."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from qingting.companion.person import Person as Reader
from qingting.outbox.models import Letter
from qingting.people import data_service, organisations
from qingting.people.accounts.models import Account
from qingting.people.consent import grants
from qingting.people.consent import service as consents
from qingting.people.consent.vocabulary import What
from qingting.people.roles import Role
from qingting.privacy.models import AuditEntry
from qingting.privacy.schedule import Schedule
from qingting.telling import reminders, tasks
from qingting.telling.models import ReminderChoice, Task, Telling
from qingting.telling.retention import OldLetters
from tests.people.staffed import client, school, staff
from tests.servers.smtp import Mailbox, mail_server
from tests.telling.telling_site import SAID, SISTER, URL, WISH, Site, Somebody, danger, somebody

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ACT = {"level": "imminent", "act": "doing"}


@pytest.fixture(scope="module")
def server() -> Iterator[Mailbox]:
    with mail_server() as box:
        yield box


@pytest.fixture
def site(server: Mailbox) -> Site:
    server.letters.clear()
    server.recipients.clear()
    return Site(server)


def browser(her: Somebody) -> Client:
    return client(token=her.token)


def text(response: Any) -> str:
    return str(response.content.decode())


def acting(site: Site, her: Somebody) -> None:
    her.said(danger(site.now, **ACT))  # type: ignore[arg-type]
    site.run()


def test_her_page_shows_the_letter_and_stops_it(site: Site) -> None:
    her = somebody(site)
    page = browser(her)
    her.said(danger(site.now))
    shown = text(page.get("/me/telling/"))
    assert WISH in shown
    assert "林小满" in shown
    assert SAID not in shown
    answer = page.post("/me/telling/", {"step": "not_now"}, follow=True)
    assert "Nothing went out" not in text(answer)
    assert "没有发出去" in text(answer)
    assert 'value="not_now"' not in text(answer)
    site.later(minutes=30)
    site.run()
    assert site.box.letters == []
    # She may change her mind, and ask herself.
    page.post("/me/telling/", {"step": "ask"})
    site.run()
    assert len(site.box.letters) == 1
    assert browser(somebody(site, None)).get("/me/telling/").status_code == 200
    assert client().get("/me/telling/").status_code == 200


def test_whoever_got_the_letter_needs_no_account_and_sees_first_how_to_respond(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    her = somebody(site)
    acting(site, her)
    found = re.search(rf"{URL}(/here/[\w-]+/)", site.box.body())
    assert found is not None
    friend = client()
    shown = text(friend.get(found[1]))
    assert shown.index("别骂") < shown.index('value="there"')
    # Nothing of her on it, and looking is no answer.
    assert not any(word in shown for word in (SAID, WISH, "阿川", "林小满"))
    assert her.last().answer == ""
    assert "天亮" in text(friend.post(found[1], {"answer": "there"}))
    assert her.last().state == "there"
    assert "用过了" in text(friend.post(found[1], {"answer": "cannot"}))
    assert her.last().answer == "there"
    assert "用过了" in text(friend.get("/here/nothing/"))
    assert found[1].split("/")[2] not in caplog.text
    assert "联系上你了" in text(browser(her).get("/me/telling/"))


def in_class(site: Site, *, agrees: bool = True) -> tuple[Somebody, Account, Account]:
    """Somebody in a class, its counsellor, and one of another school."""
    (mine, group), (other, _) = school("一中"), school("二中")
    her = somebody(site)
    organisations.join(her.person, group.pk)
    if agrees:
        grants.give(her.person, What.SCHOOL_IS_ASKED, now=site.now)
    return (
        her,
        staff("counsellor", Role.COUNSELLOR, at=mine),
        staff("stranger", Role.COUNSELLOR, at=other),
    )


def test_unanswered_it_is_a_task_of_her_school_without_a_name(site: Site) -> None:
    her, counsellor, stranger = in_class(site)
    acting(site, her)
    site.later(minutes=11)
    her.said(danger(site.now, "imminent"))
    site.run()
    assert her.last().state == "staff"
    (task,) = tasks.of(counsellor.pk)
    on_duty, elsewhere = client(counsellor), client(stranger)
    shown = text(on_duty.get("/staff/tasks/"))
    assert task.reference in shown
    assert not any(word in shown for word in (SAID, WISH, "阿川", "林小满"))
    assert task.reference not in text(elsewhere.get("/staff/tasks/"))
    assert elsewhere.post(f"/staff/tasks/{task.id}/take/").status_code == 403
    assert client().get("/staff/tasks/").status_code == 302
    on_duty.post(f"/staff/tasks/{task.id}/take/")
    on_duty.post(f"/staff/tasks/{task.id}/end/", {"outcome": "reached"})
    assert her.last().state == "there"
    seen = AuditEntry.objects.filter(subject=her.person, action="alert_seen")
    assert seen.get().by_ref == str(counsellor.pk)


@pytest.mark.parametrize("hurt", ["teacher", "counsellor", "dorm"])
def test_a_school_whose_people_hurt_her_is_not_asked(site: Site, hurt: str) -> None:
    her, counsellor, _ = in_class(site)
    her.said(danger(site.now, "imminent", act="doing", hurt=hurt))
    site.run()
    site.later(minutes=11)
    site.run()
    assert her.last().state == "unanswered"
    assert not Task.objects.exists()
    assert tasks.of(counsellor.pk) == []


def test_without_her_yes_no_school_is_asked_but_where_the_policy_says_so(site: Site) -> None:
    her, _, _ = in_class(site, agrees=False)
    acting(site, her)
    site.later(minutes=11)
    site.run()
    assert her.last().state == "unanswered"
    site.rule = "on_explicit_intent"
    site.later(hours=13)
    acting(site, her)
    site.later(minutes=11)
    site.run()
    assert her.last().state == "staff"


def test_reminders_say_nothing_come_by_day_once_and_stop(site: Site) -> None:
    her = somebody(site, None)
    # Two in the morning in UTC is ten in the morning there.
    reminding = reminders.Reminders(
        site.keyring, lambda: site.now, URL, lambda *_: "back.2611200200.3"
    )
    reminders.use(reminding)
    page = browser(her)
    assert "一条提醒" in text(page.get("/me/reminders/"))
    page.post("/me/reminders/", {"to": "chuan@example.com", "step": "save"})
    assert reminding.choice(her.person) is not None
    reminding.write(site.now)
    reminding.write(site.now + timedelta(hours=1))
    letter = Letter.objects.get(person_id=her.person, kind="reminder")
    words = site.tellings.outbox.words_of(letter, her.seal)
    said = words.subject + words.text
    assert not any(
        word in said for word in ("倾听", "Qingting", "死", "心理", "聊", "危险", "阿川", SAID)
    )
    assert URL in said
    page.post("/me/reminders/", {"step": "end"})
    letter.refresh_from_db()
    assert letter.state == "withdrawn"
    assert not ReminderChoice.objects.exists()
    assert grants.holds(her.person, What.REMINDERS_BY_CHANNEL, "mail", now=site.now) is None
    # At night nothing is written.
    page.post("/me/reminders/", {"to": "chuan@example.com", "step": "save"})
    Letter.objects.all().delete()
    reminding.write(site.now + timedelta(hours=13))
    assert not Letter.objects.exists()


def test_all_of_it_is_in_the_copy_and_goes_with_her(site: Site) -> None:
    her = somebody(site)
    acting(site, her)
    made = data_service.current().export(her.person, Reader(locale="zh-CN"))
    with made.file, zipfile.ZipFile(made.file) as copy:
        data = json.loads(copy.read(next(one for one in copy.namelist() if "data.json" in one)))
    assert data["told"]["letters"][0]["to"] == "xiaoman@example.com"
    assert data["told"]["told"][0]["state"] == "told"
    assert data_service.current().erase(her.person)
    assert not Telling.objects.exists()
    assert not Letter.objects.exists()
    assert site.run() == "end"


def test_letters_go_after_their_time(site: Site) -> None:
    her = somebody(site)
    acting(site, her)
    old, kept = OldLetters(), Schedule()
    assert old.remove(kept, site.now + timedelta(days=89)) == 0
    Telling.objects.update(state="there", ended_at=site.now)
    assert old.remove(kept, site.now + timedelta(days=91)) == 2
    assert not Letter.objects.exists()


def test_the_consent_page_shows_the_very_letter(site: Site) -> None:
    her = somebody(site)
    shown = text(browser(her).get("/me/contact/"))
    letter = SISTER.letter("zh", "LINK")
    for line in letter.lines:
        assert line.split("LINK")[0] in shown.replace("&#x27;", "'").replace("&quot;", '"')
    assert consents.contact_to_tell(her.person, site.now) is not None
