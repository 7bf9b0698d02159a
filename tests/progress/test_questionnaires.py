"""Danger in an answer to a questionnaire is met at once, before any number, whatever is broken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError

from qingting.companion.instruments.shelf import instruments
from qingting.companion.understand.reading import at_least
from qingting.policy.models import Event
from qingting.progress import question_hearing
from qingting.progress.models import Questionnaire
from qingting.progress.rows import ANSWERS
from qingting.progress.service import Progress
from qingting.safety.models import EpisodeRecord
from tests.progress.answering import (
    EN,
    HEARD,
    NUMBER,
    PHQ9,
    QUIET,
    ZH,
    at_work,
    browser,
    episode_of,
    followed,
    kept,
    keyring,
    page,
    send,
    somebody,
    text,
    which_of,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def progress() -> Iterator[Progress]:
    with at_work() as found:
        yield found


@pytest.mark.parametrize("language", [ZH, EN])
@pytest.mark.parametrize(("value", "level"), [("1", "moderate"), ("2", "high"), ("3", "high")])
def test_an_answer_of_danger_is_met_before_any_number_in_the_same_request(
    language: str, value: str, level: str
) -> None:
    person, token = somebody()
    client = browser(token, language)
    answer = send(client, {**QUIET, "a-q9": value})
    assert answer.status_code == 200
    shown = text(answer)
    assert shown.index(HEARD) < shown.index(NUMBER)
    heard = shown.split(HEARD)[1].split("</section>", 1)[0]
    assert "tel:" in heard
    assert 'href="/now/"' in heard
    # The direct question, and a field to answer it in.
    assert re.search(r"自杀|结束|suicid|ending your life|killing", heard)
    assert shown.index(HEARD) < shown.index('name="text"') < shown.index(NUMBER)
    episode = episode_of(person)
    assert episode.levels == {"suicide": level}
    assert episode.shown
    assert episode.asking.open == "suicide.thoughts"
    assert episode.transitions[-1].evidence == "phq9.q9"
    told = {event.kind for event in Event.objects.exclude(person=None)}
    assert told == {"safety_reply", "referral_shown"}
    # Read again, it is led by words and a line still, and nothing is counted anew.
    again = page(client, f"/questions/result/{kept().id}/")
    assert again.index(HEARD) < again.index(NUMBER)
    assert "tel:" in again.split(HEARD)[1].split("</section>", 1)[0]
    assert Event.objects.exclude(person=None).count() == 2


@pytest.mark.parametrize("language", [ZH, EN])
@pytest.mark.parametrize("broken", ["save", "half_done"])
def test_words_come_first_when_nothing_can_be_stored(
    monkeypatch: pytest.MonkeyPatch, language: str, broken: str
) -> None:
    _person, token = somebody()
    client = browser(token, language)
    which = which_of(page(client, PHQ9))

    def fails(*_: Any, **__: Any) -> Any:
        raise DatabaseError

    monkeypatch.setattr(f"qingting.progress.questionnaires.{broken}", fails)
    if broken == "half_done":
        monkeypatch.setattr("qingting.progress.questionnaires.ANSWERS.keep", fails)
    answer = client.post(PHQ9, {"which": which, **QUIET, "a-q9": "1", "done": "1"})
    assert answer.status_code == 503
    shown = text(answer)
    assert shown.index(HEARD) < shown.index(NUMBER) < shown.index("<fieldset")
    assert "tel:" in shown.split(HEARD)[1].split("</section>", 1)[0]
    assert shown.count(" checked>") == 9
    assert Questionnaire.objects.count() == 0
    assert EpisodeRecord.objects.count() == 0


def test_what_is_kept_and_the_episode_are_one_step(monkeypatch: pytest.MonkeyPatch) -> None:
    _person, token = somebody()
    client = browser(token, ZH)

    def fails(*_: Any, **__: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr("qingting.site.episodes.upsert_episode", fails)
    answer = send(client, {**QUIET, "a-q9": "2"})
    assert answer.status_code == 503
    assert HEARD in text(answer)
    assert Questionnaire.objects.count() == 0


@pytest.mark.parametrize("press", ["later", "next"])
def test_an_answer_of_danger_is_met_also_when_one_stops_there(press: str) -> None:
    person, token = somebody()
    client = browser(token, ZH)
    answer = send(client, {"a-q9": "1"}, press, f"{PHQ9}?one=q9", one="q9")
    shown = text(answer)
    assert HEARD in shown
    assert NUMBER not in shown
    assert episode_of(person).level == "moderate"
    assert [one.values for one in ANSWERS.all_of(person, keyring().open(person))] == [{"q9": 1}]


def test_the_last_question_of_one_at_a_time_is_met_too() -> None:
    person, token = somebody()
    client = browser(token, EN)
    send(client, {name: value for name, value in QUIET.items() if name != "a-q9"}, "later")
    shown = text(send(client, {"a-q9": "3"}, "next", f"{PHQ9}?one=q9", one="q9"))
    assert shown.index(HEARD) < shown.index(NUMBER)
    assert episode_of(person).level == "high"


def test_the_same_form_sent_twice_is_one_answer_and_one_danger() -> None:
    person, token = somebody()
    client = browser(token, ZH)
    form = {"which": which_of(page(client, PHQ9)), **QUIET, "a-q9": "2", "done": "1"}
    assert client.post(PHQ9, form).status_code == 200
    before = episode_of(person)
    second = client.post(PHQ9, form)
    assert second.status_code == 303
    assert HEARD in followed(client, second)
    assert Questionnaire.objects.count() == 1
    assert episode_of(person) == before
    assert Event.objects.exclude(person=None).count() == 2


def test_a_graver_answer_put_in_afterwards_is_met_again() -> None:
    person, token = somebody()
    client = browser(token, ZH)
    which = which_of(page(client, PHQ9))
    client.post(PHQ9, {"which": which, **QUIET, "done": "1"})
    assert EpisodeRecord.objects.count() == 0
    shown = text(client.post(PHQ9, {"which": which, **QUIET, "a-q9": "3", "done": "1"}))
    assert shown.index(HEARD) < shown.index(NUMBER)
    assert episode_of(person).level == "high"
    assert Questionnaire.objects.count() == 1


def test_every_item_of_danger_is_known_for_what_it_is() -> None:
    for instrument in instruments().values():
        for item in instrument.items:
            if item.danger_from is None:
                continue
            name = f"{instrument.key}.{item.key}"
            assert (name in question_hearing._YES) != (name in question_hearing.HOW_OFTEN), name
            for option in item.options:
                found = question_hearing.ticked(instrument, {item.key: option.value})
                assert bool(found) == (option.value >= item.danger_from), name
                assert all(at_least(one.level, "moderate") for one in found), name
