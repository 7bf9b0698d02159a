"""Taking along as FHIR and bringing answers here, on the page and in the copy of everything."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError
from django.test import Client
from fhirclient.models.bundle import Bundle as R4Bundle

from qingting.companion.instruments.instrument import Answers
from qingting.companion.understand.reading import at_least
from qingting.people import data_service
from qingting.people.consent.ages import Band
from qingting.privacy.models import AuditEntry
from qingting.progress.fhir.checking import fault_of
from qingting.progress.fhir_pages import MOST_BYTES
from qingting.progress.models import Questionnaire
from qingting.progress.rows import ANSWERS, MOODS
from qingting.progress.service import Progress
from qingting.safety.models import EpisodeRecord
from tests.progress.answered import EN as READER
from tests.progress.answered import MOODS as NOTED
from tests.progress.answered import NOTE, answers, bundle_of, of_kind
from tests.progress.answering import (
    EN,
    HEARD,
    ZH,
    aged,
    at_work,
    browser,
    episode_of,
    keyring,
    page,
    somebody,
    text,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

HERE = "/progress/fhir/"
TODAY = datetime.now(UTC).date()
LIGHT = dict.fromkeys((f"q{one}" for one in range(1, 10)), 0)
GRAVE = {**LIGHT, "q9": 2}


@pytest.fixture(autouse=True)
def progress() -> Iterator[Progress]:
    with at_work() as found:
        yield found


def written(*told: Answers) -> str:
    return json.dumps(bundle_of(told), ensure_ascii=False)


def bring(client: Client, pasted: str) -> Any:
    return client.post(HERE, {"answers": pasted, "step": "bring"})


def kept(person: UUID) -> list[Answers]:
    return ANSWERS.all_of(person, keyring().open(person))


def store(person: UUID, *told: Answers) -> None:
    rows = [(UUID(one.id), one, datetime.now(UTC)) for one in told]
    ANSWERS.keep_many(person, rows, keyring().open(person))


def note(person: UUID) -> None:
    MOODS.keep_many(person, [(UUID(m.id), m, m.at) for m in NOTED], keyring().open(person))


@pytest.mark.parametrize("language", [ZH, EN])
def test_the_page_opens_for_anybody(language: str) -> None:
    shown = page(browser("", language), HERE)
    assert 'name="answers"' in shown
    assert not Questionnaire.objects.exists()


@pytest.mark.parametrize(("what", "observations"), [("all", 3), ("answers", 1)])
def test_it_is_taken_along_as_one_file(what: str, observations: int) -> None:
    person, token = somebody()
    store(person, answers(on=TODAY))
    note(person)
    answer = browser(token).post(HERE, {"step": "take", "what": what})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/fhir+json")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "no-store" in answer["Cache-Control"]
    bundle = json.loads(answer.content)
    assert fault_of(bundle) is None
    R4Bundle(jsondict=bundle, strict=True)
    assert len(of_kind(bundle, "Observation")) == observations
    assert NOTE not in answer.content.decode()
    assert AuditEntry.objects.filter(action="exported").count() == 1


def test_it_is_nobody_elses() -> None:
    person, _token = somebody()
    store(person, answers(on=TODAY))
    _other, token = somebody()
    bundle = json.loads(browser(token).post(HERE, {"step": "take"}).content)
    assert len(bundle["entry"]) == 1
    assert person.hex not in json.dumps(bundle).replace("-", "")
    assert "nothing of yours" in text(browser().post(HERE, {"step": "take"}))


def test_it_is_in_the_copy_of_everything() -> None:
    person, _token = somebody()
    store(person, answers(on=TODAY), answers("gad7", "zh", on=TODAY))
    note(person)
    made = data_service.current().export(person, READER)
    with zipfile.ZipFile(made.file) as copy:
        bundle = json.loads(copy.read("fhir/bundle.json"))
    made.file.close()
    assert fault_of(bundle) is None
    R4Bundle(jsondict=bundle, strict=True)
    assert len(of_kind(bundle, "Questionnaire")) == 2
    assert len(of_kind(bundle, "Observation")) == 4


def test_it_comes_back_from_there_to_here() -> None:
    person, token = somebody()
    told = [answers(values=LIGHT, on=TODAY), answers("gad7", "zh", on=TODAY - timedelta(days=30))]
    store(person, *told)
    taken = browser(token).post(HERE, {"step": "take", "what": "answers"}).content.decode()
    assert "Kept now: 0. Here already, and not doubled: 2." in text(bring(browser(token), taken))
    new, other = somebody()
    for counted in ("Kept now: 2.", "Kept now: 0. Here already, and not doubled: 2."):
        assert counted in text(bring(browser(other), taken))
    # From there it comes back to the first as well, under another id, and is known.
    again = browser(other).post(HERE, {"step": "take"}).content.decode()
    assert "not doubled: 2." in text(bring(browser(token), again))
    assert len(kept(person)) == 2
    found = {(one.instrument, one.language, one.on, one.finished): one for one in kept(new)}
    for one in told:
        brought = found[one.instrument, one.language, one.on, True]
        assert (dict(brought.values), brought.asked_in) == (dict(one.values), "imported")
    row = Questionnaire.objects.filter(person_id=new).order_by("at").first()
    assert row is not None
    assert row.at.date() == TODAY - timedelta(days=30)


def test_a_guest_may_begin_with_it() -> None:
    client = browser()
    assert "Kept now: 1." in text(bring(client, written(answers("phq2", on=TODAY))))
    assert 'class="done"' in page(client, "/questions/")
    one = Questionnaire.objects.get()
    assert "phq2" not in str(one.body)
    page(client, f"/questions/result/{one.id}/")


@pytest.mark.parametrize("language", [ZH, EN])
def test_an_answer_of_danger_opens_the_episode_in_the_same_request(language: str) -> None:
    person, token = somebody()
    shown = text(bring(browser(token, language), written(answers(values=GRAVE, on=TODAY))))
    assert shown.index(HEARD) < shown.index("<h1")
    assert at_least(episode_of(person).level, "high")
    assert len(kept(person)) == 1
    EpisodeRecord.objects.all().delete()
    # The same again is nothing new.
    again = text(bring(browser(token, language), written(*kept(person))))
    assert HEARD not in again
    assert not EpisodeRecord.objects.exists()


def test_what_was_answered_later_counts() -> None:
    person, token = somebody()
    then = answers(values=GRAVE, on=TODAY - timedelta(days=200))
    now = answers(values=LIGHT, on=TODAY)
    assert HEARD not in text(bring(browser(token), written(then, now)))
    assert not EpisodeRecord.objects.exists()
    assert len(kept(person)) == 2
    # A later one that leaves the question out says nothing of it.
    _person, token = somebody()
    part = answers(values={"q1": 0}, on=TODAY)
    assert HEARD in text(bring(browser(token), written(then, part)))


def test_danger_is_heard_in_what_is_refused() -> None:
    person, token = somebody()
    broken = json.loads(written(answers(values=GRAVE, on=TODAY)))
    broken["entry"][2]["resource"]["item"][0]["answer"] = [{"valueInteger": 9}]
    answer = bring(browser(token), json.dumps(broken))
    shown = text(answer)
    assert answer.status_code == 400
    assert HEARD in shown
    assert "entry[2].resource.item[0].answer[0].valueInteger" in shown
    assert at_least(episode_of(person).level, "high")
    assert not kept(person)
    # Of somebody never seen nothing can be kept; the words are there all the same.
    assert HEARD in text(bring(browser(), json.dumps(broken)))


@pytest.mark.parametrize("broken", ["take_in", "hear"])
def test_words_come_first_when_nothing_can_be_stored(
    monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    def fails(*_: Any, **__: Any) -> Any:
        raise DatabaseError

    _person, token = somebody()
    monkeypatch.setattr(f"qingting.progress.fhir.taking_in.{broken}", fails)
    pasted = json.loads(written(answers(values=GRAVE, on=TODAY)))
    if broken == "hear":
        pasted["total"] = "x"
    answer = bring(browser(token), json.dumps(pasted))
    assert answer.status_code == (503 if broken == "take_in" else 400)
    shown = text(answer)
    assert shown.index(HEARD) < shown.index("<h1")
    # And what was pasted is still there.
    assert '"QuestionnaireResponse"' in shown


def test_an_expired_form_keeps_what_was_pasted() -> None:
    _person, token = somebody()
    client = browser(token, enforce_csrf_checks=True)
    answer = bring(client, written(answers(values=GRAVE, on=TODAY)))
    assert answer.status_code == 403
    assert '"QuestionnaireResponse"' in text(answer)
    assert HEARD in text(answer)
    assert not Questionnaire.objects.exists()


def test_what_is_not_asked_of_somebody_that_young_is_not_kept_but_heard() -> None:
    person, token = somebody()
    aged(person, Band.FROM_14)
    grave = answers(values=GRAVE, on=TODAY)
    shown = text(bring(browser(token), written(answers("gad7", on=TODAY), grave)))
    assert "Kept now: 1." in shown
    assert "not among what is asked here" in shown
    assert [one.instrument for one in kept(person)] == ["phq9"]
    child, token = somebody()
    aged(child, Band.UNDER_14)
    assert HEARD in text(bring(browser(token), written(grave)))
    assert not kept(child)
    assert at_least(episode_of(child).level, "high")


def test_too_much_and_nonsense_get_a_kind_answer() -> None:
    client = browser()
    much = bring(client, "[" * (MOST_BYTES + 1))
    assert much.status_code == 400
    assert "more than goes in at once" in text(much)
    for pasted in ("", "hello", "{", "[]", '{"resourceType":"Bundle"}', "\x00", "\ud800" * 3):
        answer = client.post(
            HERE,
            f"step=bring&answers={pasted.encode('utf-8', 'replace').decode()}".encode(),
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.status_code == 400
        assert 'role="alert"' in text(answer)
    assert not Questionnaire.objects.exists()


def test_the_same_one_twice_in_a_paste_is_one() -> None:
    person, token = somebody()
    one = answers(values=LIGHT, on=TODAY)
    twin = Answers(uuid4().hex, one.instrument, "en", one.on, one.values, finished=True)
    assert "Kept now: 1." in text(bring(browser(token), written(one, twin)))
    assert len(kept(person)) == 1
