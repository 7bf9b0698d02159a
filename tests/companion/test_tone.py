"""Joy heard as joy, irony as irony, and a mood of one word left at that."""

from __future__ import annotations

import pytest

from qingting.companion.person import Language
from qingting.companion.plan.small_talk import good_news
from qingting.companion.plan.tone import told_well, wry
from qingting.companion.words.bank import bank
from tests.companion.talking import said as talked


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "妹妹今天第一次叫我姐姐"),
        ("zh", "体检报告出来了 没事"),
        ("zh", "我妈终于同意我养狗了"),
        ("zh", "我们班拔河赢了"),
        ("zh", "我高兴得在床上打滚"),
        ("en", "my little sister said my name for the first time"),
        ("en", "results came back and it's nothing"),
        ("en", "i got the permanent contract"),
        ("en", "i never have to take it again"),
        ("en", "me and my sister got tickets to the concert"),
    ],
)
def test_plain_good_news_is_known(language: Language, text: str) -> None:
    assert told_well(text, language)
    assert good_news(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "我终于受不了了"),
        ("zh", "我都答应我女儿带她去动物园了"),
        ("zh", "考了第三可是我妈没说话"),
        ("zh", "要是体检没事就好了"),
        ("en", "my sister got tickets to the concert"),
        ("en", "i came second but nobody cared"),
        ("en", "the whole table laughed"),
        ("en", "everyone looks so happy"),
    ],
)
def test_what_is_soured_or_not_theirs_is_none(language: Language, text: str) -> None:
    assert not told_well(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "真棒 又下雨"),
        ("zh", "好极了 电梯又坏了"),
        ("zh", "太好了 又要加班"),
        ("en", "great, another group project"),
        ("en", "wonderful, the lift is broken again"),
        ("en", "love that for me"),
    ],
)
def test_praise_of_what_is_no_good_is_wry(language: Language, text: str) -> None:
    assert wry(text, language)
    assert not good_news(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "太好了 我考上了"),
        ("zh", "真棒"),
        ("en", "great, i got in"),
        ("en", "great news, i got the job"),
    ],
)
def test_praise_that_is_meant_is_not(language: Language, text: str) -> None:
    assert not wry(text, language)


@pytest.mark.parametrize(
    ("language", "texts", "kind"),
    [
        ("zh", ("我今天画了一张画", "老师说我手画得像鸡爪"), "unkind"),
        ("zh", ("今天上班", "太好了 又要加班"), "wry"),
        ("zh", ("今天上班", "无语"), "mood"),
        (
            "en",
            ("i drew something", "my teacher said my art looks like a pig did it"),
            "unkind",
        ),
        ("en", ("hi", "great, another group project"), "wry"),
        ("en", ("i had a shift", "annoyed"), "mood"),
    ],
)
async def test_the_reply_is_in_the_tone_of_the_message(
    language: Language, texts: tuple[str, ...], kind: str
) -> None:
    reply = (await talked(*texts))[-1].reply
    lines = bank(language).lines("moves", "restatement", kind)
    assert any(reply.startswith(line) for line in lines), reply


@pytest.mark.parametrize(
    ("text", "said", "never"),
    [
        ("我跟她表白了 她居然答应了", "她答应了", "居然"),
        ("妹妹今天第一次叫我姐姐", "妹妹今天第一次叫你姐姐", "扎"),
        ("i actually passed lol", "you passed", "actually"),
        (
            "my little sister said my name for the first time",
            "your little sister said your name for the first time",
            "shrug",
        ),
    ],
)
async def test_good_news_is_met_with_the_news_itself(text: str, said: str, never: str) -> None:
    reply = (await talked(text))[-1].reply
    assert said in reply, reply
    assert never not in reply
