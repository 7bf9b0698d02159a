"""What kind of remark an everyday message is: known by its shape, never a guess at a mood."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.companion.person import Language
from qingting.companion.understand.lexicon import table
from qingting.companion.understand.remarks import PLAIN, asks, remark_of
from qingting.companion.words.bank import bank

_LANGUAGES: tuple[Language, ...] = ("zh", "en")

SAID: dict[str, tuple[str, ...]] = {
    "leaving": ("我撤了", "到家了 睡了", "ok bed", "mm. might. night"),
    "correction": ("不是，我说的是我姨", "no i meant the other one"),
    "link": ("https://b23.tv/abc", "www.example.com/x"),
    "number": ("34", "7:40", "¥520"),
    "dont": ("别跟我讲道理", "别骂我", "please don't tell me to join something", "dont judge me"),
    "off_to": ("我去洗个脸", "有人敲门", "门铃响了", "someone's knocking"),
    "may_i": (
        "我只想说说，可以吗",
        "can i just vent for a minute",
        "is it ok if i type in english",
    ),
    "idea": ("“我今天没电了”这种可以？", "hat?", "i'd write 'not today', how's that"),
    "judged": ("我是不是很矫情", "is that weird", "am i being dramatic"),
    "whether": ("那四十七张票我要不要丢嘛", "do i even have to wear it"),
    "asks": ("这是正常的吗", "how many hrs till saturday 8am"),
    "excited": ("啊啊啊啊啊", "oh my god", "she said it was good!!"),
    "mishap": ("外卖送错了", "坐过站了", "i spilled oat milk on it", "i missed the bus"),
    "laughing": ("笑死我了这个人", "lmao that guy"),
    "pending": ("还没点开", "她正在输入", "they haven't replied"),
    "done": ("高数作业写完了", "finished the problem set"),
    "ahead": ("明天春游", "road test next week"),
    "plan": (
        "明天问学委",
        "好，我先把西装挂起来",
        "i'll ask again monday",
        "gonna try the library",
    ),
    "cold": ("脚好冷", "im so cold"),
    "sleepy": ("好困", "i'm half asleep"),
    "hungry": ("肚子饿", "im starving"),
    "i_said": ("我说好的老师", "i said medical supplies"),
    "said": ("她问我后天有没有空", "the instructor said huh"),
    "dislike": ("不想起床", "ugh double pe"),
    "wish": ("好想吃火锅", "i want to learn guitar"),
    "like": ("我还挺喜欢下雨的", "i like the quiet here"),
    "exclaims": ("真的服了", "who does that"),
    "nice": ("充电器找到了", "大家还鼓掌了", "worth it", "people clapped anyway"),
    "meh": ("字有点丑", "腿都断了", "no hot water in the dorm", "my spacebar is broken"),
    "back_then": ("我小学也这样", "we used to do tea at ten"),
    "now": ("我在图书馆", "in the library"),
}


@pytest.mark.parametrize(("kind", "text"), [(k, t) for k, texts in SAID.items() for t in texts])
def test_a_message_is_known_by_its_shape(kind: str, text: str) -> None:
    language: Language = "zh" if re.search(r"[一-鿿]", text) else "en"
    assert remark_of(text, language).kind == kind


def test_every_kind_has_an_example_above() -> None:
    assert set(SAID) == set(table("remarks")["order"])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("i can't sleep", "leaving"),
        ("睡不着", "leaving"),
        ("他下了床", "leaving"),
        ("i dropped out", "mishap"),
        ("我的心都碎了", "mishap"),
        ("我宁愿她骂我", "said"),
        ("论文还没写完", "done"),
        ("i haven't finished the paper", "done"),
        ("i'll take it", "plan"),
        ("my dad's gonna ask if it's paid", "plan"),
        ("本来打算给他的", "plan"),
        ("i want to throw up", "wish"),
        ("好想死", "wish"),
        ("他们都笑我", "laughing"),
        ("everyone laughed at me", "laughing"),
        ("i like him", "like"),
        ("终于忍不住哭了", "nice"),
        ("it's not worth it", "nice"),
        ("dont judge me but i have been sitting here for a guy", "dont"),
        ("i left my bike outside", "now"),
        ("毕业半年 搁家待着呢", "asks"),
        ("was meant to be a summer", "asks"),
        ("考不上就嫁一个", "whether"),
    ],
)
def test_what_only_looks_like_a_kind_is_not_taken_for_it(text: str, kind: str) -> None:
    language: Language = "zh" if re.search(r"[一-鿿]", text) else "en"
    assert remark_of(text, language).kind != kind


@pytest.mark.parametrize(
    ("text", "language", "thing"),
    [
        ("外卖还送错了", "zh", "外卖"),
        ("今天食堂的番茄炒蛋没放糖", "zh", "番茄炒蛋"),
        ("拨了八次", "zh", "八次"),
        ("theres ramen", "en", "ramen"),
        ("i passed", "en", None),
        ("the trainer was nice", "en", None),
        ("嗯嗯", "zh", None),
    ],
)
def test_the_everyday_thing_is_taken_up_in_their_word(
    text: str, language: Language, thing: str | None
) -> None:
    assert remark_of(text, language).thing == thing


def test_a_story_is_read_by_its_last_words_and_does_not_lead() -> None:
    story = "我爸看了通知书没说话，去阳台抽烟了，抽了两根。然后进来说，晚上吃点好的。外卖送错了"
    remark = remark_of(story, "zh")
    assert (remark.short, remark.thing) == (False, None)
    assert not remark.leads


def test_where_it_is_heavy_nothing_light_is_heard() -> None:
    for text in ("豆包走了 它的碗里还有水", "外卖送错了", "哈哈哈哈"):
        remark = remark_of(text, "zh", heavy=True)
        assert (remark.kind, remark.thing) == (PLAIN, None)
    assert asks(remark_of("我该不该去", "zh", heavy=True))


@pytest.mark.parametrize("language", _LANGUAGES)
def test_every_kind_can_be_answered(language: Language) -> None:
    words, data = bank(language), table("remarks")
    for kind in data["order"]:
        says = words.lines("moves", "remark", kind, "say")
        asked = words.lines("moves", "remark", kind, "ask")
        assert says or asked or kind == "leaving", kind
        if kind in data["asks_nothing"]:
            assert not asked, kind
    assert all(len(line) > 1 for line in words.lines("moves", "remark", "nod", "say"))


def test_kinds_named_in_lists_are_kinds() -> None:
    data: Any = table("remarks")
    known = set(data["order"])
    assert known == set(data["kind"])
    for name in ("grave", "strong", "follows", "beside_feeling", "asks_nothing"):
        assert set(data[name]) <= known, name


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120), st.sampled_from(_LANGUAGES), st.booleans())
def test_any_text_is_some_remark(text: str, language: Language, heavy: bool) -> None:
    remark = remark_of(text, language, heavy=heavy)
    assert remark.kind == PLAIN or remark.kind in table("remarks")["order"]
    if remark.thing is not None:
        assert remark.field is not None
