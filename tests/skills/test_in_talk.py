"""Exercises done in a talk stand beside those done on their pages, and go with their talk."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client

from qingting.companion.exercise import run as runs
from qingting.companion.exercise.run import Run
from qingting.companion.exercise.shelf import exercises, titles
from qingting.companion.message import Message
from qingting.people import devices
from qingting.privacy.keyring import Keyring
from qingting.skills.models import ExerciseRun
from qingting.skills.talk_runs import RunsOfTalks
from qingting.talk import keeping
from qingting.talk.turns import Closing, OpenTurn, close_turn, open_turn
from tests.servers.qingting import Server, Visitor
from tests.skills.walking import THOUGHT, browser, form_of, kept, page_of, person_of, walk

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

BEGUN = datetime(2026, 3, 2, 2, 37, 1, 250, tzinfo=UTC)
BOX = titles("zh")["breathing_box"]["title"]


def talked(
    keyring: Keyring, person: UUID, run: Run | None, which: UUID | None = None
) -> tuple[UUID, OpenTurn]:
    """One turn of a talk with this run after it; the conversation."""
    now = datetime.now(UTC)
    message = Message("带我做个呼吸练习吧", uuid4().hex)
    opened = open_turn(keyring, person, which, message, worker="test", now=now)
    assert isinstance(opened, OpenTurn)
    closing = Closing("好。", {}, replace(opened.state, run=run), opened.episode)
    close_turn(opened, closing, now, RunsOfTalks())
    return opened.conversation, opened


def breathed(ended: runs.End | None = None, **answers: str) -> Run:
    told = {step: (text,) for step, text in answers.items()}
    run = replace(runs.begun(exercises()["breathing_box"], BEGUN), answers=told, ended=ended)
    return replace(run, at="" if ended == "finished" else "breathe")


@pytest.fixture
def guest(visitor: Client) -> Client:
    """Somebody who did one step of an exercise on its page."""
    walk(visitor, {"situation": "在食堂"})
    ExerciseRun.objects.all().delete()
    return visitor


def test_it_is_listed_with_where_it_was_done_and_how_far(guest: Client, keyring: Keyring) -> None:
    which, _ = talked(keyring, person_of(guest), breathed(mood_before="大概8吧"))
    page = page_of(guest, "/skills/mine/")
    assert BOX in page
    assert "聊天里做的" in page
    assert "停在中间" in page
    assert f'href="/talk/{which}/"' in page
    for path in ("/skills/", f"/skills/mine/{kept().id}/"):
        assert f'href="/talk/{which}/"' in page_of(guest, path)
    assert f"?run={kept().id}" not in page_of(guest, "/skills/")
    assert "大概8吧" in page_of(guest, f"/skills/mine/{kept().id}/")


def test_it_is_one_run_from_beginning_to_end(guest: Client, keyring: Keyring) -> None:
    person = person_of(guest)
    which, opened = talked(keyring, person, breathed(mood_before="8"))
    closing = Closing("又一遍", {}, replace(opened.state, run=None), opened.episode)
    close_turn(opened, closing, datetime.now(UTC), RunsOfTalks())  # told twice
    talked(keyring, person, breathed(mood_before="8"), which)  # a turn that changed nothing
    done = breathed("finished", mood_before="8", mood_after="5")
    talked(keyring, person, replace(done, passed=frozenset({"breathe"})), which)
    assert kept().ended_at is not None
    assert kept().begun_at == BEGUN
    page = page_of(guest, "/skills/mine/")
    assert "做完了" in page
    assert "做之前 8，做完 5" in page
    assert 'class="waiting"' not in page_of(guest, "/skills/")


def test_it_lies_sealed_for_its_own_row(guest: Client, keyring: Keyring) -> None:
    talked(keyring, person_of(guest), breathed(mood_before="心里堵得慌"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM skills_exerciserun")
        row = cursor.fetchone()
    for word in ("心里堵得慌", "breathing_box"):
        assert not [one for one in row if isinstance(one, bytes) and word.encode() in one]


def test_it_cannot_be_changed_on_a_page(guest: Client, keyring: Keyring) -> None:
    talked(keyring, person_of(guest), breathed(mood_before="8"))
    run = kept()
    address = f"/skills/breathing_box/?run={run.id}&step=breathe"
    answer = guest.get(address)
    assert (answer.status_code, answer["Location"]) == (302, f"/skills/mine/{run.id}/")
    form = {**form_of(page_of(guest, "/skills/breathing_box/")), "run": str(run.id)}
    guest.post("/skills/breathing_box/", {**form, "mood_before": "1", "next": "1"})
    assert ExerciseRun.objects.count() == 2
    assert ExerciseRun.objects.get(id=run.id).body == run.body


def test_it_goes_with_its_talk_and_comes_back_with_it(guest: Client, keyring: Keyring) -> None:
    person, now = person_of(guest), datetime.now(UTC)
    which, _ = talked(keyring, person, breathed(mood_before="8"))
    run = kept()
    assert "会一起删掉" in page_of(guest, "/skills/mine/")
    keeping.delete(person, which, now)
    assert BOX not in page_of(guest, "/skills/mine/")
    assert guest.get(f"/skills/mine/{run.id}/").status_code == 404
    keeping.restore(person, which, now)
    assert BOX in page_of(guest, "/skills/mine/")
    keeping.delete(person, which, now)
    assert keeping.purge(now + keeping.UNDO + timedelta(seconds=1)) == 1
    assert ExerciseRun.objects.count() == 0


def test_nobody_else_sees_it(guest: Client, keyring: Keyring) -> None:
    talked(keyring, person_of(guest), breathed(mood_before="8"))
    other = browser()
    walk(other, {"situation": "在食堂"})
    for path in ("/skills/", "/skills/mine/"):
        assert BOX not in page_of(other, path).split('class="needs"')[0].split("start-here")[0]
    run = ExerciseRun.objects.exclude(talk=None).get()
    assert other.get(f"/skills/mine/{run.id}/").status_code == 404


def test_there_is_a_way_back_to_the_talk_that_is_open(guest: Client, keyring: Keyring) -> None:
    page = walk(guest, {"situation": "在食堂"})
    assert "去跟倾听说说" in page
    which, _ = talked(keyring, person_of(guest), None)
    for page in (walk(guest, {"situation": "在食堂"}), walk(guest, {}, how="next")):
        assert f'<a href="/talk/{which}/">回到刚才聊的</a>' in page
    keeping.delete(person_of(guest), which, datetime.now(UTC))
    assert "去跟倾听说说" in walk(guest, {"situation": "在食堂"})


def test_a_talk_without_exercises_keeps_none(keyring: Keyring) -> None:
    person = devices.welcome("token", keyring, datetime.now(UTC))
    talked(keyring, person, None)
    assert ExerciseRun.objects.count() == 0


@pytest.mark.process
def test_through_the_whole_server(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Server(tmp_path_factory.mktemp("talk-runs") / "data") as server:
        visitor = Visitor(server.address)
        for text in ("带我做个呼吸练习吧", "坐好了", "好了", "好"):
            visitor.say(text)
        page = visitor.page("/skills/mine/")
        assert "聊天里做的" in page
        assert "做完了" in page
        assert visitor.conversation in visitor.page(THOUGHT) + visitor.page("/skills/")
