"""Exercises on their pages: done, kept, read again, deleted; in nobody else's hands."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from qingting.companion.exercise.shelf import exercises, titles
from qingting.companion.protect import record as episodes
from qingting.companion.protect.episode import Episode, raised
from qingting.companion.understand.reading import Kind, Level, at_least
from qingting.people import devices
from qingting.policy.models import Event
from qingting.privacy.errors import Unreadable
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import Place
from qingting.safety.models import EpisodeRecord
from qingting.site.episodes import StoredEpisodes
from qingting.skills import service
from qingting.skills.models import ExerciseRun

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

ZH, EN = "zh-CN", "en-US"
THOUGHT = "/skills/thought_record/"
TYPED = {
    "situation": "周三交作业，助教当着大家念了我的名字",
    "feeling": "8",
    "thought": "他们都觉得我水平不行",
    "evidence_for": "我晚交了两天\n\n 助教皱了眉 ",
    "feeling_again": "6",
}
DANGER = "我不想活了，药都准备好了"


@pytest.fixture(autouse=True)
def keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Keyring]:
    """The exercises of this process, under keys of this test's own."""
    before, keyring = service._current, Keyring(b"k" * 32)
    wire(keyring)
    # The settings of this process were read before conftest.py made an installation's keys.
    monkeypatch.setitem(vars(settings), "SECRET_KEY", "s" * 50)
    yield keyring
    service._current = before


def wire(keyring: Keyring, later: timedelta = timedelta()) -> None:
    service.use(service.Skills(keyring, StoredEpisodes(), lambda: datetime.now(UTC) + later))


@pytest.fixture
def visitor() -> Client:
    return browser()


def browser(**options: Any) -> Client:
    return Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE=ZH, **options)


def page_of(visitor: Client, path: str, status: int = 200) -> str:
    answer = visitor.get(path)
    assert answer.status_code == status, path
    assert "no-store" in answer["Cache-Control"]
    return html.unescape(answer.content.decode())


def form_of(page: str) -> dict[str, str]:
    """What the exercise's form would send as it stands."""
    form = page.split("data-doing")[1].split("</form>", maxsplit=1)[0]
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    found |= dict(re.findall(r'<textarea id="[^"]+" name="([^"]+)"[^>]*>([^<]*)</textarea>', form))
    ticked = re.findall(r'<input type="radio" name="([^"]+)" value="([^"]*)" checked>', form)
    return {**found, **dict(ticked)}


def save(visitor: Client, typed: dict[str, str], path: str = THOUGHT, how: str = "later") -> str:
    """Type into the page as it stands and press a button; the page that answers."""
    form = {**form_of(page_of(visitor, path)), **typed, how: "1"}
    answer = visitor.post(path.partition("?")[0], form, follow=True)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def kept() -> ExerciseRun:
    return ExerciseRun.objects.get()


def person_of(visitor: Client) -> UUID:
    person = devices.find_person(visitor.cookies["device"].value.rpartition(":")[0])
    assert person is not None
    return person


def know(visitor: Client, keyring: Keyring, levels: dict[Kind, Level]) -> None:
    """A stored safety episode of this level."""
    person, now = person_of(visitor), datetime.now(UTC)
    with connection.cursor() as cursor:
        episode = raised(Episode(), levels, now, reason="a test")
        StoredEpisodes().keep(cursor, person, keyring.open(person), episode, now)


def episode_of(visitor: Client, keyring: Keyring) -> Episode:
    person = person_of(visitor)
    place = Place("safety_episoderecord", "record", person)
    sealed = EpisodeRecord.objects.get(person_id=person).record
    return episodes.load(keyring.open(person).open_json(sealed, place))


def plain(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page)


# The shelf


def test_every_exercise_that_has_words_is_listed_with_its_minutes(visitor: Client) -> None:
    page = page_of(visitor, "/skills/")
    for name, words in titles("zh").items():
        assert f'href="/skills/{name}/"' in page
        assert words["title"] in page
        assert words["page"] in page
        assert f"{exercises()[name].minutes} 分钟" in page
    assert "先让身体缓下来" in page
    assert ExerciseRun.objects.count() == 0
    assert "device" not in visitor.cookies


@pytest.mark.parametrize("language", [ZH, EN, "zh-TW"])
def test_each_page_opens_and_shows_every_step(visitor: Client, language: str) -> None:
    visitor.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    for name in titles("en" if language == EN else "zh"):
        page = page_of(visitor, f"/skills/{name}/")
        for step in exercises()[name].steps:
            part = page.split(f'id="step-{step.id}"')[1].split("</li>", maxsplit=1)[0]
            assert len(plain(part.split('class="asked"')[1]).split(">", 1)[-1].strip()) > 3
        assert "{" not in plain(page.split("<main")[1])


@pytest.mark.parametrize("path", ["/skills/nothing_such/", "/skills/pace/9-9-9-9x9.css"])
def test_what_is_not_there_is_not_found(visitor: Client, path: str) -> None:
    assert visitor.get(path).status_code == 404


def test_what_nobody_can_know_is_said_before_they_begin(visitor: Client) -> None:
    assert "哮喘" in page_of(visitor, "/skills/breathing_box/").split("data-doing")[0]
    assert "心脏" in page_of(visitor, "/skills/cold_water/").split("data-doing")[0]
    assert "做之前先看一眼" not in page_of(visitor, THOUGHT)


def test_the_pacer_is_a_style_sheet_of_our_own(visitor: Client) -> None:
    page = page_of(visitor, "/skills/breathing_478/")
    [address] = re.findall(r'href="(/skills/pace/[^"]+)"', page)
    answer = visitor.get(address)
    assert answer["Content-Type"] == "text/css"
    sheet = answer.content.decode()
    assert "19s" in sheet
    assert "nth-child(4)" in sheet
    assert "21.05%" in sheet
    assert "57.89%" in sheet
    assert "prefers-reduced-motion: no-preference" in sheet
    assert "吸气 4 秒" in page
    assert "停 7 秒" in page
    assert "style=" not in page


# Keeping


def test_it_is_kept_and_gone_on_with(visitor: Client) -> None:
    first = {name: TYPED[name] for name in ("situation", "feeling")}
    page = save(visitor, first)
    assert "存好了" in page
    run = kept()
    assert run.ended_at is None
    assert form_of(page)["situation"] == TYPED["situation"]
    assert form_of(page)["feeling"] == "8"
    assert f"/skills/thought_record/?run={run.id}#step-thought" in page_of(visitor, "/skills/")
    assert f"?run={run.id}#step-thought" in page_of(visitor, THOUGHT)
    page = save(visitor, {"thought": TYPED["thought"]}, f"{THOUGHT}?run={run.id}")
    assert form_of(page)["situation"] == TYPED["situation"]
    assert form_of(page)["thought"] == TYPED["thought"]
    assert kept().id == run.id


def test_it_is_finished_and_read_again(visitor: Client) -> None:
    option = form_option(page_of(visitor, THOUGHT), "trap", 3)
    page = save(visitor, {**TYPED, "trap": option}, how="finish")
    assert kept().ended_at is not None
    for told in (TYPED["situation"], TYPED["thought"], "我晚交了两天", "助教皱了眉", option):
        assert told in plain(page)
    assert "做之前 8，做完 6" in page
    listed = page_of(visitor, "/skills/mine/")
    assert titles("zh")["thought_record"]["title"] in listed
    assert "做之前 8，做完 6" in listed
    assert TYPED["thought"] not in listed
    assert TYPED["thought"] in page_of(visitor, f"/skills/mine/{kept().id}/")
    answer = visitor.get(f"{THOUGHT}?run={kept().id}")
    assert (answer.status_code, answer["Location"]) == (302, f"/skills/mine/{kept().id}/")
    shelf = page_of(visitor, "/skills/").split("<main")[1]
    assert "#step-" not in shelf


def form_option(page: str, step: str, place: int) -> str:
    return re.findall(rf'<input type="radio" name="{step}" value="([^"]+)"', page)[place]


def test_nothing_has_to_be_filled_in(visitor: Client) -> None:
    page = save(
        visitor, {"mood_before": "7", "mood_after": "5"}, "/skills/breathing_box/", "finish"
    )
    assert "做之前 7，做完 5" in page
    ExerciseRun.objects.all().delete()
    assert "这次没写什么" in save(visitor, {}, "/skills/breathing_box/", "finish")


def test_it_is_asked_in_the_same_words_when_it_is_opened_again(visitor: Client) -> None:
    form = form_of(page_of(visitor, THOUGHT))
    page = save(visitor, {**TYPED, "run": form["run"]})
    opened = page_of(visitor, f"{THOUGHT}?run={kept().id}")
    asked, again = (re.findall(r'class="asked"[^>]*>([^<]+)<', one) for one in (page, opened))
    assert asked == again


def test_the_same_form_sent_twice_is_one(visitor: Client) -> None:
    form = {**form_of(page_of(visitor, THOUGHT)), **TYPED, "finish": "1"}
    for _ in range(2):
        assert visitor.post(THOUGHT, form).status_code == 303
    page = page_of(visitor, f"/skills/mine/{kept().id}/")
    assert page.count("助教皱了眉") == 1
    assert page.count(TYPED["situation"]) == 1


def test_two_windows_take_nothing_from_each_other(visitor: Client) -> None:
    save(visitor, {"situation": "在食堂"})
    path = f"{THOUGHT}?run={kept().id}"
    one, other = form_of(page_of(visitor, path)), form_of(page_of(visitor, path))
    visitor.post(THOUGHT, {**one, "thought": "没人想听", "evidence_for": "一"})
    visitor.post(THOUGHT, {**other, "situation": "在食堂二楼", "evidence_for": "二"})
    form = form_of(page_of(visitor, path))
    assert form["situation"] == "在食堂二楼"
    assert form["thought"] == "没人想听"
    assert form["evidence_for"] == "一\n二"
    visitor.post(THOUGHT, {**form, "thought": ""})
    assert form_of(page_of(visitor, path))["thought"] == ""


def test_markup_that_was_typed_is_only_text(visitor: Client) -> None:
    sharp = '</textarea><script>alert(1)</script>"><img src=x>'
    save(visitor, {"situation": sharp, "trap": sharp, "feeling": sharp}, how="later")
    for path in (f"{THOUGHT}?run={kept().id}", f"/skills/mine/{kept().id}/"):
        raw = visitor.get(path).content.decode()
        assert "<script>alert" not in raw
        assert "<img src=x" not in raw


# In nobody else's hands


def test_it_lies_sealed_and_opens_for_its_own_row_only(visitor: Client, keyring: Keyring) -> None:
    save(visitor, TYPED)
    run = kept()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM skills_exerciserun")
        row = cursor.fetchone()
    for word in ("助教", "水平不行", "thought_record", "feeling", "mood"):
        for encoding in ("utf-8", "utf-16-le", "gb18030"):
            assert not [part for part in row if word.encode(encoding) in raw_of(part)]
    seal = keyring.open(person_of(visitor))
    body = seal.open_json(run.body, Place("skills_exerciserun", "body", run.id))
    assert body["exercise"] == "thought_record"
    assert body["answers"]["evidence_for"] == ["我晚交了两天", "助教皱了眉"]
    with pytest.raises(Unreadable):
        seal.open_json(run.body, Place("skills_exerciserun", "body", uuid4()))


def raw_of(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_nobody_else_reads_changes_or_deletes_it(visitor: Client) -> None:
    save(visitor, TYPED)
    run, other = kept(), browser()
    save(other, {"situation": "在食堂"})
    for path in (f"/skills/mine/{run.id}/", f"{THOUGHT}?run={run.id}"):
        assert other.get(path).status_code == 404
    assert other.post(f"/skills/mine/{run.id}/delete/", {"sure": "1"}).status_code == 404
    forged = {**form_of(page_of(other, THOUGHT)), "run": str(run.id), "situation": "覆盖"}
    other.post(THOUGHT, forged)
    other.post("/skills/mine/delete/", {"sure": "1"})
    assert TYPED["situation"] in page_of(visitor, f"/skills/mine/{run.id}/")
    assert ExerciseRun.objects.get().id == run.id
    for path in ("/skills/", "/skills/mine/"):
        assert str(run.id) not in page_of(other, path)


def test_a_forged_cookie_is_nobody(visitor: Client) -> None:
    save(visitor, TYPED)
    thief = browser()
    thief.cookies["device"] = visitor.cookies["device"].value[:-1] + "x"
    assert thief.get(f"/skills/mine/{kept().id}/").status_code == 404


def test_deleting_one_or_all_needs_the_box_and_leaves_no_row(visitor: Client) -> None:
    for _ in range(3):
        save(visitor, TYPED)
    first = ExerciseRun.objects.order_by("begun_at").first()
    assert first is not None
    visitor.post(f"/skills/mine/{first.id}/delete/")
    visitor.post("/skills/mine/delete/")
    assert ExerciseRun.objects.count() == 3
    answer = visitor.post(f"/skills/mine/{first.id}/delete/", {"sure": "1"}, follow=True)
    assert "删掉了" in answer.content.decode()
    assert ExerciseRun.objects.count() == 2
    answer = visitor.post("/skills/mine/delete/", {"sure": "1"}, follow=True)
    assert "还空着" in answer.content.decode()
    assert ExerciseRun.objects.count() == 0
    assert visitor.get("/skills/mine/delete/").status_code == 405


# When something is broken


@pytest.mark.parametrize("how", ["later", "finish"])
def test_when_nothing_can_be_kept_the_words_stay_in_the_fields(
    visitor: Client, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    form = {**form_of(page_of(visitor, THOUGHT)), **TYPED, how: "1"}
    wire(Keyring(None))
    with caplog.at_level(logging.DEBUG):
        answer = visitor.post(THOUGHT, form)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 503
    assert "刚才没存上" in page
    assert form_of(page)["situation"] == TYPED["situation"]
    assert form_of(page)["feeling"] == "8"
    assert form_of(page)["run"] == form["run"]
    assert "could not be stored" in caplog.text
    assert not [word for word in ("助教", "水平不行") if word in caplog.text]


def test_words_of_danger_do_not_wait_for_storage(visitor: Client) -> None:
    form = {**form_of(page_of(visitor, THOUGHT)), "thought": DANGER}
    wire(Keyring(None))
    page = html.unescape(visitor.post(THOUGHT, form).content.decode())
    assert form_of(page)["thought"] == DANGER
    heard = page.split('class="heard"')[1].split("</section>", maxsplit=1)[0]
    assert "tel:" in heard
    assert len(plain(heard)) > 30


def test_what_cannot_be_read_is_not_shown_as_empty(visitor: Client) -> None:
    save(visitor, TYPED)
    wire(Keyring(b"another key, of 32 bytes, no less"[:32]))
    for path in (f"/skills/mine/{kept().id}/", "/skills/mine/"):
        page = page_of(visitor, path, status=503)
        assert "没丢" in page
        assert "还空着" not in page
    page = page_of(visitor, f"{THOUGHT}?run={kept().id}")
    assert "没丢" in page
    # What helps a body is there whatever is broken.
    assert 'class="pace' in page_of(visitor, "/skills/breathing_box/")


def test_an_expired_form_keeps_what_was_typed_and_is_heard() -> None:
    visitor = browser(enforce_csrf_checks=True)
    form = form_of(page_of(visitor, THOUGHT))
    expired = {**form, **TYPED, "other_view": DANGER, "csrfmiddlewaretoken": "a" * 64}
    answer = visitor.post(THOUGHT, expired)
    assert answer.status_code == 403
    page = html.unescape(answer.content.decode())
    assert "再按一次" in page
    assert form_of(page)["situation"] == TYPED["situation"]
    assert 'class="heard"' in page
    assert ExerciseRun.objects.count() == 0
    assert visitor.post(THOUGHT, form_of(page)).status_code == 200
    assert ExerciseRun.objects.count() == 1
    gone = visitor.post("/skills/mine/delete/", {"sure": "1", "csrfmiddlewaretoken": "a" * 64})
    assert gone.status_code == 303
    assert ExerciseRun.objects.count() == 1


# Danger


@pytest.mark.parametrize("how", ["later", "finish"])
def test_danger_in_a_step_is_answered_and_nothing_is_lost(
    visitor: Client, keyring: Keyring, how: str
) -> None:
    page = save(visitor, {**TYPED, "other_view": DANGER}, how=how)
    heard = page.split('class="heard"')[1].split("</section>", maxsplit=1)[0]
    assert "tel:" in heard
    assert 'href="/now/"' in heard
    assert 'name="text"' in page  # one can go on talking from here
    run = kept()
    assert f"/skills/mine/{run.id}/" in page
    assert DANGER in page_of(visitor, f"/skills/mine/{run.id}/")
    assert at_least(episode_of(visitor, keyring).level, "high")
    assert {event.kind for event in Event.objects.all()} == {"safety_reply", "referral_shown"}
    # The same page sent again is no new danger.
    before = episode_of(visitor, keyring)
    again = visitor.post(THOUGHT, {**TYPED, "other_view": DANGER, "run": str(run.id)})
    assert again.status_code == 303
    assert episode_of(visitor, keyring) == before


def test_danger_in_english(visitor: Client, keyring: Keyring) -> None:
    page = save(visitor, {"thought": "I want to kill myself tonight"})
    assert '<p lang="en">' in page.split('class="heard"')[1]
    assert at_least(episode_of(visitor, keyring).level, "high")


def test_ordinary_words_raise_nothing(visitor: Client, keyring: Keyring) -> None:
    save(visitor, {**TYPED, "situation": "考试考得笑死我了，这门课要命"})
    assert EpisodeRecord.objects.count() == 0
    know(visitor, keyring, {"suicide": "high"})
    page = save(visitor, {"see": "台灯\n杯子\n鞋"}, "/skills/grounding_54321/")
    assert 'class="heard"' not in page


@pytest.mark.parametrize(
    ("levels", "name", "said"),
    [
        ({"suicide": "high"}, "thought_record", "分量比这个练习重"),
        ({"abuse": "low"}, "hard_talk", "有人在伤害你"),
        ({"panic": "low"}, "small_steps", "往害怕的地方走"),
        ({"psychosis": "low"}, "body_scan", "翻来覆去"),
        ({"mania": "low"}, "kind_letter", "翻来覆去"),
        ({"eating_disorder": "low"}, "cold_water", "身体刺激"),
        ({"suicide": "imminent"}, "urge_surfing", "分量比这个练习重"),
    ],
)
def test_what_must_not_be_done_now_says_so_and_offers_another(
    visitor: Client, keyring: Keyring, levels: dict[Kind, Level], name: str, said: str
) -> None:
    save(visitor, TYPED)
    know(visitor, keyring, levels)
    page = page_of(visitor, f"/skills/{name}/")
    assert said in page
    assert "data-doing" not in page
    assert "/skills/grounding_54321/" in page
    assert "今天先不做" in page_of(visitor, "/skills/")
    # What was written is kept, may be read, and what was being typed is never dropped.
    assert TYPED["thought"] in page_of(visitor, f"/skills/mine/{kept().id}/")
    visitor.post(f"/skills/{name}/", {"run": str(uuid4()), "finish": "1"})
    assert ExerciseRun.objects.count() == 2


def test_what_calms_may_be_done_in_danger(visitor: Client, keyring: Keyring) -> None:
    save(visitor, TYPED)
    know(visitor, keyring, {"suicide": "high"})
    for name in ("grounding_54321", "breathing_box", "urge_surfing"):
        assert "data-doing" in page_of(visitor, f"/skills/{name}/")


def test_after_quiet_time_it_may_be_done_again(visitor: Client, keyring: Keyring) -> None:
    save(visitor, TYPED)
    know(visitor, keyring, {"suicide": "moderate"})
    assert "data-doing" not in page_of(visitor, THOUGHT)
    wire(keyring, timedelta(days=8))
    assert "data-doing" in page_of(visitor, THOUGHT)
