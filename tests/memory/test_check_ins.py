"""Asked about once, at the right time, or not at all: what is due, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from qingting.companion.exercise.run import Run
from qingting.companion.message import Message
from qingting.companion.protect.episode import Episode, raised
from qingting.companion.remember.item import Found
from qingting.companion.state import ConversationState
from qingting.companion.words.script import in_script
from qingting.memory import check_in_rows
from qingting.memory.check_ins import CheckIns
from qingting.memory.models import CheckIn
from qingting.memory.retention import OldCheckIns
from qingting.memory.service import Choice
from qingting.privacy.schedule import Schedule
from qingting.talk.asking_after import due_for, put_off
from qingting.talk.statements import recent_messages, upsert_episode
from qingting.talk.turns import Closing, OpenTurn, close_turn, open_turn
from tests.memory.remembered import BEGAN, Remembered, found, somebody

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TODAY = BEGAN.date()  # 18 November, a Wednesday
TEXT = "周五要面试，好紧张"
FRIDAY = date(2026, 11, 20)


@pytest.fixture
def her() -> Remembered:
    return somebody()


def interview(on: date | None = FRIDAY, text: str = TEXT, **more: Any) -> Found:
    told = {"kind": "event", "about": "面试", "says": "面试", "on": on, "until": on, **more}
    return found(text, text, **told)


def due(her: Remembered, now: datetime) -> str | None:
    """What may be asked now, if anything."""
    asking = CheckIns(her.memories)
    one = due_for(asking, her.person, her.seal, now, now.date())
    return one.follow_up.what if one is not None else None


def ask(her: Remembered, now: datetime) -> UUID:
    """Show what is due on the first page, and begin a talk from there."""
    asking = CheckIns(her.memories)
    one = due_for(asking, her.person, her.seal, now, now.date())
    assert one is not None
    asking.shown(her.person, her.seal, one, now, now.date(), str)
    return UUID(one.id)


def begin(her: Remembered, text: str, now: datetime, which: UUID | None, **more: Any) -> OpenTurn:
    opened = open_turn(
        her.keyring,
        her.person,
        None,
        Message(text, uuid4().hex),
        worker="test",
        now=now,
        check_ins=CheckIns(her.memories),
        check_in=which,
        **more,
    )
    assert isinstance(opened, OpenTurn)
    return opened


def close(her: Remembered, opened: OpenTurn, now: datetime, **more: Any) -> None:
    about = {"plan": {}, "responder": "guided", "notices": [], "language": "zh"}
    state = more.pop("state", opened.state)
    closing = Closing("嗯。", about, state, opened.episode, today=now.date(), **more)
    close_turn(opened, closing, now, None, her.memories, CheckIns(her.memories))


def states() -> list[str]:
    return sorted(CheckIn.objects.values_list("state", flat=True))


def danger(her: Remembered, at: datetime, level: Any = "moderate") -> None:
    episode = raised(Episode(), {"suicide": level}, at, reason="heard")
    with connection.cursor() as cursor:
        upsert_episode(cursor, her.person, her.seal, episode, at)


SATURDAY = datetime(2026, 11, 21, 22, tzinfo=UTC)


def test_the_day_after_it_is_due_and_not_before(her: Remembered) -> None:
    her.say(TEXT, interview())
    assert due(her, SATURDAY - DAY) is None
    assert due(her, SATURDAY) == "面试"
    assert due(her, SATURDAY + 14 * DAY) == "面试"


def test_two_weeks_later_it_is_too_late(her: Remembered) -> None:
    her.say(TEXT, interview())
    assert due(her, SATURDAY + 15 * DAY) is None
    assert states() == ["dropped"]


def test_what_is_painful_leaves_no_row(her: Remembered) -> None:
    her.say(TEXT, interview(sensitive=True), interview(about="分手"))
    assert not CheckIn.objects.exists()


def test_a_day_that_moves_moves_the_question(her: Remembered) -> None:
    her.say(TEXT, interview())
    moved = "面试改到26号了"
    her.say(moved, interview(date(2026, 11, 26), moved))
    assert due(her, SATURDAY) is None
    assert due(her, datetime(2026, 11, 27, 9, tzinfo=UTC)) == "面试"
    assert CheckIn.objects.count() == 1


def test_cancelled_or_forgotten_it_is_not_asked(her: Remembered) -> None:
    her.say(TEXT, interview())
    off = "面试取消了"
    her.say(off, interview(None, off, gone=True))
    assert not CheckIn.objects.exists()

    her.say(TEXT, interview())
    [held] = [one for one in her.memories.items(her.person) if one.standing == "held"]
    her.memories.forget(her.person, UUID(held.id))
    assert not CheckIn.objects.exists()


def test_corrected_on_the_page_it_follows(her: Remembered) -> None:
    her.say(TEXT, interview())
    [held] = her.memories.items(her.person)
    her.memories.correct(her.person, UUID(held.id), "面试（线上）", date(2026, 11, 26))
    assert due(her, SATURDAY) is None
    assert due(her, SATURDAY + 6 * DAY) == "面试"


def test_asked_once_and_put_in_other_words_it_is_not_asked_again(her: Remembered) -> None:
    her.say(TEXT, interview())
    begin(her, "还行吧", SATURDAY, ask(her, SATURDAY))
    [held] = her.memories.items(her.person)
    her.memories.correct(her.person, UUID(held.id), "公司面试", FRIDAY)
    assert due(her, SATURDAY + 3 * DAY) is None


def test_a_page_shows_the_same_words_for_one_visit_only(her: Remembered) -> None:
    her.say(TEXT, interview())
    asking, words = CheckIns(her.memories), set()
    for hours in (0, 1, 5):
        now = SATURDAY + hours * HOUR
        one = due_for(asking, her.person, her.seal, now, now.date())
        assert one is not None
        words.add(asking.shown(her.person, her.seal, one, now, now.date(), str))
    assert len(words) == 1
    assert "面试" in words.pop()
    assert due(her, SATURDAY + 7 * HOUR) is None
    assert due(her, SATURDAY + 3 * DAY) is None
    assert states() == ["asked"]


def test_the_words_are_in_the_characters_they_read(her: Remembered) -> None:
    from qingting.companion.person import Person

    her.say(TEXT, interview(about="答辩"))
    asking = CheckIns(her.memories)
    one = due_for(asking, her.person, her.seal, SATURDAY, SATURDAY.date())
    assert one is not None
    taiwan = Person("zh-TW")
    said = asking.shown(
        her.person,
        her.seal,
        one,
        SATURDAY,
        SATURDAY.date(),
        lambda words: in_script(words, taiwan),
    )
    assert "答辯" in said


def test_a_talk_begun_from_it_holds_the_question_as_its_first_words(her: Remembered) -> None:
    her.say(TEXT, interview())
    opened = begin(her, "没过", SATURDAY, ask(her, SATURDAY))
    [question] = opened.state.history
    assert (question.speaker, opened.state.check_in) == ("companion", "exam")
    assert "面试" in question.text
    assert opened.message.text == "没过"
    close(her, opened, SATURDAY)
    with connection.cursor() as cursor:
        told = recent_messages(cursor, opened.conversation, her.seal)
    assert [heard.speaker for heard in told] == ["companion", "person", "companion"]
    assert due(her, SATURDAY + 2 * DAY) is None


def test_forgotten_later_the_question_is_withheld_with_it(her: Remembered) -> None:
    her.say(TEXT, interview())
    opened = begin(her, "没过", SATURDAY, ask(her, SATURDAY))
    close(her, opened, SATURDAY)
    [held] = her.memories.items(her.person)
    her.memories.forget(her.person, UUID(held.id))
    with connection.cursor() as cursor:
        told = recent_messages(cursor, opened.conversation, her.seal)
    assert told[0].text == "…"


def test_a_talk_cut_before_its_answer_still_knows_the_question(her: Remembered) -> None:
    from qingting.talk.turns import reclaim_turn

    her.say(TEXT, interview())
    opened = begin(her, "没过", SATURDAY, ask(her, SATURDAY))
    later = SATURDAY + HOUR
    again = reclaim_turn(her.keyring, her.person, opened.id, worker="other", now=later)
    assert again is not None
    assert again.state.check_in == "exam"
    assert [heard.speaker for heard in again.state.history] == ["companion"]


def test_a_made_up_or_answered_question_begins_nothing(her: Remembered) -> None:
    her.say(TEXT, interview())
    unseen = check_in_rows.id_of(UUID(her.memories.items(her.person)[0].id))
    assert begin(her, "嗨", SATURDAY, unseen).state.history == ()
    which = ask(her, SATURDAY)
    other = somebody()
    assert begin(other, "嗨", SATURDAY, which).state.history == ()
    assert begin(her, "没过", SATURDAY, which).state.history
    assert begin(her, "没过", SATURDAY, which).state.history == ()
    assert begin(her, "嗨", SATURDAY, uuid4()).state.check_in == ""


def test_one_a_visit_and_none_within_twenty_hours(her: Remembered) -> None:
    trip = "周五回家"
    her.say(TEXT, interview())
    her.say(trip, interview(text=trip, about="回家", says="回家"))
    first = begin(her, "还行吧", SATURDAY, ask(her, SATURDAY))
    close(her, first, SATURDAY)
    assert due(her, SATURDAY + HOUR) is None
    assert due(her, SATURDAY + 19 * HOUR) is None
    assert due(her, SATURDAY + 20 * HOUR) == "回家"


def test_a_visit_that_goes_on_and_on_is_one_visit(her: Remembered) -> None:
    trip = "周五回家"
    her.say(TEXT, interview())
    her.say(trip, interview(text=trip, about="回家", says="回家"))
    now = SATURDAY
    close(her, begin(her, "还行吧", now, ask(her, now)), now)
    for _ in range(6):
        now += 5 * HOUR
        close(her, begin(her, "还在", now, None), now)
    assert due(her, now + HOUR) is None
    assert due(her, now + 6 * HOUR) == "回家"


@pytest.mark.parametrize("level", ["low", "moderate", "high"])
def test_not_while_danger_is_open(her: Remembered, level: Any) -> None:
    her.say(TEXT, interview())
    danger(her, SATURDAY - DAY, level)
    assert due(her, SATURDAY) is None
    # What was slight is given a few days, not a month.
    assert (due(her, SATURDAY + 5 * DAY) is None) is (level != "low")
    assert states() == ["waiting"]


def test_put_off_it_is_not_asked_again_and_refused_nothing_is(her: Remembered) -> None:
    trip = "周五回家"
    her.say(TEXT, interview())
    her.say(trip, interview(text=trip, about="回家", says="回家"))
    asking = CheckIns(her.memories)
    put_off(asking, her.token, ask(her, SATURDAY), SATURDAY, forever=False)
    assert states() == ["asked", "waiting"]
    later = SATURDAY + 2 * DAY
    put_off(asking, her.token, ask(her, later), later, forever=True)
    assert her.memories.choice(her.person) == Choice(check_ins=False)
    her.say("下周要答辩", interview(FRIDAY + 7 * DAY, "下周要答辩", about="答辩"))
    assert "waiting" not in states()
    put_off(asking, "nobody", uuid4(), SATURDAY, forever=True)


def test_refused_in_the_talk_it_is_the_same(her: Remembered) -> None:
    her.say(TEXT, interview())
    opened = begin(her, "别问我这些了", SATURDAY, ask(her, SATURDAY))
    close(her, opened, SATURDAY, asks_no_more=True)
    assert not her.memories.choice(her.person).check_ins


def test_asked_by_a_reply_it_is_noted(her: Remembered) -> None:
    her.say(TEXT, interview())
    one = due_for(CheckIns(her.memories), her.person, her.seal, SATURDAY, SATURDAY.date())
    assert one is not None
    close(her, begin(her, "在吗", SATURDAY, None), SATURDAY, asked=one.id)
    assert states() == ["asked"]


def test_what_they_told_themselves_is_not_asked(her: Remembered) -> None:
    her.say(TEXT, interview())
    friday = SATURDAY - DAY
    close(her, begin(her, "面试砸了", friday, None), friday)
    assert due(her, SATURDAY) is None
    assert states() == ["dropped"]


def test_paused_or_not_wanted_nothing_is_asked_nor_kept_for_it(her: Remembered) -> None:
    her.say(TEXT, interview())
    her.memories.choose(her.person, Choice(paused=True))
    assert due(her, SATURDAY) is None
    her.memories.choose(her.person, Choice())
    assert due(her, SATURDAY) == "面试"
    her.memories.choose(her.person, Choice(check_ins=False))
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("about", ["no_questions", "avoid/面试"])
def test_their_wishes_hold(her: Remembered, about: str) -> None:
    her.say(TEXT, interview())
    wish = "别问那么多"
    her.say(wish, found(wish, wish, kind="preference", about=about, says=wish))
    assert due(her, SATURDAY) is None


def test_a_private_talk_leaves_nothing_to_ask(her: Remembered) -> None:
    her.say(TEXT, interview(), private=True)
    run = Run("worry_time", "", BEGAN, ended="finished")
    opened = begin(her, "做完了", BEGAN, None, private=True)
    close(her, opened, BEGAN, state=replace(opened.state, run=run))
    assert not CheckIn.objects.exists()


def finished(her: Remembered, run: Run) -> UUID:
    which = uuid4()
    CheckIns(her.memories).finished(her.person, her.seal, run, which, "zh", BEGAN, TODAY)
    return which


def test_an_exercise_is_asked_about_after_everything_else(her: Remembered) -> None:
    finished(her, Run("worry_time", "", BEGAN, ended="finished"))
    assert due(her, BEGAN + DAY) == "给担心约个钟点"
    her.say(TEXT, interview(TODAY))
    assert due(her, BEGAN + DAY) == "面试"


def test_one_that_was_left_or_only_calms_is_not(her: Remembered) -> None:
    finished(her, Run("worry_time", "", BEGAN, ended="left"))
    finished(her, Run("breathing_box", "", BEGAN, ended="finished"))
    assert not CheckIn.objects.exists()


def test_an_exercise_that_is_deleted_is_not_asked_about(her: Remembered) -> None:
    which = finished(her, Run("worry_time", "", BEGAN, ended="finished"))
    CheckIns(her.memories).deleted(her.person, [which])
    assert not CheckIn.objects.exists()


def test_one_done_in_a_talk_is_kept_with_its_turn(her: Remembered) -> None:
    from qingting.skills.talk_runs import RunsOfTalks

    run = Run("worry_time", "", BEGAN, ended="finished")
    opened = begin(her, "做完了", BEGAN, None)
    about = {"plan": {}, "responder": "guided", "notices": [], "language": "en"}
    state = replace(ConversationState(seed=opened.conversation.hex), run=run)
    closing = Closing("嗯。", about, state, opened.episode, today=TODAY)
    close_turn(opened, closing, BEGAN, RunsOfTalks(), her.memories, CheckIns(her.memories))
    assert due(her, BEGAN + DAY) == "A set hour for worries"


def test_sixty_days_later_it_is_gone(her: Remembered) -> None:
    her.say(TEXT, interview())
    old, schedule = OldCheckIns(), Schedule()
    assert old.remove(schedule, SATURDAY + 59 * DAY) == 0
    assert old.due(schedule, SATURDAY + 60 * DAY) == 1
    assert old.remove(schedule, SATURDAY + 60 * DAY) == 1
    assert not CheckIn.objects.exists()
