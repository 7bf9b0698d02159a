"""The words of danger over many walks: asked directly, one question at a time, nothing said twice,
a number only when it is due, and never one that is not from the resources."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.companion.events import Done
from qingting.companion.parts import Parts
from qingting.companion.person import Language, Person
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.numbers import phone_like
from qingting.companion.protect.places import Help, help_for
from qingting.companion.protect.resources import Directory
from qingting.companion.state import ConversationState
from qingting.companion.understand.reading import (
    KINDS,
    Kind,
    Level,
    Reading,
    Risk,
    Subject,
    at_least,
)
from qingting.companion.words.bank import bank
from qingting.companion.words.choose import fingerprints
from tests.companion.fakes import NIGHT, PEOPLE, Scripted, answered

_DIRECT = {
    "zh": re.compile("自杀|(?:结束|不要).{0,6}生命"),
    "en": re.compile(r"suicide|ending your life|kill(?:ing)? yourself", re.IGNORECASE),
}
LEVELS: tuple[Level, ...] = ("none", "low", "moderate", "high", "imminent")


@dataclass(slots=True)
class Talk:
    """A conversation in which every reading is given."""

    language: Language
    person: Person | None = None
    state: ConversationState = field(default_factory=lambda: ConversationState(seed="walk"))
    episode: Episode = field(default_factory=Episode)

    async def hear(self, risk: Risk, text: str = "", need: str = "vent") -> Done:
        reading = Reading(self.language, risk=risk, need=need)  # type: ignore[arg-type]
        said = text or (
            "今天一直下雨，我睡不着"
            if self.language == "zh"
            else "it rained all day and i lay there"
        )
        _, done = await answered(
            said,
            person=self.person or PEOPLE[self.language],
            state=self.state,
            episode=self.episode,
            parts=Parts(understand=Scripted(reading)),
        )
        self.state, self.episode = done.state, done.episode
        return done


def risk(level: Level, kind: Kind = "suicide", subject: Subject = "self", **more: object) -> Risk:
    levels = {} if level == "none" else {kind: level}
    return Risk(level=level, levels=levels, subject=subject, **more)  # type: ignore[arg-type]


def at_hand(person: Person, language: Language) -> Help:
    return help_for(person, language, NIGHT, Directory.load())


def questions(reply: str) -> int:
    return reply.count("？") + reply.count("?")


def numbers_in(reply: str, help_: Help, kind: Kind) -> int:
    slots = help_.slots(kind)
    # The number that takes a text stands beside the one to call, and may hold its figures.
    reply = reply.replace(slots.get("emergency_text", "no text here"), "")
    return sum(reply.count(slots[name]) for name in ("line", "emergency") if name in slots)


walks = st.lists(
    st.builds(
        risk,
        st.sampled_from(LEVELS),
        st.sampled_from(KINDS),
        st.sampled_from(("self", "self", "other")),
        shift=st.sampled_from((None, None, "calm", "denial", "goodbye")),
    ),
    min_size=1,
    max_size=25,
)


@pytest.mark.parametrize("language", ["zh", "en"])
@settings(max_examples=40, deadline=None)
@given(walk=walks)
def test_whatever_is_said_no_words_come_twice_and_questions_come_singly(
    language: Language, walk: list[Risk]
) -> None:
    asyncio.run(_walked(language, walk))


async def _walked(language: Language, walk: list[Risk]) -> None:
    talk, said = Talk(language), frozenset[str]()
    for step in walk:
        done = await talk.hear(step)
        assert done.reply.strip()
        prints = fingerprints(done.reply)
        assert not prints & said, done.reply
        said |= prints
        assert questions(done.reply) <= 1, done.reply
        assert "{" not in done.reply
        if done.responder == "safety":
            assert done.plan.stage == "safety"
            assert done.plan.offer is None
        if at_least(step.level, "moderate"):
            assert done.responder == "safety"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("seed", range(12))
async def test_it_asks_about_suicide_directly_the_first_time(language: Language, seed: int) -> None:
    talk = Talk(language, state=ConversationState(seed=str(seed)))
    done = await talk.hear(risk("moderate"))
    assert _DIRECT[language].search(done.reply)
    assert questions(done.reply) == 1
    assert "suicide.thoughts" in done.state.asked_probes
    assert done.resources_shown
    assert numbers_in(done.reply, at_hand(PEOPLE[language], language), "suicide") == 1


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_of_danger_is_asked_about_and_led_to_people(
    language: Language, kind: Kind
) -> None:
    for level in ("moderate", "high"):
        talk = Talk(language)
        done = await talk.hear(risk(level, kind))
        assert done.responder == "safety"
        assert questions(done.reply) == 1, done.reply
        # Somebody in a panic is led to breath and people first; a line only where one is for it.
        assert done.resources_shown or kind == "panic"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("subject", ["self", "other"])
async def test_an_act_under_way_gets_one_number_one_action_one_question(
    language: Language, kind: Kind, subject: Subject
) -> None:
    person = PEOPLE[language]
    for seed in range(4):
        talk = Talk(language, state=ConversationState(seed=f"now{seed}"))
        done = await talk.hear(risk("imminent", kind, subject))
        number = at_hand(person, language).slots(kind)["emergency"]
        assert number in done.reply
        assert numbers_in(done.reply, at_hand(person, language), kind) == 1
        assert questions(done.reply) == 1, done.reply
        again = await talk.hear(risk("imminent", kind, subject))
        assert number not in again.reply
        assert questions(again.reply) <= 1


async def test_every_number_said_comes_from_the_resources_of_the_place() -> None:
    for locale, region in (("zh-CN", "CN"), ("zh-TW", "TW"), ("en-US", "US"), ("en-GB", "GB")):
        person = Person(locale, "UTC", region)
        for kind in KINDS:
            for level in ("moderate", "high", "imminent"):
                talk = Talk(person.language, person)
                done = await talk.hear(risk(level, kind))
                slots = at_hand(person, person.language).slots(kind)
                for span in phone_like(done.reply):
                    given = re.sub(r"\D", "", "".join(slots.values()))
                    assert span.digits in given


async def test_where_the_place_is_unknown_no_number_is_guessed() -> None:
    for language, locale in (("zh", "zh-XX"), ("en", "en")):
        person = Person(locale, "UTC", None)
        talk = Talk(language, person)  # type: ignore[arg-type]
        done = await talk.hear(risk("imminent"))
        if at_hand(person, talk.language).ambulance is None:
            assert phone_like(done.reply) == []
            assert ("你所在地" in done.reply) or ("local emergency" in done.reply)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_number_comes_again_when_danger_rises_or_they_ask_and_not_otherwise(
    language: Language,
) -> None:
    talk, help_ = Talk(language), at_hand(PEOPLE[language], language)
    assert numbers_in((await talk.hear(risk("moderate"))).reply, help_, "suicide") == 1
    assert numbers_in((await talk.hear(risk("moderate"))).reply, help_, "suicide") == 0
    assert numbers_in((await talk.hear(risk("none"))).reply, help_, "suicide") == 0
    assert numbers_in((await talk.hear(risk("high"))).reply, help_, "suicide") == 1
    assert numbers_in((await talk.hear(risk("high"))).reply, help_, "suicide") == 0
    asked = await talk.hear(risk("high"), need="human")
    assert numbers_in(asked.reply, help_, "suicide") == 1


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_yes_is_met_and_the_next_question_is_another(language: Language) -> None:
    talk = Talk(language)
    first = await talk.hear(risk("moderate"))
    yes = await talk.hear(risk("high"), "嗯" if language == "zh" else "yes")
    told = bank(language).lines("danger", "suicide", "affirmed", "lead")
    assert any(yes.reply.startswith(line) for line in told), yes.reply
    assert not fingerprints(first.reply) & fingerprints(yes.reply)
    assert len(set(yes.state.asked_probes)) == 2


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_no_is_thanked_for_and_the_door_stays_open(language: Language) -> None:
    talk = Talk(language)
    await talk.hear(risk("moderate"))
    no = await talk.hear(
        risk("low", shift="denial", marks=("denied",)), "没有" if language == "zh" else "no"
    )
    told = bank(language).lines("danger", "suicide", "denied", "believed")
    assert any(no.reply == line for line in told), no.reply
    assert no.episode.level == "moderate"


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_no_after_a_disclosure_is_thanked_for_and_lowers_nothing(
    language: Language,
) -> None:
    talk = Talk(language)
    await talk.hear(risk("high"))
    no = await talk.hear(
        risk("low", shift="denial", marks=("denied",)), "没有" if language == "zh" else "no"
    )
    believed = bank(language).lines("danger", "suicide", "denied", "believed")
    assert not any(no.reply.startswith(line) for line in believed), no.reply
    assert no.episode.level == "high"


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_sudden_calm_and_a_farewell_are_not_just_accepted(language: Language) -> None:
    for shift in ("calm", "goodbye"):
        talk = Talk(language)
        await talk.hear(risk("high"))
        done = await talk.hear(risk("none", shift=shift))
        told = bank(language).lines("danger", "suicide", shift, "lead")
        assert any(done.reply.startswith(line) for line in told), done.reply
        assert questions(done.reply) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_at_high_it_asks_twice_in_vain_then_follows_and_asks_when_danger_is_said_again(
    language: Language,
) -> None:
    talk = Talk(language)
    first = await talk.hear(risk("high"))
    asked = len(first.state.asked_probes)
    more = []
    for _ in range(6):
        done = await talk.hear(risk("none"))
        assert done.reply
        more.append(len(done.state.asked_probes) - asked)
    # The question of the first reply and one more were passed over; then they lead.
    assert more == [1, 1, 1, 1, 1, 1]
    again = await talk.hear(risk("high"))
    assert len(again.state.asked_probes) == asked + 2
    assert max(map(list(again.state.asked_probes).count, again.state.asked_probes)) <= 2


@pytest.mark.parametrize(
    ("language", "text"), [("zh", "你会告诉我爸妈吗"), ("en", "will you tell my parents")]
)
async def test_who_asks_whether_it_stays_here_is_answered_before_the_next_question(
    language: Language, text: str
) -> None:
    talk = Talk(language)
    await talk.hear(risk("high"))
    done = await talk.hear(risk("none"), text, need="about_you")
    assert done.plan.small == "about_you.tells"
    assert any(done.reply == line for line in bank(language).lines("moves", "about_you", "tells"))
    after = await talk.hear(risk("none"))
    assert len(after.state.asked_probes) > len(done.state.asked_probes)


async def test_a_friend_in_danger_is_spoken_of_not_to() -> None:
    for language in ("zh", "en"):
        talk = Talk(language)
        done = await talk.hear(risk("high", "suicide", "other"))
        leads = bank(talk.language).lines("danger", "other_at_risk", "high", "lead")
        assert any(done.reply.startswith(line) for line in leads), done.reply
