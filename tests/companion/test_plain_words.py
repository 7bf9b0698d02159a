"""What thousands write in few words is answered as a friend would: never a nod that waves it away,
never their verdict on themselves said back as ours."""

from __future__ import annotations

import pytest

from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.feelings import feelings_of
from qingting.companion.understand.situations import situation_of
from qingting.companion.words.bank import bank
from qingting.companion.words.believed import believed, supposed
from qingting.companion.words.fragments import quote
from tests.companion.talking import said


@pytest.mark.parametrize(
    ("text", "not_said"),
    [
        ("nobody likes me", "nobody likes you"),
        ("i feel like nobody actually likes me", "likes you"),
        ("everyone hates me", "hates you"),
        ("i ruined everything", "you ruined"),
        ("i don't deserve to be happy", "you don't deserve"),
        ("my parents are going to be so disappointed", "so disappointed"),
        ("i feel like he's losing interest", "losing interest"),
        ("i think i failed my chem final", "you failed"),
        ("所有人都讨厌我", "讨厌你"),
        ("没有人喜欢我", "喜欢你"),
        ("我把一切都搞砸了", "搞砸了"),
        ("感觉他不爱我了", "不爱你"),
        ("感觉自己好失败", "好失败"),
        ("别人都比我优秀", "比你优秀"),
    ],
)
async def test_what_they_only_believe_is_never_said_back_as_so(text: str, not_said: str) -> None:
    (done,) = await said(text)
    assert not_said not in done.reply, done.reply


@pytest.mark.parametrize(
    ("clause", "language"),
    [
        ("my manager gave me her shifts", "en"),
        ("we missed the last bus", "en"),
        ("他把杯子放回去了", "zh"),
        ("我妈今天没做饭", "zh"),
    ],
)
def test_what_happened_may_be_said_back(clause: str, language: str) -> None:
    assert not supposed(clause)
    assert not believed(clause, "zh" if language == "zh" else "en")
    assert quote(clause, "zh" if language == "zh" else "en") is not None


@pytest.mark.parametrize(
    ("text", "feeling"),
    [
        ("people at school make fun of me", "hurt"),
        ("没有人喜欢我", "loneliness"),
        ("感觉没有一个人真的喜欢我", "loneliness"),
        ("感觉自己好失败", "shame"),
        ("i ruined everything", "shame"),
        ("i didn't get the job", "sadness"),
        ("感觉他不爱我了", "hurt"),
        ("i had a really good day", "joy"),
    ],
)
def test_the_commonest_words_are_felt_rightly(text: str, feeling: str) -> None:
    assert feelings_of(cleaned(text))[0].label == feeling


@pytest.mark.parametrize(
    "text", ["i failed", "i hate my job", "today was awful", "好累啊", "考砸了", "想辞职", "我好懒"]
)
async def test_a_few_heavy_words_are_no_small_thing(text: str) -> None:
    (done,) = await said(text)
    nods = bank("zh" if not text.isascii() else "en").lines("moves", "remark", "nod", "say")
    assert done.reply not in nods, done.reply
    assert done.plan.why not in ("few_words", "small_thing")


@pytest.mark.parametrize(
    ("text", "language"),
    [("ok thanks. i'll try to sleep", "en"), ("谢谢你，我试着睡一下", "zh"), ("那我去睡啦", "zh")],
)
async def test_who_goes_to_bed_is_wished_a_good_night(text: str, language: str) -> None:
    before = "exam tomorrow" if language == "en" else "明天考试"
    done = await said(before, text)
    assert done[-1].reply in bank("zh" if language == "zh" else "en").lines(
        "moves", "small", "goodnight"
    )


@pytest.mark.parametrize("text", ["i'll try to sleep but my head is loud", "我妈让我去睡觉"])
async def test_who_only_speaks_of_sleep_is_not_sent_to_bed(text: str) -> None:
    (done,) = await said(text)
    assert done.plan.small != "goodbye"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "i failed my exam because i was at the hospital with my little brother the whole night",
            "en",
        ),
        ("考试没考好是因为前一天晚上我弟弟发烧我陪他在医院坐到了早上五点多", "zh"),
    ],
)
def test_a_message_that_tells_more_is_not_taken_for_plain(text: str, language: str) -> None:
    found = situation_of(text, "zh" if language == "zh" else "en")
    assert found is None or not found.shelf.startswith("plain_")
