"""What is answered to our own questions of danger: a plain everyday answer must not turn into an
act under way, and an answer that is one must be heard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qingting.companion.person import Language
from qingting.companion.understand import Heard, understand
from qingting.companion.understand.reading import at_least
from qingting.companion.words.bank import bank
from tests.companion.understand.known import ERR
from tests.lines import looked_at

_OPENED: dict[Language, tuple[Heard, ...]] = {
    "zh": (
        Heard("person", "不想活了"),
        Heard("companion", "我在，咱们慢慢说。你心里是不是有自杀这个念头？"),
        Heard("person", "有想过"),
    ),
    "en": (
        Heard("person", "i don't want to be alive"),
        Heard("companion", "I'm staying. Are you thinking about ending your life?"),
        Heard("person", "sometimes"),
    ),
}
_EVERYDAY: dict[Language, tuple[str, ...]] = {
    "zh": (
        "我现在在宿舍",
        "猫现在趴我腿上",
        "我妈在旁边",
        "室友明天回来",
        "现在好困",
        "今天下雨了",
        "我姐明天请假陪我",
        "我在家里",
        "等会儿跟她说",
        "一会儿我去洗个澡",
        "在房间里躺着",
        "有，我姐",
    ),
    "en": (
        "i'm in my dorm now",
        "my cat is on my lap",
        "my mum is next to me",
        "she's coming tomorrow",
        "so tired now",
        "it rained today",
        "my sister, tomorrow",
        "i'm in my room",
        "soon, after class",
        "gonna shower in a bit",
        "at home today",
        "yeah, my nan",
    ),
}
_STAYS: dict[Language, str] = {
    "zh": "我还在，你慢慢打。",
    "en": "I'm still here, and not in a hurry. ",
}


def _asked(language: Language, *names: str) -> Iterator[tuple[Heard, ...]]:
    words = bank(language)
    for name in names:
        for line in words.lines("danger", "suicide", "probes", name):
            yield (*_OPENED[language], Heard("companion", _STAYS[language] + line))


@pytest.mark.parametrize("name", ["alone", "kept_going", "who", "plan", "thoughts"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_everyday_answer_is_no_act_under_way(language: Language, name: str) -> None:
    for history in _asked(language, name):
        for text in _EVERYDAY[language]:
            level = understand(text, history, default_language=language).risk.level
            assert level != "imminent", (history[-1].text, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "我家猫现在趴我腿上"),
        ("zh", "我现在在宿舍"),
        ("zh", "我妈明天做红烧肉"),
        ("zh", "今天下雨了"),
        ("en", "my cat is on my lap now"),
        ("en", "it rained today"),
        ("en", "my nan is coming tomorrow"),
    ],
)
def test_talk_of_something_else_after_a_hard_question_is_not_taken_for_a_plan(
    language: Language, text: str
) -> None:
    for history in _asked(language, "means", "timing"):
        level = understand(text, history, default_language=language).risk.level
        assert level != "imminent", (history[-1].text, text)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_after_danger_an_answer_to_an_everyday_question_stays_everyday(language: Language) -> None:
    words = bank(language)
    small = (
        ("明天早上吧", "等会儿", "现在", "今晚", "有", "嗯", "对", "我有个表姐，她在外地上班")
        if language == "zh"
        else ("tomorrow morning", "soon", "now", "tonight", "yes", "yeah", "i have a cousin")
    )
    for path in words.paths():
        if path[:2] == ("moves", "question") or (
            path[0] == "topics" and path[-1] in ("ask", "widen")
        ):
            for line in looked_at(words.lines(*path)):
                history = (*_OPENED[language], Heard("companion", line))
                for text in small:
                    level = understand(text, history, default_language=language).risk.level
                    assert not at_least(level, "high"), (line, text)


@pytest.mark.parametrize(
    ("language", "question", "text"),
    [
        ("zh", "你心里有没有想好是什么时候？", "今晚"),
        ("zh", "你心里有没有一个日子？", "就今天"),
        ("zh", "你心里有没有想好是什么时候？", "现在"),
        ("zh", "你说的是今天，还是一个更远、更模糊的以后？", "今晚就做"),
        ("zh", "你想到要用的东西，现在就在手边吗？", "就在手边"),
        ("zh", "你想到要用的东西，现在就在手边吗？", "在抽屉里"),
        ("en", "Is it about tonight, or is there no time attached to it?", "tonight"),
        ("en", "When you picture it, how soon is it?", "right now"),
        ("en", "Is what you'd use somewhere near you at the moment?", "yes, in my drawer"),
        ("en", "Is the thing you've thought of using close to you right now?", "right next to me"),
    ],
)
def test_an_answer_that_names_time_or_means_at_hand_is_heard(
    language: Language, question: str, text: str
) -> None:
    history = (*_OPENED[language], Heard("companion", _STAYS[language] + question))
    assert understand(text, history, default_language=language).risk.level == "imminent"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_yes_to_any_of_our_direct_questions_is_a_disclosure(language: Language) -> None:
    yes, some, no = ("有", "偶尔会", "没有") if language == "zh" else ("yes", "sometimes", "no")
    for line in bank(language).lines("danger", "suicide", "moderate", "ask"):
        history = (*_OPENED[language][:1], Heard("companion", _STAYS[language] + line))
        assert at_least(understand(yes, history).risk.level, "high"), line
        assert at_least(understand(some, history).risk.level, "moderate"), line
        denied = understand(no, history).risk
        assert not at_least(denied.level, "moderate"), line
        assert denied.shift == "denial", line


@pytest.mark.parametrize("language", ["zh", "en"])
def test_none_of_our_own_lines_makes_the_next_small_word_dangerous(language: Language) -> None:
    """A "yes" after an everyday reply of ours says nothing about danger."""
    words, yes = bank(language), "嗯" if language == "zh" else "yeah"
    for path in words.paths():
        # What safety/ says goes on with danger, and some of it asks about dying in so many words;
        # the answer to a step of an exercise is read by itself.
        asks_itself = path[-1] in ("if_i_died_ask", "help_me")
        asks_itself = asks_itself or path[0] in ("danger", "safety", "exercises")
        # Worse on a new medicine: there the direct question is asked outright.
        asks_itself = asks_itself or path[1:4:2] == ("thread_medication", "worse_since")
        if not asks_itself and path[-1] not in (
            "names",
            "cues",
            "when",
            "near",
            "like",
            "keys",
            "never",
            "opens",
        ):
            for line in looked_at(words.lines(*path)):
                history = (Heard("person", "..."), Heard("companion", line))
                level = understand(yes, history, default_language=language).risk.level
                assert not at_least(level, "moderate"), (path, line)


@pytest.mark.parametrize(
    "text",
    [
        "he'd sit in the shed with the radio on and let you sit there too",
        pytest.param("shed be up like a shot if i rang her", marks=ERR),
    ],
)
def test_a_shed_is_a_shed(text: str) -> None:
    assert not at_least(understand(text).risk.level, "moderate")
