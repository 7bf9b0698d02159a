"""Danger typed into a safety plan: what happens now is answered and saved, the rest is a plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from qingting.companion.protect.episode import Episode
from qingting.companion.protect.safety_plan import SECTIONS, SafetyPlan, Section
from qingting.people import devices
from qingting.policy.models import Event
from qingting.privacy.keyring import Keyring
from qingting.safety import plans
from qingting.safety.plan_hearing import dangers_in
from qingting.site.episodes import StoredEpisodes

NOW = [
    "今晚我想去死",
    "今晚就死",
    "我现在就想死",
    "今晚我要跳下去了",
    "药我已经吃了",
    "我刚吃了一整瓶药",
    "我站在楼顶",
    "等他们睡了我就动手",
    "我决定了，就今晚",
    "已经在割了，血止不住",
    "这周末就去死",
    "明天就跳楼",
    "遗书写好了，今晚",
    "要是今晚他不回我，我就去死",
    "想去死\n今晚",
    "tonight i'm going to kill myself",
    "i want to die tonight",
    "i just took all my pills",
    "i'm on the bridge",
    "no point, im killing myself tonight",
    "i have the pills in my hand and i want to die",
]
ORDINARY = [
    "想死",
    "会想死",
    "不想活了",
    "觉得活着没意思，想去死",
    "晚上一个人的时候会想到自杀",
    "每天晚上都想死",
    "想死的念头又来了\n整夜不睡",
    "开始收拾东西、写遗书",
    "开始割手",
    "手里拿着药瓶不放",
    "今天又想死了",
    "把安眠药给我妈保管",
    "刀放到厨房上锁的柜子里",
    "今晚先不喝酒",
    "现在就把药交给室友",
    "想死的时候先打给小满",
    "如果今晚又想死，先打给我姐",
    "我死了猫没人喂",
    "跳楼的冲动来了，先下楼",
    "明天去医院复诊",
    "周末回外婆家",
    "i want to die",
    "when i start thinking about killing myself",
    "when i start googling ways to die",
    "writing goodbye letters",
    "counting my pills",
    "not being alone at night when i want to die",
    "if i feel like killing myself tonight, call maren",
    "i want to kill myself most nights",
    "today i wanted to die again",
    "give the pills to mum tonight",
    "locking the pills away now",
    "see the counsellor tomorrow",
    "right now: feet on the floor",
]


def part_of(text: str) -> Section:
    """Where somebody would write it."""
    handed = ("药", "刀", "pills")
    return "safer" if text in ORDINARY and any(one in text for one in handed) else "signs"


@pytest.mark.parametrize("text", NOW)
def test_what_happens_now_is_heard_in_whatever_part(text: str) -> None:
    for part in SECTIONS:
        if part != "safer":
            assert dangers_in(SafetyPlan(), {part: text}, "zh"), part


@pytest.mark.parametrize("text", ORDINARY)
def test_words_that_a_plan_is_made_of_are_no_alarm(text: str) -> None:
    assert dangers_in(SafetyPlan(), {part_of(text): text}, "zh") == []


def test_what_stood_there_before_is_not_heard_again() -> None:
    before = SafetyPlan().adding("signs", "今晚我想去死")
    assert dangers_in(before, {"signs": "今晚我想去死\n睡不着"}, "zh") == []
    assert dangers_in(before, {"signs": "今晚我想去死", "reasons": "没有，我今晚就走"}, "zh")


def test_the_worst_comes_first() -> None:
    texts: dict[Section, str] = {"signs": "今晚我想去死", "alone": "药我已经吃了"}
    found = dangers_in(SafetyPlan(), texts, "zh")
    assert [one.told.text for one in found] == ["药我已经吃了", "今晚我想去死"]


@pytest.fixture
def visitor(monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    before = plans._current
    plans.use(plans.Plans(Keyring(b"k" * 32), StoredEpisodes(), lambda: datetime.now(UTC)))
    monkeypatch.setitem(vars(settings), "SECRET_KEY", "s" * 50)
    yield Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="zh-CN")
    plans._current = before


def episode_of(visitor: Client) -> Episode:
    person = devices.find_person(visitor.cookies["device"].value.rpartition(":")[0])
    assert person is not None
    with connection.cursor() as cursor:
        return StoredEpisodes().of(cursor, person, plans.current().keyring.open(person))


database = pytest.mark.django_db(databases=["default", "keys"])


@database
def test_it_is_answered_and_saved(visitor: Client) -> None:
    answer = visitor.post("/safety/plan/", {"signs": "睡不着\n今晚我想去死", "people": "小满"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    box = page.split('class="heard"')[1].split("</section>")[0]
    assert 'href="tel:' in box
    assert 'href="/now/"' in box
    assert "你写的都存好了" in page
    assert 'name="text"' in page
    assert episode_of(visitor).level in ("high", "imminent")
    assert Event.objects.exclude(person=None).count() == 2
    stands = visitor.get("/safety/plan/").content.decode()
    assert "今晚我想去死" in stands
    assert "小满" in stands
    assert 'class="heard"' not in stands


@database
def test_saved_again_it_is_a_plan_once_more(visitor: Client) -> None:
    visitor.post("/safety/plan/", {"signs": "今晚我想去死"})
    answer = visitor.post("/safety/plan/", {"signs": "今晚我想去死", "people": "小满"})
    assert answer.status_code == 303
    assert Event.objects.exclude(person=None).count() == 2


@database
def test_a_sign_is_saved_without_an_alarm(visitor: Client) -> None:
    answer = visitor.post("/safety/plan/", {"signs": "会想死\n谁的消息都不想回"})
    assert (answer.status_code, answer["Location"]) == (303, "/safety/plan/?said=saved")
    assert episode_of(visitor).level == "none"


@database
def test_it_is_answered_where_nothing_can_be_kept(visitor: Client) -> None:
    plans.use(plans.Plans(Keyring(None), StoredEpisodes(), lambda: datetime.now(UTC)))
    answer = visitor.post("/safety/plan/", {"alone": "药我已经吃了"})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert 'class="heard"' in page
    assert 'href="tel:120"' in page
    assert "刚才没存上" in page
    assert "药我已经吃了</textarea>" in page


@database
def test_it_is_answered_where_the_form_expired_and_where_it_does_not_fit(visitor: Client) -> None:
    careful = Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="en", enforce_csrf_checks=True)
    answer = careful.post("/safety/plan/", {"signs": "i want to die tonight"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert 'class="heard"' in page
    assert "i want to die tonight</textarea>" in page
    many = "\n".join(f"第{number}件" for number in range(20))
    page = visitor.post("/safety/plan/", {"alone": many + "\n今晚我想去死"}).content.decode()
    assert 'class="heard"' in page
    assert "最多" in page
