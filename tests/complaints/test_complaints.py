"""Complaints: kept sealed, answered by an operator, read by whoever made them and nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from qingting.complaints import service
from qingting.complaints.exporting import ExportedComplaints
from qingting.complaints.models import Complaint
from qingting.complaints.retention import OldComplaints
from qingting.people.roles import Role
from qingting.privacy.models import AuditEntry
from qingting.privacy.schedule import Schedule
from qingting.safety.models import EpisodeRecord
from tests.people import staffed
from tests.people.staffed import Somebody, client, somebody, staff

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WORDS = "你上次回我的那句关于琴盒的话，很伤人"
ANSWER = "看过了，那句话已经改掉。"


@pytest.fixture(autouse=True)
def here() -> None:
    cache.clear()
    staffed.wired()


def theirs(one: Somebody) -> Client:
    return client(token=one.token)


def send(browser: Client, words: str = WORDS, about: str = "reply") -> Any:
    return browser.post("/complaints/", {"about": about, "words": words})


def test_it_is_sealed_answered_and_stands_on_their_page_alone() -> None:
    her, other = somebody(), somebody()
    assert send(theirs(her)).status_code == 303
    row = Complaint.objects.get()
    assert row.person_id == her.person
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM complaints_complaint")
        assert WORDS.encode() not in bytes(cursor.fetchone()[0])
    operator = client(account=staff("chief", Role.OPERATOR))
    waiting = operator.get("/staff/complaints/").content.decode()
    assert WORDS in waiting
    assert str(her.person) not in waiting
    replied = operator.post(f"/staff/complaints/{row.pk}/reply/", {"words": ANSWER})
    assert replied.status_code == 303
    assert ANSWER in theirs(her).get("/complaints/").content.decode()
    assert WORDS not in theirs(other).get("/complaints/").content.decode()
    noted = AuditEntry.objects.get(action="complaint_answered")
    assert noted.subject == her.person
    assert theirs(other).post(f"/complaints/{row.pk}/close/").status_code == 404
    assert theirs(her).post(f"/complaints/{row.pk}/close/").status_code == 303
    assert Complaint.objects.get().state == "closed"
    assert operator.post(f"/staff/complaints/{row.pk}/reply/", {"words": "no"}).status_code == 400


def test_nobody_here_gets_a_code_and_no_cookie() -> None:
    browser = Client(headers={"accept-language": "en"})
    made = send(browser)
    code = re.search(r'class="reference">([^<]+)<', made.content.decode())
    assert code is not None
    assert "device" not in browser.cookies
    row = Complaint.objects.get()
    assert row.person_id is None
    service.current().reply(row.pk, ANSWER, staff("chief", Role.OPERATOR).pk)
    told = Client().post("/complaints/answer/", {"code": code[1].upper()})
    assert ANSWER in told.content.decode()
    wrong = Client().post("/complaints/answer/", {"code": "aaaa-bbbb-cccc-dddd"})
    assert wrong.status_code == 404


def test_danger_in_a_complaint_is_answered_and_known() -> None:
    her = somebody()
    told = send(theirs(her), "你们的回复太差了，我今晚就去死，我不想活了")
    assert told.status_code == 200
    assert 'href="tel:' in told.content.decode()
    assert EpisodeRecord.objects.get(person_id=her.person).level in ("high", "imminent")
    unkept = theirs(her).post("/complaints/", {"about": "nothing", "words": "我不想活了"})
    assert unkept.status_code == 400
    assert "我不想活了" in unkept.content.decode()


def test_it_is_copied_erased_and_goes_in_time() -> None:
    her = somebody()
    send(theirs(her), about="age")
    complaints = service.current()
    row = Complaint.objects.get()
    complaints.reply(row.pk, ANSWER, staff("chief", Role.OPERATOR).pk)
    section = ExportedComplaints().section(
        her.person, complaints.keyring.open(her.person), _reader()
    )
    assert [(one["words"], one["answer"]) for one in section.data] == [(WORDS, ANSWER)]
    assert (row.due_on - row.at.date()).days in (14, 15, 16)
    now = complaints.clock()
    assert OldComplaints().due(Schedule(), now) == 0
    assert OldComplaints().remove(Schedule(), now + timedelta(days=401)) == 1


def test_after_twenty_the_words_stay_in_the_field() -> None:
    her = theirs(somebody())
    for _ in range(20):
        send(her)
    late = send(her, "第二十一次")
    assert late.status_code == 429
    assert "第二十一次" in late.content.decode()


def _reader() -> Any:
    from qingting.companion.person import Person

    return Person(locale="zh-CN")
