"""What answers tell: every example of the lexicon, and sentences nobody wrote a pattern for."""

from __future__ import annotations

import time

import pytest

from qingting.companion.protect.facets import NOW, ORDER
from qingting.companion.protect.telling import (
    FACETS,
    hurt_by,
    means_named,
    person_named,
    role_of,
    told,
)
from qingting.companion.understand.lexicon import table

ASKED = "A: "


def _examples(kind: str) -> list[tuple[str, str, str]]:
    return [
        (one["facet"], one["value"], example)
        for one in table("telling")["tells"]
        for example in one[kind]
    ]


def _told(facet: str, example: str) -> str | None:
    asked = facet if example.startswith(ASKED) else None
    return told(example.removeprefix(ASKED), asked).get(facet)


@pytest.mark.parametrize(("facet", "value", "example"), _examples("yes"))
def test_an_example_is_heard(facet: str, value: str, example: str) -> None:
    assert _told(facet, example) == value


@pytest.mark.parametrize(("facet", "value", "example"), _examples("no"))
def test_a_near_miss_is_not_heard(facet: str, value: str, example: str) -> None:
    assert _told(facet, example) != value


def test_every_value_has_examples_enough() -> None:
    yes: dict[tuple[str, str], int] = {}
    no: dict[tuple[str, str], int] = {}
    for one in table("telling")["tells"]:
        key = (one["facet"], one["value"])
        yes[key] = yes.get(key, 0) + len(set(one["yes"]))
        no[key] = no.get(key, 0) + len(set(one["no"]))
    assert {key for key, count in yes.items() if count < 12} == set()
    assert {key for key, count in no.items() if count < 8} == set()


# (what we asked about, what they write, facet, value; None: nothing is to be heard of it)
UNSEEN = [
    ("thoughts", "嗯……最近挺常想的", "thoughts", "yes"),
    ("thoughts", "怎么说呢 有时候洗澡的时候会", "thoughts", "some"),
    ("thoughts", "没那么夸张啦", "thoughts", "no"),
    ("thoughts", "yeah like every night before bed", "thoughts", "yes"),
    ("thoughts", "idk if its that", "thoughts", "some"),
    ("thoughts", "lol no i just want a break", "thoughts", "no"),
    ("dying", "有想过", "dying", "yes"),
    ("dying", "no it's only about the pain", "dying", "no"),
    ("plan", "想过怎么做但是没准备", "plan", "yes"),
    ("plan", "没有啦 就是难受", "plan", "no"),
    ("plan", "ive thought about how yeah", "plan", "yes"),
    ("plan", "nothing concrete", "plan", "no"),
    ("attempt", "上个礼拜三", "attempt", "recent"),
    ("attempt", "十四岁的时候吧", "attempt", "past"),
    ("attempt", "nope never got that far", "attempt", "no"),
    ("attempt", "two nights ago", "attempt", "recent"),
    ("timing", "等我弟睡了", "timing", "soon"),
    ("timing", "maybe when the semester is over", "timing", "later"),
    ("timing", "没具体想过", "timing", "none"),
    ("timing", "probably tonight tbh", "timing", "soon"),
    ("timing", "今天不会的你放心", "timing", "none"),
    ("means", "在我床头柜", "means", "near"),
    ("means", "my dad keeps them in a safe, i can't get in", "means", "away"),
    ("means", "我没有那些", "means", "none"),
    ("means", "yh theyre literally next to my bed", "means", "near"),
    (None, "那瓶药我一直放在书包里", "means", "near"),
    (None, "刀已经让我妈拿走了", "means", "away"),
    (None, "i dont have pills anymore, i flushed them", "means", "away"),
    (None, "把绳子丢到楼下垃圾桶了", "moved", "done"),
    (None, "ok im out of my room, sitting with my mum in the kitchen", "alone", "no"),
    ("moved", "门打开了", "moved", "done"),
    ("moved", "做不到 手在抖", "moved", None),
    ("moved", "ok its in the hallway now", "moved", "done"),
    ("alone", "就我和猫", "alone", "yes"),
    ("alone", "我姐在隔壁房间睡觉", "alone", "no"),
    ("alone", "nah everyones out", "alone", "yes"),
    ("alone", "my flatmate is in her room i think", "alone", "no"),
    (None, "现在宿舍只剩我了", "alone", "yes"),
    (None, "i've never felt so alone", "alone", None),
    ("kept_going", "大概是怕疼吧", "kept_going", "told"),
    ("kept_going", "没有任何东西", "kept_going", "nothing"),
    ("kept_going", "my little brother needs me", "kept_going", "told"),
    ("kept_going", "别问了", "kept_going", None),
    ("who", "可能会跟我表姐说", "who", "named"),
    ("who", "没有谁能说", "who", "nobody"),
    ("who", "literally no one", "who", "nobody"),
    ("who", "my form teacher i guess", "who", "named"),
    ("called", "打了一直忙音", "called", "failed"),
    ("called", "我室友帮我打了", "called", "done"),
    ("called", "我不要打 会吵醒他们", "called", "refused"),
    ("called", "i did, theyre sending someone", "called", "done"),
    ("called", "cant do it", "called", "refused"),
    (None, "急救的人已经到楼下了", "called", "done"),
    (None, "my sister's driving to me now", "called", "done"),
    ("wound", "血没停", "wound", "bad"),
    ("wound", "pretty shallow, already stopped", "wound", "ok"),
    ("safe", "他就在客厅喝酒", "safe", "no"),
    ("safe", "im at my nans so yeah", "safe", "yes"),
    ("body", "头好晕 想吐", "body", "bad"),
    ("body", "没啥感觉 还好", "body", "ok"),
    ("commands", "一直喊我跳", "commands", "yes"),
    ("commands", "no they just laugh at me", "commands", "no"),
    ("sleep", "四天加起来不到六小时", "sleep", "little"),
    ("sleep", "睡得跟平时差不多", "sleep", "ok"),
    ("paid", "打了五千给他", "paid", "yes"),
    ("weapon", "书包里有把刀", "weapon", "yes"),
    ("with_them", "我正在去她宿舍的路上", "with_them", None),
    ("with_them", "yep she's crying on my bed", "with_them", "yes"),
    ("awake", "喊她她只哼了一声 眼睛不睁", "awake", "no"),
    ("awake", "he is mumbling but breathing ok", "awake", "yes"),
    (None, "我把一整盒都咽下去了", "act", "taken"),
    (None, "ive taken like 20 of them", "act", "taken"),
    (None, "i already swallowed half the bottle", "act", "taken"),
    (None, "我现在坐在天台边上腿悬着", "act", "doing"),
    (None, "got the blade against my wrist", "act", "doing"),
    (None, "刚吃完晚饭回宿舍", "act", None),
    (None, "took my antidepressant this morning like always", "act", None),
    (None, "如果我把药全吞了他们会后悔吗", "act", None),
    (None, "考试考砸了 好想哭", "means", None),
    (None, "我妈又说我没用", "who", None),
]

# A second list, written after the patterns had been mended for the first.
UNSEEN_LATER = [
    ("thoughts", "想啊 怎么不想", "thoughts", "yes"),
    ("thoughts", "不敢说", "thoughts", None),
    ("thoughts", "可能是吧我也不确定", "thoughts", "some"),
    ("thoughts", "its been on my mind a lot", "thoughts", "yes"),
    ("thoughts", "not rly", "thoughts", "no"),
    ("thoughts", "on bad days yeah", "thoughts", "yes"),
    ("thoughts", "我没有要死 只是累了", "thoughts", "no"),
    ("dying", "伤自己的时候会想到死", "dying", "yes"),
    ("dying", "those are separate things for me, no", "dying", "no"),
    ("plan", "嗯 连地方都看过了", "plan", "yes"),
    ("plan", "光想想而已啦", "plan", "no"),
    ("plan", "i wouldnt know how", "plan", "no"),
    ("plan", "i know what i'd use", "plan", "yes"),
    (None, "遗书我上礼拜就写好了", "plan", "yes"),
    (None, "i wrote a suicide note", "plan", "yes"),
    ("attempt", "前天晚上差一点", "attempt", "recent"),
    ("attempt", "大二那年住过院", "attempt", "past"),
    ("attempt", "once, sophomore year", "attempt", "past"),
    ("attempt", "like 3 days ago", "attempt", "recent"),
    ("attempt", "还没试过", "attempt", "no"),
    ("timing", "凌晨吧 大家都睡着的时候", "timing", "soon"),
    ("timing", "now. i'm going up now", "timing", "soon"),
    ("timing", "等我把猫送走之后", "timing", "later"),
    ("timing", "期末之后吧", "timing", "later"),
    ("timing", "no idea, haven't picked one", "timing", "later"),
    ("timing", "今晚先不", "timing", "none"),
    ("timing", "我想先睡一觉", "timing", None),
    ("timing", "when they go to bed", "timing", "soon"),
    ("means", "厨房里", "means", "near"),
    ("means", "藏在衣柜里了", "means", "near"),
    ("means", "室友早就拿走了", "means", "away"),
    ("means", "they're at my parents house", "means", "away"),
    ("means", "i dont have anything like that", "means", "none"),
    ("means", "on my shelf", "means", "near"),
    (None, "手里攥着一把剪刀", "means", "near"),
    (None, "i'm holding the bottle", "means", "near"),
    (None, "桥上风好大", "means", None),
    (None, "我已经在楼顶了", "means", "near"),
    (None, "we dont have any pills in the house", "means", "none"),
    (None, "my mum locked the meds away", "means", "away"),
    ("moved", "走到楼下了", "moved", "done"),
    ("moved", "put it in the bin outside", "moved", "done"),
    ("moved", "不要", "moved", None),
    ("moved", "在往下走了", "moved", "done"),
    (None, "我离开天台了 在便利店门口", "moved", "done"),
    (None, "ok i threw the razor in the dumpster", "moved", "done"),
    (None, "药都倒进马桶了", "moved", "done"),
    (None, "i don't want to put it down", "moved", None),
    ("alone", "嗯 自己住", "alone", "yes"),
    ("alone", "室友在打游戏", "alone", "no"),
    ("alone", "没 爸妈都睡了", "alone", "no"),
    ("alone", "no my brother's in the other room", "alone", "no"),
    ("alone", "yeah nobody else home", "alone", "yes"),
    ("alone", "just the dog lol", "alone", "yes"),
    (None, "爸妈出差了，家里只有我", "alone", "yes"),
    (None, "my boyfriend just got here", "alone", "no"),
    (None, "全世界就我一个人这样", "alone", None),
    ("kept_going", "我奶奶还在", "kept_going", "told"),
    ("kept_going", "nothing tbh", "kept_going", "nothing"),
    ("kept_going", "idk my cat i guess", "kept_going", "told"),
    ("kept_going", "没啥", "kept_going", "nothing"),
    ("kept_going", "i dont want to talk about that", "kept_going", None),
    ("who", "我们班长人挺好的", "who", "named"),
    ("who", "i'd rather not tell anyone", "who", "nobody"),
    ("who", "没有，都不熟", "who", "nobody"),
    ("who", "mum probably", "who", "named"),
    ("who", "我谁也不想麻烦", "who", "nobody"),
    ("who", "Jess from my dorm", "who", "named"),
    ("who", "心理中心的王老师", "who", "named"),
    ("called", "打了三个都不接", "called", "failed"),
    ("called", "正在打", "called", "done"),
    ("called", "手抖得打不了", "called", "failed"),
    ("called", "还没有", "called", None),
    ("called", "im on hold", "called", "failed"),
    ("called", "no please dont make me", "called", "refused"),
    ("called", "yes she's on her way", "called", "done"),
    (None, "宿管阿姨上来了 她叫了救护车", "called", "done"),
    (None, "paramedics are here", "called", "done"),
    (None, "我到医院了", "called", "done"),
    (None, "我才不打什么热线", "called", "refused"),
    ("wound", "口子挺大的 一直冒血", "wound", "bad"),
    ("wound", "已经不流了", "wound", "ok"),
    ("wound", "kinda deep i can see white stuff", "wound", "bad"),
    ("wound", "its just surface level", "wound", "ok"),
    ("safe", "暂时是 他出去了", "safe", "yes"),
    ("safe", "i locked my door but he's still yelling", "safe", "no"),
    ("safe", "不 他随时会回来", "safe", "no"),
    ("safe", "yeah im in my dorm", "safe", "yes"),
    ("body", "心慌 手一直抖", "body", "bad"),
    ("body", "feel ok just tired", "body", "ok"),
    ("body", "i blacked out in class", "body", "bad"),
    ("commands", "它说我该死 让我从窗户跳出去", "commands", "yes"),
    ("commands", "不叫我做事", "commands", "no"),
    ("sleep", "一晚上就眯了一个小时", "sleep", "little"),
    ("sleep", "maybe 4 hrs", "sleep", "little"),
    ("sleep", "slept fine", "sleep", "ok"),
    ("sleep", "九个小时吧", "sleep", "ok"),
    ("paid", "没敢给", "paid", "no"),
    ("paid", "300 so far", "paid", "yes"),
    ("weapon", "nothing on me", "weapon", "no"),
    ("weapon", "我带了刀", "weapon", "yes"),
    ("with_them", "她把自己锁在厕所我在门口", "with_them", "yes"),
    ("with_them", "no we live in different states", "with_them", "no"),
    ("awake", "怎么晃都没动静", "awake", "no"),
    ("awake", "she can talk", "awake", "yes"),
    (None, "他呼吸好弱叫他也不应", "awake", "no"),
    (None, "药我全吃了", "act", "taken"),
    (None, "我刚刚吞了二十几片", "act", "taken"),
    (None, "已经吃下去了", "act", "taken"),
    (None, "its too late i already took them", "act", "taken"),
    (None, "i ate the whole box of tylenol", "act", "taken"),
    (None, "just cut my wrists", "act", "taken"),
    (None, "my friend just swallowed a bunch of pills", "act", "taken"),
    (None, "昨天一晚没睡，刚才把剩下的药全吞了", "act", "taken"),
    (None, "我跨在栏杆上", "act", "doing"),
    (None, "脚已经在窗户外面了", "act", "doing"),
    (None, "im standing over the edge", "act", "doing"),
    (None, "razor pressed against my arm", "act", "doing"),
    (None, "我没有吃那些药", "act", "no"),
    (None, "i havent done it", "act", "no"),
    (None, "吃了一颗布洛芬 头疼", "act", None),
    (None, "他吃了我的零食", "act", None),
    (None, "我吃完药准备睡觉", "act", None),
    (None, "i took the bus home", "act", None),
    (None, "i had too many beers", "act", None),
    (None, "i cut my hair", "act", None),
    (None, "i'm standing at the bus stop", "act", None),
]

# What is easily taken for something else in an open danger, and what must not be missed.
NEAR_MISSES = [
    (None, "我吃了药还是睡不着", "act", None),
    (None, "吃了", "act", "taken"),
    (None, "今天吃了三碗饭", "act", None),
    (None, "我割了腕", "act", "taken"),
    (None, "我跳了三小时舞", "act", None),
    (None, "我站在阳台吹风", "act", None),
    (None, "我在窗边坐着", "act", None),
    (None, "i'm standing on the bridge looking down", "means", "near"),
    (None, "i took a break", "act", None),
    (None, "i took my brother to school", "act", None),
    (None, "i took too many last night and woke up", "act", None),
    (None, "i have taken so much shit from them", "act", None),
    (None, "he took everything from me", "act", None),
    (None, "i took it too far", "act", None),
    (None, "i took it personally", "act", None),
    (None, "it cut deep what he said", "act", None),
    (None, "i already did my homework", "act", None),
    (None, "already did it. all of them", "act", "taken"),
    (None, "全部吞下去了，有点困", "act", "taken"),
    (None, "我喝了酒", "act", None),
    (None, "喝了一瓶百草枯", "act", "taken"),
    (None, "药吃多了头好晕", "act", "taken"),
    (None, "把一板布洛芬全吃了", "act", "taken"),
    (None, "pills are all gone, i ate them", "act", "taken"),
    (None, "swallowed everything", "act", "taken"),
    (None, "我在楼顶边上坐着", "act", "doing"),
    (None, "i climbed over the railing", "act", "doing"),
    (None, "i've got the rope tied", "act", "doing"),
    (None, "knife against my throat", "act", "doing"),
    (None, "刀架在脖子上", "act", "doing"),
    (None, "工作像刀架在脖子上", "act", None),
    (None, "我打了电话给我妈她没接", "called", "failed"),
    (None, "我妈打了电话骂我", "called", None),
    (None, "i called my mom a liar", "called", None),
    (None, "i called my mom, she's coming to get me", "called", "done"),
    (None, "快递来了", "called", None),
    (None, "警察来过我家一次", "called", None),
    (None, "室友回来陪我了", "alone", "no"),
    (None, "我不想一个人待着", "alone", None),
    (None, "我一直都是一个人", "alone", None),
    (None, "no one ever listens", "alone", None),
    (None, "nobody is home til sunday", "alone", "yes"),
    (None, "i want to be alone", "alone", None),
    (None, "dad is home but he's asleep", "alone", "no"),
    (None, "我把自己锁在房间里", "safe", None),
    (None, "我扔了好多东西", "moved", None),
    (None, "我把刀放回厨房了", "moved", "done"),
    (None, "i put the pills back", "moved", "done"),
    (None, "i put the knife in my bag", "moved", None),
    (None, "i moved to the living room with my dad", "moved", "done"),
    (None, "我离开家了", "moved", None),
    (None, "他离开我了", "moved", None),
    (None, "我下楼了在门卫那", "moved", "done"),
    (None, "我明天有三个小时的课", "sleep", None),
    (None, "我心跳好快", "body", "bad"),
    (None, "i can't breathe", "body", "bad"),
    (None, "我头疼", "body", None),
    (None, "想好怎么跟我妈说了", "plan", None),
    (None, "我计划暑假去云南", "plan", None),
    ("timing", "现在就是很难受", "timing", None),
    ("timing", "today was bad", "timing", None),
    ("timing", "不知道啊可能哪天就", "timing", "later"),
    ("timing", "周五", "timing", "later"),
    ("timing", "它随时会来", "timing", None),
    ("means", "嗯就在我旁边", "means", "near"),
    ("means", "你别问了", "means", None),
    ("means", "i dont want to say", "means", None),
    ("means", "dunno", "means", None),
    ("means", "家里到处都是", "means", "near"),
    ("means", "没有啊我就想想", "means", "none"),
    ("alone", "嗯", "alone", None),
    ("alone", "yes", "alone", None),
    ("alone", "爸妈在隔壁但是他们不管我", "alone", "no"),
    ("alone", "i live alone", "alone", "yes"),
    ("called", "嗯打了", "called", "done"),
    ("called", "我害怕", "called", None),
    ("called", "等下打", "called", None),
    ("called", "ok i will", "called", None),
    ("called", "calling", "called", "done"),
    ("called", "我爸在打", "called", "done"),
    ("moved", "嗯", "moved", None),
    ("moved", "在门口了", "moved", "done"),
    ("moved", "im outside now with people", "moved", "done"),
    ("moved", "i cant move", "moved", None),
    ("thoughts", "我不知道我是不是想死", "thoughts", "some"),
    ("thoughts", "就是很累", "thoughts", "no"),
    ("thoughts", "你问这个干嘛", "thoughts", None),
    ("thoughts", "y", "thoughts", "yes"),
    ("thoughts", "n", "thoughts", "no"),
    ("thoughts", "是又怎样", "thoughts", "yes"),
    ("thoughts", "想过但是不敢", "thoughts", "yes"),
    ("thoughts", "not anymore", "thoughts", None),
    ("safe", "算是吧", "safe", None),
    ("safe", "he is asleep on the couch", "safe", "yes"),
    ("safe", "我躲在被窝", "safe", "no"),
    ("wound", "不知道我不敢看", "wound", None),
    ("wound", "两厘米左右", "wound", None),
    ("wound", "血干了", "wound", "ok"),
    ("who", "你", "who", None),
    ("who", "除了你没有别人", "who", "nobody"),
    ("who", "我只想跟你说", "who", None),
    ("who", "just you", "who", None),
    ("who", "my mom but she'll freak", "who", "named"),
    ("kept_going", "不知道，可能是我妹妹吧", "kept_going", "told"),
    ("kept_going", "没有，我妈也不在乎我", "kept_going", "nothing"),
    ("kept_going", "nothing keeps me here but my dog needs feeding", "kept_going", "told"),
]


@pytest.mark.parametrize(
    ("asked", "text", "facet", "value"), [*UNSEEN, *UNSEEN_LATER, *NEAR_MISSES]
)
def test_unseen_answers(asked: str | None, text: str, facet: str, value: str | None) -> None:
    assert told(text, asked).get(facet) == value


NAMED = [
    ("我妈", "你妈妈"),
    ("可能我室友吧", "你室友"),
    ("室友", "室友"),
    ("我想跟班主任说", "班主任"),
    ("陈老师应该会听", "陈老师"),
    ("我高中同学", "你高中同学"),
    ("不能告诉我爸，但是可以告诉我姐", "你姐姐"),
    ("my older sister maybe", "your older sister"),
    ("probably Maya", "Maya"),
    ("lily", "Lily"),
    ("I could text my best friend", "your best friend"),
    ("not my mum. my aunt", "your aunt"),
    ("小鱼", "小鱼"),
    ("没有人", None),
    ("nobody", None),
    ("I don't know", None),
    ("不知道", None),
    ("I hate Mondays", None),
    ("今晚月亮好圆", None),
    ("Bathroom floor", None),
    ("sleeping", None),
    ("maybe tomorrow", None),
    ("I want to scream", None),
    ("拜拜", None),
    ("My teacher Ms. Okafor", "your teacher"),
    ("tell Oren", "Oren"),
    ("no one, not even jess", None),
]


@pytest.mark.parametrize(("text", "who"), NAMED)
def test_whom_a_message_names(text: str, who: str | None) -> None:
    assert person_named(text) == who


MEANS = [
    ("我的安眠藥還在", "安眠藥"),
    ("那把美工刀在抽屉", "美工刀"),
    ("The Pills are on my desk", "Pills"),
    ("i keep a razor blade under my bed", "razor blade"),
    ("绳子", "绳子"),
    ("我没有刀", None),
    ("药店关门了", None),
    ("today was bad", None),
]


@pytest.mark.parametrize(("text", "thing"), MEANS)
def test_their_word_for_the_thing(text: str, thing: str | None) -> None:
    assert means_named(text) == thing


HURT = [
    ("我爸又喝酒打我了", {"father"}),
    ("我妈拿衣架抽我", {"mother"}),
    ("被我男朋友掐过脖子", {"partner"}),
    ("辅导员摸我大腿", {"counsellor"}),
    ("我爸没打过我", set()),
    ("我妈打电话给我", set()),
    ("my stepdad hits me when he's drunk", {"father"}),
    ("i get beaten by my brother", {"sibling"}),
    ("my boyfriend choked me last night", {"partner"}),
    ("my mom never hit me", set()),
    ("some guy threatened me online", {"other"}),
    ("今天老师讲了很多", set()),
    ("爸妈一起打我", {"parent"}),
]


@pytest.mark.parametrize(("text", "roles"), HURT)
def test_who_is_said_to_hurt_them(text: str, roles: set[str]) -> None:
    assert hurt_by(text) == roles


ROLES = [
    ("你妈妈", "mother"),
    ("your dad", "father"),
    ("你爸妈", "parent"),
    ("your boyfriend", "partner"),
    ("你姐姐", "sibling"),
    ("陈老师", "teacher"),
    ("your counsellor", "counsellor"),
    ("你表姐", "relative"),
    ("室友", "roommate"),
    ("your boss", "boss"),
    ("你闺蜜", "friend"),
    ("Lily", "unknown"),
]


@pytest.mark.parametrize(("phrase", "role"), ROLES)
def test_roles(phrase: str, role: str) -> None:
    assert role_of(phrase) == role


def test_a_named_person_who_hurts_is_not_somebody_to_tell() -> None:
    assert "who" not in told("我爸，可是他会打我", "who")


def test_nothing_is_heard_in_nothing() -> None:
    assert told("", "plan") == {}
    assert told("  。。。 ", "plan") == {}
    assert person_named("") is None
    assert means_named("") is None
    assert hurt_by("") == frozenset()


def test_a_question_of_another_facet_makes_no_answer_of_this_one() -> None:
    assert "means" not in told("有", "plan")
    assert "thoughts" not in told("嗯", None)


def test_a_long_message_answers_in_its_own_words_only() -> None:
    story = "今天下了很大的雨，我在图书馆坐了很久，后来回宿舍洗了衣服。" * 3
    assert "means" not in told(story + "有。", "means")
    assert told(story + "药就在抽屉里。", "means")["means"] == "near"
    assert told(story, "kept_going")["kept_going"] == "told"


def test_a_later_word_takes_an_earlier_one_back() -> None:
    assert told("药本来在抽屉里。刚才把药都给室友了。", None)["means"] == "away"
    assert told("没有药。可是刀在我手里。", None)["means"] == "near"


def test_facets_with_special_meaning_are_known() -> None:
    special = {"thoughts", "dying", "means", "means_near", "safe", "commands", "act"}
    assert special <= FACETS
    asked = {facet for facets in (*ORDER.values(), *NOW.values()) for facet in facets}
    assert {"plan", "timing", "alone", "attempt", "kept_going", "who"} <= asked & FACETS


def test_a_short_message_is_read_quickly() -> None:
    told("嗯", "plan")
    told("yes", "plan")
    texts = [
        ("我现在一个人在宿舍，药在抽屉里", "means"),
        ("yeah they're right next to me", "means"),
    ]
    started = time.perf_counter()
    for _ in range(100):
        for text, asked in texts:
            told(text, asked)
    # A bound that a slow machine holds too; half a millisecond is usual.
    assert (time.perf_counter() - started) / 200 < 0.005


@pytest.mark.parametrize(
    "piece", ["嗯", "就是", "no ", "yeah, ", "a ", "我把药", "i took the ", "it"]
)
def test_no_text_makes_reading_slow(piece: str) -> None:
    started = time.perf_counter()
    for asked in ("means", "timing", "kept_going"):
        told(piece * 20, asked)
        told(piece * 1000, asked)
    person_named(piece * 1000)
    hurt_by(piece * 1000)
    assert time.perf_counter() - started < 3
