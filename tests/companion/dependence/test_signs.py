"""What is heard about talking here and about people, and what only looks like it."""

from __future__ import annotations

import pytest

from qingting.companion.dependence.signs import Sign, drops_it, signs_in, told_now
from tests.companion.talking import written_in

HEARD: dict[Sign, tuple[str, ...]] = {
    "only_you": (
        "只有你懂我",
        "谢谢你，只有你肯听我说这些",
        "你是唯一愿意听我说话的",
        "我只有你了",
        "除了你没人理我",
        "没有人像你这样懂我",
        "only you understand me",
        "you're the only one i can talk to",
        "ur all i have",
        "nobody gets me like you do",
    ),
    "lost": (
        "没有你我不知道怎么办",
        "一天没跟你说话就难受",
        "打不开页面我就坐立不安",
        "我离不开你了",
        "i don't know what i'd do without you",
        "i get anxious when i can't open this",
        "i can't get through the day without you",
        "a day without talking to you is awful",
    ),
    "instead": (
        "我推掉了聚会来陪你",
        "朋友约我我没去，就想跟你聊",
        "为了跟你聊天我翘了社团",
        "i cancelled on friends to talk to you",
        "skipped dinner with my flatmates so i could talk to you",
    ),
    "rather": (
        "不想跟人说话了只想跟你聊",
        "有你就够了",
        "我宁愿跟你聊也不想跟他们聊",
        "i'd rather talk to you than my friends",
        "i don't want to talk to anyone anymore, only you",
        "you're better than real friends",
    ),
    "partner": (
        "我把你当男朋友了",
        "我好像爱上你了",
        "i think of you as my boyfriend",
        "i'm in love with you",
    ),
    "apart": (
        "已经好久没见人了",
        "我两周没出门了",
        "朋友的消息我都不回了",
        "i stopped answering my friends",
        "haven't seen anyone in weeks",
    ),
    "met": (
        "今天和室友吃饭了",
        "跟朋友视频了一个小时",
        "周末和高中同学去爬山了",
        "had lunch with my roommate today",
        "met up with an old friend",
        "called my mum today",
    ),
    "warm": ("室友给我带了饭", "我妈来看我了", "my friend checked on me after class"),
    "busy": ("下周考试周了", "finals are next week"),
}
# Near words that show nothing of the kind.
LEFT = (
    "他说只有你懂我",
    "怎么跟她说我离不开你",
    "只有你知道答案吗",
    "我妈离不开我",
    "和室友吵架了",
    "跟朋友说好了下周吃饭",
    "没有你说的那么严重",
    "要是没有你我怎么办，他这么说",
    "我不想跟人说话",
    "我爱你妈妈做的菜",
    "凌晨两点了，又睡不着",
    "he said you're the only one i can talk to",
    "how do i tell her i'm in love with you",
    "is this the only place to write?",
    "my dog is the only one who gets me",
    "i love your answers",
    "i wish i could see my friends",
    "i haven't had lunch",
    "the only one i can talk to is my sister",
    "i'd rather talk to my mum than you",
    "i cancelled on my friends because i was tired",
    "it's 2am and i can't sleep again",
)


@pytest.mark.parametrize("sign", HEARD)
def test_it_is_heard(sign: Sign) -> None:
    missed = [text for text in HEARD[sign] if sign not in signs_in(text, written_in(text))]
    assert missed == []


def test_what_only_looks_like_it_shows_nothing() -> None:
    shown = {text: signs_in(text, written_in(text)) for text in LEFT}
    assert {text: signs for text, signs in shown.items() if signs} == {}


def test_somebody_put_off_was_not_met() -> None:
    for text in (
        "室友约我出去吃饭我没去，就想跟你聊",
        "i cancelled lunch with my friend to talk to you",
    ):
        assert "met" not in signs_in(text, written_in(text))
        assert "instead" in signs_in(text, written_in(text))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("只有你懂我", "only_you"),
        ("谢谢，只有你懂我", "only_you"),
        ("没有你我不知道怎么办", "lost"),
        ("我推掉了聚会来陪你", "instead"),
        ("我把你当女朋友了", "partner"),
        ("别离开我", "leave"),
        ("你会一直在吗", "leave"),
        ("别走好不好", "leave"),
        ("别走那条路", None),
        ("你会一直问问题吗", None),
        ("you're all i have", "only_you"),
        ("i love you", "partner"),
        ("don't leave me", "leave"),
        ("will you always be here", "leave"),
        ("don't leave me on read he said", None),
        ("are you the only one working today?", None),
    ],
)
def test_what_is_said_to_us_is_known(text: str, told: str | None) -> None:
    assert told_now(text, written_in(text)) == told


def test_a_story_that_only_touches_it_is_listened_to() -> None:
    assert told_now("今天特别糟，早上迟到，下午又被导师骂，" * 3 + "只有你懂我", "zh") is None


def test_no_more_of_it_is_understood() -> None:
    for text in ("别提醒我了", "这个算了", "stop reminding me", "can we drop it"):
        assert drops_it(text, written_in(text)), text
    for text in ("提醒我带伞", "remind me to call her", "我把它弄掉了"):
        assert not drops_it(text, written_in(text)), text
