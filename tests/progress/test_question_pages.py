"""The pages of questionnaires: their owners' words, the number and no name for it, gone on with,
left, asked again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from qingting.companion.instruments.shelf import instruments
from qingting.progress import schedules
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
    at_work,
    browser,
    episode_of,
    followed,
    kept,
    keyring,
    page,
    send,
    somebody,
    which_of,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

# Names of bands, and what a doctor would write down.
LABELS = re.compile(
    r"抑郁|焦虑|轻度|中度|重度|depress(?:ion|ive)|anxiety|\bmild\b|\bmoderate(?:ly)?\b|\bsevere\b",
    re.IGNORECASE,
)


@pytest.fixture(autouse=True)
def progress() -> Iterator[Progress]:
    with at_work() as found:
        yield found


def of_theirs(shown: str) -> str:
    """A page without what is somebody else's words: the items, their source and attribution."""
    shown = shown.split("<main", 1)[1].split("</main>", 1)[0]
    shown = re.sub(r"<(legend|dl|details).*?</\1>", "", shown, flags=re.S)
    return re.sub(r'<p class="note attribution".*?</p>', "", shown, flags=re.S)


@pytest.mark.parametrize("language", [ZH, EN])
def test_the_words_of_the_owner_are_there_verbatim_and_nothing_stands_between(
    language: str,
) -> None:
    client = browser("", language)
    wording = instruments()["phq9"].wordings["zh" if language == ZH else "en"]
    shown = page(client, PHQ9)
    for said in (wording.stem, *wording.items.values(), wording.licence.attribution):
        assert said in shown
    between = shown.split("<fieldset", 1)[1].rsplit("</fieldset>", 1)[0]
    plain = re.sub(r"<[^>]+>", "|", "<fieldset" + between)
    answers = set(wording.options["q1"].values())
    told = {one.strip() for one in plain.split("|")} - {""}
    assert told == {*wording.items.values(), *answers}


@pytest.mark.parametrize("language", [ZH, EN])
def test_the_first_line_says_whose_it_is(language: str) -> None:
    shown = page(browser("", language), "/questions/")
    lead = shown.split('class="lead">')[1].split("</p>", 1)[0]
    expected = {ZH: "这不是学校的心理普查，答什么只有你自己看得到", EN: "seen by you alone"}
    assert expected[language] in lead
    assert "/questions/phq9/" in shown
    assert not LABELS.search(of_theirs(shown))


@pytest.mark.parametrize("language", [ZH, EN])
@pytest.mark.parametrize("answers", [QUIET, HEAVY])
def test_a_result_says_the_number_the_range_and_the_law_and_names_nothing(
    language: str, answers: dict[str, str]
) -> None:
    _person, token = somebody()
    client = browser(token, language)
    shown = followed(client, send(client, answers))
    value = sum(map(int, answers.values()))
    assert f'<p class="value">{value}</p>' in shown
    assert "27" in shown
    assert LAW[language] in shown
    assert HEARD not in shown
    assert not LABELS.search(of_theirs(shown))
    assert ('id="person-title"' in shown) == (value >= 10)


def test_what_is_left_out_gives_no_number_and_is_asked_for() -> None:
    person, token = somebody()
    client = browser(token, ZH)
    shown = followed(client, send(client, {"a-q1": "1", "a-q3": "2"}))
    assert NUMBER not in shown
    assert "还有 7 题没答" in shown
    assert f"{PHQ9}?one=q2" in shown
    assert not ANSWERS.all_of(person, keyring().open(person))[0].finished


def test_a_difference_is_said_as_what_it_is(progress: Progress) -> None:
    person, token = somebody()
    client = browser(token, EN)
    send(client, HEAVY)
    assert "Two of these can only be held side by side" in followed(client, send(client, QUIET))
    with at_work(timedelta(days=20)):
        send(client, HEAVY | {"a-q1": "3"})
        shown = page(client, f"/questions/result/{newest(person)}/")
        assert "it has become heavier" in shown
        assert "you are not imagining it" in shown


def newest(person: Any) -> str:
    return str(UUID(ANSWERS.all_of(person, keyring().open(person))[0].id))


def test_it_is_left_half_done_and_gone_on_with_in_either_way() -> None:
    person, token = somebody()
    client = browser(token, ZH)
    shown = followed(client, send(client, {"a-q1": "1", "a-q2": "2"}, "later"))
    assert "上次答到 2 / 9" in shown
    again = page(client, PHQ9)
    assert 'id="q1-1" name="a-q1" value="1" checked' in again
    assert 'id="q2-2" name="a-q2" value="2" checked' in again
    assert "3 / 9" in page(client, f"{PHQ9}?one")
    # Another tab that was opened before anything was kept goes on with the same one.
    client.post(PHQ9, {"which": str(uuid4()), "a-q3": "3", "later": "1"})
    [answers] = ANSWERS.all_of(person, keyring().open(person))
    assert answers.values == {"q1": 1, "q2": 2, "q3": 3}


def test_one_at_a_time_goes_forth_and_back_and_skips() -> None:
    _person, token = somebody()
    client = browser(token, ZH)
    answer = send(client, {"a-q1": "1"}, "next", f"{PHQ9}?one", one="q1")
    assert answer["Location"] == f"{PHQ9}?one=q2"
    answer = send(client, {}, "next", f"{PHQ9}?one=q2", one="q2")
    assert answer["Location"] == f"{PHQ9}?one=q3"
    answer = send(client, {"a-q3": "2"}, "back", f"{PHQ9}?one=q3", one="q3")
    assert answer["Location"] == f"{PHQ9}?one=q2"
    answer = send(client, {"a-q9": "0"}, "next", f"{PHQ9}?one=q9", one="q9")
    assert "还有 6 题没答" in followed(client, answer)


def test_after_a_week_a_new_one_is_begun() -> None:
    person, token = somebody()
    client = browser(token, ZH)
    send(client, {"a-q1": "3"}, "later")
    with at_work(timedelta(days=8)):
        assert " checked>" not in page(client, PHQ9)
        send(client, QUIET)
    assert len(ANSWERS.all_of(person, keyring().open(person))) == 2


def test_a_page_that_was_open_for_days_changes_no_result() -> None:
    person, token = somebody()
    client = browser(token, ZH)
    form = {"which": which_of(page(client, PHQ9)), **QUIET, "done": "1"}
    client.post(PHQ9, form)
    with at_work(timedelta(days=2)):
        client.post(PHQ9, {**form, "a-q1": "3"})
    [answers] = ANSWERS.all_of(person, keyring().open(person))
    assert answers.values["q1"] == 0


@pytest.mark.parametrize("press", ["done", "later"])
def test_a_form_without_an_answer_keeps_nothing(press: str) -> None:
    _person, token = somebody()
    client = browser(token, ZH)
    assert send(client, {}, press).status_code == 303
    assert Questionnaire.objects.count() == 0


def test_a_guest_without_a_row_can_begin() -> None:
    client = browser("", ZH)
    shown = followed(client, send(client, QUIET))
    assert '<p class="value">0</p>' in shown
    assert kept().person_id is not None


def test_it_is_deleted_and_what_was_heard_stays_known() -> None:
    person, token = somebody()
    client = browser(token, ZH)
    send(client, {**QUIET, "a-q9": "1"})
    path = f"/questions/result/{kept().id}/"
    assert client.post(f"{path}delete/").status_code == 303
    assert Questionnaire.objects.count() == 1
    assert "那些回答删掉了" in followed(client, client.post(f"{path}delete/", {"sure": "1"}))
    assert Questionnaire.objects.count() == 0
    assert client.get(path).status_code == 404
    assert episode_of(person).level == "moderate"


def test_nobody_is_asked_again_without_having_chosen_so(progress: Progress) -> None:
    person, token = somebody()
    client = browser(token, ZH)
    send(client, QUIET)
    today = datetime.now(UTC).date()
    later = today + timedelta(days=90)
    assert schedules.due(progress, person, later) == ()
    assert "两周后" in followed(client, client.post(f"{PHQ9}again/", {"want": "yes"}))
    client.post(f"{PHQ9}again/", {"want": "yes"})
    assert len(schedules.chosen(progress, person)) == 1
    assert schedules.due(progress, person, today + timedelta(days=13)) == ()
    assert schedules.due(progress, person, today + timedelta(days=15)) == ("phq9",)
    with at_work(timedelta(days=15)) as ahead:
        assert "两周到了" in page(client, "/questions/")
        send(client, QUIET)
        assert schedules.due(ahead, person, today + timedelta(days=15)) == ()
    client.post(f"{PHQ9}again/", {"want": "no"})
    assert schedules.due(progress, person, later) == ()
