"""Answers to a questionnaire in a talk are kept beside those of its page; in a private talk
nowhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from asgiref.sync import async_to_sync
from django.db import connection

from qingting.companion.instruments.instrument import Answers
from qingting.companion.instruments.shelf import instruments
from qingting.companion.message import Message
from qingting.companion.parts import Parts
from qingting.companion.person import AgeBand, Language
from qingting.companion.plan.questions import QUESTIONS
from qingting.companion.policy import Policy
from qingting.companion.protect.episode import Episode
from qingting.progress.models import Questionnaire
from qingting.progress.rows import ANSWERS
from qingting.progress.talk_answers import AnswersOfTalks
from qingting.talk import companion
from qingting.talk.running import RunningTurn
from qingting.talk.statements import episode_of
from qingting.talk.turns import OpenTurn, close_turn, open_turn
from tests.companion.fakes import PEOPLE
from tests.memory.remembered import Remembered, somebody

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

LANGUAGES: tuple[Language, ...] = ("zh", "en")
NOW = datetime(2026, 11, 18, 14, 30, tzinfo=UTC)
STARTS = {"zh": "做个phq-9吧", "en": "can we do the phq-9"}
TALK = {"zh": "我今天又被室友骂了，好烦", "en": "my roommate yelled at me again today"}
GOES_ON = {"zh": "继续", "en": "go on"}
STOP = {"zh": "停", "en": "stop"}
SKIP = {"zh": "跳过", "en": "skip"}
BACK = {"zh": "上一题", "en": "back"}
DANGER = {"zh": "我不想活了，今晚就想结束", "en": "i want to kill myself tonight"}


@dataclass(slots=True)
class Talking:
    """Somebody in one talk, each turn opened, answered and closed as the talk does it."""

    her: Remembered
    language: Language
    private: bool = False
    age: AgeBand = "unknown"
    now: datetime = NOW
    which: UUID | None = None
    small: str = ""
    reply: str = ""

    def say(self, *texts: str) -> str:
        """The last of the replies."""
        for text in texts:
            self._say(text)
        return self.reply

    def _say(self, text: str) -> None:
        self.now += timedelta(minutes=1)
        opened = open_turn(
            self.her.keyring,
            self.her.person,
            self.which,
            Message(text, uuid4().hex),
            worker="test",
            now=self.now,
            private=self.private,
        )
        assert isinstance(opened, OpenTurn)
        self.which = opened.conversation
        person = replace(PEOPLE[self.language], age_band=self.age)
        done, pinned = async_to_sync(companion.run)(
            opened.state,
            opened.message,
            RunningTurn(opened.id, opened.conversation, opened.person),
            person,
            Policy(),
            self.now,
            opened.episode,
            Parts(keeps_answers=not self.private),
        )
        closing = companion.closing(done, pinned, opened, person, self.now)
        close_turn(opened, closing, self.now, questions=AnswersOfTalks())
        self.small = (done.plan.small or "").removeprefix(QUESTIONS)
        self.reply = done.reply

    @property
    def kept(self) -> list[Answers]:
        return ANSWERS.all_of(self.her.person, self.her.seal)

    @property
    def episode(self) -> Episode:
        with connection.cursor() as cursor:
            return episode_of(cursor, self.her.person, self.her.seal)


def values(figures: str) -> dict[str, int]:
    return {f"q{place}": int(figure) for place, figure in enumerate(figures, 1)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_done_to_its_end_it_is_counted(language: Language) -> None:
    one = Talking(somebody(), language)
    one.say(STARTS[language], *"012301230")
    assert one.small == "done"
    (kept,) = one.kept
    assert kept.values == values("012301230")
    assert kept.finished
    assert kept.asked_in == "talk"
    assert kept.language == language
    assert kept.instrument == "phq9"
    assert kept.on == PEOPLE[language].local(NOW).date()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["1", "2"], {"q1": 1, "q2": 2}),
        (["1", "stop"], {"q1": 1}),
        (["1", "skip", "3"], {"q1": 1, "q3": 3}),
        (["1", "2", "back", "0"], {"q1": 1, "q2": 0}),
        (["1", "talk", "go_on", "2"], {"q1": 1, "q2": 2}),
        (["1", "talk", "2"], {"q1": 1}),
        (["1", "danger"], {"q1": 1}),
        (["1", "stop", "go_on", "3"], {"q1": 1, "q2": 3}),
    ],
)
def test_what_was_answered_is_there_to_be_gone_on_with(
    language: Language, said: list[str], expected: dict[str, int]
) -> None:
    words = {
        "stop": STOP,
        "skip": SKIP,
        "back": BACK,
        "talk": TALK,
        "go_on": GOES_ON,
        "danger": DANGER,
    }
    one = Talking(somebody(), language)
    one.say(STARTS[language], *(words[text][language] if text in words else text for text in said))
    (kept,) = one.kept
    assert kept.values == expected
    assert not kept.finished


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_of_danger_raises_the_episode_and_is_kept(language: Language) -> None:
    one = Talking(somebody(), language)
    one.say(STARTS[language], *"00000000")
    assert not one.episode.is_open
    one.say("2")
    assert one.episode.is_open
    assert one.episode.level == "high"
    (kept,) = one.kept
    assert kept.values["q9"] == 2
    assert kept.finished
    assert any(mark in one.reply for mark in "？?")


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_private_talk_nothing_is_kept_but_the_danger(language: Language) -> None:
    one = Talking(somebody(), language, private=True)
    one.say(STARTS[language], *"00000000")
    one.say("3")
    assert not Questionnaire.objects.exists()
    assert one.episode.is_open


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_gaps_it_is_kept_and_not_counted(language: Language) -> None:
    one = Talking(somebody(), language)
    one.say(STARTS[language], *[SKIP[language]] * 4, *"00000")
    assert one.small == "gaps"
    (kept,) = one.kept
    assert not kept.finished


def test_what_was_ended_on_its_page_meanwhile_stays() -> None:
    one = Talking(somebody(), "zh")
    one.say(STARTS["zh"], "1")
    (kept,) = one.kept
    whole = replace(kept, values=values("111111110"), finished=True)
    ANSWERS.keep(one.her.person, UUID(kept.id), whole, one.her.seal, NOW)
    one.say("3")
    assert one.kept == [whole]


def test_two_of_them_are_two_rows() -> None:
    one = Talking(somebody(), "zh")
    one.say(STARTS["zh"], *"000000000", "gad-7", *"1111111")
    assert {kept.instrument for kept in one.kept} == {"phq9", "gad7"}
    assert all(kept.finished for kept in one.kept)


def test_a_child_is_asked_nothing() -> None:
    one = Talking(somebody(), "en", age="under_14")
    one.say(STARTS["en"])
    assert one.small == "none"
    assert one.kept == []


def test_no_word_of_an_item_stands_unsealed() -> None:
    one = Talking(somebody(), "zh")
    one.say(STARTS["zh"], "1")
    bodies = [bytes(row.body) for row in Questionnaire.objects.all()]
    assert all(instruments()["phq9"].key.encode() not in body for body in bodies)
