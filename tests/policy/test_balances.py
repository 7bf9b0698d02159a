"""What is kept of the room this takes: small, sealed, one row; and the page that shows it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from qingting.companion.dependence.balance import Balance, Check, Taper, after_meanwhile, dump
from qingting.companion.message import Message
from qingting.companion.person import Person
from qingting.companion.protect.episode import raised
from qingting.companion.remember.extract import extract
from qingting.memory import service as memory
from qingting.people import devices
from qingting.people.accounts import belonging, joining
from qingting.people.visitors import new_token
from qingting.policy import balances, dependence_rows
from qingting.policy.balance_exporting import ExportedBalance
from qingting.policy.balance_pattern import sentences
from qingting.policy.balance_retention import OldBalances
from qingting.policy.models import Balance as Row
from qingting.policy.models import Event, EventKind
from qingting.privacy.schedule import Schedule
from qingting.privacy.sealing import Place
from qingting.safety.plan_statements import add_items
from qingting.site.ties import KnownTies
from qingting.talk.database_thread import close_connections, in_database_thread
from qingting.talk.statements import episode_of, today_of, upsert_episode
from qingting.talk.turns import Closing, OpenTurn, close_turn, open_turn
from tests.people import staffed
from tests.people.staffed import Somebody, client, somebody

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

NOW = datetime.now(UTC)
TODAY = NOW.date()
MONDAY = TODAY - timedelta(days=TODAY.weekday() + 7)
KEPT = Balance(heard={MONDAY: {"only_you": frozenset({0, 3}), "instead": frozenset({4})}})
WHO = Person("zh-CN", "Asia/Shanghai", "CN")


@pytest.fixture
def her() -> Somebody:
    staffed.wired()
    return somebody()


def keep(her: Somebody, balance: Balance, before: Balance | None = None) -> None:
    seal = belonging.current().keyring.open(her.person)
    dependence_rows.keep(her.person, seal, before or Balance(), balance, NOW)


def kept(person: UUID) -> Balance:
    return dependence_rows.of(person, belonging.current().keyring.open(person))


def page(her: Somebody, language: str = "zh-CN") -> str:
    answer = client(token=her.token).get("/me/balance/", HTTP_ACCEPT_LANGUAGE=language)
    assert answer.status_code == 200
    return str(answer.content.decode())


def press(her: Somebody, **form: str) -> str:
    answer = client(token=her.token).post("/me/balance/", form)
    assert answer.status_code == 303
    return str(answer["Location"])


def name(her: Somebody, line: str = "小满 同桌") -> None:
    with connection.cursor() as cursor:
        add_items(
            cursor,
            her.person,
            belonging.current().keyring.open(her.person),
            [("people", line)],
            NOW,
        )


def test_what_lies_in_the_database_says_nothing(her: Somebody) -> None:
    keep(her, replace(KEPT, check=Check({"sleep": "2"}, TODAY)))
    row = Row.objects.get()
    assert b"only_you" not in bytes(row.body)
    assert kept(her.person).heard == KEPT.heard
    stored = (
        belonging.current()
        .keyring.open(her.person)
        .open_json(row.body, Place("policy_balance", "body", her.person))
    )
    assert len(str(stored)) < 2000


def test_nothing_is_no_row(her: Somebody) -> None:
    keep(her, Balance(used_on=TODAY))
    assert not Row.objects.exists()
    keep(her, KEPT)
    keep(her, Balance(), KEPT)
    assert not Row.objects.exists()


def test_a_turn_reads_it_with_the_statement_it_had(her: Somebody) -> None:
    keep(her, KEPT)
    seal = belonging.current().keyring.open(her.person)
    with CaptureQueriesContext(connection) as asked, connection.cursor() as cursor:
        today = today_of(cursor, her.person, seal, NOW)
    assert len(asked) == 1
    assert today["balance"] == KEPT
    assert today["allowance"].used == 0


def test_a_turn_keeps_it_and_another_talk_loses_nothing(her: Somebody) -> None:
    keyring = belonging.current().keyring

    def opened(*, private: bool = False) -> OpenTurn:
        turn = open_turn(
            keyring,
            her.person,
            None,
            Message("在", uuid4().hex),
            worker="t",
            now=NOW,
            private=private,
        )
        assert isinstance(turn, OpenTurn)
        return turn

    def closed(turn: OpenTurn, balance: Balance) -> None:
        about = {"plan": {}, "responder": "guided", "notices": [], "language": "zh"}
        close_turn(turn, Closing("嗯。", about, turn.state, turn.episode, balance=balance), NOW)

    one, other = opened(), opened()
    closed(one, one.balance.hearing({"only_you"}, TODAY))
    closed(other, other.balance.hearing({"lost"}, TODAY))
    assert set(kept(her.person).heard[TODAY - timedelta(days=TODAY.weekday())]) == {
        "only_you",
        "lost",
    }
    before = kept(her.person)
    hidden = opened(private=True)
    closed(hidden, hidden.balance.hearing({"partner"}, TODAY))
    assert kept(her.person) == before


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_a_talk_notes_days_and_no_words(her: Somebody) -> None:
    browser = client(token=her.token)
    browser.post("/", {"text": "只有你懂我", "key": uuid4().hex})
    found = kept(her.person)
    assert {sign for week in found.heard.values() for sign in week} == {"only_you"}
    assert "懂我" not in str(dump(found))
    browser.post("/", {"text": "你是我唯一能说话的", "key": uuid4().hex, "private": "1"})
    assert kept(her.person) == found
    # Of its own connection PostgreSQL would say that the database is still in use.
    asyncio.run(in_database_thread(close_connections))


def test_what_was_taken_away_meanwhile_stays_away() -> None:
    taper = Taper("day", 2, TODAY)
    before = replace(KEPT, taper=taper)
    told = before.hearing({"lost"}, TODAY)
    forgotten = replace(before.forgotten(), taper=None)
    after = after_meanwhile(forgotten, before, told)
    assert {sign for week in after.heard.values() for sign in week} == {"lost"}
    assert after.taper is None
    assert after_meanwhile(before, before, replace(before, taper=None)).taper is None
    agreed = replace(KEPT, taper=taper)
    assert after_meanwhile(agreed, KEPT, KEPT.hearing({"lost"}, TODAY)).taper == taper


def test_a_row_that_does_not_open_costs_nobody_an_answer(her: Somebody) -> None:
    keep(her, KEPT)
    Row.objects.update(body=b"x" * 60)
    assert kept(her.person) == Balance()
    turn = open_turn(
        belonging.current().keyring, her.person, None, Message("在", "k" * 32), worker="t", now=NOW
    )
    assert isinstance(turn, OpenTurn)


def test_guest_and_account_become_one(her: Somebody) -> None:
    hers = replace(KEPT, hurt=True, taper=Taper("hour", 22, TODAY))
    keep(her, hers)
    other = somebody(name="wren")
    keep(other, Balance(heard={MONDAY: {"lost": frozenset({6})}}))
    joining.bring(her.person, other.person, lambda: None)
    both = kept(other.person)
    assert both.hurt
    assert both.taper == hers.taper
    assert set(both.heard[MONDAY]) == {"only_you", "instead", "lost"}
    assert not Row.objects.filter(person_id=her.person).exists()


def test_it_goes_after_eight_weeks_but_for_what_she_chose(her: Somebody) -> None:
    keep(her, KEPT)
    other = somebody()
    keep(other, replace(KEPT, taper=Taper("person", 0, TODAY)))
    Row.objects.update(updated_at=NOW - timedelta(days=57))
    limit = OldBalances()
    assert (limit.due(Schedule(), NOW), limit.remove(Schedule(), NOW)) == (1, 1)
    assert Row.objects.get().person_id == other.person
    assert kept(other.person).since(MONDAY + timedelta(days=57)).heard == {}


def test_her_copy_has_it(her: Somebody) -> None:
    keep(her, replace(KEPT, check=Check({"people": "3"}, TODAY), taper=Taper("day", 2, TODAY)))
    seal = belonging.current().keyring.open(her.person)
    section = ExportedBalance().section(her.person, seal, WHO)
    assert section.data == dump(kept(her.person))
    lines = [line.label + line.text for part in section.parts for line in part.lines]
    assert any("没有，其实想" in line for line in lines)
    assert len(section.tables[0].rows) == 3


def test_the_pattern_is_her_own(her: Somebody) -> None:
    # Days are counted on her own calendar, which is a day ahead of ours in the evening.
    noon = datetime.combine(WHO.local(NOW).date(), time(12), UTC)
    for ago in range(1, 50):
        minutes = 60 if ago < 14 else 20
        at = noon - timedelta(days=ago)
        Event.objects.create(
            person_id=her.person, kind=EventKind.ACTIVE_SECONDS, amount=minutes * 60, at=at
        )
        Event.objects.create(person_id=her.person, kind=EventKind.TURN, at=at)
    there = WHO.local(NOW)
    hours = dependence_rows.hours_of(her.person, there, there.date() - timedelta(days=56))
    assert sum(hours.values()) == 13 * 60 + 36 * 20
    assert {hour for _, hour in hours} == {20}
    with override("en"):
        told = " ".join(sentences(hours, there.date()))
    assert "55" in told
    assert "evening" in told
    assert "less" in told
    assert sentences({}, there.date()) != []


def test_the_page_shows_what_there_is(her: Somebody) -> None:
    empty = page(her)
    assert empty.count("<fieldset") == 5
    assert "还没有谁的名字" in empty
    assert 'value="agree"' not in empty, "nobody is named"
    keep(her, KEPT)
    name(her)
    full = page(her)
    assert "小满" in full
    assert 'value="agree"' in full
    assert "你说过只有这儿懂你" in full
    for never in ("依赖", "上瘾", "only_you", "score"):
        assert never not in full
    english = page(her, "en-GB")
    assert "You said that only this understands you" in english
    for never in ("dependen", "addict"):
        assert never not in english.lower()
    assert "/me/balance/" in client(token=her.token).get("/progress/").content.decode()


def test_a_browser_never_seen_sees_the_questions() -> None:
    staffed.wired()
    fresh = Somebody(uuid4(), new_token())
    assert page(fresh).count("<fieldset") == 5
    assert press(fresh, step="check", sleep="1") == "/me/balance/"
    assert devices.find_person(fresh.token) is None


def test_her_answers_are_hers(her: Somebody) -> None:
    assert "said=answered" in press(her, step="check", sleep="1", people="9", other="0")
    assert kept(her.person).check == Check({"sleep": "1"}, WHO.local(NOW).date())
    assert 'value="1" checked' in page(her)
    press(her, step="check")
    assert kept(her.person).check is None


@pytest.mark.parametrize(
    ("form", "taper"),
    [
        ({"what": "day", "on": "2"}, ("day", 2)),
        ({"what": "hour", "on": "22"}, ("hour", 22)),
        ({"what": "person"}, ("person", 0)),
        ({"what": "day", "on": "7"}, None),
        ({"what": "hour", "on": "3"}, None),
        ({"what": "never"}, None),
    ],
)
def test_she_sets_something_and_drops_it(
    her: Somebody, form: dict[str, str], taper: object
) -> None:
    name(her)
    press(her, step="agree", **form)
    found = kept(her.person).taper
    assert (found and (found.what, found.on)) == taper
    if found is not None:
        assert "作废" in page(her)
        assert "said=dropped" in press(her, step="drop")
        assert kept(her.person).taper is None


def test_nothing_is_set_in_danger_after_it_when_hurt_or_with_nobody_named(her: Somebody) -> None:
    assert "said=not_now" in press(her, step="agree", what="person")
    name(her)
    seal = belonging.current().keyring.open(her.person)
    with connection.cursor() as cursor:
        calm = episode_of(cursor, her.person, seal)
        upsert_episode(
            cursor, her.person, seal, raised(calm, {"suicide": "high"}, NOW, reason="told"), NOW
        )
    assert "said=not_now" in press(her, step="agree", what="person")
    assert 'value="agree"' not in page(her)
    with connection.cursor() as cursor:
        upsert_episode(cursor, her.person, seal, calm, NOW)
    keep(her, Balance(hurt=True))
    assert "said=not_now" in press(her, step="agree", what="person")
    assert kept(her.person).taper is None


def test_forgetting_and_a_month_of_quiet(her: Somebody) -> None:
    keep(her, replace(KEPT, hurt=True))
    assert "said=quiet" in press(her, step="quiet")
    assert kept(her.person).declined_on == WHO.local(NOW).date()
    assert "said=forgotten" in press(her, step="forget")
    assert kept(her.person).heard == {}
    assert kept(her.person).hurt, "what only holds us back stays"


def test_whom_she_named_is_found_where_names_stand(her: Somebody) -> None:
    seal = belonging.current().keyring.open(her.person)
    remembered = memory.current()
    for text in ("我弟弟叫小宇", "我的猫叫汤圆", "我前男友叫大伟"):
        remembered.keep(her.person, seal, uuid4(), extract(text, "zh", date(2026, 11, 2)), NOW)
    name(her, "小满（同桌）13800000000")
    assert KnownTies().named(her.person, seal) == ("小宇", "小满")
    assert balances.named_by(her.person, seal) == ("小宇", "小满")
    choice = remembered.choice(her.person)
    remembered.choose(her.person, replace(choice, paused=True))
    assert KnownTies().named(her.person, seal) == ("小满",)
