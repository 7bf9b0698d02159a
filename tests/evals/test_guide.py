"""The checks of guided talk: each has a case that fails and one that passes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evals.guide import blind, checks, report, texts
from evals.guide.eliza import Eliza
from evals.guide.play import Exchange, Played, play, play_one
from evals.guide.preference import agreement, majority, sign_test, verdicts
from evals.guide.scripts import Script, ScriptWrong, Turn, load_all, parse
from qingting.companion.person import Language
from qingting.companion.plan.plan import Plan
from qingting.companion.understand.reading import Reading

ZH = """
about = "室友吵，先倒一倒。"
topics = ["dorm"]
venting = true
[[turn]]
say = "室友又打游戏到三点"
picks = ["室友", "游戏", "三点"]
[[turn]]
say = "我真的受不了了 键盘声特别大"
picks = ["键盘", "受不了", "吵"]
[[turn]]
say = "嗯"
picks = ["室友", "键盘", "吵"]
"""
EN = """
about = "Chemistry, and a cousin."
topics = ["exams"]
[[turn]]
say = "failed my chem midterm again lol"
picks = ["chem", "midterm", "fail"]
[[turn]]
say = "my mom keeps comparing me to my cousin"
picks = ["mom", "cousin", "compar"]
"""


def turn(say: str = "室友又打游戏到三点", *picks: str, **marks: Any) -> Turn:
    return Turn(say, picks or ("室友", "游戏", "三点"), **marks)


def talk(
    *pairs: tuple[Turn, str | Exchange], language: Language = "zh", venting: bool = False
) -> Played:
    """A conversation of turns and their replies, which may bring a plan along."""
    script = Script("x", language, "about", (), tuple(t for t, _ in pairs), venting)
    blank = Exchange(script, 0, "", Plan(), Reading(language))
    return tuple(
        replace(
            reply if isinstance(reply, Exchange) else replace(blank, reply=reply),
            script=script,
            index=index,
        )
        for index, (_, reply) in enumerate(pairs)
    )


def reply(text: str = "嗯，我在听。", **changes: Any) -> Exchange:
    """A reply with a plan of its own."""
    kept = {name: changes.pop(name) for name in ("responder", "before", "level") if name in changes}
    return replace(talk((turn(), text))[0], plan=replace(Plan(), **changes), **kept)


def fails(check: checks.Check, played: Played) -> list[int]:
    return [failure.exchange.index for failure in check(played).failed]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for language, text in (("zh", ZH), ("en", EN)):
        (tmp_path / language).mkdir()
        (tmp_path / language / "01_small.toml").write_text(text, encoding="utf-8")
    return tmp_path


# What each rule sees and leaves.


def test_a_sentence_said_twice_fails_and_a_nod_does_not() -> None:
    again = talk((turn(), "那把键盘真吵。嗯，我在。"), (turn(), "嗯，我在。那把键盘，真吵！"))
    assert fails(checks.repeats, again) == [1]
    assert fails(checks.repeats, talk((turn(), "嗯，我在。"), (turn(), "嗯，我在。"))) == []
    english = talk((turn(), "I'm here. That is late."), (turn(), "I'm here. That IS late!"))
    assert fails(checks.repeats, english) == [1]
    assert checks.repeats(english).failed[0].why == "as in turn 1: That IS late!"


@pytest.mark.parametrize(
    ("said", "picks", "answered", "how"),
    [
        ("室友又打游戏到三点", ("三点", "游戏"), "都三點了啊。", "picks"),
        ("宿管阿姨今天凶我", ("宿管",), "阿姨凶起来是吓人。", "words"),
        ("宿管阿姨今天凶我", ("宿管",), "今天过得怎么样？", ""),
        ("宿管阿姨今天凶我", ("宿管",), "我这么问是因为想听你说。", "why"),
        ("we were studying all night", ("library",), "All that study for this.", "words"),
        ("are you ready", ("library",), "I read it.", ""),
        ("the art class", ("art", "class"), "Where do you want to start?", ""),
        ("the art class", ("Art", "brush"), "So, art.", "picks"),
    ],
)
def test_how_a_reply_takes_up_its_message(
    said: str, picks: tuple[str, ...], answered: str, how: str
) -> None:
    played = talk((turn(said, *picks), answered))
    assert checks.taken_up(played[0]) == how
    assert fails(checks.takes_up, played) == ([] if how else [0])
    assert fails(checks.takes_up_picks, played) == ([] if how == "picks" else [0])


@pytest.mark.parametrize("said", ["嗯", "嗯嗯嗯嗯", "idk", "ok lol", "……", "好吧"])
def test_messages_that_say_little_are_counted_apart(said: str) -> None:
    played = talk((turn(said), "我在。"))
    assert checks.takes_up(played).checked == ()
    assert fails(checks.takes_up_little, played) == [0]
    assert fails(checks.takes_up_little, talk((turn(said), "室友那边呢？"))) == []


def test_messages_that_say_something_are_not_filler() -> None:
    assert not any(map(texts.says_little, ("我恨不起来他", "I GOT IN", "没考上")))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("后来呢？那边怎么说的？", 2),
        ("你是想歇一会儿？还是想接着说？", 1),
        ("Was it today? Or has it been a while?", 1),
        ("Is it loud? Where are you?", 2),
        ("你还好吗。要不要说说看？", 2),
        ("早着呢。我在听着呢。", 0),
        ("“你觉得呢？”这句我听到了。后来呢？", 1),
        ("真的？！", 1),
        ("你呢", 1),
    ],
)
def test_questions_are_counted_sensibly(text: str, count: int) -> None:
    assert len(texts.questions(text)) == count
    assert fails(checks.one_question, talk((turn(), text))) == ([0] if count > 1 else [])


def test_length_by_language_and_where_more_is_right() -> None:
    assert fails(checks.length, talk((turn(), "好" * 110))) == []
    assert fails(checks.length, talk((turn(), "好" * 111))) == [0]
    assert fails(checks.length, talk((turn(), "word " * 60))) == []
    assert fails(checks.length, talk((turn(), "word " * 61))) == [0]
    assert fails(checks.length, talk((turn(more=True), "好" * 500))) == []
    assert fails(checks.length, talk((turn(more=True), "好" * 501))) == [0]
    assert fails(checks.length, talk((turn(), reply("好" * 300, part="go_on")))) == []
    assert fails(checks.length, talk((turn(), reply("好" * 300, part="offer")))) == [0]


def test_language_follows_the_person() -> None:
    english = (turn("my roommate again"), "“室友”，我在听。")
    assert fails(checks.language, talk((turn(), "嗯，我在。"), english)) == [1]
    marked = (turn("说英文吧", language="en"), "Sure.")
    assert fails(checks.language, talk(marked, (turn("ok"), "嗯。"))) == [1]
    quoted = (turn("he said 加油 and left"), "“加油”, and then he left.")
    assert fails(checks.language, talk(quoted, language="en")) == []


def test_no_offer_after_a_refusal_unless_they_ask() -> None:
    no, asks, plainly = turn(refuses=True), turn(asks=True), turn()
    offer = reply(offer="exercise", part="offer", exercise="journal")
    assert fails(checks.after_refusal, talk((no, offer), (plainly, offer), (plainly, offer))) == [
        0,
        1,
    ]
    assert fails(checks.after_refusal, talk((no, "好。"), (asks, offer), (plainly, offer))) == []
    assert fails(checks.after_refusal, talk((no, "要不要试试慢慢呼气？"))) == [0]
    assert fails(checks.after_refusal, talk((no, reply(second="suggestion")))) == [0]
    assert fails(checks.after_refusal, talk((plainly, offer))) == []


def test_no_advice_while_venting() -> None:
    three = [(turn(), "真够吵的。")] * 3
    assert fails(checks.venting, talk(*three, (turn(), "你可以戴耳塞。"), venting=True)) == []
    advice: list[tuple[Turn, str | Exchange]] = [
        (turn(), "你可以戴耳塞。"),
        (turn(), reply(skill="suggestion")),
    ]
    assert fails(checks.venting, talk(*advice, venting=True)) == [0, 1]
    assert fails(checks.venting, talk(*advice)) == []
    assert fails(checks.venting, talk((turn(), "你可以慢慢说。"), venting=True)) == []
    english = (turn("again"), "Maybe you could try earplugs.")
    assert fails(checks.venting, talk(english, language="en", venting=True)) == [0]
    assert fails(checks.venting, talk((turn(asks=True), "你可以戴耳塞。"), venting=True)) == []


def test_plain_requests() -> None:
    asked = turn("今天星期几", plain=True)
    assert fails(checks.plain, talk((asked, "现在心里是什么感觉？"))) == [0]
    assert fails(checks.plain, talk((asked, "星期天。你现在是什么感觉？"))) == []
    assert checks.plain(talk((turn(), "现在心里是什么感觉？"))).checked == ()
    assert fails(checks.plain_met, talk((asked, "嗯，接着说。"))) == [0]
    assert fails(checks.plain_met, talk((asked, reply(small="weekday")))) == []


def test_false_alarms() -> None:
    assert fails(checks.danger, talk((turn(), "真够吵的。"))) == []
    assert fails(checks.danger, talk((turn(), reply(why="danger")))) == [0]
    assert fails(checks.danger, talk((turn(), reply(responder="safety")))) == [0]
    assert fails(checks.danger, talk((turn(), reply(level="high")))) == [0]
    # Raised before: the reply of this turn is ordinary again.
    assert fails(checks.danger, talk((turn(), reply(before="high", level="high")))) == []
    assert fails(checks.danger, talk((turn(), "这会儿就能打：010-12345678。"))) == [0]


def test_banned_wording_outside_their_own_words() -> None:
    assert fails(checks.banned, talk((turn(), "我理解你。"))) == [0]
    assert fails(checks.banned, talk((turn(), "她那句“加油”，你听着更累。"))) == []
    assert fails(checks.banned, talk((turn("ugh"), "That sounds hard."), language="en")) == [0]


def test_every_rule_is_in_the_table() -> None:
    assert set(checks.RULES) >= {"repeats", "takes_up", "language", "danger", "banned"}


# Scripts.


def test_scripts_are_read_with_their_marks(folder: Path) -> None:
    chinese, english = load_all(folder)
    assert (chinese.language, chinese.name, chinese.venting) == ("zh", "01_small", True)
    assert len(chinese.turns) == 3
    assert not english.venting


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"about": "a", "topics": [], "turn": []}, r"no \[\[turn\]\]"),
        ({"about": "a", "topics": ["x"], "turn": [{"say": "", "picks": ["a"] * 3}]}, "1: say"),
        ({"about": "a", "topics": ["x"], "turn": [{"say": "a", "picks": ["a"]}]}, "fewest"),
        (
            {"about": "a", "topics": ["x"], "turn": [{"say": "a", "picks": ["a"] * 3, "ask": 1}]},
            "unknown ask",
        ),
        (
            {
                "about": "a",
                "topics": ["x"],
                "turn": [{"say": "a", "picks": ["a"] * 3, "asks": "yes"}],
            },
            "asks is not true or false",
        ),
        (
            {
                "about": "a",
                "topics": ["x"],
                "turn": [{"say": "a", "picks": ["a"] * 3, "language": "fr"}],
            },
            "not zh or en",
        ),
    ],
)
def test_a_wrong_script_is_told(data: dict[str, Any], told: str) -> None:
    with pytest.raises(ScriptWrong, match=told):
        parse(data, "x", "zh", where="x.toml")


def test_every_script_of_the_repository_is_right() -> None:
    names = [(script.language, script.name) for script in load_all()]
    assert len(names) == len(set(names))


# Playing and telling.


def test_playing_is_repeatable_and_kept_per_turn(folder: Path) -> None:
    scripts = load_all(folder)
    first, second = play(scripts), play(scripts)
    assert [[e.reply for e in one] for one in first] == [[e.reply for e in one] for one in second]
    assert all(e.reply and e.turn_ms >= e.understand_ms > 0 for one in first for e in one)
    assert first[1][0].reading.language == "en"


def test_the_report_holds_table_examples_and_times(folder: Path, tmp_path: Path) -> None:
    plays = play(load_all(folder))
    told = report.rules_table(plays)
    assert "| repeats | zh | 3 | 0 | 0.000 |" in told
    assert "beyond understanding | en | 2" in report.times(plays)
    assert report.failing(plays, "takes_up", 5).startswith("## takes_up, zh:")
    card = tmp_path / "card.md"
    card.write_text(report.README.read_text(encoding="utf-8"), encoding="utf-8")
    report.write(told, card)
    report.write(told, card)
    assert card.read_text(encoding="utf-8").count(told.strip()) == 1
    with pytest.raises(ValueError, match="no markers"):
        report.write(told, folder / "zh" / "01_small.toml")


# The blind comparison.


@pytest.mark.parametrize(
    ("language", "said", "answered"),
    [
        ("en", "my mom keeps comparing me to you", "your mom keeps comparing you to me"),
        ("en", "dunno", "What comes to mind first?"),
        ("zh", "我妈总说我不如表姐", "你妈说你不如表姐"),
        ("zh", "我覺得自己就是個廢物", "「廢物」|“廢物”"),
        ("zh", "终于过六级了", "过六级了！"),
    ],
)
def test_eliza_takes_apart_and_turns_round(language: Language, said: str, answered: str) -> None:
    assert re.search(answered, Eliza(language).answer(said), re.IGNORECASE)


def test_eliza_remembers_and_goes_round_its_lines() -> None:
    bot = Eliza("en")
    bot.answer("my mom hates my hair")
    assert bot.answer("hrmpf") == "Earlier you said your mom hates your hair."
    assert len({bot.answer("hrmpf") for _ in range(5)}) == 5


def test_a_sheet_hides_who_is_who_and_the_key_opens_it(folder: Path, tmp_path: Path) -> None:
    scripts = load_all(folder)

    def other(script: Script) -> tuple[str, ...]:
        return tuple("Why?" for _ in script.turns)

    drawn = blind.draw(scripts, other, "other")
    assert [item.id for item, _ in drawn] == ["zh01", "en01"]
    assert drawn == blind.draw(scripts, other, "other")
    for item, key in drawn:
        ours = item.A if key.ours == "A" else item.B
        said = next(one for one in scripts if one.language == item.language)
        assert ours == play_one(said)[key.turn - 1].reply
        assert item.message == said.turns[key.turn - 1].say
        assert key.turn >= 2
    blind.write(drawn, tmp_path / "s" / "sheet.jsonl", tmp_path / "k" / "key.jsonl")
    row = json.loads((tmp_path / "s" / "sheet.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert set(row) == {"id", "language", "before", "message", "A", "B"}
    opened = blind.read_key(tmp_path / "k" / "key.jsonl")
    answers = tmp_path / "reader.jsonl"
    answers.write_text('{"id": "zh01", "choice": "same"}\n', encoding="utf-8")
    assert blind.read_choices(answers, opened) == {"zh01": "same"}
    answers.write_text('{"id": "zh01", "choice": "C"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="not A, B or same"):
        blind.read_choices(answers, opened)
    answers.write_text('{"id": "zh99", "choice": "A"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="unknown"):
        blind.read_choices(answers, opened)


def test_preference_is_counted_without_ties() -> None:
    ours = {"1": "A", "2": "B", "3": "A"}
    one = verdicts(ours, {"1": "A", "2": "A", "3": "same"})
    two = verdicts(ours, {"1": "A", "2": "B", "3": "A"})
    assert one == {"1": "ours", "2": "other", "3": "same"}
    assert majority([one, two]) == {"1": "ours", "2": "same", "3": "ours"}
    assert agreement(one, two)[:2] == (1, 3)
    assert agreement(one, one) == (3, 3, 1.0)
    assert sign_test(10, 0) == pytest.approx(2 / 1024)
    assert sign_test(5, 5) == 1.0
