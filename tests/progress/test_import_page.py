"""Bringing check-ins along on the page: looked at, taken in once, taken back at once; what was
pasted is never lost, and nobody takes back somebody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qingting.progress.import_pages import MOST_BYTES
from qingting.progress.models import MoodEntry
from qingting.progress.rows import Rows
from qingting.progress.service import Progress
from tests.progress.at_pages import (
    DANGER,
    broken,
    browser,
    moods_of,
    somebody,
    whose,
    wired,
    words_of,
)
from tests.progress.test_importing import DAYLIO

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

IMPORT, UNDO = "/progress/import/", "/progress/import/undo/"


@pytest.fixture(autouse=True)
def progress() -> Iterator[Progress]:
    with wired() as found:
        yield found


def batch_in(page: str) -> str:
    found = re.search(r'name="batch" value="(\w+)"', page)
    assert found
    return found[1]


def test_it_is_looked_at_then_taken_in_once_and_taken_back() -> None:
    client = browser(language="en-US")
    words_of(client.get(IMPORT))
    looked = words_of(client.post(IMPORT, {"table": DAYLIO, "step": "look"}))
    assert "Not here yet: 3." in looked
    assert "really light" in looked
    assert MoodEntry.objects.count() == 0
    assert "They are in." in words_of(
        client.post(IMPORT, {"table": DAYLIO, "step": "keep", "tz": "Asia/Shanghai"}, follow=True)
    )
    person = whose(client)
    assert {one.source for one in moods_of(person)} == {"imported"}
    assert moods_of(person)[0].at.isoformat() == "2026-05-03T23:05:00+08:00"
    more = DAYLIO + "2026-05-04,x,x,10:00,good,,,\n"
    assert "Here already, and not doubled: 3." in words_of(client.post(IMPORT, {"table": more}))
    client.post(IMPORT, {"table": more, "step": "keep"})
    assert len(moods_of(person)) == 4
    client.post("/progress/mood/", {"spot": "0_0"})
    page = words_of(client.get(IMPORT))
    assert page.count('name="batch"') == 2
    client.post(UNDO, {"batch": batch_in(page)})
    assert len(moods_of(person)) == 4
    client.post(UNDO, {"batch": batch_in(words_of(client.get(IMPORT)))})
    assert [one.source for one in moods_of(person)] == ["tapped"]


def test_names_that_are_asked_about_are_chosen_on_the_page() -> None:
    client = browser(language="zh-CN")
    table = "date,mood\n2026-05-01,摸鱼\n2026-05-02,3\n"
    assert 'name="word_0" value="摸鱼"' in words_of(client.post(IMPORT, {"table": table}))
    chosen = {"table": table, "word_0": "摸鱼", "means_0": "-1"}
    again = words_of(client.post(IMPORT, {**chosen, "step": "look"}))
    assert '<option value="-1" selected>' in again
    assert "新的：2 条" in again
    client.post(IMPORT, {**chosen, "step": "keep"})
    assert sorted(one.valence for one in moods_of(whose(client))) == [-1, 0]


@pytest.mark.parametrize("text", ["", "hello", "date,mood\n"])
def test_what_cannot_be_read_stays_in_the_field_with_a_kind_word(text: str) -> None:
    shown = words_of(browser().post(IMPORT, {"table": text, "step": "keep"}), 400)
    assert 'role="alert"' in shown
    assert f">{text}</textarea>".replace("\n", "") in shown.replace("\n", "").replace("\r", "")


def test_too_much_is_told_and_ten_thousand_lines_are_not() -> None:
    client = browser()
    shown = words_of(client.post(IMPORT, {"table": "x" * (MOST_BYTES + 1)}), 400)
    assert "two or three pieces" in shown
    days = [date(1999, 1, 1) + timedelta(days=number) for number in range(10_000)]
    table = "date,mood\n" + "".join(f"{day},{day.day % 5 + 1}\n" for day in days)
    assert len(table.encode()) < MOST_BYTES
    assert client.post(IMPORT, {"table": table, "step": "keep"}).status_code == 303
    assert MoodEntry.objects.count() == 10_000
    client.post(UNDO, {"batch": batch_in(words_of(client.get(IMPORT)))})
    assert MoodEntry.objects.count() == 0


def test_a_file_sent_as_one_is_not_taken() -> None:
    sent = {"table": SimpleUploadedFile("moods.csv", DAYLIO.encode()), "step": "keep"}
    assert browser().post(IMPORT, sent).status_code == 400
    assert MoodEntry.objects.count() == 0


@pytest.mark.parametrize(("back", "heard"), [(0, True), (90, False)])
def test_danger_in_notes_of_these_days_is_answered(back: int, heard: bool) -> None:
    day = datetime.now(UTC).date() - timedelta(days=back)
    table = f"date,mood,note\n{day},1,{DANGER['en-US']}\n{day},3,\n"
    client = browser(language="en-US")
    answer = client.post(IMPORT, {"table": table, "step": "keep"}, follow=True)
    assert ('class="heard"' in words_of(answer)) == heard
    assert len(moods_of(whose(client))) == 2


def test_where_nothing_can_be_kept_the_paste_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Rows, "keep_many", broken)
    shown = words_of(browser().post(IMPORT, {"table": DAYLIO, "step": "keep"}), 503)
    assert "2026-05-03" in shown
    assert "It is all still here below" in shown


def test_an_expired_form_keeps_the_paste() -> None:
    client = browser(enforce_csrf_checks=True)
    assert "2026-05-03" in words_of(client.post(IMPORT, {"table": DAYLIO}), 403)
    words_of(client.post(UNDO, {"batch": "x"}), 403)


def test_an_import_of_somebody_elses_is_not_taken_back() -> None:
    theirs = browser()
    theirs.post(IMPORT, {"table": DAYLIO, "step": "keep"})
    batch = batch_in(words_of(theirs.get(IMPORT)))
    _, other = somebody()
    for client in (browser(other), browser()):
        for one in (batch, "", uuid4().hex[:16]):
            assert client.post(UNDO, {"batch": one}).status_code == 404
    assert len(moods_of(whose(theirs))) == 3
