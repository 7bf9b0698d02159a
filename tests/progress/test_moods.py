"""Noting how one is: one tap is enough, nothing typed is lost, danger in a note is answered at
once, and nobody gets at somebody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from qingting.companion.progress.mood import LEAST, MOST, Mood
from qingting.companion.progress.mood_words import mood_keys, mood_words
from qingting.progress import moods
from qingting.progress.models import MoodEntry
from qingting.progress.rows import Rows
from qingting.progress.service import Choice, Progress
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

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

MOOD = "/progress/mood/"
TODAY = datetime.now(UTC).date()


@pytest.fixture(autouse=True)
def progress() -> Iterator[Progress]:
    with wired() as found:
        yield found


def noted(progress: Progress, person: UUID, **changed: object) -> Mood:
    now = datetime.now(UTC).replace(microsecond=0)
    given: dict[str, object] = {"id": uuid4().hex, "on": now.date(), "at": now, "valence": -1}
    one = Mood(**{**given, **changed})  # type: ignore[arg-type]
    moods.note(progress, person, one)
    return one


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_square_and_word_has_words_of_its_own(language: str) -> None:
    words, keys = mood_words(language), mood_keys()  # type: ignore[arg-type]
    steps = range(LEAST, MOST + 1)
    assert len({words.of(valence, energy) for valence in steps for energy in steps}) == 25
    assert 20 <= len(keys.every_feeling) == len(set(words.feelings.values())) <= 28
    assert 14 <= len(keys.about) == len(set(words.about.values())) <= 18
    for line in (line for lines in words.kept.values() for line in lines):
        assert not re.search(
            r"棒|真好|连续|坚持|streak|in a row|well done|great|good job", line, re.I
        )


def test_one_tap_of_somebody_never_seen_is_kept_and_answered_without_praise() -> None:
    client = browser(language="zh-CN")
    form = words_of(client.get(MOOD))
    assert form.count('type="radio"') == 25
    assert form.count("required") >= 25
    answer = client.post(MOOD, {"spot": "-2_-1"}, follow=True)
    shown = words_of(answer)
    assert "很沉，有点蔫" in shown
    assert any(line in shown for line in mood_words("zh").kept["heavy"])
    [mood] = moods_of(whose(client))
    assert (mood.valence, mood.energy, mood.source) == (-2, -1, "tapped")


def test_everything_else_is_kept_and_comes_back_in_its_form() -> None:
    client = browser(language="en-US")
    sent = {
        "spot": "1_2",
        "feeling": ["numb", "hollow", "nonsense"],
        "about": ["exams", "phone"],
        "sleep": "6,5",
        "note": "library\r\ntill late <b>",
        "day": str(TODAY - timedelta(days=3)),
    }
    shown = words_of(client.post(MOOD, sent, follow=True))
    for words in ("fairly light, can't switch off", "numb · hollow · exams · phone", "slept 6.5 h"):
        assert words in shown
    [mood] = moods_of(whose(client))
    assert mood.feelings == ("numb", "hollow")
    assert (mood.sleep, mood.on, mood.at.date()) == (6.5, mood.at.date(), mood.on)
    assert mood.on == TODAY - timedelta(days=3)
    form = words_of(client.get(f"{MOOD}{UUID(mood.id)}/"))
    for field in ('value="1_2" checked', 'value="numb" checked', 'value="6.5"', "till late <b>"):
        assert field in form


@pytest.mark.parametrize(
    "wrong",
    [
        {"spot": ""},
        {"spot": "9_9"},
        {"spot": "0_0", "sleep": "a lot"},
        {"spot": "0_0", "sleep": "25"},
        {"spot": "0_0", "day": "yesterday"},
        {"spot": "0_0", "day": "2999-01-01"},
    ],
)
def test_a_form_with_a_mistake_comes_back_with_everything_in_it(wrong: dict[str, str]) -> None:
    answer = browser().post(MOOD, {"note": "the pipe dripped", "feeling": "flat", **wrong})
    shown = words_of(answer, 400)
    assert 'role="alert"' in shown
    assert "the pipe dripped" in shown
    assert 'value="flat" checked' in shown
    for name in ("sleep", "day"):
        assert f'value="{wrong.get(name, "")}"' in shown
    assert MoodEntry.objects.count() == 0


def test_the_same_form_twice_is_one_and_an_id_of_somebody_elses_is_not_taken(
    progress: Progress,
) -> None:
    person, _ = somebody()
    theirs = noted(progress, person)
    client, which = browser(), str(uuid4())
    for _time in range(2):
        client.post(MOOD, {"spot": "0_0", "which": which})
    assert [one.id for one in moods_of(whose(client))] == [UUID(which).hex]
    client.post(MOOD, {"spot": "2_2", "which": theirs.id})
    assert moods_of(person) == [theirs]
    assert len(moods_of(whose(client))) == 2


def test_it_is_put_right_and_deleted_after_asking_once(progress: Progress) -> None:
    person, token = somebody()
    one = noted(progress, person, source="imported", note="old", energy=None)
    client, address = browser(token), f"{MOOD}{UUID(one.id)}/"
    words_of(client.get(address))
    day = str(one.on - timedelta(days=1))
    client.post(address, {"note": "new", "day": day})
    [mood] = moods_of(person)
    assert (mood.valence, mood.energy, mood.note, mood.source) == (-1, None, "new", "imported")
    assert mood.at == one.at - timedelta(days=1)
    assert "Delete this one?" in words_of(client.get(f"{address}delete/"))
    assert moods_of(person)
    assert "Deleted." in words_of(client.post(f"{address}delete/", follow=True))
    assert moods_of(person) == []
    assert client.post(f"{address}delete/").status_code == 404


def test_the_list_goes_by_pages(progress: Progress) -> None:
    person, token = somebody()
    now = datetime.now(UTC).replace(microsecond=0)
    for number in range(45):
        noted(progress, person, at=now - timedelta(days=number), note=f"note-{number}.")
    client = browser(token)
    first, last = words_of(client.get(MOOD)), words_of(client.get(f"{MOOD}?page=3"))
    assert "note-0." in first
    assert "note-20." not in first
    assert "note-44." in last
    assert "page=4" not in last
    for odd in ("0", "x", "²", "9" * 40):
        words_of(client.get(f"{MOOD}?page={odd}"))


@pytest.mark.parametrize("language", list(DANGER))
def test_danger_in_a_note_is_answered_at_once_and_the_note_kept(
    progress: Progress, language: str
) -> None:
    client = browser(language=language)
    shown = words_of(client.post(MOOD, {"spot": "-2_1", "note": DANGER[language]}))
    assert 'class="heard"' in shown
    assert 'href="/now/"' in shown
    person = whose(client)
    [mood] = moods_of(person)
    assert mood.note == DANGER[language]
    with connection.cursor() as cursor:
        assert progress.episodes.of(cursor, person, progress.seal(person)).is_open
    again = client.post(f"{MOOD}{UUID(mood.id)}/", {"spot": "-2_0", "note": DANGER[language]})
    assert again.status_code == 303, "what was answered is not answered again"


@pytest.mark.parametrize("language", list(DANGER))
def test_where_nothing_can_be_kept_the_words_come_all_the_same(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(Rows, "keep", broken)
    client = browser(language=language)
    shown = words_of(client.post(MOOD, {"spot": "-2_1", "note": DANGER[language]}), 503)
    assert shown.index('class="heard"') < shown.index('class="notice"')
    assert DANGER[language] in shown
    assert 'value="-2_1" checked' in shown


def test_what_cannot_be_read_is_said_not_to_be_lost(
    progress: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, token = somebody()
    noted(progress, person)
    monkeypatch.setattr(Rows, "all_of", broken)
    monkeypatch.setattr(Rows, "one", broken)
    assert "It is not lost" in words_of(browser(token).get(MOOD), 503)
    assert "It is not lost" in words_of(browser(token).get(f"{MOOD}{uuid4()}/"), 503)


def test_an_expired_form_keeps_what_was_typed_and_hears_it(progress: Progress) -> None:
    client = browser(language="zh-CN", enforce_csrf_checks=True)
    shown = words_of(client.post(MOOD, {"spot": "-2_1", "note": DANGER["zh-CN"]}), 403)
    assert DANGER["zh-CN"] in shown
    assert 'class="heard"' in shown
    for path in (f"{MOOD}{uuid4()}/", f"{MOOD}{uuid4()}/delete/", "/progress/choice/"):
        words_of(client.post(path, {"note": "x"}), 403)


def test_pressing_without_end_is_stopped_and_the_form_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qingting.progress.visiting.ratelimit.consume", lambda *_a, **_k: False)
    assert "dripped" in words_of(browser().post(MOOD, {"spot": "0_0", "note": "dripped"}), 429)


@pytest.mark.parametrize("what", ["", "delete/"])
def test_somebody_elses_is_not_there(progress: Progress, what: str) -> None:
    person, _ = somebody()
    one = noted(progress, person, note="theirs alone")
    _, other = somebody()
    for client in (browser(other), browser()):
        for which in (UUID(one.id), uuid4()):
            assert client.get(f"{MOOD}{which}/{what}").status_code == 404
            answer = client.post(f"{MOOD}{which}/{what}", {"spot": "2_2", "note": "mine"})
            assert answer.status_code == 404
    assert moods_of(person) == [one]


def test_what_may_be_made_of_it_is_theirs_to_say(progress: Progress) -> None:
    client = browser(language="zh-CN")
    words_of(client.get("/progress/choice/"))
    for what in ("felt", "letters", "course"):
        client.post("/progress/choice/", {"want": f"{what}_off"})
    client.post("/progress/choice/", {"want": "nonsense"})
    assert progress.choice(whose(client)) == Choice(felt=False, letters=False, course=False)
    shown = words_of(client.post("/progress/choice/", {"want": "letters_on"}, follow=True))
    assert 'value="letters_off"' in shown
    assert 'value="felt_on"' in shown
