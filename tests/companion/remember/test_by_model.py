"""What a model finds is believed no further than the message bears it out."""

from __future__ import annotations

import json
from datetime import date

import pytest

from qingting.companion.events import Done
from qingting.companion.message import Message
from qingting.companion.parts import Parts
from qingting.companion.person import Language, Person
from qingting.companion.policy import Policy
from qingting.companion.recall.recollection import Recollection
from qingting.companion.remember.by_model import CONFIDENCE, found_by, proved
from qingting.companion.reply.model.errors import ModelError
from qingting.companion.state import ConversationState
from qingting.companion.turn import turn
from tests.companion.fakes import NIGHT, PEOPLE, FakeModel

TODAY = date(2026, 11, 18)
SAID: dict[Language, str] = {
    "zh": "我表姐阿岚在杭州开了家小店，我下周五要去给她帮忙，有点期待又有点怕",
    "en": "my cousin Lan opened a little shop in leeds and i'm helping there next friday, nervous",
}
TRUE: dict[Language, list[dict[str, str]]] = {
    "zh": [
        {
            "kind": "person",
            "about": "表姐",
            "says": "表姐阿岚在杭州开店",
            "quote": "我表姐阿岚在杭州开了家小店",
        },
        {"kind": "event", "about": "帮忙", "says": "去店里帮忙", "quote": "我下周五要去给她帮忙"},
    ],
    "en": [
        {
            "kind": "person",
            "about": "cousin Lan",
            "says": "your cousin Lan opened a shop",
            "quote": "my cousin Lan opened a little shop in leeds",
        },
        {
            "kind": "event",
            "about": "helping",
            "says": "helping there",
            "quote": "i'm helping there next friday",
        },
    ],
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_stands_there_is_kept_with_its_place_and_a_day_of_our_own(language: Language) -> None:
    text = SAID[language]
    person, event = proved(json.dumps(TRUE[language]), text, language, TODAY)
    assert text[person.start : person.end] == person.quote
    assert event.on == date(2026, 11, 27)
    assert person.confidence == event.confidence == CONFIDENCE


@pytest.mark.parametrize(
    "lie",
    [
        {"quote": "my cousin Lan opened a big shop in leeds"},
        {"says": "your cousin Lan is getting divorced in court"},
        {"says": "your cousin Maya opened a shop"},
        {"says": "your cousin Lan opened 3 shops"},
        {"kind": "diagnosis"},
        {"quote": ""},
        {"about": ""},
        {"says": 7},
        {"quote": None},
        {"says": "your cousin Lan opened a shop " * 9},
    ],
)
def test_what_does_not_is_dropped(lie: dict[str, object]) -> None:
    told = json.dumps([{**TRUE["en"][0], **lie}])
    assert proved(told, SAID["en"], "en", TODAY) == []


def test_an_event_without_a_day_in_its_own_words_is_none() -> None:
    told = [{**TRUE["en"][1], "quote": "i'm helping there"}]
    assert proved(json.dumps(told), SAID["en"], "en", TODAY) == []


@pytest.mark.parametrize(
    "said",
    ["", "[]", "none", "{}", "[1, null, []]", "[" * 5000, '[{"kind": "person"', "```json\n[]\n```"],
)
def test_whatever_a_model_writes_nothing_breaks(said: str) -> None:
    assert proved(said, SAID["en"], "en", TODAY) == []


@pytest.mark.parametrize("script", [[ModelError("gone")], ["sorry, I cannot"]])
async def test_a_model_that_fails_finds_nothing(script: list[str | float | Exception]) -> None:
    assert await found_by(FakeModel(script), SAID["en"], "en", TODAY) == ()


class _Keeping:
    keeps = True

    async def recall(self, text: str, now: object) -> Recollection:
        return Recollection()


async def _found(model: FakeModel, *, person: Person, asked: bool = True) -> Done:
    parts = Parts(model=model, memory=_Keeping(), model_remembers=asked)
    text = SAID["zh" if person.language == "zh" else "en"]
    async for event in turn(
        ConversationState(seed="s"),
        Message(text, "k"),
        person=person,
        policy=Policy(),
        now=NIGHT,
        parts=parts,
    ):
        if isinstance(event, Done):
            return event
    raise AssertionError("a turn without an end")


async def test_it_is_asked_only_where_that_was_chosen() -> None:
    model = FakeModel([json.dumps(TRUE["en"])])
    await _found(model, person=PEOPLE["en"], asked=False)
    once = len(model.asked)
    await _found(model, person=PEOPLE["en"])
    assert len(model.asked) == once + 2


async def test_of_a_minor_it_keeps_nothing() -> None:
    model = FakeModel([json.dumps(TRUE["en"])])
    done = await _found(model, person=Person("en-US", "America/New_York", "US", "16_17"))
    assert not [one for one in done.found if one.confidence == CONFIDENCE]


async def test_a_hosted_model_never_sees_the_names() -> None:
    model = FakeModel(["[]"], hosted=True)
    await _found(model, person=PEOPLE["en"])
    assert len(model.asked) == 2
    assert "Lan" not in model.saw
