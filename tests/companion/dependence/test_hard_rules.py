"""In whatever order things happen: nothing of this in a danger or for three days after one, nothing
to whoever was hurt, no less of here before there is a person; and no reply is ever the shorter."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.companion.dependence.balance import Balance, Check, Taper, dump, load
from qingting.companion.events import Done, Words
from qingting.companion.message import Message
from qingting.companion.parts import Parts
from qingting.companion.person import Language
from qingting.companion.plan.dependence import says_again, with_somebody
from qingting.companion.plan.plan import Bring, Plan
from qingting.companion.policy import Policy
from qingting.companion.protect.episode import Episode, People, raised, settled
from qingting.companion.state import ConversationState
from qingting.companion.understand import understand
from qingting.companion.understand.reading import Kind, Level
from qingting.companion.work import Work
from tests.companion.dependence.weeks import KeptHere, Remembers
from tests.companion.fakes import PEOPLE, FakeModel, answered

NOW = datetime(2026, 11, 18, 8, 30, tzinfo=UTC)
SAID: dict[Language, str] = {
    "zh": "周末一个人在宿舍，有点闷",
    "en": "i messed up the exam and i'm nervous",
}
READ = {language: understand(text, default_language=language) for language, text in SAID.items()}
HURTS: tuple[Kind, ...] = ("abuse", "sexual_violence", "exploitation")
KINDS = st.sampled_from(("suicide", "self_harm", *HURTS))
LEVELS = st.sampled_from(("moderate", "high", "imminent"))
STEPS = st.one_of(
    st.tuples(st.just("danger"), KINDS, LEVELS),
    st.tuples(st.just("hours"), st.integers(1, 24 * 20)),
    st.tuples(st.just("hurt"), st.sampled_from(("parent", "teacher", "partner"))),
    st.tuples(st.just("names"), st.booleans()),
    st.tuples(st.just("signs"), st.sampled_from(("none", "nights", "some", "clear"))),
    st.tuples(st.just("taper"), st.sampled_from(("day", "hour", "person", ""))),
    st.tuples(st.just("visit")),
)


def weeks_of(level: str, today: date) -> Balance:
    """A balance that comes to this by itself."""
    monday = today - timedelta(days=today.weekday() + 7)
    days = {
        "some": {"only_you": {2, 5}, "lost": {6}},
        "clear": {"only_you": {0, 2, 4}, "instead": {1, 6}, "lost": {3}},
    }
    if level not in days:
        return Balance()
    week = {sign: frozenset(on) for sign, on in days[level].items()}
    twice = {monday: week, monday - timedelta(days=7): week} if level == "clear" else {monday: week}
    return Balance(heard=twice)  # type: ignore[arg-type]  # names of signs, spelled out above


@dataclass
class Life:
    """Somebody, with what truly happened beside what is stored."""

    now: datetime = NOW
    episode: Episode = field(default_factory=Episode)
    balance: Balance = field(default_factory=Balance)
    names: tuple[str, ...] = ()
    hurt: bool = False
    in_danger: bool = False
    ended: datetime | None = None

    def step(self, what: str, *more: object) -> None:
        if what == "danger":
            kind, level = more
            self.hurt = self.hurt or kind in HURTS
            self.episode = raised(self.episode, {kind: level}, self.now, reason="told")  # type: ignore[dict-item]
            self.in_danger, self.ended = True, None
            # What a turn in the danger leaves: it is remembered that somebody hurts them.
            self.balance = replace(self.balance, hurt=self.balance.hurt or self.hurt)
        elif what == "hours":
            self.now += timedelta(hours=more[0])  # type: ignore[arg-type]
        elif what == "hurt":
            self.hurt = True
            people = replace(self.episode.people, hurt_by=frozenset({str(more[0])}))
            self.episode = replace(self.episode, people=people)
        elif what == "names":
            self.names = ("小林",) if more[0] else ()
        elif what == "signs":
            new = weeks_of(str(more[0]), self.now.date())
            self.balance = replace(self.balance, heard=new.heard)
        elif what == "taper":
            self.balance = replace(self.balance, taper=self._taper(str(more[0])))
        if self.in_danger and what in ("visit", "hours"):
            self.episode = settled(self.episode, self.now)
            if not self.episode.is_open:
                self.in_danger, self.ended = False, self.now

    def _taper(self, what: str) -> Taper | None:
        since = self.now.date() - timedelta(days=8)
        on = {"day": self.now.weekday(), "hour": 18}.get(what, 0)
        return Taper(what, on, since) if what else None  # type: ignore[arg-type]

    def work(self, language: Language, hour: int) -> Work:
        at = self.now.replace(hour=hour)
        work = Work(
            Message(SAID[language], "k"),
            PEOPLE[language],
            Policy(),
            at,
            ConversationState(seed="s", turns=2),
            self.episode,
            READ[language],
        )
        work.balance, work.named, work.remembers = self.balance, self.names, True
        return work

    def brought(self, language: Language = "zh", hour: int = 8) -> Bring | None:
        return with_somebody(self.work(language, hour), Plan()).bring


@settings(max_examples=400)
@given(st.lists(STEPS, max_size=14), st.sampled_from(("zh", "en")), st.integers(0, 23))
def test_the_hard_rules_hold_in_every_order(
    steps: list[tuple[object, ...]], language: Language, hour: int
) -> None:
    life = Life()
    for step in steps:
        life.step(*step)  # type: ignore[arg-type]
        life.now = life.now.replace(hour=hour)
        bring = life.brought(language, hour)
        if life.in_danger or life.hurt:
            assert bring is None
        if life.ended is not None and life.now - life.ended < timedelta(hours=72):
            assert bring is None
        if not life.names:
            assert bring in (None, "ask")
        if not life.balance.heard and life.balance.taper is None:
            assert bring is None
        if life.in_danger:
            assert not says_again(life.work(language, hour))


def test_the_property_is_about_something() -> None:
    """Each of these is brought up where nothing stands against it."""
    found = set()
    for level in ("some", "clear"):
        for names in ((), ("小林",)):
            life = Life(balance=weeks_of(level, NOW.date()), names=names)
            found.add(life.brought())
    for what in ("day", "hour", "person"):
        life = Life(names=("小林",))
        life.step("taper", what)
        found |= {life.brought(hour=4), life.brought(hour=12)}
    assert found >= {"ask", "named", "check", "taper.day", "taper.hour", "taper.person"}
    life = Life(balance=weeks_of("clear", NOW.date()), names=("小林",))
    assert says_again(life.work("zh", 8))
    life.step("danger", "suicide", "high")
    assert life.brought() is None
    while life.in_danger:
        life.step("hours", 24)
        life.step("signs", "clear")
    assert life.brought() is None, "the day it ended"
    life.step("hours", 73)
    life.step("signs", "clear")
    assert life.brought() == "check"


@pytest.mark.parametrize("level", ["low", "moderate"])
def test_a_slight_guess_holds_it_back_for_three_days_and_no_longer(level: Level) -> None:
    life = Life(balance=weeks_of("clear", NOW.date()), names=("小林",))
    life.episode = raised(Episode(), {"suicide": level}, NOW, reason="guessed", guessed=True)
    assert life.brought() is None
    life.now += timedelta(hours=73)
    assert (life.brought() is None) is (level == "moderate")


def test_whoever_keeps_it_down_counts_as_one_who_hurts() -> None:
    life = Life(balance=weeks_of("clear", NOW.date()), names=("小林",))
    life.episode = replace(Episode(), people=People(hushed=frozenset({"mother"})))
    assert life.brought() is None


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("names", [(), ("小林",)])
def test_a_reply_is_as_warm_and_as_long(language: Language, names: tuple[str, ...]) -> None:
    compared = 0
    for seed in range(6):
        # Something was offered just now, so that nothing else is.
        state = ConversationState(seed=f"seed {seed}", turns=3, offered_turn=2)
        plain, _ = told(language, state, KeptHere())
        level = "clear" if seed % 2 else "some"
        kept = KeptHere(weeks_of(level, NOW.date()), names)
        lines, done = told(language, state, kept)
        if done.plan.bring is None:
            assert lines == plain
            continue
        compared += 1
        assert done.plan.length == "short"
        assert len(lines) >= len(plain)
        assert lines[: len(plain) - 1] == plain[:-1], "nothing of what it says is left out"
        assert sum(map(len, lines[:-1])) >= sum(map(len, plain[:-1]))
        assert done.reply.count("？") + done.reply.count("?") <= 1
    assert compared >= 4


@pytest.mark.parametrize("asks", [True, False])
def test_what_a_model_says_stays_whole(asks: bool) -> None:
    words = "听着是挺闷的一天，屋里只有自己的动静。"
    model = FakeModel([words + ("后来做了什么？" if asks else "")])
    kept = KeptHere(weeks_of("some", NOW.date()), ("小林",))
    _, done = told("zh", ConversationState(seed="s", turns=3, offered_turn=2), kept, model=model)
    assert done.responder == "model"
    assert done.reply.startswith(words)
    assert done.plan.bring == "named"
    assert len(done.reply) > len(words)
    assert done.reply.count("？") == 1
    assert ("小林" in done.reply) is not asks


@given(st.data())
def test_what_is_stored_is_read_back(data: st.DataObject) -> None:
    day = st.dates(date(2026, 1, 1), date(2026, 12, 1))
    maybe = st.one_of(st.none(), day)
    balance = Balance(
        heard=weeks_of(data.draw(st.sampled_from(("none", "some", "clear"))), NOW.date()).heard,
        used=frozenset(data.draw(st.sets(st.sampled_from(("more", "hours"))))),
        used_on=data.draw(maybe),
        hurt=data.draw(st.booleans()),
        brought_on=data.draw(maybe),
        check=data.draw(st.one_of(st.none(), st.builds(Check, st.just({"sleep": "1"}), day))),
        taper=data.draw(
            st.one_of(st.none(), st.builds(Taper, st.just("day"), st.integers(0, 6), day, maybe))
        ),
    )
    assert load(dump(balance)) == balance


def told(
    language: Language, state: ConversationState, kept: KeptHere, model: FakeModel | None = None
) -> tuple[list[str], Done]:
    """The lines of a reply, one by one, and its end."""
    parts = Parts(memory=Remembers(), kept=kept, model=model)
    events, done = asyncio.run(
        answered(SAID[language], person=PEOPLE[language], state=state, parts=parts, now=NOW)
    )
    return [event.text.strip() for event in events if isinstance(event, Words)], done
