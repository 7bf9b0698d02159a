"""Who is named as one who could know, and what a message is to an open episode."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from qingting.companion.protect.episode import Asking, Episode, People, Steps
from qingting.companion.protect.facets import Known
from qingting.companion.protect.hearing import heard
from qingting.companion.protect.naming import could_know, people_named, role_of
from qingting.companion.protect.plan_talk import next_step, taken, tells_a_sign
from qingting.companion.protect.said import Said
from qingting.companion.understand.lexicon import table
from qingting.companion.understand.reading import Reading

_KNOW = table("hearing")["could_know"]
_NOW = datetime(2026, 3, 2, 2, 37, tzinfo=UTC)


@pytest.mark.parametrize(("text", "who"), _KNOW["yes"])
def test_somebody_who_could_know_is_heard(text: str, who: str) -> None:
    assert could_know(text)[:1] == (who,)


@pytest.mark.parametrize("text", _KNOW["no"])
def test_somebody_merely_mentioned_is_not(text: str) -> None:
    assert could_know(text) == ()


def test_there_are_examples_enough() -> None:
    assert len(_KNOW["yes"]) >= 40
    assert len(_KNOW["no"]) >= 40


# Written apart from the patterns.
UNSEEN = [
    ("theres this girl in my seminar, jess, she asked if i was ok last week", True),
    ("my gran picks up no matter what time", True),
    ("i suppose theres my dad. he's useless but he'd come", True),
    ("my flatmates are all away but my neighbour's lovely", True),
    ("only my brother knows i cut", True),
    ("id rather tell my aunt than my mum", True),
    ("prob my boyfriend. he's on nights tho", True),
    ("maybe coach", True),
    ("my sister found my blade once and just hugged me", True),
    ("班长吧 她人还行", True),
    ("隔壁宿舍的学姐 她以前也休过学", True),
    ("有个网友 认识三年了 我什么都跟她讲", True),
    ("我弟 他上高中了 嘴挺严", True),
    ("想跟我爸说 又不知道怎么说", True),
    ("可以找我舅妈 她不会跟我妈讲", True),
    ("我同桌 她自己也划过", True),
    ("my mum hasn't spoken to me in weeks", False),
    ("my roommate has her boyfriend over again", False),
    ("dad's truck just pulled in", False),
    ("mum found my notebook and screamed", False),
    ("my boyfriend said hed leave if i didnt send them", False),
    ("my mates think im fine", False),
    ("我爸又加班没回来", False),
    ("室友她们出去吃火锅没叫我", False),
    ("对象跟我提分手了", False),
    ("我妈天天问我怎么又不吃饭", False),
    ("奶奶走了以后家里就没人管我了", False),
    ("导师让我明天交数据", False),
]


@pytest.mark.parametrize(("text", "named"), UNSEEN)
def test_unseen_persons(text: str, named: bool) -> None:
    assert bool(could_know(text)) == named


def test_two_people_can_be_named() -> None:
    assert people_named("my sister or my aunt i guess") == ("your sister", "your aunt")
    assert people_named("我姐 或者室友") == ("你姐姐", "室友")
    assert could_know("要说谁能知道 可能就室友吧 我上铺 人挺好的") == ("室友", "你上铺")


def test_who_hurts_comes_last() -> None:
    both = could_know("could tell my dad but he hits me. maybe my aunt")
    assert both[0] == "your aunt"


ROLES = [
    ("宿管阿姨", "dorm"),
    ("your RA", "dorm"),
    ("校医阿姨", "doctor"),
    ("your gp", "doctor"),
    ("教练", "coach"),
    ("your coach", "coach"),
    ("班主任", "teacher"),
    ("辅导员", "counsellor"),
    ("你小姨", "relative"),
    ("your auntie Sharon", "relative"),
    ("你上铺", "roommate"),
    ("师姐", "classmate"),
    ("your neighbour", "neighbour"),
    ("your brother", "sibling"),
]


@pytest.mark.parametrize(("phrase", "role"), ROLES)
def test_roles_of_helpers(phrase: str, role: str) -> None:
    assert role_of(phrase) == role


def _open(**changes: object) -> Episode:
    base: dict[str, object] = {"levels": {"suicide": "high"}, "danger_at": _NOW, **changes}
    return Episode(**base)  # type: ignore[arg-type]


def _heard(text: str, episode: Episode, language: str = "en") -> Said:
    return heard(Reading(language), episode, text, language)  # type: ignore[arg-type]


def _asked(what: str) -> Asking:
    return Asking(open=what)


def test_a_person_inside_a_sentence_is_taken_up() -> None:
    said = _heard("could tell my sister maybe. shes older", _open())
    assert (said.named, said.role, said.told["who"]) == ("your sister", "sibling", "named")


def test_who_is_near_answers_the_question_who_is_near() -> None:
    said = _heard("my sister lives next door", _open(asking=_asked("suicide.alone")))
    assert said.named is None


def test_what_keeps_them_is_nobody_to_tell() -> None:
    said = _heard("my nan probably", _open(asking=_asked("suicide.kept_going")))
    assert said.named is None
    assert said.told["kept_going"] == "told"


def test_whom_they_would_hurt_is_never_taken_up_for_living_near() -> None:
    said = _heard("我室友就住隔壁", _open(levels={"violence": "high"}), "zh")
    assert said.named is None


def test_who_hurts_is_not_taken_up_for_being_near() -> None:
    episode = _open(levels={"abuse": "high"}, people=People(hurt_by=frozenset({"father"})))
    assert _heard("my dad is just downstairs", episode).named is None
    assert _heard("who would i even tell. my dad?", episode).role == "father"


def test_whoever_knows_already_needs_no_first_sentence() -> None:
    episode = _open(people=People(named=("你奶奶",)))
    said = _heard("发给奶奶了 她说带我叔过来", episode, "zh")
    assert (said.named, said.told["sent"], said.told["called"]) == (None, "done", "done")


def test_nothing_was_sent_before_anybody_was_named() -> None:
    assert "sent" not in _heard("i told her", _open()).told
    drafted = _open(steps=Steps(offered={"named.your sister": "offered"}))
    assert _heard("ive texted her", drafted).told["sent"] == "done"


def test_the_helper_of_somebody_else_gets_no_sentence_for_themselves() -> None:
    said = _heard("i could ring her mum", _open(subject="other"))
    assert said.named is None
    assert said.told["who_near"] == "named"


def test_first_aid_is_heard_where_somebody_needs_it() -> None:
    other = _open(levels={"suicide": "imminent"}, subject="other", act="taken")
    assert _heard("should i give her water", other).told["first_aid"] == "water"
    assert "after_taking" not in _heard("should i make her throw up", other).told
    assert "first_aid" not in _heard("should i give her water", _open()).told


def test_their_own_body_after_taking_something() -> None:
    taken = _open(levels={"suicide": "imminent"}, act="taken")
    assert _heard("有点困 想睡一会", taken, "zh").told["after_taking"] == "sleepy"
    assert _heard("i threw up", taken).told["after_taking"] == "worse"
    vomit = _heard("should i make myself throw up", taken).told
    assert vomit["after_taking"] == "vomit"
    assert "first_aid" not in vomit
    assert "after_taking" not in _heard("有点困 想睡一会", _open(), "zh").told


def test_what_was_taken_is_not_out_of_reach() -> None:
    told = _heard("i took all of them, everything in the bottle", _open()).told
    assert told["act"] == "taken"
    assert not {"means", "moved"} & set(told)


def test_a_quoted_sentence_is_not_their_answer() -> None:
    drafted = _open(people=People(named=("your sister",)))
    told = _heard("ok i changed it to 'im all alone here can you call me'. sent", drafted).told
    assert told == {"sent": "done"}
    assert "alone" not in _heard("她问我“你一个人在宿舍吗”", _open(), "zh").told
    assert _heard('she wrote "i took all the pills"', _open(subject="other")).act == "taken"


def test_whatever_comes_answers_a_deadline_that_was_asked() -> None:
    told = _heard("when the bell goes", _open(asking=_asked("exploitation.deadline"))).told
    assert told["deadline"] == "told"


WANTED = [
    ("can we make one of those safety plan things. my cousin has one", True),
    ("help me make a crisis plan", True),
    ("can you do the safety plan with me", True),
    ("能帮我做个安全计划吗", True),
    ("我们一起列个应急清单吧", True),
    ("陪我写个安全清单", True),
    ("no plan", False),
    ("i have a plan", False),
    ("没有计划", False),
    ("安全感都没有", False),
]


@pytest.mark.parametrize(("text", "wanted"), WANTED)
def test_a_safety_plan_is_asked_for(text: str, wanted: bool) -> None:
    assert (next_step(_open(), text) is not None) == wanted


@pytest.mark.parametrize(
    "piece", ["my sister ", "室友", "maybe ", "我妈说", "she ", "tell my mum "]
)
def test_no_text_makes_it_slow(piece: str) -> None:
    started = time.perf_counter()
    could_know(piece * 20)
    could_know(piece * 1000)
    assert time.perf_counter() - started < 2


# Asked whether the means are near: who is there is another thing.
COMPANY = [
  ("just me in here. roommate wont be back til 4", ""),
  ("its just me here tonight", ""),
  ("everyone went out, home alone rn", ""),
  ("my roommate is here", ""),
  ("就我一个人在这儿", ""),
  ("宿舍就我 室友四点才回来", ""),
  ("屋里就我跟猫", ""),
  ("yes. just me here", "near"),
  ("its here. im alone", "near"),
  ("im by myself in my room and its in my drawer", "near"),
  ("im alone in the house with it", "near"),
  ("我一个人住 药就在床头", "near"),
  ("就在手边 家里没人", "near"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "means"), COMPANY)
def test_who_is_there_says_nothing_of_what_is_at_hand(text: str, means: str) -> None:
    told = _heard(
        text, _open(asking=_asked("suicide.means")), "en" if text.isascii() else "zh"
    ).told
    assert told.get("means", "") == means


LATE = [
    ("i mean yeah. sometimes i think about doing it", "some"),
    ("yeah i do think about it. never told anyone", "yes"),
    ("是 确实在想", "yes"),
    ("其实有想过", "yes"),
    ("i dont think about it", ""),
    ("没想过", ""),
    ("i was thinking about it over", ""),
    ("想吃火锅", ""),
]


@pytest.mark.parametrize(("text", "value"), LATE)
def test_a_yes_may_come_a_turn_after_the_question(text: str, value: str) -> None:
    waiting = _open(levels={"suicide": "moderate"}, asking=Asking(times={"suicide.thoughts": 1}))
    never_asked = _open(levels={"suicide": "moderate"})
    language = "en" if text.isascii() else "zh"
    assert _heard(text, waiting, language).told.get("thoughts", "") == value
    assert _heard(text, never_asked, language).told.get("thoughts", "") == ""


@pytest.mark.parametrize("text", ["theyre outside again", "他们又在门口", "the van is back"])
def test_those_who_are_feared_are_no_company(text: str) -> None:
    watched = _open(levels={"psychosis": "moderate"}, asking=_asked("psychosis.alone"))
    told = _heard(text, watched, "en" if text.isascii() else "zh").told
    assert not {"alone", "company", "called", "help", "moved"} & told.keys()


_SIGNS = Steps(plan_at="signs", offered={"plan": "begun"})


@pytest.mark.parametrize(
    "text", ["ok sure", "haha ok", "sure ig", "hmm", "maybe", "好呀哈哈", "有", "嗯 我想想"]
)
def test_a_nod_is_no_line_of_the_plan(text: str) -> None:
    step = next_step(_open(steps=_SIGNS), text)
    assert step is not None
    assert (step.item, step.section) == (None, "signs")
    # Nodded once more, the line is passed over: nobody is pressed.
    again = next_step(_open(steps=taken(_SIGNS, step)), text)
    assert again is not None
    assert (again.outcome, again.section) == ("skipped", "alone")


SIGNS = [
    ("i start thinking everyone secretly hates me", True),
    ("i cant get out of bed and i stop eating", True),
    ("睡不着 老想着死了就好了", True),
    ("我会开始不回消息", True),
    ("i want to die right now", False),
    ("i keep thinking about it tonight", False),
    ("我现在就想死", False),
    ("help me please", False),
]


@pytest.mark.parametrize(("text", "sign"), SIGNS)
def test_a_sign_is_what_comes_back_and_not_what_is_now(text: str, sign: bool) -> None:
    assert tells_a_sign(next_step(_open(steps=_SIGNS), text), text) == sign
    assert not tells_a_sign(next_step(_open(steps=replace(_SIGNS, plan_at="places")), text), text)


EDGES = [
    ("我在天台", True),
    ("一个人在桥上吹风", True),
    ("我现在站在江边", True),
    ("爬到顶楼了", True),
    ("im on the roof of my dorm", True),
    ("standing at the train tracks", True),
    ("i climbed up to the rooftop", True),
    ("我从天台下来了", False),
    ("天台的门锁着", False),
    ("昨天在江边散步", False),
    ("我想去天台", False),
    ("i got off the bridge", False),
    ("driving over the bridge home", False),
    ("i was on the roof yesterday", False),
]


@pytest.mark.parametrize(("text", "there"), EDGES)
def test_where_one_falls_is_an_act_begun_beside_a_grave_wish(text: str, there: bool) -> None:
    language = "en" if text.isascii() else "zh"
    grave = _open(levels={"suicide": "high"})
    assert (_heard(text, grave, language).act == "doing") == there
    assert _heard(text, _open(levels={"panic": "moderate"}), language).act == "none"


def test_back_at_it_is_not_away_from_it() -> None:
    moved = {"suicide.moved": Known("done", "下来了", _NOW)}
    away = _open(levels={"suicide": "imminent"}, asking=Asking(known=moved))
    told = _heard("我又在天台了", away, "zh").told
    assert (told["edge"], told["moved"]) == ("yes", "no")


@pytest.mark.parametrize(
    ("text", "weapon"),
    [
        ("刀在厨房 没拿", ""),
        ("刀在我手边", "yes"),
        ("theres a knife in the kitchen but no", ""),
        ("theres a knife in my drawer", "yes"),
    ],
)
def test_of_a_quarrel_a_knife_is_a_weapon_and_left_where_it_is_none(text: str, weapon: str) -> None:
    quarrel = _open(levels={"violence": "moderate"})
    told = _heard(text, quarrel, "en" if text.isascii() else "zh").told
    assert "means" not in told
    assert told.get("weapon", "") == weapon
