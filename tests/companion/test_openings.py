"""Words asked for are given: an opening for whom and what it is about, with a gap to fill."""

from __future__ import annotations

import re

import pytest

from qingting.companion.parts import Parts
from qingting.companion.person import Language
from qingting.companion.understand.lexicon import table
from qingting.companion.words.bank import bank
from tests.companion.fakes import PEOPLE, RaisingModel, answered
from tests.companion.talking import said, written_in

LANGUAGES: tuple[Language, ...] = ("zh", "en")
GAP = "____"

ASKED: tuple[tuple[tuple[str, ...], str], ...] = (
    (("室友天天半夜打游戏", "你帮我写一条微信吧"), "roommate.noise"),
    (("帮我编条短信给舍友，她老用我的洗面奶",), "roommate.things"),
    (("我和我妈吵架了", "她说我就是白养的", "帮我想个开头呗"), "parent.hurt"),
    (("考研没考上，怎么跟我爸妈开口",), "parent.grades"),
    (("帮我给我妈写条消息，我过年不想回家",), "parent.home"),
    (("我想跟前任说清楚", "能不能帮我写几句话"), "ex.closure"),
    (("明天ddl我肯定交不上了，帮我写封邮件给老师",), "professor.extension"),
    (("论文拖了两周不敢见导师", "第一句怎么写"), "professor.thesis"),
    (("怎么跟领导说我要请假",), "boss.absence"),
    (("替我拟一条道歉的信息给闺蜜，我说重了",), "friend.sorry"),
    (("朋友借钱一直不还", "帮我组织下语言"), "friend.money"),
    (("我外婆去年走了", "我想给她写封信"), "dead.any"),
    (("想约学校心理老师，第一句怎么写",), "counsellor.first"),
    (("小组里有人一直划水，帮我写条消息",), "group.slack"),
    (("他欠我五百块一直不还，帮我组织下语言",), "anyone.money"),
    (("my roommate is so loud at night", "could you help me write her a text"), "roommate.noise"),
    (("how do i tell my mom i failed chem",), "parent.grades"),
    (("draft a text to my dad, i'm not coming home for christmas",), "parent.home"),
    (("can you help me word a last text to my ex",), "ex.closure"),
    (
        ("i can't finish my stats homework", "what do i write to my professor"),
        "professor.extension",
    ),
    (("i missed class all week", "how do i start the email to my prof"), "professor.absence"),
    (("i need to call in sick, draft a message to my boss for me",), "boss.absence"),
    (("write me a text to my manager that i'm quitting",), "boss.quit"),
    (("i had a fight with my best friend", "what should i text her"), "friend.fight"),
    (("my dad died in march", "could you help me write him a letter"), "dead.any"),
    (("my grandma passed away", "can you start it for me"), "dead.any"),
    (("i want to email a counselor but idk how to start the email",), "counsellor.first"),
    (("my crush asked me out, i'm not interested. can you help me word it",), "crush.turn_down"),
    (("how do i come out to my parents",), "parent.out"),
)


@pytest.mark.parametrize(("texts", "place"), ASKED, ids=lambda one: str(one)[:40])
async def test_whom_and_what_are_found_and_an_opening_is_given(
    texts: tuple[str, ...], place: str
) -> None:
    done = (await said(*texts))[-1]
    assert done.plan.small == f"opening.{place}"
    assert GAP in done.reply
    assert done.responder == "guided"


@pytest.mark.parametrize(
    ("texts", "place"),
    [
        (("帮我写一条消息", "给我导师，论文拖了两周没敢说"), "professor.thesis"),
        (("你直接写给我吧", "给室友，她太吵了"), "roommate.noise"),
        (("can you write it for me", "to my manager, i need the day off"), "boss.absence"),
        (("just write it please", "my mom, i failed chem"), "parent.grades"),
    ],
)
async def test_who_is_not_known_is_asked_for_first(texts: tuple[str, ...], place: str) -> None:
    first, second = await said(*texts)
    assert first.plan.small == "opening.whom"
    assert second.plan.small == f"opening.{place}"


@pytest.mark.parametrize(
    "texts",
    [
        ("帮我写一条消息", "算了 给我讲个笑话吧"),
        ("can you write it for me", "tell me a joke first"),
    ],
)
async def test_who_goes_elsewhere_is_followed(texts: tuple[str, ...]) -> None:
    assert (await said(*texts))[-1].plan.small == "joke"


@pytest.mark.parametrize(
    "texts",
    [
        ("室友半夜打游戏，帮我写条微信", "换一个", "太正式了"),
        ("help me write a text to my ex", "another one", "make it shorter"),
    ],
)
async def test_another_one_is_another_for_the_same(texts: tuple[str, ...]) -> None:
    done = await said(*texts)
    assert len({one.plan.small for one in done}) == 1
    assert len({one.reply for one in done}) == len(done)


@pytest.mark.parametrize(
    ("text", "became"),
    [("好 我抄下来了", "kept"), ("发了", "sent"), ("ok i sent it", "sent"), ("saved it", "kept")],
)
async def test_what_became_of_it_is_met(text: str, became: str) -> None:
    ask = {"zh": "室友半夜打游戏，帮我写条微信", "en": "help me write a text to my ex"}
    done = (await said(ask[written_in(text)], text))[-1]
    assert done.plan.small == f"opening.{became}"


@pytest.mark.parametrize(
    "text", ["给房东发消息怎么说，他不退押金", "help me write an email to my landlord"]
)
async def test_where_we_have_none_it_is_said_and_what_there_is_is_named(text: str) -> None:
    (done,) = await said(text)
    assert done.plan.small == "opening.none"
    assert re.search("练一下怎么跟对方说|practise the talk", done.reply)
    # And what is named begins on these very words.
    named = {"zh": "练一下怎么跟对方说", "en": "practise the talk"}[written_in(text)]
    (begun,) = await said(named)
    assert (begun.plan.part, begun.plan.exercise) == ("begin", "hard_talk")


@pytest.mark.parametrize("named", ["写一封不寄的信", "an unsent letter"])
async def test_the_letter_that_is_named_begins_on_its_name(named: str) -> None:
    (begun,) = await said(named)
    assert begun.plan.exercise == "unsent_letter"


async def test_a_parent_is_spoken_to_by_their_own_word() -> None:
    for text, word in (
        ("how do i tell my mom i failed chem", "Mom"),
        ("how do i tell my dad i failed chem", "Dad"),
        ("怎么跟我爸说我挂科了", "爸"),
        ("怎么跟我妈说我挂科了", "妈"),
    ):
        other = {"Mom": "Dad", "Dad": "Mum", "爸": "妈", "妈": "爸"}[word]
        for done in await said(text, *["another one" if text.isascii() else "换一个"] * 2):
            assert f'"{other},' not in done.reply
            assert f"“{other}，" not in done.reply


@pytest.mark.parametrize(
    "text",
    [
        "我妈帮我写过作文",
        "帮我写作业",
        "给我写封信",
        "我不知道怎么开口",
        "他给我发了条微信",
        "帮我想个办法",
        "我昨天写了一封信给她",
        "my brother writes her texts",
        "write my essay",
        "write me a letter",
        "i wrote him a long text",
        "could you write a bit more please",
        "write me a little less",
        "he never texts me first",
        "what do i do",
    ],
)
async def test_what_only_has_the_words_is_no_such_wish(text: str) -> None:
    (done,) = await said(text)
    assert not (done.plan.small or "").startswith("opening.")


@pytest.mark.parametrize(
    "text", ["帮我写遗书", "write my suicide note", "help me write a goodbye letter to everyone"]
)
async def test_a_last_letter_is_danger_and_gets_no_opening(text: str) -> None:
    (done,) = await said(text)
    assert not (done.plan.small or "").startswith("opening.")


@pytest.mark.parametrize("text", ["can you write it for me", "帮我写一条消息"])
async def test_no_danger_is_guessed_out_of_a_wish_for_words(text: str) -> None:
    (done,) = await said(text)
    assert done.episode.level in ("none", "low")


async def test_no_model_is_asked_for_one() -> None:
    text = "help me write a text to my ex"
    _, done = await answered(text, person=PEOPLE["en"], parts=Parts(model=RaisingModel()))
    assert done.responder == "guided"


async def test_after_a_no_to_exercises_none_is_named_here_either() -> None:
    done = (await said("no breathing exercises please", "help me write an email to my landlord"))[
        -1
    ]
    assert done.reply in bank("en").lines("moves", "openings", "none_plain")


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_openings_enough_and_each_has_a_gap(language: Language) -> None:
    words = bank(language)
    places = [path for path in words.paths() if path[:2] == ("moves", "openings") and len(path) > 3]
    assert len(places) >= 40
    names = {*table("openings")["purpose"], "any"}
    people = {*table("openings")["recipient"], "dead", "anyone"}
    for path in places:
        assert path[2] in people, path
        assert path[3] in names, path
        assert len(words.lines(*path)) >= 2, path
        for line in words.lines(*path):
            assert GAP in line or path[3] == "pay", line
            assert line[0] in '“"', line
    assert {path[2] for path in places} == people
