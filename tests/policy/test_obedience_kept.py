"""What the packs resolve to changes what is kept, asked at the door, and shown: on the real pages,
in real exports."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings as site_settings
from django.test import Client
from django.utils import timezone

from qingting.companion.remember.follow_ups import FollowUp
from qingting.memory.check_in_rows import Kept, write
from qingting.people.accounts import belonging
from qingting.people.accounts.models import Account
from qingting.people.consent import service as consent
from qingting.people.consent.ages import Band
from qingting.privacy import labels
from qingting.privacy.schedule import Schedule
from qingting.progress.felt import felt_of
from qingting.progress.models import FeltDay
from qingting.safety.models import EpisodeRecord
from qingting.site import telling as site_telling
from qingting.site.consents import may_ask
from qingting.site.persons_data import schedule_of
from qingting.talk import asking_after
from qingting.talk.service import current as talk
from tests.memory.ledgered import browser, keyring, somebody, wired

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

DAY: Final = timedelta(days=1)
PACK: Final = """
id = "mine"
verified_on = 2026-11-01
[name]
zh = "试"
en = "Test"
[[source]]
ref = "Test"
title = "A test"
[[control]]
key = "{key}"
who = "all"
value = {value}
state = "in_force"
ref = "Test"
confidence = "V"
"""


@pytest.fixture(autouse=True)
def here(settings: Any) -> Iterator[Any]:
    with wired():
        yield settings


@pytest.fixture
def law(settings: Any, tmp_path: Path) -> Callable[[str, str], None]:
    """Let the place ask for one thing."""

    def asks(key: str, value: str) -> None:
        file = tmp_path / f"{uuid4().hex}.toml"
        file.write_text(PACK.format(key=key, value=value), encoding="utf-8")
        settings.CONFIG = replace(settings.CONFIG, policy_file=str(file))

    return asks


def aged(band: Band) -> tuple[UUID, str]:
    person, token = somebody()
    consent.current().declare_age(person, band)
    return person, token


def exam_due(person: UUID, today: date) -> None:
    """An exam two days ago that we said we would ask about."""
    days = (today - 2 * DAY, today - 2 * DAY, today - DAY, today + 9 * DAY)
    follow_up = FollowUp("exam", "期末考试", "期末考试", *days, "zh")
    write(person, keyring().open(person), Kept(uuid4(), follow_up, ""), timezone.now())


@pytest.mark.parametrize(
    ("band", "asked"), [(Band.FROM_14, False), (Band.ADULT, True), (Band.UNDER_14, False)]
)
def test_how_the_exam_went_is_asked_on_the_page_only_where_it_may_be(
    law: Callable[[str, str], None], band: Band, asked: bool
) -> None:
    person, token = aged(band)
    now = datetime.now(UTC)
    exam_due(person, now.date())
    seal = keyring().open(person)
    reminded = site_telling._due(person, seal, now, now)
    page = browser(token, "zh-CN").get("/").content.decode()
    assert "期末考试" in page, "where nothing forbids it, it is asked"
    assert reminded is not None
    law("minors.companion_features", '"prohibited"')
    assert may_ask(person) is asked
    page = browser(token, "zh-CN").get("/").content.decode()
    assert ("期末考试" in page) is asked
    due = asking_after.due_for(talk().check_ins, person, seal, now, now.date(), "zh")  # type: ignore[arg-type]  # it is wired
    assert (due is not None) is asked
    assert (site_telling._due(person, seal, now, now) is not None) is asked


def say(token: str, text: str, path: str = "/", language: str = "zh-CN") -> str:
    """Say something as a browser without a script does; the page that follows."""
    client = browser(token, language)
    answer = client.post(path, {"text": text, "key": uuid4().hex})
    assert answer.status_code == 303, answer.content.decode()[:400]
    return client.get(answer["Location"].partition("#")[0]).content.decode()


HEAVY: Final = "今天真的很难过，一直在哭"


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_feelings_are_neither_kept_nor_shown_where_the_law_forbids_it(
    law: Callable[[str, str], None],
) -> None:
    person, token = somebody()
    first = say(token, HEAVY)
    assert FeltDay.objects.filter(person_id=person).count() == 1
    assert "聊天里读到的" in charts(token), "what was read is shown where it may be"
    why = re.search(r'href="(/talk/why/[^"]+)"', first)
    assert why is not None
    assert "先回的是你这会儿的心情" in browser(token, "zh-CN").get(why[1]).content.decode()
    law("clinical.emotion_reading_shown", '"prohibited"')
    kept = len(felt_of(person, keyring().open(person)))
    page = say(token, HEAVY + "，停不下来")
    assert len(felt_of(person, keyring().open(person))) == kept, "nothing more is kept"
    assert page.count('<li class="companion"') == 1, "the words of a reply stay"
    assert "聊天里读到的" not in charts(token)
    told = browser(token, "zh-CN").get(why[1]).content.decode()
    assert "心情" not in told.split("<main", 1)[1].split("</main>", 1)[0]
    choice = browser(token, "zh-CN").get("/progress/choice/").content.decode()
    assert 'value="felt_on"' not in choice
    assert 'value="felt_off"' not in choice


def charts(token: str) -> str:
    return browser(token, "zh-CN").get("/progress/").content.decode()


def sign_up(client: Client, name: str, **more: str) -> Any:
    form = {"username": name, "password1": "seven green bottles", **more}
    return client.post("/account/signup/", form)


def account_of(name: str) -> UUID:
    person = belonging.current().person_of(Account.objects.get(username=name).pk)
    assert person is not None
    return person


def test_somebody_to_call_is_asked_for_and_may_be_left_out(settings: Any) -> None:
    plain = browser(language="en-US").get("/account/signup/").content.decode()
    assert 'name="contact"' not in plain
    settings.CONFIG = replace(settings.CONFIG, policy="CN")
    page = browser(language="en-US").get("/account/signup/").content.decode()
    assert 'name="contact"' in page
    assert "You can leave it" in page
    left = browser(language="en-US")
    assert sign_up(left, "reed").status_code == 302
    assert consent.current().contact_of(account_of("reed")) is None
    asked = "somebody to call in an emergency, or a parent or guardian"
    assert asked in left.get("/").content.decode(), "and once more on the first page"
    assert asked not in browser(language="en-US").get("/").content.decode(), "of guests nothing"
    assert left.post("/me/contact/", {"step": "not_now"}).status_code == 303
    assert asked not in left.get("/").content.decode()
    named = browser(language="en-US")
    half = sign_up(named, "heron", contact="my aunt")
    assert "Both, or leave both empty" in half.content.decode()
    wrong = sign_up(named, "heron", contact="my aunt", reach="aunt")
    assert "A number, an address" in wrong.content.decode()
    assert sign_up(named, "heron", contact="my aunt", reach="aunt@example.org").status_code == 302
    contact = consent.current().contact_of(account_of("heron"))
    assert contact is not None
    assert (contact.name, contact.reach) == ("my aunt", "aunt@example.org")
    assert asked not in named.get("/").content.decode()


def test_where_a_real_identity_is_asked_for(settings: Any) -> None:
    made_up = "tied to who you really are"
    assert made_up not in browser(language="en-US").get("/account/signup/").content.decode()
    settings.CONFIG = replace(settings.CONFIG, policy="CN")
    page = browser(language="en-US").get("/account/signup/").content.decode()
    assert made_up in page
    assert "set up signing in through a school" in page
    assert 'name="username"' in page, "it can still be made; it only doesn't meet the law"
    with_campus = replace(settings.CONFIG, campus_url="https://id.example.edu", campus_client="q")
    settings.CONFIG = with_campus
    page = browser(language="en-US").get("/account/signup/").content.decode()
    assert 'name="username"' not in page
    assert "through the school" in page
    refused = browser(language="en-US")
    sign_up(refused, "wren")
    assert not Account.objects.filter(username="wren").exists()
    for path in ("/", "/now/", "/skills/", "/safety/plan/"):
        assert browser(language="en-US").get(path).status_code == 200, "guests are here as ever"
    settings.CONFIG = replace(with_campus, policy="")
    assert 'name="username"' in browser(language="en-US").get("/account/signup/").content.decode()


def test_logs_without_content_are_never_kept_for_less_than_the_law_says(
    law: Callable[[str, str], None],
) -> None:
    assert schedule_of(site_settings.CONFIG).counts == Schedule().counts == 400 * DAY
    law("data.log_retention_min_months", "6")
    assert schedule_of(site_settings.CONFIG).counts == 400 * DAY
    law("data.log_retention_min_months", "24")
    assert schedule_of(site_settings.CONFIG).counts == timedelta(days=732)


async def whole(answer: Any) -> bytes:
    return b"".join([piece async for piece in answer.streaming_content])


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_the_label_is_on_the_page_and_in_every_file_that_leaves() -> None:
    _, token = somebody()
    page = say(token, "今天食堂的饭有点咸", language="en-US")
    assert "Qingting · AI</span>" in page
    assert re.search(
        r'<li class="companion" data-ai="generated" data-content-id="[0-9a-f-]{36}"', page
    )
    assert not re.search(r'<li class="person"[^>]*data-ai', page)
    assert f'<meta name="generator" content="{labels.generator()}"' in page
    assert labels.ATTRIBUTE in labels.generator()
    client = browser(token, "en-US")
    made = client.post("/me/export/")
    assert made.status_code == 200
    files = zipfile.ZipFile(io.BytesIO(async_to_sync(whole)(made)))
    data = json.loads(files.read("data.json"))
    assert data["contains_ai_generated"]["label"] == labels.ATTRIBUTE
    [conversation] = data["conversations"]
    ours = {one["from"]: one for one in conversation["messages"]}
    assert ours["companion"]["ai_generated"] is True
    assert ours["companion"]["provider"] == labels.provider()
    assert ours["companion"]["produced_by"] == labels.PRODUCT
    assert f'data-content-id="{ours["companion"]["content_id"]}"' in page, "the same id as here"
    assert ours["person"]["ai_generated"] is False
    assert "provider" not in ours["person"]
    rows = list(csv.DictReader(io.StringIO(files.read("csv/messages.csv").decode("utf-8-sig"))))
    assert {one["from"]: one["label"] for one in rows} == {
        "person": "",
        "companion": labels.ATTRIBUTE,
    }
    read = files.read("index.html").decode()
    assert "Qingting · AI" in read
    assert 'name="generator"' in read
    assert "was said by an AI" in read
    said = ours["companion"]["text"]
    bundle = files.read("fhir/bundle.json").decode()
    assert said not in bundle, "nothing of ours goes to other systems of care as if it were theirs"


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_without_a_script_the_notice_stands_beside_the_reply_and_stays_when_loaded_anew() -> None:
    _, token = somebody()
    client = browser(token, "en-US")
    answer = client.post("/", {"text": "the bus was late today", "key": uuid4().hex})
    where = answer["Location"].partition("#")[0]
    for _ in range(2):
        page = client.get(where).content.decode()
        beside = page.split("data-notices", 1)[1].split("</div>", 1)[0]
        assert "AI" in beside
        said = re.findall(r"<p>(.*?)</p>", page.split('data-ai="generated"', 1)[1])[0]
        assert "AI" not in said


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_a_pause_is_owed_after_one_sitting_in_many_talks(settings: Any) -> None:
    """A new talk every eight minutes for an hour and a quarter is an hour and a quarter."""
    _, token = somebody()
    made, before = talk(), talk().clock
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    seen = []
    try:
        for number in range(10):
            made.clock = lambda at=now + number * timedelta(minutes=8): at  # type: ignore[misc]
            page = say(token, f"the bus was late again, {number}", language="en-US")
            beside = page.split("data-notices", 1)[1].split("</div>", 1)[0]
            seen.append(beside.count('class="notice"'))
        made.clock = lambda: now + timedelta(hours=4)
        after = say(token, "and the tram", language="en-US")
    finally:
        made.clock = before
    # That this is an AI with each new talk; a pause with the first reply after an hour.
    assert seen == [1, 1, 1, 1, 1, 1, 1, 1, 2, 1]
    assert after.split("data-notices", 1)[1].split("</div>", 1)[0].count('class="notice"') == 1


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_help_plan_and_every_answer_stay_when_it_is_night_used_up_or_signed_out(
    settings: Any,
) -> None:
    from qingting.people.consent import resting

    settings.CONFIG = replace(settings.CONFIG, policy="CN")
    person, token = aged(Band.FROM_14)
    resting.choose(person, resting.Agreed(30, "00:00", "05:00"))
    consents, before = consent.current(), consent.current().clock
    usage = consents.usage
    night = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)  # 02:30 in Shanghai
    try:
        consents.clock = lambda: night
        consents.usage = lambda *_: {date(2026, 11, 23): 600}
        for whose in (token, ""):
            client = browser(whose, "zh-CN")
            client.cookies["tz"] = "Asia/Shanghai"
            for path in ("/now/", "/safety/plan/", "/skills/", "/", "/about/"):
                assert client.get(path).status_code == 200, path
            assert 'name="text"' in client.get("/").content.decode()
        page = say(token, "我不想活了")
        assert page.count('<li class="companion"') == 1
        assert EpisodeRecord.objects.filter(person_id=person).exclude(level="none").exists()
        begun = say(token, "带我做一次呼吸练习")
        again = re.search(r'action="(/talk/[0-9a-f-]+/)"', begun)
        assert again is not None
        assert say(token, "好了", again[1]).count('<li class="companion"') == 2
    finally:
        consents.clock, consents.usage = before, usage
