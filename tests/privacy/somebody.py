"""Somebody with something in every table, written by the statements the features themselves use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection

from qingting.companion.dependence.balance import Balance, Taper
from qingting.companion.exercise.run import Run
from qingting.companion.instruments.instrument import Answers
from qingting.companion.message import Message
from qingting.companion.progress.mood import Entry, Felt, Mood
from qingting.companion.protect.episode import Episode, raised
from qingting.companion.state import ConversationState
from qingting.people import data_service, devices, staff_service
from qingting.policy import dependence_rows
from qingting.policy.models import DailyUse, EventKind
from qingting.privacy import audit
from qingting.privacy.erasing import Erasing
from qingting.privacy.exporting import Exporting
from qingting.privacy.keyring import Keyring
from qingting.privacy.ports import Running
from qingting.privacy.schedule import Schedule
from qingting.privacy.sealing import PersonSeal, Place
from qingting.progress import models as progress
from qingting.progress.rows import ANSWERS, ENTRIES, FELT, MOODS
from qingting.safety.plan_statements import add_items
from qingting.site.persons_data import EXPORTERS
from qingting.site.wiring import wire
from qingting.skills.talk_runs import RunsOfTalks
from qingting.talk.keeping import rename
from qingting.talk.turns import Closing, OpenTurn, close_turn, open_turn
from qingting.voices.service import Voices

BEGAN = datetime(2026, 3, 1, 23, 15, tzinfo=UTC)
KEY = b"k" * 32


def now() -> datetime:
    return BEGAN


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who said a few things. token: of their device."""

    id: UUID
    token: str
    keyring: Keyring
    said: Sequence[str]
    talk: UUID


def somebody(
    keyring: Keyring, *said: str, at: datetime = BEGAN, token: str = "", short: bool = False
) -> Somebody:
    """Somebody new. said: their messages, in one talk; short: nothing besides."""
    token = token or uuid4().hex
    person = devices.welcome(token, keyring, at)
    said = said or (f"{person.hex}说：我妈翻了我藏在琴盒里的信", "后来雨停了")
    talk: UUID | None = None
    for number, text in enumerate(said):
        talk = _say(keyring, person, talk, text, at + timedelta(minutes=number))
    assert talk is not None
    if not short:
        _rest(keyring, person, talk, at)
    return Somebody(person, token, keyring, said, talk)


def _say(keyring: Keyring, person: UUID, talk: UUID | None, text: str, at: datetime) -> UUID:
    message = Message(text, uuid4().hex)
    opened = open_turn(keyring, person, talk, message, worker="test", now=at)
    assert isinstance(opened, OpenTurn)
    about = {"plan": {}, "responder": "guided", "notices": [], "language": "zh"}
    closing = Closing(
        f"嗯，{text[:4]}……我在听。",
        about,
        ConversationState(seed=opened.conversation.hex, turns=1),
        raised(opened.episode, {"suicide": "high"}, at, reason="a test", evidence=text),
        [(EventKind.TURN, 1), (EventKind.SAFETY_REPLY, 1)],
    )
    close_turn(opened, closing, at)
    return opened.conversation


def _rest(keyring: Keyring, person: UUID, talk: UUID, at: datetime) -> None:
    seal = keyring.open(person)
    rename(keyring, person, talk, "=琴盒里的信")
    with connection.cursor() as cursor:
        add_items(cursor, person, seal, [("people", "小满"), ("alone", "听那张下雨的歌单")], at)
        _tell(cursor, person, keyring, at)
    answers = {
        "situation": ("助教当着大家念了我的名字",),
        "feeling": ("8",),
        "thought": ("他们都觉得我不行",),
        "feeling_again": ("4",),
    }
    done = Run("thought_record", "", at, answers, ended="finished")
    RunsOfTalks().keep(person, talk, seal, done, at + timedelta(minutes=9))
    DailyUse.objects.create(person_id=person, day=at.date(), model_calls=3)
    _progress(person, seal, at)
    Voices(keyring, lambda: at).keep(person, seal, "elder", at)
    week = at.date() - timedelta(days=at.weekday())
    kept = Balance(heard={week: {"only_you": frozenset({2})}}, taper=Taper("day", 5, at.date()))
    dependence_rows.keep(person, seal, Balance(), kept, at)


def _progress(person: UUID, seal: PersonSeal, at: datetime) -> None:
    """One of everything about how they are doing."""
    which = uuid4()
    mood = Mood(which.hex, at.date(), at, -2, -1, ("hollow",), ("sleep",), 5.5, "=雨落在琴盒上")
    MOODS.keep(person, which, mood, seal, at)
    ENTRIES.keep(person, which, Entry(which.hex, at.date(), at, "琴盒里只剩松香"), seal, at)
    FELT.keep(person, which, (Felt(at, "sadness", 0.8, -0.7, 0.1),), seal, at)
    answers = Answers(which.hex, "gad2", "zh", at.date(), {"q1": 1, "q2": 2}, finished=True)
    ANSWERS.keep(person, which, answers, seal, at)
    for model, body in (
        (progress.Letter, {"words": "这一周下了三场雨"}),
        (progress.Schedule, {"every": 14}),
    ):
        row = model(id=uuid4(), person_id=person, at=at)
        row.body = seal.seal_json(body, Place(model._meta.db_table, "body", row.id))
        row.save(force_insert=True)
    progress.ProgressChoice.objects.create(person_id=person, letters=False, updated_at=at)


def _tell(cursor: Any, person: UUID, keyring: Keyring, at: datetime) -> None:
    """Something asked and told in the safety episode."""
    from dataclasses import replace

    from qingting.talk.statements import episode_of, upsert_episode

    seal = keyring.open(person)
    episode: Episode = episode_of(cursor, person, seal)
    asking = episode.asking.telling("suicide", {"alone": "yes"}, "就我一个人在宿舍", at)
    asking = asking.putting(("suicide.who",), frozenset())
    people = episode.people.with_named("你姐")
    upsert_episode(cursor, person, seal, replace(episode, asking=asking, people=people), at)


@contextmanager
def at_work(keyring: Keyring, *running: Running, **exporting: Any) -> Iterator[data_service.MyData]:
    """What a person can do with their data, in this process, with a log that has a key."""
    if staff_service._current is None:
        wire(settings.CONFIG)  # what was opened by staff is part of a copy
    before, key_before = data_service._current, audit._key_of
    data = data_service.MyData(
        Exporting(keyring, EXPORTERS, now, **exporting),
        Erasing(running, now),
        Schedule,
        now,
    )
    data_service.use(data)
    audit.use(lambda: KEY)
    yield data
    data_service._current, audit._key_of = before, key_before
