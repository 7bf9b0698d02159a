"""Letters: facts only, the right length, kind words; made once, changed, deleted; silent about
danger; and the page to take to somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client

from qingting.companion.person import Language, Person
from qingting.companion.progress.letter import FEW, LEAST, MOST, letter, letter_lines, size
from qingting.companion.progress.letter_by_model import numbers_in
from qingting.companion.progress.mood import Entry, Mood
from qingting.companion.progress.week import (
    Around,
    Event,
    Tried,
    Week,
    named_word,
    week_before,
    week_of,
)
from qingting.companion.protect.episode import raised
from qingting.companion.protect.guard import problem_with
from qingting.companion.words.choose import fingerprints
from qingting.content_check.banned import banned_in
from qingting.privacy.exporting_rest import opened_json
from qingting.privacy.sealing import Place
from qingting.progress import journal, letters, moods, summaries
from qingting.progress.exporting import ExportedProgress
from qingting.progress.models import Letter
from qingting.progress.rows import Rows
from qingting.progress.service import Choice, Progress
from tests.progress.at_pages import DANGER, broken, browser, somebody, whose, wired, words_of
from tests.progress.weeks import KEY, MONDAY, invented, mood, random_week

LANGUAGES: tuple[Language, ...] = ("zh", "en")
LETTERS, SUMMARY = "/progress/letter/", "/progress/summary/"
# No cause and effect, no praise, no days in a row.
NEVER = re.compile(
    "因为|所以(?!这封)|导致|因此|连续|坚持|真棒|厉害|做得好|"
    r"\bbecause\b|\bcaused?\b|\bstreak|\bin a row\b|\bproud\b|\bwell done\b|great job|amazing",
    re.IGNORECASE,
)


@cache
def harm_in(sentence: str, language: Language) -> str | None:
    """The same sentences come again and again."""
    return problem_with(sentence, language)


def sentences(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"(?<=[。！？.!?])\s*|\n+", text) if one.strip()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_hundred_weeks_harm_nobody_and_hold_only_facts(language: Language) -> None:
    for seed in range(200):
        week = random_week(seed, language)
        text = letter(week, language, str(seed))
        assert size(text, language) <= MOST[language], text
        if week.notes > FEW:
            assert size(text, language) >= LEAST[language], text
        assert banned_in(text, language) is None, text
        assert NEVER.search(text) is None, text
        assert not re.search("[{}!！]", text), text
        for one in sentences(text):
            assert harm_in(one, language) is None, one
        assert numbers_in(text, language) <= _numbers(week, language), text


def _numbers(week: Week, language: Language) -> set[float]:
    from qingting.companion.exercise.shelf import exercises

    found = {0.0, 1.0, 2.0, 7.0, week.notes, week.days, week.heavy, week.light, week.between}
    found |= {week.pages, week.times, len(week.sleep), *week.sleep}
    if week.tried is not None:
        found |= {float(one) for one in (week.tried.before, week.tried.after) if one is not None}
    if week.to_try:
        found.add(exercises()[week.to_try].minutes)
    from qingting.companion.exercise.shelf import titles

    named = [week.to_try, week.tried.exercise if week.tried else ""]
    for name in filter(None, named):
        found |= numbers_in(titles(language)[name]["title"], language)
    for event in week.events:
        found |= numbers_in(event.what, language)
    return {float(one) for one in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_twelve_people_get_twelve_letters_that_name_what_they_noted(language: Language) -> None:
    weeks = invented(language)
    texts = {name: letter(week, language, name) for name, week in weeks.items()}
    assert len(set(texts.values())) == len(weeks) == 12
    for name, week in weeks.items():
        for word in week.with_heavy:
            assert word in texts[name]
        assert week.person in texts[name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_seed_writes_the_same_letter_and_the_next_week_another(language: Language) -> None:
    week = random_week(7, language)
    first = letter(week, language, "seed")
    assert letter(week, language, "seed") == first
    other = letter(replace(week, key="2026-W47"), language, "seed", fingerprints(first))
    said = {one for one in sentences(first) if not re.search(r"\d|“|\"", one)}
    assert len(said & set(sentences(other))) < len(said) / 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_little_data_is_said_to_be_little(language: Language) -> None:
    short = "短|几句|长了" if language == "zh" else "short|few lines"
    for count in (1, 2):
        week = week_of(KEY, language, [mood(day, -1) for day in range(count)])
        for seed in range(20):
            text = letter(week, language, str(seed))
            assert re.search(short, sentences(text)[0] + sentences(text)[1])
            assert size(text, language) < LEAST[language] + 20


def test_a_week_without_anything_has_no_letter() -> None:
    assert week_of(KEY, "en", []).is_empty
    assert week_of(KEY, "en", [], around=Around(events=(Event("the exam"),))).is_empty
    assert not week_of(KEY, "en", [], pages=1).is_empty


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_danger_is_open_nothing_is_summed_up(language: Language) -> None:
    episode = raised(Around().episode, {"suicide": "high"}, datetime.now(UTC), reason="test")
    around = Around(events=(Event("the exam"),), person="Sam", episode=episode)
    week = week_of(KEY, language, [mood(1, -2, "hollow", "family", 4)], around=around)
    for seed in range(12):
        text = letter(week, language, str(seed))
        assert 2 <= len(sentences(text)) <= 6
        assert not numbers_in(text, language) - {1.0}
        for word in ("exam", "Sam", "hollow", "空落落", "family", "家里"):
            assert word not in text


def test_what_did_not_help_or_was_refused_is_not_offered() -> None:
    heavy = [mood(day, -2, "anxious", "exams") for day in range(4)]
    first = week_of(KEY, "en", heavy).to_try
    assert first
    assert week_of(KEY, "en", heavy, around=Around(refused=frozenset({first}))).to_try != first
    assert week_of(KEY, "en", heavy, [Tried(first, 5, 8)]).to_try != first
    assert week_of(KEY, "en", heavy, around=Around(no_exercises=True)).to_try == ""
    light = [mood(day, 1) for day in range(4)]
    assert week_of(KEY, "en", light).to_try == ""
    again = week_of(KEY, "en", light, [Tried("breathing_box", 8, 3)])
    assert (again.to_try, again.again) == ("breathing_box", True)


def test_what_is_to_be_left_alone_is_not_named() -> None:
    from qingting.companion.recall.left_alone import left_alone

    avoid = left_alone(("my family",), "")
    week = week_of(KEY, "en", [mood(1, -1, "low", "family")], around=Around(avoid=avoid))
    assert week.with_heavy == ("low",)


@pytest.mark.parametrize(
    ("item", "word"),
    [
        ("小雨（室友）13800000000", "小雨"),
        ("我姐，晚上八点以后", "我姐"),
        ("Sam - 07700 900000", "Sam"),
        ("my sister, after eight", "my sister"),
        ("13800000000", ""),
        ("someone@example.org", ""),
        ("a friend who lives in the house two doors down", ""),
        ("", ""),
    ],
)
def test_a_person_is_named_in_their_word_or_not_at_all(item: str, word: str) -> None:
    assert named_word(item) == word


def test_every_list_has_lines_enough() -> None:
    for language in LANGUAGES:
        lines = letter_lines(language)
        for part, lists in lines.items():
            for name, found in lists.items():
                assert len(found) >= (1 if part == "summary" else 2), (part, name)


# At the pages.


@pytest.fixture
def progress(db: None) -> Iterator[Progress]:
    with wired() as found:
        yield found


both = pytest.mark.django_db(databases=["default", "keys"])


def noted(progress: Progress, person: UUID, *week: Mood) -> None:
    """Those check-ins, in the last whole week of somebody in UTC."""
    _key, monday, _last = week_before(datetime.now(UTC).date())
    for one in week:
        on = monday + (one.on - MONDAY)
        at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
        moods.note(progress, person, replace(one, id=uuid4().hex, on=on, at=at, note="SECRET-NOTE"))


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
    assert words_of(client.get(f"{address}edit/")).count(sentences(one.words)[0].split('"')[0]) == 1
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


def test_the_week_before_is_a_whole_one() -> None:
    for days in range(7):
        key, first, last = week_before(MONDAY + timedelta(days=7 + days))
        assert (key, first, last) == (KEY, MONDAY, MONDAY + timedelta(days=6))
    assert week_before(datetime(2027, 1, 5, tzinfo=UTC).date())[0] == "2026-W53"
    assert letters.monday_of(KEY) == MONDAY
