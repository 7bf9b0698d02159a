"""The safety plan: kept, changed, taken along, deleted; in nobody else's hands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from qingting.companion.message import Message
from qingting.companion.protect.safety_plan import MOST_ITEMS, SECTIONS, Section
from qingting.people import devices
from qingting.privacy.errors import Unreadable
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import Place
from qingting.safety import plans
from qingting.safety.models import SafetyPlanRecord
from qingting.safety.plan_statements import plan_of
from qingting.site.episodes import StoredEpisodes
from qingting.talk.turns import Closing, OpenTurn, close_turn, open_turn

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

ZH, EN = "zh-CN", "en-US"
TYPED = {
    "signs": "整夜睡不着\n谁的消息都不想回",
    "people": "小满\n\n  我 姐 ",
    "reasons": "阳台上那盆薄荷",
}
UNFINISHED = {ZH: "还没写完", EN: "It isn't finished yet"}


@pytest.fixture(autouse=True)
def keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Keyring]:
    """The plans of this process, under keys of this test's own."""
    before, keyring = plans._current, Keyring(b"k" * 32)
    plans.use(plans.Plans(keyring, StoredEpisodes(), lambda: datetime.now(UTC)))
    # The settings of this process were read before conftest.py made an installation's keys.
    monkeypatch.setitem(vars(settings), "SECRET_KEY", "s" * 50)
    yield keyring
    plans._current = before


@pytest.fixture
def visitor() -> Client:
    return browser()


def browser(**options: Any) -> Client:
    return Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE=ZH, **options)


def broken(keyring: Keyring) -> None:
    """From here on plans can be neither read nor kept."""
    plans.use(plans.Plans(keyring, StoredEpisodes(), lambda: datetime.now(UTC)))


def shown(visitor: Client, language: str = ZH) -> str:
    answer = visitor.get("/safety/plan/", HTTP_ACCEPT_LANGUAGE=language)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def save(visitor: Client, **typed: str) -> str:
    """Type over some fields of the page as it stands, save it, and read the page that answers."""
    answer = visitor.post("/safety/plan/", {**form_of(shown(visitor)), **typed}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def form_of(html: str) -> dict[str, str]:
    """What the page's form would send."""
    form = html.split('class="parts"')[1].split("</form>", maxsplit=1)[0]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {**dict(hidden), **fields(html)}


def fields(html: str) -> dict[str, str]:
    """What stands in the seven fields."""
    found = {}
    for section in SECTIONS:
        field = html.split(f'name="{section}"')[1].split("</textarea>", maxsplit=1)[0]
        found[section] = field.split(">", 1)[1]
    return found


def person_of(visitor: Client) -> UUID:
    token = visitor.cookies["device"].value.rpartition(":")[0]
    person = devices.find_person(token)
    assert person is not None
    return person


def test_a_stranger_sees_seven_empty_parts_and_the_lines_of_their_place(visitor: Client) -> None:
    page = shown(visitor)
    assert fields(page) == dict.fromkeys(SECTIONS, "")
    assert 'href="tel:12356"' in page
    assert 'href="tel:120"' in page
    assert "安全计划" in page
    assert UNFINISHED[ZH] not in page
    assert "/safety/plan/copy/" not in page
    assert SafetyPlanRecord.objects.count() == 0
    other = shown(visitor, EN)
    assert 'href="tel:988"' in other
    assert "12356" not in other


def test_what_is_saved_stands_there_again_one_item_a_line(visitor: Client) -> None:
    page = save(visitor, **TYPED)
    assert "存好了" in page
    expected = {"signs": TYPED["signs"], "people": "小满\n我 姐", "reasons": TYPED["reasons"]}
    assert fields(page) == dict.fromkeys(SECTIONS, "") | expected
    assert fields(shown(visitor)) == fields(page)
    # On paper too, without a script.
    assert "<li>我 姐</li>" in page


def test_it_can_be_changed_and_emptied(visitor: Client) -> None:
    save(visitor, **TYPED)
    page = save(visitor, signs="谁的消息都不想回", people="")
    assert fields(page)["signs"] == "谁的消息都不想回"
    assert fields(page)["people"] == ""
    assert fields(page)["reasons"] == TYPED["reasons"]


def test_nobody_else_sees_it(visitor: Client) -> None:
    save(visitor, **TYPED)
    other = browser()
    save(other, people="阿澈")
    for page in (shown(other), other.get("/safety/plan/copy/").content.decode()):
        assert "阿澈" in page
        assert not [word for word in ("整夜", "小满", "我 姐", "薄荷") if word in page]
    other.post("/safety/plan/delete/", {"sure": "1"})
    assert fields(shown(visitor))["signs"] == TYPED["signs"]


def test_a_forged_cookie_is_nobody(visitor: Client) -> None:
    save(visitor, **TYPED)
    thief = browser()
    thief.cookies["device"] = visitor.cookies["device"].value[:-1] + "x"
    assert fields(shown(thief)) == dict.fromkeys(SECTIONS, "")


def test_it_lies_sealed_and_opens_for_its_own_row_only(visitor: Client, keyring: Keyring) -> None:
    save(visitor, **TYPED)
    record = SafetyPlanRecord.objects.get()
    body, person = bytes(record.body), person_of(visitor)
    for word in ("小满", "薄荷", "signs"):
        for encoding in ("utf-8", "utf-16-le", "gb18030"):
            assert word.encode(encoding) not in body
    seal = keyring.open(person)
    items = seal.open_json(body, Place("safety_safetyplan", "body", person))["items"]
    assert items["people"] == ["小满", "我 姐"]
    with pytest.raises(Unreadable):
        seal.open_json(body, Place("safety_safetyplan", "body", uuid4()))


@pytest.mark.parametrize("language", [ZH, EN])
def test_without_a_human_in_it_it_says_that_it_is_not_finished(
    visitor: Client, language: str
) -> None:
    save(visitor, reasons="一只猫")
    assert UNFINISHED[language] in shown(visitor, language).replace("&#x27;", "'")
    copied = visitor.get("/safety/plan/copy/", HTTP_ACCEPT_LANGUAGE=language).content.decode()
    assert UNFINISHED[language] in copied.replace("&#x27;", "'")
    save(visitor, professionals="学校的心理老师")
    assert UNFINISHED[language] not in shown(visitor, language).replace("&#x27;", "'")


def test_the_copy_is_one_file_without_a_script(visitor: Client) -> None:
    sharp = "<script>alert(1)</script>\n\"><img src=x onerror=alert(1)>\n'&amp;'"
    save(visitor, **{**TYPED, "alone": sharp})
    answer = visitor.get("/safety/plan/copy/")
    assert answer["Content-Disposition"] == 'attachment; filename="plan.html"'
    assert "no-store" in answer["Cache-Control"]
    page = answer.content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&#x27;&amp;amp;&#x27;" in page
    for live in ("<script", "<img", "<form", "<link", "src=", "/static/", "csrf"):
        assert live not in page.replace("&quot;&gt;&lt;img src=x", "")
    for kept in ("小满", "我 姐", "阳台上那盆薄荷", 'href="tel:12356"', 'href="tel:120"'):
        assert kept in page
    page = shown(visitor)
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_there_is_no_copy_of_nothing(visitor: Client) -> None:
    answer = visitor.get("/safety/plan/copy/")
    assert (answer.status_code, answer["Location"]) == (303, "/safety/plan/")


def test_deleting_needs_the_box_and_leaves_no_row(visitor: Client) -> None:
    save(visitor, **TYPED)
    visitor.post("/safety/plan/delete/")
    assert SafetyPlanRecord.objects.count() == 1
    page = visitor.post("/safety/plan/delete/", {"sure": "1"}, follow=True).content.decode()
    assert "删掉了" in page
    assert fields(page) == dict.fromkeys(SECTIONS, "")
    assert SafetyPlanRecord.objects.count() == 0
    assert visitor.get("/safety/plan/delete/").status_code == 405


def test_what_does_not_fit_is_said_and_stays_in_the_field(visitor: Client) -> None:
    many = "\n".join(f"第{n}件" for n in range(MOST_ITEMS + 3))
    page = save(visitor, alone=many, signs="长" * 300)
    assert f"最多 {MOST_ITEMS} 条" in page
    assert fields(page)["alone"] == many
    assert fields(page)["signs"] == "长" * 300
    assert fields(shown(visitor))["alone"].split("\n") == many.split("\n")[:MOST_ITEMS]
    # What is saved from that page is what it shows, and nothing comes back.
    again = visitor.post("/safety/plan/", {**form_of(page), "alone": "一件", "signs": ""})
    assert again.status_code == 303
    assert fields(shown(visitor))["alone"] == "一件"


def turn_of(keyring: Keyring, person: UUID) -> OpenTurn:
    message = Message("小满吧", uuid4().hex)
    opened = open_turn(keyring, person, None, message, worker="test", now=datetime.now(UTC))
    assert isinstance(opened, OpenTurn)
    return opened


def close_with(opened: OpenTurn, *items: tuple[Section, str]) -> None:
    closing = Closing("好，记下了。", {}, opened.state, opened.episode, plan_items=items)
    close_turn(opened, closing, datetime.now(UTC))


def test_lines_told_in_a_talk_are_added(visitor: Client, keyring: Keyring) -> None:
    save(visitor, **TYPED)
    opened = turn_of(keyring, person_of(visitor))
    close_with(opened, ("people", "我哥"), ("people", "小满"), ("safer", "先放姐姐那里"))
    assert fields(shown(visitor))["people"] == "小满\n我 姐\n我哥"
    assert fields(shown(visitor))["safer"] == "先放姐姐那里"
    close_with(opened, ("people", "又一遍"))  # the same turn twice is one turn
    assert "又一遍" not in shown(visitor)


def test_the_first_line_may_be_told_in_a_talk(keyring: Keyring) -> None:
    person = devices.welcome("token", keyring, datetime.now(UTC))
    close_with(turn_of(keyring, person))
    assert SafetyPlanRecord.objects.count() == 0
    close_with(turn_of(keyring, person), ("signs", "不想开灯"))
    with connection.cursor() as cursor:
        assert plan_of(cursor, person, keyring.open(person)).of("signs") == ("不想开灯",)


def test_a_line_told_while_the_page_stood_open_is_not_lost(
    visitor: Client, keyring: Keyring
) -> None:
    save(visitor, **TYPED)
    open_page = form_of(shown(visitor))
    close_with(turn_of(keyring, person_of(visitor)), ("people", "我哥"))
    page = visitor.post(
        "/safety/plan/", {**open_page, "people": "小满\n我 姐\n辅导员"}, follow=True
    ).content.decode()
    assert "都在下面" in page
    assert fields(page)["people"] == "小满\n我 姐\n我哥\n辅导员"
    assert fields(page)["signs"] == TYPED["signs"]


def test_when_nothing_can_be_kept_the_words_stay_in_the_fields(visitor: Client) -> None:
    save(visitor, **TYPED)
    open_page = form_of(shown(visitor))
    broken(Keyring(None))
    answer = visitor.post("/safety/plan/", {**open_page, "people": "我哥"})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "刚才没存上" in page
    assert fields(page)["people"] == "我哥"
    assert form_of(page)["seen"] == open_page["seen"]


@pytest.mark.parametrize("path", ["/safety/plan/", "/safety/plan/copy/"])
def test_a_plan_that_cannot_be_read_is_not_shown_as_an_empty_one(
    visitor: Client, path: str
) -> None:
    save(visitor, **TYPED)
    broken(Keyring(b"another key, of 32 bytes, no less"[:32]))
    answer = visitor.get(path)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "Content-Disposition" not in answer
    assert "没丢" in page
    assert "<textarea" not in page
    assert 'href="tel:12356"' in page


def test_an_expired_form_keeps_what_was_typed() -> None:
    visitor = browser(enforce_csrf_checks=True)
    page = shown(visitor)
    expired = {**form_of(page), **TYPED, "csrfmiddlewaretoken": "a" * 64}
    answer = visitor.post("/safety/plan/", expired)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "再按一次" in page
    assert fields(page) == dict.fromkeys(SECTIONS, "") | TYPED
    assert visitor.post("/safety/plan/", form_of(page)).status_code == 303
    assert fields(shown(visitor))["signs"] == TYPED["signs"]
    answer = visitor.post("/safety/plan/delete/", {"sure": "1", "csrfmiddlewaretoken": "a" * 64})
    assert answer.status_code == 403
    assert fields(answer.content.decode())["signs"] == TYPED["signs"]
