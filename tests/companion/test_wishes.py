"""How somebody wants to be talked to: confirmed when it is said, kept afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qingting.companion.events import Done
from qingting.companion.person import Language
from qingting.companion.plan import wished
from qingting.companion.recall.left_alone import left_alone
from qingting.companion.recall.recollection import Preference, Wishes, wishes_of
from qingting.companion.remember.item import Found, Kind
from qingting.companion.state import ConversationState, Thread
from qingting.companion.words.bank import bank
from tests.companion.remembered import FakeMemory, item, talked

NAMES: dict[Language, Wishes] = {
    "zh": Wishes(name="小雨", rests_on={"name": ("a" * 32,)}),
    "en": Wishes(name="Sam", rests_on={"name": ("b" * 32,)}),
}
HELD = (
    item(1, "person", "弟弟/name", "弟弟叫小宇", value="小宇"),
    item(2, "goal", "考研", "想考研"),
    item(3, "person", "brother/name", "your brother is Tom", value="Tom"),
    item(4, "helped", "music", "music helps you"),
    item(5, "person", "爷爷/death", "爷爷去世了", sensitive=True, named=True),
)


def found(kind: Kind, about: str, says: str, text: str, **more: object) -> Found:
    language: Language = "en" if text.isascii() else "zh"
    return Found(kind, about, says, text, 0, len(text), language, **more)  # type: ignore[arg-type]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Found]:
    """What is found in every message; put into it what is told."""
    told: list[Found] = []
    monkeypatch.setattr(wished, "extract", lambda *_, **__: tuple(told))
    return told


def said(done: Done, *path: str) -> bool:
    """Whether a reply has one of these lines in it, whatever its slots are."""
    lines = bank("en" if done.reply.isascii() else "zh").lines("moves", "remembered", *path)
    return any(
        all(piece in done.reply for piece in _pieces(line)) for line in lines if _pieces(line)
    )


def _pieces(line: str) -> list[str]:
    return [piece for piece in line.replace("}", "{").split("{")[::2] if piece]


@pytest.mark.parametrize(
    ("language", "greeting", "goodbye", "between"),
    [("zh", "在吗", "晚安，我睡了", "今天下雨"), ("en", "hi", "good night", "it rained today")],
)
async def test_their_name_is_said_at_the_beginning_and_at_the_end(
    language: Language, greeting: str, goodbye: str, between: str
) -> None:
    memory = FakeMemory(wishes=NAMES[language])
    name = NAMES[language].name
    first, second, *_ = await talked(memory, greeting, goodbye)
    assert name in first.reply
    assert first.used == NAMES[language].rests_on["name"]
    assert name not in second.reply
    assert second.used == ()
    longer = await talked(memory, greeting, *(f"{between} {n}" for n in range(7)), goodbye)
    assert name in longer[-1].reply
    assert all(name not in done.reply for done in longer[1:-1])


async def test_their_name_is_not_said_in_danger() -> None:
    for done in await talked(FakeMemory(wishes=NAMES["zh"]), "我不想活了", "在吗", "晚安"):
        assert "小雨" not in done.reply


@pytest.mark.parametrize(
    ("text", "about", "more", "what"),
    [
        ("叫我小雨", "name", {"value": "小雨"}, "called"),
        ("call me Sam", "name", {"value": "Sam"}, "called"),
        ("话少一点", "short", {}, "short"),
        ("keep it short", "short", {}, "short"),
        ("别提我爸", "avoid/爸爸", {}, "avoid"),
        ("don't mention my dad", "avoid/dad", {}, "avoid"),
        ("我的代词是ta", "pronouns", {"value": "ta"}, "pronouns"),
        ("别叫我宝", "not_called/宝", {"value": "宝"}, "not_called"),
    ],
)
async def test_a_wish_is_confirmed_in_a_few_words(
    told: list[Found], text: str, about: str, more: dict[str, object], what: str
) -> None:
    told.append(found("preference", about, text, text, **more))
    done = (await talked(FakeMemory(), text))[0]
    assert done.plan.small == f"noted.{what}"
    assert said(done, "noted", what)
    if "value" in more and what == "called":
        assert more["value"] in done.reply


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("以后叫我小雨吧，今天考试考砸了，回宿舍一句话都不想说", "小雨"),
        ("call me Sam. i failed the exam today and came home and said nothing to anybody", "Sam"),
    ],
)
async def test_a_wish_beside_something_heavy_does_not_take_its_place(
    told: list[Found], text: str, name: str
) -> None:
    told.append(found("preference", "name", name, text, value=name))
    done = (await talked(FakeMemory(), text))[0]
    assert done.plan.small is None
    assert said(done, "noted", "called")
    assert len(done.reply) > 20


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("其实你多说一点也行，我喜欢看长的回复", True),
        ("话少一点吧，我现在看字有点费劲，刚才的也没看完", False),
        ("could you write a bit more please? i like reading long replies", True),
        ("call me Sam. it has been raining the whole week over here", False),
    ],
)
async def test_a_wish_told_twice_over_is_nothing_besides(text: str, alone: bool) -> None:
    plan = (await talked(FakeMemory(), text))[0].plan
    assert plan.noted is not None
    assert (plan.small is not None) is alone


async def test_advice_turned_down_is_met_as_ever() -> None:
    assert (await talked(FakeMemory(), "别给我建议"))[0].plan.small == "listen_only"
    assert (await talked(FakeMemory(), "no advice please"))[0].plan.small == "listen_only"


@pytest.mark.parametrize(
    ("text", "about", "says", "right"),
    [
        ("其实是我弟弟，不是哥哥", "弟弟", "是弟弟，不是哥哥", "弟弟"),
        ("it was my brother", "brother", "it is your brother, not your cousin", "your brother"),
    ],
)
async def test_a_correction_is_taken(
    told: list[Found], text: str, about: str, says: str, right: str
) -> None:
    told.append(found("person", about, says, text, replaces="x"))
    done = (await talked(FakeMemory(), text))[0]
    assert done.plan.small == "noted.correction"
    assert right in done.reply.lower()


async def test_nothing_is_confirmed_that_is_not_kept(told: list[Found]) -> None:
    told.append(found("preference", "name", "call you Sam", "call me Sam", value="Sam"))
    done = (await talked(FakeMemory(keeps=False), "call me Sam"))[0]
    assert done.plan.small != "noted.called"
    assert done.plan.noted is None


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("你还记得我说过什么吗", ("弟弟叫小宇", "想考研")),
        ("do you remember what i told you", ("your brother is Tom", "music helps you")),
    ],
)
async def test_what_is_held_is_told_when_they_ask(text: str, held: tuple[str, ...]) -> None:
    done = (await talked(FakeMemory(HELD), text))[0]
    assert all(one in done.reply for one in held)
    assert "去世" not in done.reply
    assert len(done.used) == 2
    assert ("记得的" if "记" in text else "Remembered") in done.reply


@pytest.mark.parametrize("text", ["你还记得我说过什么吗", "do you remember me"])
async def test_that_nothing_is_held_is_told(text: str) -> None:
    done = (await talked(FakeMemory(), text))[0]
    assert said(done, "nothing")
    unkept = (await talked(FakeMemory(keeps=False), text))[0]
    assert not said(unkept, "nothing")


@pytest.mark.parametrize(
    ("language", "text"), [("zh", "你记得我叫什么吗"), ("en", "do you remember my name")]
)
async def test_their_name_is_told_when_they_ask(language: Language, text: str) -> None:
    done = (await talked(FakeMemory(HELD, NAMES[language]), text))[0]
    assert NAMES[language].name in done.reply
    assert done.used == NAMES[language].rests_on["name"]
    assert said((await talked(FakeMemory(HELD), text))[0], "no_name")


@pytest.mark.parametrize(
    "text",
    ["忘掉我刚才说的话", "把我说的关于我爸的事忘掉", "forget what i said about my dad"],
)
async def test_to_forget_is_done_on_the_page(text: str) -> None:
    done = (await talked(FakeMemory(HELD), text))[0]
    assert done.plan.small == "forget_told"
    assert ("Remembered" if text.isascii() else "记得的") in done.reply


@pytest.mark.parametrize(
    "text", ["我想忘掉他", "我忘了我说过什么", "i want to forget him", "you forgot what i said"]
)
async def test_other_forgetting_is_not_meant(text: str) -> None:
    assert (await talked(FakeMemory(HELD), text))[0].plan.small != "forget_told"


async def test_forget_it_after_danger_is_no_matter_of_pages() -> None:
    done = await talked(FakeMemory(HELD), "i want to kill myself", "forget what i said")
    assert done[1].plan.small != "forget_told"


@pytest.mark.parametrize(
    ("topic", "text", "found"),
    [
        ("爸爸", "今天好烦", True),
        ("爸爸", "我爸又来了", False),
        ("dad", "bad day", True),
        ("dad", "my dad again", False),
        ("那件事", "今天好烦", True),
    ],
)
def test_what_is_left_alone(topic: str, text: str, found: bool) -> None:
    pattern = left_alone((topic,), text)
    assert (pattern is not None) is found
    if pattern is not None and topic == "dad":
        assert pattern.search("What would your parents say?")
        assert not pattern.search("a Dadaist")


@pytest.mark.parametrize(
    ("topic", "text", "banned"),
    [
        ("爸爸", "家里又吵架了，好累", ("爸", "父")),
        ("dad", "they shouted all night", ("dad", "father")),
    ],
)
async def test_no_line_of_ours_brings_up_what_is_left_alone(
    topic: str, text: str, banned: tuple[str, ...]
) -> None:
    thread = Thread("爸爸砸了我的手机" if topic == "爸爸" else "dad broke my phone", "parents", 0)
    wishes = Wishes(avoid=(topic,))
    held = (
        item(1, "event", "爸爸生日", "爸爸生日"),
        item(2, "trigger", "dad", "it gets hard: dad"),
    )
    for seed in ("one", "two", "three"):
        state = ConversationState(
            seed=seed, turns=9, topic="parents", topic_turn=9, threads=(thread,)
        )
        for done in await talked(FakeMemory(held, wishes), text, text + "…", state=state):
            assert not any(word in done.reply.lower() for word in banned), done.reply
            assert done.used == ()


@pytest.mark.parametrize(
    "text",
    ["今天被导师当着全组骂了，回来一直哭", "my tutor shouted at me in front of everybody today"],
)
async def test_short_replies_for_somebody_who_likes_them(text: str) -> None:
    short = (await talked(FakeMemory(wishes=Wishes(short=True)), text))[0]
    longer = (await talked(FakeMemory(wishes=Wishes(long=True)), text))[0]
    assert short.plan.length == "short"
    assert longer.plan.length == "normal"
    assert len(short.reply) <= len(longer.reply)


@pytest.mark.parametrize(("held", "confirmed"), [(True, True), (False, False)])
async def test_a_wish_taken_back_is_confirmed_where_it_held(
    told: list[Found], held: bool, confirmed: bool
) -> None:
    text = "you can ask me things again"
    told.append(found("preference", "no_questions", "questions are fine", text, gone=True))
    done = (await talked(FakeMemory(wishes=Wishes(no_questions=held)), text))[0]
    assert said(done, "noted", "taken_back") is confirmed


def test_nobody_is_called_what_they_do_not_want_to_be_called() -> None:
    wishes = wishes_of(
        [
            Preference("1", "name", "Katherine", False),
            Preference("2", "not_called/katherine", "katherine", False),
            Preference("3", "not_called/some words of theirs", "", False),
            Preference("4", "pronouns", "they/them", False),
        ]
    )
    assert (wishes.name, wishes.not_called) == ("", ("katherine",))
    assert wishes.pronouns == "they/them"


def test_what_wishes_rest_on_is_known() -> None:
    wishes = wishes_of(
        [
            Preference("1", "name", "Sam", True),
            Preference("2", "avoid/dad", "", False),
            Preference("3", "avoid/school", "", False),
            Preference("4", "short", "", False),
        ]
    )
    assert wishes == replace(
        Wishes(name="Sam", short=True, avoid=("dad", "school")),
        rests_on={"name": ("1",), "avoid": ("2", "3"), "short": ("4",)},
        local=frozenset({"name"}),
    )
