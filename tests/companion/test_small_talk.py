"""Very short messages, questions about us, refusals and good news, known by their shape."""

from __future__ import annotations

from importlib import resources

import pytest

from qingting.companion.person import Language
from qingting.companion.plan.small_talk import about_you, good_news, shape_of
from qingting.companion.understand import understand
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.needs import need_of
from qingting.companion.words.bank import read_toml


@pytest.mark.parametrize(
    ("language", "text", "shape"),
    [
        ("zh", "在吗", "hello"),
        ("zh", "嗯嗯", "yes"),
        ("zh", "没有。", "no"),
        ("zh", "不知道诶", "dont_know"),
        ("zh", "。。。", "dots"),
        ("zh", "😮‍💨", "dots"),
        ("zh", "谢谢你听我说", "thanks"),
        ("zh", "谢了啊", "thanks"),
        ("zh", "妈的", "swear"),
        ("zh", "晚安~", "goodbye"),
        ("zh", "睡了，886", "goodbye"),
        ("zh", "你根本不懂", "correction"),
        ("zh", "我就想说说", "listen_only"),
        ("zh", "别给我讲道理", "listen_only"),
        ("zh", "多说点", "say_more"),
        ("zh", "哈哈哈哈", "laugh"),
        ("zh", "笑死", "laugh"),
        ("zh", "算了", "never_mind"),
        ("zh", "就这？", "not_enough"),
        ("zh", "换个话题吧", "refused"),
        ("zh", "我今天在厕所待了二十分钟", None),
        ("zh", "没有人来接我", None),
        ("zh", "谢谢是他说的", None),
        ("en", "hey", "hello"),
        ("en", "Yeah!", "yes"),
        ("en", "nope", "no"),
        ("en", "idk", "dont_know"),
        ("en", "...", "dots"),
        ("en", "thanks for listening", "thanks"),
        ("en", "wtf", "swear"),
        ("en", "gonna sleep. night", "goodbye"),
        ("en", "goodnight", "goodbye"),
        ("en", "that's not what i meant", "correction"),
        ("en", "i just want to vent", "listen_only"),
        ("en", "please don’t give me a pep talk", "listen_only"),
        ("en", "say more", "say_more"),
        ("en", "lol", "laugh"),
        ("en", "hahaha", "laugh"),
        ("en", "whatever", "never_mind"),
        ("en", "is that it?", "not_enough"),
        ("en", "can we talk about something else for a bit", "refused"),
        ("en", "night is when it gets worst", None),
        ("en", "no one came to get me", None),
        ("en", "laughing about it now but", None),
    ],
)
def test_small_messages_are_known_by_their_shape(
    language: Language, text: str, shape: str | None
) -> None:
    assert shape_of(text, language) == shape


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("你是真人吗", "human"),
        ("会不会被别人看到", "privacy"),
        ("你还记得吗", "memory"),
        ("你喜欢我吗", "feelings"),
        ("你能干嘛", "can_do"),
        ("你是谁", "who"),
        ("你是deepseek吗", "model"),
        ("我妈问我你是不是傻", None),
        ("are you real?", "human"),
        ("who can see this", "privacy"),
        ("do you remember what i said", "memory"),
        ("do you love me", "feelings"),
        ("what can you do", "can_do"),
        ("what are you?", "who"),
        ("are you chatgpt", "model"),
        ("what are you even supposed to do with a brain like this", None),
    ],
)
def test_questions_about_us_are_known(text: str, about: str | None) -> None:
    assert about_you(text) == about


def asked(table: str) -> list[tuple[str, str]]:
    """(name, text) of the examples that small_talk.toml keeps, in both languages."""
    found = []
    for language in ("zh", "en"):
        data = read_toml(resources.files("qingting.content") / language / "small_talk.toml")
        found += [(name, text) for name, texts in data[table].items() for text in texts]
    return found


@pytest.mark.parametrize(("name", "text"), asked("about_you_heard"))
def test_each_question_about_us_has_its_own_answer_in_danger_too(name: str, text: str) -> None:
    assert about_you(text) == name
    # Inside an episode the reading decides whether a straight answer is owed first.
    assert need_of(cleaned(text)) == "about_you"


@pytest.mark.parametrize(("name", "text"), asked("about_you_left"))
def test_what_only_looks_like_that_question_is_left(name: str, text: str) -> None:
    assert about_you(text) != name


def test_a_question_in_traditional_characters_is_known_too() -> None:
    assert about_you("你會告訴我爸媽嗎") == "tells"
    assert about_you("我要是死了你會難過嗎") == "if_i_died"


@pytest.mark.parametrize(
    "text",
    [
        "i dont get migraines",
        "i don't have anyone",
        "i dont sleep",
        "i don't want to go home",
        "我不想回家",
    ],
)
def test_what_only_sounds_like_a_refusal_is_part_of_the_story(text: str) -> None:
    assert not understand(text).refused


@pytest.mark.parametrize(
    "text",
    [
        "i don't want to",
        "i'd rather not",
        "no thanks",
        "don't want to talk about it",
        "不想说",
        "别问了",
    ],
)
def test_a_refusal_is_heard(text: str) -> None:
    assert understand(text).refused


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "同学都考上了"),
        ("zh", "她被录取了我没有"),
        ("zh", "我一点都不开心"),
        ("zh", "没通过"),
        ("en", "i passed out"),
        ("en", "i got in trouble"),
        ("en", "i don't feel better"),
        ("en", "everyone looks so happy"),
        ("en", "i got into a fight"),
    ],
)
def test_other_peoples_luck_and_near_words_are_no_good_news(language: Language, text: str) -> None:
    assert not good_news(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "我考上了！！"),
        ("zh", "终于过了，拿到offer了"),
        ("zh", "好像没那么堵了"),
        ("zh", "今天有点开心"),
        ("en", "i got in!"),
        ("en", "i passed!!"),
        ("en", "i feel a tiny bit less gross"),
        ("en", "i got the job"),
    ],
)
def test_good_news_of_their_own_is_heard(language: Language, text: str) -> None:
    assert good_news(text, language)
