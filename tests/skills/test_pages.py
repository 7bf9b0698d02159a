"""Exercises on their pages: done a step at a time, kept, read again, deleted; in nobody else's
hands."""

from __future__ import annotations

import html
import logging
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from qingting.companion.exercise.exercise import SHELVES
from qingting.companion.exercise.shelf import exercises, titles
from qingting.privacy.errors import Unreadable
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import Place
from qingting.skills.models import ExerciseRun
from qingting.skills.screens import screens
from tests.skills.walking import (
    ALL,
    DANGER,
    EN,
    THOUGHT,
    TYPED,
    ZH,
    at,
    browser,
    form_of,
    kept,
    names_on,
    page_of,
    person_of,
    plain,
    press,
    walk,
    wire,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


# The shelf


def test_every_exercise_that_has_words_is_listed_with_its_minutes(visitor: Client) -> None:
    page = page_of(visitor, "/skills/")
    for name, words in titles("zh").items():
        assert f'href="/skills/{name}/"' in page
        assert words["title"] in page
        assert words["page"] in page
        assert f"{exercises()[name].minutes} 分钟" in page
    for need in ("心慌、静不下来", "脑子停不下来", "提不起劲", "睡不着", "有话要跟人说"):
        assert need in page
    assert page.count("<details>") == len(SHELVES)
    first = page.split("start-here")[1].split("</section>", maxsplit=1)[0]
    assert 'href="/skills/breathing_minute/"' in first
    assert ExerciseRun.objects.count() == 0
    assert "device" not in visitor.cookies


@pytest.mark.parametrize("path", ["/skills/nothing_such/", "/skills/pace/9-9-9-9x9.css"])
def test_what_is_not_there_is_not_found(visitor: Client, path: str) -> None:
    assert visitor.get(path).status_code == 404


def test_what_nobody_can_know_is_said_before_they_begin(visitor: Client) -> None:
    assert "哮喘" in page_of(visitor, "/skills/breathing_box/").split("data-doing")[0]
    assert "心脏" in page_of(visitor, "/skills/cold_water/").split("data-doing")[0]
    assert "做之前先看一眼" not in page_of(visitor, THOUGHT)


# One step at a time


@pytest.mark.parametrize("language", [ZH, EN, "zh-TW"])
def test_each_exercise_goes_step_by_step_to_its_end(
    visitor: Client, keyring: Keyring, language: str
) -> None:
    """Also with nothing written; every step is shown once, with words, and never two to fill."""
    visitor.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    for name in titles("en" if language == EN else "zh"):
        wire(keyring)  # who does all of them in a minute is no machine here
        page = page_of(visitor, f"/skills/{name}/")
        for number, screen in enumerate(screens(exercises()[name]), 1):
            if screen.of > 1:
                assert f">{number} / {screen.of}<" in page
            assert len(names_on(page)) <= (2 if screen.whom else 1)
            for step in screen.steps:
                part = page.split(f'id="step-{step.id}"')[1].split('class="presses"')[0]
                assert len(plain(part.split('class="asked"')[1]).split(">", 1)[-1].strip()) > 3
            assert "{" not in plain(page.split("<main")[1])
            # The check before cold water has to be answered to go on with it.
            typed = {"check": form_option(page, "check", 2)} if screen.key == "check" else {}
            page = press(visitor, page, "next", **typed)
        assert "data-doing" not in page
        assert 'class="ways led"' in page


def test_one_goes_back_and_skips_and_nothing_is_lost(visitor: Client) -> None:
    page = press(visitor, page_of(visitor, THOUGHT), "next", situation="在食堂")
    page = press(visitor, page, "skip", feeling="3")
    assert "thought" in names_on(page)
    page = press(visitor, page, "back", thought="没人想听")
    assert "checked" not in page.split("data-doing")[1]
    page = press(visitor, page, "next", feeling="8")
    assert form_of(page)["thought"] == "没人想听"
    page = press(visitor, page, "skip")
    page = press(visitor, press(visitor, page, "back"), "back")
    assert form_of(page)["feeling"] == "8"
    page = press(visitor, page, "skip")
    assert form_of(page)["thought"] == "没人想听"
    told = page.split('class="so-far"')[1]
    assert "在食堂" in told
    assert "没人想听" not in told
    [first] = re.findall(r'href="([^"]+step=situation)"', told)
    assert form_of(page_of(visitor, first))["situation"] == "在食堂"


def test_the_one_they_rehearse_with_is_chosen_once_and_speaks_alone(visitor: Client) -> None:
    page = press(visitor, page_of(visitor, "/skills/hard_talk/"), "next")
    page = press(visitor, page, "next", with_whom=form_option(page, "with_whom", 2))
    page = press(visitor, press(visitor, press(visitor, page, "skip"), "skip"), "skip")
    assert names_on(page) == {"you_answer"}
    assert page.split("data-doing")[1].count('class="quoted"') == 2  # they, and the example
    assert "<strong>室友</strong>" in page


def test_who_chose_nobody_is_asked_where_somebody_speaks(visitor: Client) -> None:
    page = page_of(visitor, "/skills/hard_talk/")
    for _ in range(5):
        page = press(visitor, page, "skip")
    assert names_on(page) == {"with_whom", "you_answer"}
    whom = form_option(page, "with_whom", 4)
    page = press(visitor, page, "choose", with_whom=whom, you_answer="我先说完")
    assert form_of(page)["you_answer"] == "我先说完"
    assert f"<strong>{whom}</strong>" in page
    page = press(visitor, page, "next")
    assert f"<strong>{whom}</strong>" in page


@pytest.mark.parametrize(("place", "how"), [(0, "next"), (1, "next"), (2, "skip"), (None, "next")])
def test_cold_water_is_not_for_every_body(visitor: Client, place: int | None, how: str) -> None:
    page = page_of(visitor, "/skills/cold_water/")
    typed = {} if place is None else {"check": form_option(page, "check", place)}
    page = press(visitor, page, how, **typed)
    assert "换成这个来做" in page
    assert titles("zh")["grounding_54321"]["title"] in page
    assert 'class="waiting"' not in page_of(visitor, "/skills/")


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


def test_it_is_kept_at_each_step_and_gone_on_with(visitor: Client) -> None:
    page = walk(visitor, {name: TYPED[name] for name in ("situation", "feeling")})
    assert "存好了，做到 2 / 8" in page
    assert 'href="/"' in page.split("ways led")[1]
    run = kept()
    assert run.ended_at is None
    for path in ("/skills/", THOUGHT):
        assert f"/skills/thought_record/?run={run.id}" in page_of(visitor, path)
    assert form_of(page_of(visitor, at(run)))["feeling"] == "8"
    page = walk(visitor, {"thought": TYPED["thought"]}, at(run))
    assert form_of(page_of(visitor, at(run, "situation")))["situation"] == TYPED["situation"]
    assert form_of(page_of(visitor, at(run)))["thought"] == TYPED["thought"]
    assert kept().id == run.id
    assert "停在 3 / 8" in page_of(visitor, "/skills/mine/")


def test_a_closed_browser_costs_only_the_open_step(visitor: Client) -> None:
    press(visitor, page_of(visitor, THOUGHT), "next", situation="在食堂")
    assert "feeling" in names_on(page_of(visitor, at(kept())))


def test_who_leaves_at_once_leaves_nothing(visitor: Client) -> None:
    page = press(visitor, page_of(visitor, THOUGHT), "later")
    assert "眼下是哪样" in page
    assert ExerciseRun.objects.count() == 0
    assert "device" not in visitor.cookies


def test_it_is_finished_and_read_again(visitor: Client) -> None:
    page = walk(visitor, ALL, how="next")
    assert kept().ended_at is not None
    for told in (*(ALL[one] for one in ("situation", "thought", "trap")), "助教皱了眉"):
        assert told in plain(page)
    assert "做之前 8，做完 6" in page
    listed = page_of(visitor, "/skills/mine/")
    assert titles("zh")["thought_record"]["title"] in listed
    assert "做之前 8，做完 6" in listed
    assert TYPED["thought"] not in listed
    assert TYPED["thought"] in page_of(visitor, f"/skills/mine/{kept().id}/")
    answer = visitor.get(at(kept()))
    assert (answer.status_code, answer["Location"]) == (302, f"/skills/mine/{kept().id}/")
    assert 'class="waiting"' not in page_of(visitor, "/skills/")


def form_option(page: str, step: str, place: int) -> str:
    return re.findall(rf'<input type="radio" name="{step}" value="([^"]+)"', page)[place]


@pytest.mark.parametrize(
    ("typed", "part"), [(ALL, "end"), (TYPED, "part"), ({"feeling": "8"}, "bare")]
)
def test_the_last_words_claim_no_more_than_was_done(
    visitor: Client, typed: dict[str, str], part: str
) -> None:
    from qingting.companion.words.bank import bank

    page = plain(walk(visitor, typed, how="next"))
    path = ("moves", "exercise", "bare") if part == "bare" else ("exercises", "thought_record")
    lines = bank("zh").lines(*path, *(() if part == "bare" else (part,)))
    assert [line for line in lines if line in page]


def test_what_was_left_empty_can_be_filled_in_later(visitor: Client) -> None:
    page = walk(visitor, TYPED, how="next")
    [address] = re.findall(r'href="([^"]+)">把空着的补上', page)
    page = page_of(visitor, address)
    assert names_on(page) == {"trap"}
    press(visitor, page, "next", trap=ALL["trap"])
    page = walk(
        visitor,
        {one: ALL[one] for one in ("evidence_against", "other_view")},
        at(kept()),
        how="next",
    )
    assert "把空着的补上" not in page
    assert kept().ended_at is not None


def test_nothing_has_to_be_filled_in(visitor: Client) -> None:
    typed = {"mood_before": "7", "mood_after": "5"}
    assert "做之前 7，做完 5" in walk(visitor, typed, "/skills/muscle_release/", "next")
    ExerciseRun.objects.all().delete()
    page = press(visitor, page_of(visitor, "/skills/breathing_box/"), "skip")
    press(visitor, page, "next")
    assert "这次没写什么" in page_of(visitor, f"/skills/mine/{kept().id}/")


def test_it_is_asked_in_the_same_words_when_it_is_opened_again(visitor: Client) -> None:
    page = page_of(visitor, THOUGHT)
    press(visitor, page, "next", situation="在食堂")
    again = page_of(visitor, at(kept(), "situation"))
    asked = [re.findall(r'class="asked"[^>]*>([^<]+)<', one) for one in (page, again)]
    assert asked[0] == asked[1]


def test_the_same_form_sent_twice_is_one(visitor: Client) -> None:
    form = {**form_of(page_of(visitor, THOUGHT)), "situation": "在食堂", "next": "1"}
    for _ in range(2):
        assert visitor.post(THOUGHT, form).status_code == 303
    page = page_of(visitor, f"/skills/mine/{kept().id}/")
    assert page.count("在食堂") == 1


def test_two_windows_take_nothing_from_each_other(visitor: Client) -> None:
    press(visitor, page_of(visitor, THOUGHT), "next", situation="在食堂")
    path = at(kept(), "evidence_for")
    one, other = form_of(page_of(visitor, path)), form_of(page_of(visitor, path))
    visitor.post(THOUGHT, {**one, "evidence_for": "一", "next": "1"})
    visitor.post(THOUGHT, {**other, "evidence_for": "二", "next": "1"})
    form = form_of(page_of(visitor, path))
    assert form["evidence_for"] == "一\n二"
    visitor.post(THOUGHT, {**form, "evidence_for": "", "next": "1"})
    assert form_of(page_of(visitor, path))["evidence_for"] == ""
    assert form_of(page_of(visitor, at(kept(), "situation")))["situation"] == "在食堂"


def test_markup_that_was_typed_is_only_text(visitor: Client) -> None:
    sharp = '</textarea><script>alert(1)</script>"><img src=x>'
    page = walk(visitor, {"situation": sharp, "trap": sharp, "feeling": sharp})
    steps = [at(kept(), step) for step in ("situation", "feeling", "trap")]
    for path in (*steps, f"/skills/mine/{kept().id}/"):
        raw = visitor.get(path).content.decode()
        assert "<script>alert" not in raw
        assert "<img src=x" not in raw
    assert page


# In nobody else's hands


def test_it_lies_sealed_and_opens_for_its_own_row_only(visitor: Client, keyring: Keyring) -> None:
    walk(visitor, TYPED)
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
    walk(visitor, TYPED)
    run, other = kept(), browser()
    walk(other, {"situation": "在食堂"})
    for path in (f"/skills/mine/{run.id}/", at(run), at(run, "thought")):
        assert other.get(path).status_code == 404
    assert other.post(f"/skills/mine/{run.id}/delete/", {"sure": "1"}).status_code == 404
    forged = {**form_of(page_of(other, THOUGHT)), "run": str(run.id), "situation": "覆盖"}
    other.post(THOUGHT, {**forged, "next": "1"})
    other.post("/skills/mine/delete/", {"sure": "1"})
    assert TYPED["situation"] in page_of(visitor, f"/skills/mine/{run.id}/")
    assert ExerciseRun.objects.get().id == run.id
    for path in ("/skills/", "/skills/mine/"):
        assert str(run.id) not in page_of(other, path)


def test_a_forged_cookie_is_nobody(visitor: Client) -> None:
    walk(visitor, TYPED)
    thief = browser()
    thief.cookies["device"] = visitor.cookies["device"].value[:-1] + "x"
    assert thief.get(f"/skills/mine/{kept().id}/").status_code == 404


def test_deleting_one_or_all_needs_the_box_and_leaves_no_row(visitor: Client) -> None:
    for _ in range(3):
        walk(visitor, {"situation": "在食堂"})
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


@pytest.mark.parametrize("how", ["later", "next", "back"])
def test_when_nothing_can_be_kept_the_words_stay_in_the_fields(
    visitor: Client, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    page = press(visitor, page_of(visitor, THOUGHT), "next", situation="在食堂")
    page = page_of(visitor, at(kept(), "thought"))
    form = {**form_of(page), "thought": TYPED["thought"], how: "1"}
    wire(Keyring(None))
    with caplog.at_level(logging.DEBUG):
        answer = visitor.post(THOUGHT, form)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 503
    assert "刚才没存上" in page
    assert form_of(page)["thought"] == TYPED["thought"]
    assert form_of(page)["run"] == form["run"]
    assert form_of(page)["step"] == "thought"
    assert "could not be stored" in caplog.text
    assert "水平不行" not in caplog.text


def test_a_breath_does_not_wait_for_storage(visitor: Client) -> None:
    wire(Keyring(None))
    # It is the first thing on its page, and what comes after it is a link away.
    page = page_of(visitor, "/skills/breathing_box/")
    assert 'class="pace' in page
    answer = visitor.post("/skills/breathing_box/", {**form_of(page), "next": "1"})
    page = html.unescape(answer.content.decode())
    [onward] = re.findall(r'href="([^"]+)">这一步先不存', page)
    assert "data-doing" in page_of(visitor, onward)


def test_words_of_danger_do_not_wait_for_storage(visitor: Client) -> None:
    form = {**form_of(page_of(visitor, THOUGHT)), "situation": DANGER, "next": "1"}
    wire(Keyring(None))
    page = html.unescape(visitor.post(THOUGHT, form).content.decode())
    assert form_of(page)["situation"] == DANGER
    heard = page.split('class="heard"')[1].split("</section>", maxsplit=1)[0]
    assert "tel:" in heard
    assert len(plain(heard)) > 30


def test_what_cannot_be_read_is_not_shown_as_empty(visitor: Client) -> None:
    walk(visitor, TYPED)
    wire(Keyring(b"another key, of 32 bytes, no less"[:32]))
    for path in (f"/skills/mine/{kept().id}/", "/skills/mine/"):
        page = page_of(visitor, path, status=503)
        assert "没丢" in page
        assert "还空着" not in page
    page = page_of(visitor, at(kept()))
    assert "没丢" in page
    # What helps a body is there whatever is broken.
    assert 'class="pace' in page_of(visitor, "/skills/breathing_minute/")


def test_an_expired_form_keeps_what_was_typed_and_is_heard(keyring: Keyring) -> None:
    visitor = browser(enforce_csrf_checks=True)
    form = form_of(page_of(visitor, f"{THOUGHT}?step=other_view"))
    expired = {**form, "other_view": DANGER, "csrfmiddlewaretoken": "a" * 64, "next": "1"}
    answer = visitor.post(THOUGHT, expired)
    assert answer.status_code == 403
    page = html.unescape(answer.content.decode())
    assert "再按一次" in page
    assert form_of(page)["other_view"] == DANGER
    assert 'class="heard"' in page
    assert ExerciseRun.objects.count() == 0
    assert visitor.post(THOUGHT, {**form_of(page), "next": "1"}).status_code == 200
    assert ExerciseRun.objects.count() == 1
    gone = visitor.post("/skills/mine/delete/", {"sure": "1", "csrfmiddlewaretoken": "a" * 64})
    assert gone.status_code == 303
    assert ExerciseRun.objects.count() == 1
