"""An hour with the guided responder, as a young person would really type it: it still has something
of its own to say at the end, and nothing comes twice."""

from __future__ import annotations

import random
import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from qingting.cli.scripted import InMemory
from qingting.companion.events import Done
from qingting.companion.person import Language, Person
from qingting.companion.plan.small_talk import shape_of
from qingting.companion.policy import Policy
from qingting.companion.understand.reading import at_least
from qingting.companion.words.choose import fingerprints
from tests.companion.banned import banned_in
from tests.companion.fakes import NIGHT, PEOPLE

_SCRIPTS = sorted(Path(__file__).with_name("scripts").glob("*/*.toml"))
_SENTENCE = re.compile(r"[^。！？!?.…\n]+")
_LETTER = re.compile(r"[^\W_]")
_HAN = re.compile(r"[一-鿿]")
# Characters of a reply in zh, words of one in en: of an ordinary one and of one about safety.
_SHORT: dict[Language, int] = {"zh": 110, "en": 60}
_SAFETY: dict[Language, int] = {"zh": 220, "en": 110}
TAIWAN = Person("zh-TW", "Asia/Taipei", "TW")


def script(path: Path) -> tuple[Language, bool, list[str]]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return data["language"], data["danger"], data["turns"]


async def had(turns: list[str], person: Person, seed: str) -> list[Done]:
    """A whole conversation, a minute between the messages."""
    talk = InMemory(person, Policy(), NIGHT, seed=seed)
    answers = []
    for text in turns:
        answers.append((await talk.say(text))[1])
        talk.now += timedelta(minutes=1)
    return answers


def letters(text: str) -> str:
    return "".join(_LETTER.findall(text)).casefold()


def size(reply: str, language: Language) -> int:
    return len(_HAN.findall(reply)) if language == "zh" else len(reply.split())


def own_questions(reply: str) -> int:
    """Question marks that are ours: those inside a quotation are theirs."""
    outside = re.sub(r"“[^”]*”|「[^」]*」|\"[^\"]*\"", "", reply)
    return outside.count("？") + outside.count("?")


def without_quotes(reply: str) -> str:
    """Our own words only: what they said themselves may come back word for word."""
    return re.sub(r"“[^”]*”|「[^」]*」|\"[^\"]*\"", "", reply)


def test_there_are_three_hours_in_each_language_and_one_of_them_is_dark() -> None:
    for language in ("zh", "en"):
        read = [script(path) for path in _SCRIPTS if path.parent.name == language]
        assert len(read) == 3
        assert sorted(danger for _, danger, _ in read) == [False, False, True]
        assert all(len(turns) == 60 for _, _, turns in read)


@pytest.mark.parametrize("seed", ["one night", "another", "a third"])
@pytest.mark.parametrize("path", _SCRIPTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
async def test_sixty_turns_and_no_sentence_comes_twice(path: Path, seed: str) -> None:
    language, danger, turns = script(path)
    answers = await had(turns, PEOPLE[language], seed)
    seen: dict[str, int] = {}
    ours: dict[str, int] = {}
    for number, (text, done) in enumerate(zip(turns, answers, strict=True), 1):
        where = (number, text, done.reply)
        assert done.reply.strip(), where
        for sentence in map(letters, _SENTENCE.findall(done.reply)):
            if len(sentence) >= 4:
                assert sentence not in seen, (*where, seen[sentence])
        # A line of ours with other words of theirs in it is the same line again.
        for line in map(letters, _SENTENCE.findall(without_quotes(done.reply))):
            if len(line) >= 6:
                assert line not in ours, (*where, ours[line])
        seen |= {letters(each): number for each in _SENTENCE.findall(done.reply)}
        ours |= {letters(each): number for each in _SENTENCE.findall(without_quotes(done.reply))}
        assert own_questions(done.reply) <= 1, where
        safety = done.responder == "safety"
        if shape_of(text, language) != "say_more":
            most = (_SAFETY if safety else _SHORT)[language]
            assert size(done.reply, language) <= most, where
        assert banned_in(without_quotes(done.reply), language) is None, where
        assert not re.search(r"\{\w*\}", done.reply), where
        assert done.reading.language == language or not _LETTER.search(text), where
        assert bool(_HAN.search(without_quotes(done.reply))) is (language == "zh"), where
    worst = max((done.episode.level for done in answers), key=_rank)
    assert at_least(worst, "moderate") is danger
    assert worst != "imminent", "nothing in these scripts is an act under way"


def _rank(level: str) -> int:
    return ("none", "low", "moderate", "high", "imminent").index(level)


@pytest.mark.parametrize("path", [p for p in _SCRIPTS if script(p)[1]], ids=lambda p: p.parent.name)
async def test_in_the_dark_hour_it_asks_directly_gives_one_line_and_stays(path: Path) -> None:
    language, _, turns = script(path)
    answers = await had(turns, PEOPLE[language], "dark")
    direct = ("suicide.thoughts", ".dying")
    first = next(
        i for i, d in enumerate(answers) if any(p.endswith(direct) for p in d.state.asked_probes)
    )
    asked = answers[first].reply
    assert re.search(
        "自杀|结束.{0,6}生命" if language == "zh" else "suicide|ending your life|kill", asked
    )
    assert any(done.resources_shown for done in answers[: first + 1])
    assert sum(done.resources_shown for done in answers) <= 4
    assert all(done.reply for done in answers)
    # Bedtime comes and nobody is kept with guilt or told off.
    assert not re.search("答应|别走|promise|don't go", answers[-1].reply)


async def test_an_hour_in_taiwan_repeats_nothing_either() -> None:
    path = next(p for p in _SCRIPTS if p.stem == "second_try")
    answers = await had(script(path)[2], TAIWAN, "taipei")
    seen: set[str] = set()
    for done in answers:
        prints = fingerprints(done.reply)
        assert not prints & seen, done.reply
        seen |= prints


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_three_hundred_small_messages_never_leave_anyone_without_an_answer(
    language: Language,
) -> None:
    small = {
        "zh": [
            "嗯",
            "哦",
            "不知道",
            "...",
            "烦",
            "没有",
            "算了",
            "哈哈",
            "我妈又来了",
            "睡不着",
            "怎么办",
            "作业没写完",
            "你说呢",
            "随便",
            "累",
            "谢谢",
            "室友好吵",
            "不想说",
            "好吧",
            "他不回我",
        ],
        "en": [
            "ok",
            "idk",
            "...",
            "lol",
            "no",
            "whatever",
            "my mum again",
            "cant sleep",
            "tired",
            "what should i do",
            "homework isnt done",
            "thanks",
            "my roommate is loud",
            "nah",
            "he wont text back",
            "fine",
            "sure",
            "you tell me",
            "ugh",
            "yeah",
        ],
    }[language]
    order = random.Random(7)
    turns = [order.choice(small) for _ in range(300)]
    answers = await had(turns, PEOPLE[language], "small")
    for number, done in enumerate(answers):
        assert done.reply.strip(), (number, turns[number])
        assert not done.fell_back
        assert own_questions(done.reply) <= 1
    early = [done.reply for done in answers[:100]]
    assert len(set(early)) == len(early)
