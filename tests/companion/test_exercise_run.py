"""Exercises as a pure machine: steps in order, nothing forced, nothing lost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from qingting.companion.exercise import run as runs
from qingting.companion.exercise.answer import chosen, heard, number, several
from qingting.companion.exercise.coach import Coach
from qingting.companion.exercise.exercise import Step
from qingting.companion.exercise.fitting import allowed, fitting
from qingting.companion.exercise.shelf import exercises
from qingting.companion.person import Language
from qingting.companion.protect.episode import Episode
from qingting.companion.understand.reading import FeelingRead, Reading, Topic
from qingting.companion.words.bank import bank
from qingting.companion.words.choose import Chooser

NOW = datetime(2026, 3, 2, 2, 37, tzinfo=UTC)
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def coach(language: Language, turn: int) -> Coach:
    return Coach(bank(language), Chooser("seed", turn, frozenset(), {}), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(exercises()))
def test_every_exercise_goes_from_its_first_step_to_its_end(name: str, language: Language) -> None:
    """Whatever is asked gets an answer of its kind; every step speaks, and the last one ends it."""
    exercise = exercises()[name]
    talk = coach(language, 0)
    run = talk.begin(exercise, NOW)
    said: list[str] = list(talk.lines)
    asked = [run.at]
    for turn in range(1, 60):
        assert all(line.strip() for line in talk.lines)
        assert talk.lines
        if run.ended:
            break
        step = runs.step_at(exercise, run)
        answer = {"rate": "7", "choose": "3", "list": "第一件\n第二件"}.get(step.kind, "好了")
        if step.kind == "list" and len(run.answers.get(run.at, ())) >= step.least:
            answer = "没了"
        talk = coach(language, turn)
        run = talk.go_on(exercise, run, answer)
        said += talk.lines
        if run.at and run.at != asked[-1]:
            asked.append(run.at)
    assert run.ended == "finished"
    played = {step.id for step in exercise.steps if step.kind == "play"}
    if exercise.id != "cold_water":
        assert tuple(asked) == tuple(at for at in runs.order(exercise) if at not in played)
    assert runs.load(runs.dump(run)) == run


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_exercise_can_be_left_and_taken_up_where_it_was(language: Language) -> None:
    exercise = exercises()["thought_record"]
    talk = coach(language, 0)
    run = talk.begin(exercise, NOW)
    run = coach(language, 1).go_on(exercise, run, "室友没理我" if language == "zh" else "no reply")
    at, answers = run.at, run.answers
    run = coach(language, 2).go_on(exercise, run, "不做了" if language == "zh" else "stop")
    assert run.ended == "left"
    again = coach(language, 3)
    run = again.resume(exercise, run)
    assert (run.at, run.answers, run.going) == (at, answers, True)
    assert again.lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_not_knowing_is_asked_smaller_once_and_then_passed_over(language: Language) -> None:
    exercise = exercises()["thought_record"]
    unsure = "不知道" if language == "zh" else "idk"
    talk = coach(language, 0)
    run = talk.begin(exercise, NOW)
    first = run.at
    run = coach(language, 1).go_on(exercise, run, unsure)
    assert run.at == first
    run = coach(language, 2).go_on(exercise, run, unsure)
    assert run.at != first


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7", 7),
        ("大概8吧", 8),
        ("七", 7),
        ("十", 10),
        ("like a six", 6),
        ("10", 10),
        ("很难受", None),
    ],
)
def test_a_strength_is_heard_in_digits_and_words(text: str, expected: int | None) -> None:
    assert number(text) == expected


def test_a_choice_is_known_by_its_number_or_its_words() -> None:
    options = ("只看坏的那一面", "读心", "都怪我")
    assert chosen("2", options) == "读心"
    assert chosen("应该是都怪我这种吧", options) == "都怪我"
    assert chosen("别的", options) == "别的"


def test_several_things_in_one_message_are_several() -> None:
    assert several("台灯；水杯；书") == ("台灯", "水杯", "书")
    assert several("1. lamp\n2. mug") == ("lamp", "mug")
    assert several("台灯、水杯、书") == ("台灯", "水杯", "书")
    assert several("就一个") == ("就一个",)
    assert len(several("她没回我，可能在忙，也可能真的烦我了，我不知道")) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("answer", ["1", "2", "嗯嗯嗯嗯"])
def test_cold_water_is_not_for_every_heart(answer: str, language: Language) -> None:
    """Heart trouble, an eating trouble, or an answer nobody can read: something else instead."""
    exercise = exercises()["cold_water"]
    run = coach(language, 0).begin(exercise, NOW)
    assert run.at == "check"
    talk = coach(language, 1)
    run = talk.go_on(exercise, run, answer)
    assert run.exercise == "grounding_54321"
    assert talk.lines


def test_an_open_answer_is_whatever_was_written() -> None:
    assert heard(Step("thought", "ask"), "我觉得她烦我", "zh") == "answer"
    assert heard(Step("see", "list", most=5), "没了", "zh") == "enough"
    assert heard(Step("feeling", "rate"), "好难受", "zh") == "unsure"


def a_reading(**more: object) -> Reading:
    return Reading(language="zh", **more)  # type: ignore[arg-type]


def test_what_must_not_be_done_now_is_never_offered() -> None:
    reading = a_reading(
        feelings=(FeelingRead("grief", 0.9), FeelingRead("anger", 0.8)), topics=(Topic("parents"),)
    )
    shelf = exercises().values()
    for levels in ({"abuse": "low"}, {"suicide": "high"}, {"psychosis": "moderate"}):
        episode = Episode(levels)  # type: ignore[arg-type]
        found: set[str] = set()
        while (one := fitting(shelf, reading, episode, done=frozenset(found))) is not None:
            assert allowed(one, episode, reading)
            found.add(one.id)
        assert not found & {"unsent_letter", "small_steps", "thought_record"}


def test_a_stirred_body_is_calmed_before_any_thinking() -> None:
    reading = a_reading(
        feelings=(FeelingRead("anxiety", 0.9),), topics=(Topic("exams"),), arousal=0.9
    )
    found = fitting(exercises().values(), reading, Episode(), done=frozenset())
    assert found is not None
    assert found.group == "body"


def test_nothing_is_offered_where_nothing_fits() -> None:
    assert fitting(exercises().values(), a_reading(), Episode(), done=frozenset()) is None


def test_every_exercise_is_well_formed() -> None:
    for name, exercise in exercises().items():
        ids = [step.id for step in exercise.steps]
        assert len(set(ids)) == len(ids), name
        assert 1 <= exercise.minutes <= 15, name
        for step in exercise.steps:
            assert (step.kind == "breathe") == (step.rounds > 0), (name, step.id)
            assert step.least <= step.most, (name, step.id)
