"""What reads like something to keep and is none: another's day, a story, a quotation, a date that
has gone by. Today is Wednesday, 18 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from qingting.companion.person import Language
from qingting.companion.remember import learned
from qingting.companion.remember.extract import extract

TODAY = date(2026, 11, 18)


def found(said: str, language: Language) -> list[str]:
    return [one.about for one in extract(said, language, TODAY, learned=False)]


NOTHING_ZH = (
    # Somebody who was called, and one who has gone.
    "我叫孙叔",
    "我叫小雨 她没理我",
    "我叫小李，小李不理我",
    "那时候我男朋友天天接我下班",
    "跟对象在一起四年说没就没",
    # A story, a game, homework.
    "我写的那个角色有个弟弟叫阿野 在我笔下死了三次",
    "我的小说写到第三章 弟弟叫林夕 被我写死了",
    "王者里我师父叫小鹿",
    "例句：我爸爸是老师",
    "把这句话改成英语：我下周五考试",
    # Somebody else's day.
    "14号那张考试是我妹的 我是15号",
    "下周三是她答辩 我是下周五",
    "我们班没有 是隔壁班下周三期中考试",
    "陪室友下周五去面试",
    "下周三我爱豆演唱会 我在家看直播",
    "隔壁床奶奶的孙女跟我同岁 下周要去澳洲了",
    # Somebody else's words.
    "他说 我下周五面试 你来接我",
    "“我明天面试”他这么跟我讲",
    "他写：我妈妈去世了",
    # Not sure, not going, every week, gone by.
    "可能下周三面试 也可能不面",
    "公司下周五团建我请假了",
    "周五晚上照例聚餐",
    "六级是6月考的 没过",
    "12月考研那年我住地下室",
    "国庆结婚的时候下着雨",
    # No wish of theirs.
    "其实没那么想当医生",
    "谁想当老师啊",
    "以前想转法学来着,早放弃了",
)
NOTHING_EN = (
    "i've got a boyfriend in the sims",
    "me and my girlfriend were together three years before she left",
    "in my wip the sister is called Wren and she dies",
    "french homework, my sister is called Marie and she is 12",
    "essay title: i want to be a doctor",
    "the girls in my corridor have exams on friday",
    "it's not me with the interview on friday it's my brother",
    'she said "i have an exam on friday"',
    'someone posted "my interview\'s tomorrow wish me luck"',
    'she told me: "i\'ve been sober for a year"',
    "my audition was due in october and i missed it",
    "my dad's lawyer is useless",
    "my ex's new girlfriend is called Tara",
    "do you have an exam tomorrow",
)


@pytest.mark.parametrize("said", NOTHING_ZH)
def test_nothing_is_kept_in_chinese(said: str) -> None:
    assert found(said, "zh") == []


@pytest.mark.parametrize("said", NOTHING_EN)
def test_nothing_is_kept_in_english(said: str) -> None:
    assert found(said, "en") == []


STILL_TOLD: tuple[tuple[Language, str, str], ...] = (
    ("zh", "我叫小雨", "name"),
    ("zh", "老师说下周三考试", "考试"),
    ("zh", "我妈说，我奶奶住院了", "奶奶"),
    ("zh", "10月就是我生日", "生日"),
    ("zh", "明年10月3号我要面试", "面试"),
    ("en", "my birthday is in october", "birthday"),
    ("en", "my friends and i have an exam on friday", "exam"),
    ("en", 'my brother Tom said "no"', "brother/name"),
)


@pytest.mark.parametrize(("language", "said", "about"), STILL_TOLD)
def test_what_only_looks_like_it_is_kept(language: Language, said: str, about: str) -> None:
    assert found(said, language) == [about]


def test_what_is_over_is_kept_though_nobody_goes() -> None:
    (one,) = extract("面试取消了 我不去了", "zh", TODAY, learned=False)
    assert one.gone


def test_what_no_list_holds_counts_only_where_no_other_pattern_tells() -> None:
    assert found("我想去西部支教一年", "zh") == ["去西部支教一年"]
    assert found("我打算考研", "zh") == ["考研"]


def test_a_learned_find_is_framed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        learned, "kinds_of", lambda texts, _m, _l: [frozenset({"event"})] * len(texts)
    )
    assert extract("15号我要去吹头发", "zh", TODAY) != ()
    for said in ("15号那张是我妹的", "15号我要去吹头发 也可能不去"):
        assert extract(said, "zh", TODAY) == ()
