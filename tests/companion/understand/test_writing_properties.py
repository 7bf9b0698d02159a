"""What must hold of any writing, for the rules alone."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import table
from qingting.companion.understand.normalise import pinyin_is_chinese, views
from qingting.companion.understand.reading import at_least, rank
from tests.companion.understand.writing import heard, read, wide

DANGER_ZH = [
    "我想死", "不想活了", "我想自杀", "今晚就去死", "活着没意思", "又开始割手了", "我想紫砂",
    "真的好想鼠", "想zs", "好想重开啊", "自/杀", "我 想 死", "bu xiang huo le", "唔想活啦",
    "睡过去就不要再醒了", "我死了大家都轻松", "把安眠药全吃了", "遗书写好了", "又兔了三次",
    "被qj了", "我想跳lou", "人生重开", "xiang si", "想４",
]  # fmt: skip
EVERYDAY_ZH = [
    "今天天气不错", "中午吃了火锅", "晚上还要写作业", "室友在阳台晒被子", "明天早八", "快递到了",
    "下午去图书馆占了个座", "猫在沙发上睡着了", "高数作业还没写", "食堂的面今天有点咸",
    "我妈发来一张花的照片", "周末想去爬山", "刚洗完头", "耳机又没电了", "刷到一个做饭的视频",
    "晚上和同学打羽毛球", "买了杯奶茶，三分糖", "公交等了二十分钟", "新买的鞋有点磨脚",
]  # fmt: skip
DANGER_EN = [
    "i want to die", "i want to kill myself", "kms", "gonna kms tonight", "i took the pills",
    "everyone would be better off without me", "sewerslide", "i want to unalive", "k1ll myself",
    "s.u.i.c.i.d.e", "i wanna di3", "i wish i wouldn't wake up", "i've been c*tting again",
    "i was graped", "ready to ctb", "gonna rope", "i want to log off life", "idwtla",
    "life isn't worth living", "i relapsed on sh", "𝐤𝐦𝐬",
]  # fmt: skip
EVERYDAY_EN = [
    "The weather was nice today", "I had pasta for lunch", "My roommate went to the library",
    "I have homework to finish", "The bus was late again", "I bought new shoes",
    "My cat is asleep on my bed", "My sister called", "There's a quiz on Monday", "I made coffee",
    "The wifi is slow today", "We have practice at six", "It rained all morning",
    "My phone is at ten percent", "I need to do laundry", "Dinner was fine", "I cleaned my desk",
    "The library closes at nine",
]  # fmt: skip
# What one sentence puts between itself and the next.
JOINS_ZH = ["。", "！", "。\n", "\n"]
JOINS_EN = [". ", "! ", ".\n", "\n"]
ALL = [*DANGER_ZH, *DANGER_EN]
INVISIBLE = list("\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\ufe0f\u0336")
MARKS = list(" .*-_/|~🙂+")
ALIKE = {"a": "аα@", "e": "еε3", "i": "іι1!", "o": "оο0", "s": "ѕ$5", "c": "с", "k": "кκ", "m": "м"}
TRICKY = st.lists(
    st.sampled_from([*ALL, *EVERYDAY_ZH, *EVERYDAY_EN, *INVISIBLE, "\n", " ", ".", "*", "1", "4"])
).map("".join)
ANY = st.one_of(st.text(st.characters(), max_size=200), TRICKY)


@settings(deadline=None, max_examples=150)
@given(ANY)
def test_any_text_is_read_and_every_place_is_inside_it(text: str) -> None:
    for view in views(cleaned(text)):
        assert len(view.text) == len(view.starts) == len(view.ends)
        assert all(0 <= a < b <= len(text) for a, b in zip(view.starts, view.ends, strict=True))
        assert list(view.starts) == sorted(view.starts)
    for span in read(text).evidence:
        assert 0 <= span.start < span.end <= len(text)
    assert pinyin_is_chinese(cleaned(text)) in (True, False)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(ALL), st.data())
def test_invisible_marks_do_not_lower_the_level(text: str, data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, len(text)), min_size=1, max_size=4))
    hidden = text
    for place in sorted(places, reverse=True):
        hidden = hidden[:place] + data.draw(st.sampled_from(INVISIBLE)) + hidden[place:]
    assert rank(read(hidden).level) >= rank(read(text).level)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(ALL), st.data())
def test_case_and_width_do_not_lower_the_level(text: str, data: st.DataObject) -> None:
    flips = data.draw(st.lists(st.sampled_from("ulw-"), min_size=len(text), max_size=len(text)))
    ways = {"u": str.upper, "l": str.lower, "w": wide, "-": str}
    changed = "".join(ways[flip](one) for flip, one in zip(flips, text, strict=True))
    assert rank(read(changed).level) >= rank(read(text).level)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(["我想死", "不想活了", "我想自杀", "想跳楼"]), st.sampled_from(MARKS))
def test_one_mark_between_characters_hides_nothing(text: str, mark: str) -> None:
    assert heard(mark.join(text))


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(["suicide", "suicidal", "killmyself", "kms"]), st.sampled_from(MARKS))
def test_one_mark_between_letters_hides_nothing(word: str, mark: str) -> None:
    assert heard(mark.join(word))


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(["suicide", "kill myself", "i want to die"]), st.data())
def test_lookalike_letters_hide_nothing(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    assume(text[place] in ALIKE)
    typed = data.draw(st.sampled_from(ALIKE[text[place]]))
    assert heard(text[:place] + typed + text[place + 1 :])


@pytest.mark.parametrize("text", ALL)
def test_the_dangerous_lines_are_heard_by_themselves(text: str) -> None:
    assert heard(text)


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(DANGER_ZH),
    st.lists(st.sampled_from(EVERYDAY_ZH), max_size=3),
    st.lists(st.sampled_from(EVERYDAY_ZH), max_size=3),
    st.sampled_from(JOINS_ZH),
)
def test_everyday_chinese_around_does_not_hide_it(
    text: str, before: list[str], after: list[str], join: str
) -> None:
    risk = read(join.join([*before, text, *after]))
    assert at_least(risk.level, "moderate")
    assert risk.subject == "self"


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(DANGER_EN),
    st.lists(st.sampled_from(EVERYDAY_EN), max_size=3),
    st.lists(st.sampled_from(EVERYDAY_EN), max_size=3),
    st.sampled_from(JOINS_EN),
)
def test_everyday_english_around_does_not_hide_it(
    text: str, before: list[str], after: list[str], join: str
) -> None:
    risk = read(join.join([*before, text, *after]))
    assert at_least(risk.level, "moderate")
    assert risk.subject == "self"


@pytest.mark.parametrize("around", EVERYDAY_ZH)
def test_the_everyday_chinese_is_everyday(around: str) -> None:
    assert not heard(around)


@pytest.mark.parametrize("around", EVERYDAY_EN)
def test_the_everyday_english_is_everyday(around: str) -> None:
    assert not heard(around)


@pytest.mark.parametrize(
    "text",
    [
        "刚打完一局游戏。活着没意思。",
        "又开始割手了。刚看完一部电影，挺好看的。",
        "在单曲循环一首老歌\n睡过去就不要再醒了",
        "Played some Minecraft. life isn't worth living",
    ],
)
def test_a_film_or_a_game_in_the_next_sentence_does_not_hide_it(text: str) -> None:
    assert heard(text)


def test_an_idiom_does_not_reach_over_an_ellipsis() -> None:
    assert heard("周末想去爬山……我想死")


def test_fancy_characters_stand_one_for_one() -> None:
    assert all(len(fancy) == len(plain) == 1 for fancy, plain in table("respell")["fancy"].items())
