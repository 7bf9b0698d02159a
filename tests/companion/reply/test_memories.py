"""What a model is told of what is remembered: a little, masked, and nothing that stays here."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from qingting.companion.person import Language
from qingting.companion.policy import Policy
from qingting.companion.recall.recollection import Recollection, Wishes
from qingting.companion.recall.search import Index, index_of
from qingting.companion.remember.item import Item, Source
from qingting.companion.state import ConversationState
from qingting.companion.understand.history import Heard
from tests.companion.fakes import NIGHT, FakeModel
from tests.companion.remembered import FakeMemory, item, talked

TOM = item(1, "person", "brother/name", "your brother is Tom", value="Tom")
MEDICINE = item(2, "goal", "study medicine", "you want to study medicine")
XIAOYU = item(3, "person", "弟弟/name", "弟弟叫小宇", value="小宇")
ZH = Wishes(name="阿宁", short=True, avoid=("爸爸",), rests_on={"name": ("n",), "avoid": ("v",)})
EN = Wishes(name="Sam", short=True, avoid=("dad",), rests_on={"name": ("n",), "avoid": ("v",)})
SAID: dict[Language, str] = {"zh": "今天好累，不知道说什么", "en": "long day, not sure what to say"}


def model(language: Language, *, hosted: bool = False) -> FakeModel:
    return FakeModel(["嗯，在听。" if language == "zh" else "I'm listening."], hosted=hosted)


async def system(memory: FakeMemory, fake: FakeModel, text: str) -> tuple[str, tuple[str, ...]]:
    """What the model was first told, and what counts as used."""
    done = (await talked(memory, text, model=fake))[0]
    return fake.asked[0][0].content, done.used


async def test_wishes_and_items_with_their_day_are_listed() -> None:
    sent, used = await system(FakeMemory((TOM, MEDICINE), EN), model("en"), SAID["en"])
    assert "called Sam" in sent
    assert "don't bring up: dad" in sent
    assert "your brother is Tom (said 12 Nov)" in sent
    assert set(used) == {TOM.id, MEDICINE.id, "n", "v"}
    sent, used = await system(FakeMemory((XIAOYU,), ZH), model("zh"), SAID["zh"])
    assert "阿宁" in sent
    assert "弟弟叫小宇（11月13日说的）" in sent
    assert set(used) == {XIAOYU.id, "n", "v"}


@pytest.mark.parametrize(
    ("called", "masked"), [("champ", False), ("Katherine", True), ("wangxiaoming", True)]
)
async def test_a_model_is_told_pronouns_and_what_not_to_call_them(
    called: str, masked: bool
) -> None:
    wishes = Wishes(pronouns="they/them", not_called=(called,), rests_on={"not_called": ("c",)})
    sent, used = await system(FakeMemory(wishes=wishes), model("en"), SAID["en"])
    assert "they/them" in sent
    assert f"Never call them {called}." in sent
    assert used == ("c",)
    sent, _ = await system(FakeMemory(wishes=wishes), model("en", hosted=True), SAID["en"])
    assert (called not in sent) is masked


async def test_nothing_when_nothing_comes_to_mind() -> None:
    sent, used = await system(FakeMemory(keeps=False), model("en"), SAID["en"])
    assert "(nothing)" in sent
    assert used == ()


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_names_are_masked_for_a_model_elsewhere(language: Language) -> None:
    memory = FakeMemory((XIAOYU,), ZH) if language == "zh" else FakeMemory((TOM,), EN)
    fake = model(language, hosted=True)
    sent, used = await system(memory, fake, SAID[language])
    for name in ("小宇", "阿宁", "Tom", "Sam"):
        assert name not in fake.saw
    assert ("〔人名" if language == "zh" else "[NAME") in sent
    assert len(used) == 3


async def test_what_stays_here_goes_to_no_model_elsewhere_nor_into_a_reply() -> None:
    memory = FakeMemory(
        (replace(TOM, local_only=True), MEDICINE), replace(EN, local=frozenset({"name"}))
    )
    fake = model("en", hosted=True)
    sent, used = await system(memory, fake, SAID["en"])
    assert "brother" not in sent
    assert "like to be called" not in sent
    assert "study medicine" in sent
    assert not {TOM.id, "n"} & set(used)
    here, _ = await system(memory, model("en"), SAID["en"])
    assert "your brother is Tom" in here
    assert "called Sam" in here
    for text in ("do you remember what i told you", "hi", "my brother came home late again"):
        done = (await talked(memory, text, model=model("en", hosted=True)))[0]
        assert "Tom" not in done.reply
        assert "Sam" not in done.reply


async def test_nothing_of_it_while_danger_is_open() -> None:
    fake = model("en")
    await talked(FakeMemory((TOM, MEDICINE), EN), "i want to die", "i had toast", model=fake)
    assert "Tom" not in fake.saw
    assert "medicine" not in fake.saw


async def test_long_notes_are_bounded() -> None:
    many = [replace(MEDICINE, id=f"{n:032x}", says=f"you want {'x' * 150} {n}") for n in range(8)]
    sent, used = await system(FakeMemory(many), model("en"), SAID["en"])
    assert sum(line.startswith("- you want") for line in sent.splitlines()) == len(used) == 3


@dataclass(slots=True)
class Indexed:
    """A memory over a real index."""

    index: Index
    keeps: bool = True

    async def recall(self, text: str, now: datetime) -> Recollection:
        return Recollection(self.index.search(text, now))


def _ledger(size: int) -> Index:
    chance = random.Random(3)
    words = ["run", "study", "draw", "sleep", "cook", "read", "swim", "write", "save", "move"]
    items = []
    for number in range(size):
        what = f"{chance.choice(words)} {chance.choice(words)} {number}"
        at = NIGHT - timedelta(days=number % 700)
        says = f"you want to {what}"
        source = Source("t", 0, len(says), at)
        items.append(Item(f"{number:032x}", "goal", what, says, says, "en", (source,)))
    return index_of(items)


async def test_as_much_is_sent_after_two_hundred_turns_as_after_twenty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Two thousand vectors are another test's matter; here it is how much of them is sent.
    monkeypatch.setattr("qingting.companion.recall.search.vectors", lambda texts: None)
    sizes = {}
    for turns, held in ((20, 200), (200, 2_000)):
        fake = model("en")
        past = tuple(
            Heard(
                "person" if n % 2 == 0 else "companion",
                f"a message of the usual length, number {n}",
            )
            for n in range(2 * turns)
        )
        state = ConversationState(seed="a seed", turns=turns, history=past)
        await talked(Indexed(_ledger(held)), SAID["en"], state=state, model=fake)  # type: ignore[arg-type]
        sizes[turns] = len(fake.saw)
    assert sizes[200] <= 1.2 * sizes[20]


def test_hosted_models_are_allowed_by_the_policy_these_tests_run_under() -> None:
    assert Policy().hosted_model
