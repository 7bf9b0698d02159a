"""Letters and the page to take to somebody, at their pages: made once, changed, deleted; silent
about danger; nobody at somebody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client

from qingting.companion.person import Person
from qingting.companion.progress.mood import Entry
from qingting.companion.progress.week import (
    week_before,
)
from qingting.privacy.exporting_rest import opened_json
from qingting.privacy.sealing import Place
from qingting.progress import journal, letters, moods, summaries
from qingting.progress.exporting import ExportedProgress
from qingting.progress.models import Letter
from qingting.progress.rows import Rows
from qingting.progress.service import Choice, Progress
from tests.progress.at_pages import DANGER, broken, browser, somebody, whose, wired, words_of
from tests.progress.weeks import mood, noted

LETTERS, SUMMARY = "/progress/letter/", "/progress/summary/"


@pytest.fixture
def progress(db: None) -> Iterator[Progress]:
    with wired() as found:
        yield found


both = pytest.mark.django_db(databases=["default", "keys"])


def with_week(progress: Progress, language: str = "en-US") -> tuple[UUID, Client]:
    person, token = somebody()
    noted(progress, person, *(mood(day, -1, "numb", "family", 6) for day in range(4)))
    return person, browser(token, language=language)


def paragraphs(page: str) -> str:
    found = re.search(r'<div lang="[^"]*">(.*?)</div>', page, re.DOTALL)
    assert found
    return found[1]


@both
@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en-US"])
def test_the_first_visit_makes_the_letter_and_the_next_shows_the_same(
    progress: Progress, language: str
) -> None:
    person, client = with_week(progress, language)
    today = datetime.now(UTC).date()
    assert letters.waiting(progress, person, today)
    assert "progress/letter" in words_of(client.get("/progress/"))
    first = paragraphs(words_of(client.get(LETTERS)))
    assert paragraphs(words_of(client.get(LETTERS))) == first
    assert "SECRET-NOTE" not in first
    assert {"zh-CN": "家里", "zh-TW": "家裡", "en-US": "family"}[language] in first
    [one] = letters.letters(progress, person)
    assert (one.week, one.by, one.edited) == (week_before(today)[0], "guided", False)
    assert not letters.waiting(progress, person, today)
    row = Letter.objects.get(person_id=person)
    place = Place(Letter._meta.db_table, "body", row.id)
    body = opened_json(progress.seal(person), row.body, place)
    assert body is not None
    assert (body["kind"], body["v"]) == ("week", 1)
    assert one.words.encode() not in bytes(row.body)


@both
def test_nobody_new_and_nobody_without_notes_gets_a_letter(progress: Progress) -> None:
    assert "No letter yet" in words_of(browser().get(LETTERS))
    person, token = somebody()
    assert "No letter yet" in words_of(browser(token).get(LETTERS))
    moods.note(progress, person, replace(mood(0, 1), on=datetime.now(UTC).date()))
    assert "No letter yet" in words_of(browser(token).get(LETTERS))
    assert not Letter.objects.exists()


@both
def test_who_wants_none_gets_none(progress: Progress) -> None:
    person, client = with_week(progress)
    client.post("/progress/choice/", {"want": "letters_off"})
    assert progress.choice(person) == Choice(letters=False)
    assert "No letters are written" in words_of(client.get(LETTERS))
    assert not letters.waiting(progress, person, datetime.now(UTC).date())
    assert not Letter.objects.exists()


@both
def test_a_letter_is_changed_and_deleted_and_does_not_come_back(progress: Progress) -> None:
    person, client = with_week(progress)
    client.get(LETTERS)
    [one] = letters.letters(progress, person)
    address = f"{LETTERS}{UUID(one.id)}/"
    assert words_of(client.get(f"{address}edit/")).count(one.words.split(".")[0].split('"')[0]) == 1
    shown = words_of(
        client.post(f"{address}edit/", {"words": "It rained.\n\nI slept."}, follow=True)
    )
    assert "<p>It rained.</p><p>I slept.</p>" in shown
    assert "As you changed it." in words_of(client.get(address))
    assert 'role="alert"' in words_of(client.post(f"{address}edit/", {"words": " "}), 400)
    words_of(client.get(f"{address}delete/"))
    assert "Deleted." in words_of(client.post(f"{address}delete/", follow=True))
    assert "No letter yet" in words_of(client.get(LETTERS))
    section = ExportedProgress().section(person, progress.seal(person), Person("en"))
    assert "It rained" not in repr(section)
    assert client.get(address).status_code == 404


@both
@pytest.mark.parametrize("language", list(DANGER))
def test_danger_in_a_changed_letter_is_answered_and_the_words_kept(
    progress: Progress, language: str
) -> None:
    person, client = with_week(progress, language)
    client.get(LETTERS)
    [one] = letters.letters(progress, person)
    address = f"{LETTERS}{UUID(one.id)}/edit/"
    shown = words_of(client.post(address, {"words": DANGER[language]}))
    assert 'class="heard"' in shown
    assert LETTERS in shown
    assert letters.letters(progress, person)[0].words == DANGER[language]
    with connection.cursor() as cursor:
        assert progress.episodes.of(cursor, person, progress.seal(person)).is_open


@both
def test_with_danger_open_the_letter_only_says_that_we_are_there(progress: Progress) -> None:
    person, client = with_week(progress)
    client.post("/journal/write/", {"words": DANGER["en-US"]})
    shown = words_of(client.get(LETTERS))
    assert "/safety/plan/" in shown
    assert "family" not in paragraphs(shown)
    assert letters.letters(progress, person)[0].present


@both
def test_where_nothing_can_be_stored_or_read_the_pages_stay_kind(
    progress: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, client = with_week(progress)
    client.get(LETTERS)
    [one] = letters.letters(progress, person)
    monkeypatch.setattr(Rows, "keep", broken)
    shown = words_of(client.post(f"{LETTERS}{UUID(one.id)}/edit/", {"words": DANGER["en-US"]}), 503)
    assert shown.index('class="heard"') < shown.index('class="notice"')
    assert f">{DANGER['en-US']}</textarea>" in shown
    shown = words_of(client.post(SUMMARY, {"press": "keep", "want": "to sleep"}), 503)
    assert ">to sleep</textarea>" in shown
    monkeypatch.setattr(Rows, "all_of", broken)
    monkeypatch.setattr(Rows, "one", broken)
    for path in (LETTERS, f"{LETTERS}{UUID(one.id)}/", SUMMARY):
        assert "It is not lost" in words_of(client.get(path), 503)


@both
@pytest.mark.parametrize("what", ["", "edit/", "delete/"])
def test_somebody_elses_letter_is_not_there(progress: Progress, what: str) -> None:
    person, client = with_week(progress)
    client.get(LETTERS)
    [one] = letters.letters(progress, person)
    _, token = somebody()
    for other in (browser(token), browser()):
        for which in (UUID(one.id), uuid4()):
            path = f"{LETTERS}{which}/{what}"
            assert other.get(path).status_code == 404
            if what:
                assert other.post(path, {"words": "mine"}).status_code == 404
    assert letters.letters(progress, person) == [one]


@both
def test_the_pages_of_the_journal_are_counted_and_not_read(progress: Progress) -> None:
    person, token = somebody()
    _key, monday, _last = week_before(datetime.now(UTC).date())
    at = datetime(monday.year, monday.month, monday.day, 12, tzinfo=UTC)
    for _ in range(2):
        journal.write(progress, person, Entry(uuid4().hex, monday, at, "INSIDE the journal"))
    shown = paragraphs(words_of(browser(token).get(LETTERS)))
    assert "two pages" in shown
    assert "INSIDE" not in shown


# The page to take to somebody.


@both
def test_the_page_is_filled_from_notes_kept_only_if_said_and_deleted(progress: Progress) -> None:
    person, client = with_week(progress)
    shown = words_of(client.get(SUMMARY))
    assert "four days" in shown
    assert "“numb”" in shown or '"numb"' in shown
    assert not Letter.objects.filter(person_id=person).exists()
    typed = {"press": "keep", "ticked": "1", "lately": "mine", "with_lately": "1", "name": "Lin"}
    assert "Kept." in words_of(client.post(SUMMARY, typed, follow=True))
    kept = summaries.kept_summary(progress, person)
    assert kept is not None
    assert (kept.sections["lately"], kept.name) == ("mine", "Lin")
    assert "lately" not in kept.left_out
    assert "sleep" in kept.left_out
    assert ">mine</textarea>" in words_of(client.get(SUMMARY))
    assert "four days" in words_of(client.post(SUMMARY, {"press": "anew"}))
    section = ExportedProgress().section(person, progress.seal(person), Person("en"))
    assert "mine" in repr(section.parts)
    assert "Deleted." in words_of(client.post(SUMMARY, {"press": "delete"}, follow=True))
    assert summaries.kept_summary(progress, person) is None


@both
def test_it_prints_what_is_ticked_says_who_wrote_it_and_names_nobody(progress: Progress) -> None:
    client = browser()
    typed = {"press": "print", "ticked": "1", "lately": "it was long", "with_lately": "1"}
    shown = words_of(client.post(SUMMARY, {**typed, "sleep": "four hours", "want": ""}))
    paper = shown[shown.index('class="paper"') : shown.index("</article>")]
    assert "it was long" in paper
    assert "I wrote this myself" in paper
    assert "four hours" not in paper
    back = words_of(client.post(SUMMARY, {**typed, "press": "back", "sleep": "four hours"}))
    assert ">four hours</textarea>" in back
    assert not Letter.objects.exists()


@both
@pytest.mark.parametrize("language", list(DANGER))
@pytest.mark.parametrize("press", ["keep", "print"])
def test_danger_on_the_page_is_answered(progress: Progress, language: str, press: str) -> None:
    client = browser(language=language)
    shown = words_of(client.post(SUMMARY, {"press": press, "want": DANGER[language]}))
    assert 'class="heard"' in shown
    if press == "keep":
        kept = summaries.kept_summary(progress, whose(client))
        assert kept is not None
        assert kept.sections["want"] == DANGER[language]


@both
def test_a_score_stands_beside_the_sentence_about_screening(progress: Progress) -> None:
    from qingting.companion.instruments.instrument import Answers
    from qingting.companion.instruments.shelf import screening
    from qingting.progress.rows import ANSWERS

    person, token = somebody()
    today = datetime.now(UTC).date()
    values = {f"q{one}": 1 for one in range(1, 9)} | {"q9": 0}
    given = Answers(uuid4().hex, "phq9", "en", today, values, finished=True)
    ANSWERS.keep(person, UUID(given.id), given, progress.seal(person), progress.clock())
    shown = words_of(browser(token).get(SUMMARY))
    assert ", 8 (from 0 to 27)" in shown
    assert screening("en") in shown


@both
def test_an_expired_form_keeps_what_was_typed(progress: Progress) -> None:
    client = browser(language="zh-CN", enforce_csrf_checks=True)
    for path, field in ((f"{LETTERS}{uuid4()}/edit/", "words"), (SUMMARY, "want")):
        shown = words_of(client.post(path, {field: DANGER["zh-CN"]}), 403)
        assert f">{DANGER['zh-CN']}</textarea>" in shown
        assert 'class="heard"' in shown
    words_of(client.post(f"{LETTERS}{uuid4()}/delete/"), 403)
