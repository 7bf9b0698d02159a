"""Bare follow-ups are understood by what the talk is about, and by nothing else."""

from __future__ import annotations

import pytest

from qingting.companion.person import Language
from qingting.companion.understand.history import Heard
from qingting.companion.understand.situations import answer_owed
from qingting.companion.understand.threads import threads_open
from qingting.companion.words.bank import bank


def said(*texts: str) -> tuple[Heard, ...]:
    """A person's messages, with nothing of ours between them."""
    return tuple(Heard("person", text) for text in texts)


@pytest.mark.parametrize(
    ("language", "texts", "thread"),
    [
        ("zh", ("医生给我开了舍曲林",), "medication"),
        ("zh", ("精神科开了药",), "medication"),
        ("en", ("started lexapro two weeks ago",), "medication"),
        ("en", ("my doctor put me on something, new meds",), "medication"),
        ("zh", ("我喜欢一个女生", "我也是女生"), "same_sex"),
        ("en", ("i think i like girls", "i'm a girl"), "same_sex"),
        ("zh", ("收到offer了",), "good_news"),
        ("en", ("i got the internship!!!",), "good_news"),
    ],
)
def test_a_thread_is_opened_by_what_was_told(
    language: Language, texts: tuple[str, ...], thread: str
) -> None:
    assert thread in threads_open(said(*texts[:-1]), texts[-1], language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "感冒了 医生给我开了消炎药"),
        ("zh", "我攒了一瓶舍曲林"),
        ("zh", "我妈在吃安眠药"),
        ("zh", "室友上岸了"),
        ("zh", "我是女生，我喜欢隔壁班男生"),
        ("en", "the dentist gave me antibiotics"),
        ("en", "i saved up my zoloft, enough to end my life"),
        ("en", "my friend got the internship"),
        ("en", "i'm a girl and i like a guy in my class"),
    ],
)
def test_no_thread_is_opened_by_something_else(language: Language, text: str) -> None:
    assert threads_open((), text, language) == ()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_its_own_answers_keep_a_thread_open(language: Language) -> None:
    shelf = ("situations", "thread_medication", "situation", "may_i_stop", "answer")
    given = Heard("companion", bank(language).lines(*shelf)[0])
    text = "ok" if language == "en" else "好"
    assert threads_open((given,), text, language) == ("medication",)
    others = tuple(Heard("companion", "…") for _ in range(3))
    assert threads_open((given, *others), text, language) == ()


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("zh", "能不能自己停", "may_i_stop"),
        ("zh", "今晚喝了点酒 会不会有事", "had_a_drink"),
        ("zh", "还恶心", "sick_stomach"),
        ("zh", "复诊问什么", "what_to_ask_the_doctor"),
        ("zh", "几天能见效啊", "when_will_it_work"),
        ("zh", "更慌了", "worse_since"),
        ("zh", "今天想停更一天", None),
        ("zh", "我想断了跟他的联系", None),
        ("zh", "我觉得自己好恶心", None),
        ("zh", "今天下雨", None),
        ("en", "can i just stop", "may_i_stop"),
        ("en", "had a drink tonight", "had_a_drink"),
        ("en", "so nauseous omg", "sick_stomach"),
        ("en", "what do i ask at the appointment", "what_to_ask_the_doctor"),
        ("en", "when does it kick in", "when_will_it_work"),
        ("en", "should i quit the club", None),
        ("en", "i can't stop crying", None),
        ("en", "had a coffee with her", None),
        ("en", "it's raining", None),
    ],
)
def test_a_follow_up_is_about_the_medicine_while_that_is_talked_about(
    language: Language, text: str, name: str | None
) -> None:
    owed = answer_owed(text, language, threads=("medication",))
    assert (owed.name if owed else None) == name
    assert answer_owed(text, language) is None
