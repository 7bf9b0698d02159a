"""Who is asked what: by age, by whether somebody is on duty; hostile forms, and other people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from qingting.companion.person import Person
from qingting.companion.protect import resources
from qingting.companion.protect.institution import use_institution
from qingting.people.consent.ages import Band
from qingting.progress import questionnaires
from qingting.progress.models import Questionnaire
from qingting.progress.rows import ANSWERS
from qingting.progress.service import Progress
from tests.progress.answering import (
    EN,
    HEARD,
    HEAVY,
    LAW,
    NUMBER,
    PHQ9,
    QUIET,
    ZH,
    aged,
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


@pytest.mark.parametrize(
    "bad",
    [
        {"a-q1": "4"},
        {"a-q1": "-1"},
        {"a-q1": "two"},
        {"a-q1": ""},
        {"a-q1": "٣"},
        {"a-q1": "9" * 5000},
        {"a-q99": "1"},
        {"a-": "1"},
        {"a-q1'; DROP TABLE": "1"},
    ],
)
def test_what_is_no_answer_is_refused_and_the_others_are_kept(bad: dict[str, str]) -> None:
    person, token = somebody()
    client = browser(token, ZH)
    answer = send(client, {"a-q2": "1", "a-q9": "1", **bad})
    assert answer.status_code == 400
    shown = text(answer)
    assert shown.index(HEARD) < shown.index("<fieldset")
    assert 'name="a-q2" value="1" checked' in shown
    [answers] = ANSWERS.all_of(person, keyring().open(person))
    assert answers.values == {"q2": 1, "q9": 1}
    assert not answers.finished
    assert episode_of(person).level == "moderate"
    assert client.post(PHQ9, {**bad, "done": "1", "which": "nonsense"}).status_code == 400


def test_nobody_gets_at_somebody_elses() -> None:
    _theirs, token = somebody()
    send(browser(token, ZH), {**QUIET, "a-q9": "3"})
    row = kept()
    mine, mine_token = somebody()
    for client in (browser(mine_token, ZH), browser("", ZH)):
        path = f"/questions/result/{row.id}/"
        assert client.get(path).status_code == 404
        assert client.post(f"{path}delete/", {"sure": "1"}).status_code == 404
        client.post(PHQ9, {"which": str(row.id), **HEAVY, "done": "1"})
    row.refresh_from_db()
    theirs = ANSWERS.one(row.person_id, row.id, keyring().open(row.person_id))
    assert theirs is not None
    assert theirs.values["q9"] == 3
    [own] = ANSWERS.all_of(mine, keyring().open(mine))
    assert own.id != row.id.hex
    assert Questionnaire.objects.count() == 3


def test_an_unknown_questionnaire_is_not_there() -> None:
    client = browser("", ZH)
    for path in ("/questions/nothing/", "/questions/nothing/again/"):
        assert client.post(path, {"a-q1": "1"}).status_code == 404


def test_an_expired_form_keeps_every_answer_and_hears() -> None:
    client = Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE=ZH, enforce_csrf_checks=True)
    answer = client.post(PHQ9, {**QUIET, "a-q9": "2", "done": "1", "which": str(uuid4())})
    assert answer.status_code == 403
    shown = text(answer)
    assert shown.index(HEARD) < shown.index(NUMBER) < shown.index("<fieldset")
    assert shown.count(" checked>") == 9


def test_too_many_forms_are_held_up_and_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    _person, token = somebody()
    monkeypatch.setattr("allauth.core.ratelimit.consume", lambda *_, **__: False)
    answer = send(browser(token, ZH), {**QUIET, "a-q9": "1"})
    assert answer.status_code == 429
    shown = text(answer)
    assert HEARD in shown
    assert shown.count(" checked>") == 9


def offered_to(client: Client) -> set[str]:
    return set(re.findall(r'href="/questions/(\w+)/"', page(client, "/questions/")))


@pytest.mark.parametrize(
    ("band", "there", "not_there"),
    [
        (Band.ADULT, {"phq9", "phq8", "gad7", "phq2", "phq4"}, {"asq"}),
        (Band.FROM_16, {"phq9", "phq2"}, {"phq4", "asq"}),
        (Band.FROM_14, {"phq9", "phq2"}, {"phq4", "asq"}),
        (Band.UNDER_14, set(), {"phq9", "phq2", "gad7"}),
    ],
)
def test_what_is_asked_goes_by_age(band: Band, there: set[str], not_there: set[str]) -> None:
    person, token = somebody()
    aged(person, band)
    found = offered_to(browser(token, ZH))
    assert there <= found
    assert not not_there & found


def test_who_is_too_young_is_told_kindly_and_heard_all_the_same() -> None:
    person, token = somebody()
    aged(person, Band.UNDER_14)
    client = browser(token, ZH)
    assert "按你的年纪" in page(client, "/questions/")
    assert client.get(PHQ9).status_code == 303
    shown = text(client.post(PHQ9, {**QUIET, "a-q9": "1", "done": "1"}))
    assert HEARD in shown
    assert NUMBER not in shown
    assert Questionnaire.objects.count() == 0
    assert episode_of(person).level == "moderate"


def test_the_mark_is_that_of_the_age() -> None:
    ten = {**QUIET, **{f"a-q{number}": "2" for number in range(1, 6)}}
    for band, offers in ((Band.ADULT, True), (Band.FROM_16, False)):
        person, token = somebody()
        aged(person, band)
        client = browser(token, EN)
        shown = followed(client, send(client, ten))
        assert ('id="person-title"' in shown) == offers
        mark = "10" if band is Band.ADULT else "11"
        assert f"schools {mark} is" in shown


@pytest.fixture
def on_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questionnaires, "on_call", lambda *_: True)


ASQ = "/questions/asq/"
NO = {f"a-q{number}": "0" for number in range(1, 5)}


def test_it_is_asked_only_in_english_and_where_somebody_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "asq" not in offered_to(browser("", EN))
    assert browser("", EN).get(ASQ).status_code == 303
    monkeypatch.setattr(questionnaires, "on_call", lambda *_: True)
    assert "asq" in offered_to(browser("", EN))
    assert "asq" not in offered_to(browser("", ZH))
    assert browser("", ZH).get(ASQ).status_code == 303


def test_who_is_on_call_is_who_the_institution_names(tmp_path: Path) -> None:
    now, who = datetime(2026, 3, 1, 18, 37, tzinfo=UTC), Person(region="CN")
    assert not questionnaires.on_call(who, now)
    guide = (Path(__file__).parents[2] / "docs" / "institution.md").read_text(encoding="utf-8")
    file = tmp_path / "institution.toml"
    file.write_text(guide.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    try:
        use_institution(file)
        assert questionnaires.on_call(who, now)
        assert not questionnaires.on_call(Person("en-US", region="US"), now)
    finally:
        resources.use(None)


def test_what_was_begun_is_taken_in_when_the_duty_has_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person, token = somebody()
    client = browser(token, EN)
    with monkeypatch.context() as during:
        during.setattr(questionnaires, "on_call", lambda *_: True)
        which = which_of(page(client, ASQ))
    shown = text(client.post(ASQ, {"which": which, **NO, "a-q3": "1", "done": "1"}))
    assert HEARD in shown
    assert episode_of(person).level == "high"
    assert Questionnaire.objects.count() == 1


@pytest.mark.usefixtures("on_call")
def test_four_times_no_is_no_danger_and_no_number() -> None:
    _person, token = somebody()
    client = browser(token, EN)
    shown = followed(client, send(client, NO, path=ASQ))
    assert HEARD not in shown
    assert NUMBER not in shown
    assert 'id="person-title"' not in shown
    assert LAW[EN] in shown


@pytest.mark.usefixtures("on_call")
@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ({"a-q1": "1"}, "moderate"),
        ({"a-q2": "2"}, "moderate"),
        ({"a-q3": "1"}, "high"),
        ({"a-q4": "1"}, "moderate"),
    ],
)
def test_a_yes_or_no_answer_leads_on_to_the_fifth(answers: dict[str, str], level: str) -> None:
    person, token = somebody()
    client = browser(token, EN)
    shown = text(send(client, {**NO, **answers}, path=ASQ))
    assert shown.index(HEARD) < shown.index(
        "Are you having thoughts of killing yourself right now?"
    )
    assert 'name="a-q5"' in shown
    assert episode_of(person).level == level
    result = followed(client, send(client, {"a-q5": "0"}, "next", f"{ASQ}?one=q5", one="q5"))
    assert HEARD in result
    assert 'id="person-title"' in result
    assert ANSWERS.all_of(person, keyring().open(person))[0].finished


@pytest.mark.usefixtures("on_call")
def test_a_yes_to_the_fifth_begins_with_the_emergency_number() -> None:
    person, token = somebody()
    client = browser(token, EN)
    send(client, {**NO, "a-q3": "1"}, path=ASQ)
    shown = text(send(client, {"a-q5": "1"}, "next", f"{ASQ}?one=q5", one="q5"))
    words = shown.split(HEARD)[1].split('<p lang="en">')[1].split("</p>", 1)[0]
    assert "911" in re.split(r"(?<=[.!?]) ", words)[0]
    assert 'href="tel:911"' in shown.split(HEARD)[1].split("</section>", 1)[0]
    assert episode_of(person).level == "imminent"


@pytest.mark.usefixtures("on_call")
def test_not_to_say_whether_it_is_now_counts_as_grave() -> None:
    person, token = somebody()
    client = browser(token, EN)
    send(client, {**NO, "a-q1": "1"}, path=ASQ)
    assert HEARD in text(send(client, {"a-q5": "2"}, "next", f"{ASQ}?one=q5", one="q5"))
    assert episode_of(person).level == "high"
