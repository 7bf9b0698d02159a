"""What a page says of an exercise, and the pure parts: answers, the run they make, the pacer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from qingting.companion.exercise import run as runs
from qingting.companion.exercise.exercise import Exercise, Step
from qingting.companion.exercise.shelf import exercises, titles
from qingting.companion.person import Language
from qingting.companion.words.bank import bank
from qingting.skills.answers import (
    ROOM,
    Answers,
    Filled,
    Press,
    before_and_after,
    first_open,
    other_instead,
    run_after,
    together,
    typed_answers,
    version_of,
)
from qingting.skills.pace import step_of, style
from qingting.skills.screens import screen_at, screens, steps_of
from qingting.skills.words import WordsOf, without_sign

NOW = datetime(2026, 3, 1, 2, 37, tzinfo=UTC)
EVERY = [(language, exercises()[name]) for language in ("zh", "en") for name in titles(language)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("坐下来，把肩膀放掉。好了就跟我说一声。", "坐下来，把肩膀放掉。"),
        ("冰块别直接贴皮肤，备好了喊我。", "冰块别直接贴皮肤。"),
        ("先坐稳。坐好了，回我一声就行。", "先坐稳。"),
        ("好了告诉我。", "好了告诉我。"),
        ("看看屋里，慢慢回来。", "看看屋里，慢慢回来。"),
        ("Sit down. Tell me when you're there.", "Sit down."),
        (
            "Look up. Feel where it's still cold, and send a word.",
            "Look up. Feel where it's still cold.",
        ),
        ("Keep it where you'd find it.", "Keep it where you'd find it."),
    ],
)
def test_a_page_waits_for_no_sign(line: str, said: str) -> None:
    assert without_sign(line) == said


@pytest.mark.parametrize(("language", "exercise"), EVERY, ids=lambda one: getattr(one, "id", one))
def test_every_step_has_words_and_no_gap(language: Language, exercise: Exercise) -> None:
    for seed in ("one", "another", "a third"):
        words = WordsOf(exercise, language, seed)
        said = [words.title, words.page, words.stop]
        said += [words.end(extent) for extent in ("whole", "part", "bare")]
        for step in steps_of(exercise):
            said.append(words.asked(step))
            if step.kind == "choose":
                assert len(words.options(step)) > 2
            if step.kind in ("ask", "list"):
                said += [words.smaller(step), words.example(step)]
        assert all(said)
        assert not [one for one in said if "{" in one]


@pytest.mark.parametrize("exercise", exercises().values(), ids=lambda one: one.id)
def test_a_page_asks_one_thing_and_fits_into_a_form(exercise: Exercise) -> None:
    for screen in screens(exercise):
        assert len(screen.asked) <= 1
        # Nine bytes a Chinese letter, and room for the rest of the form.
        assert len(screen.asked) * ROOM * 9 + 8_000 <= 256 * 1024
        assert screen_at(exercise, screen.key) == screen
    steps = [step for screen in screens(exercise) for step in screen.steps]
    assert tuple(steps) == steps_of(exercise)
    assert screen_at(exercise, "no such step").number == 1


@pytest.mark.parametrize("exercise", exercises().values(), ids=lambda one: one.id)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_partly_done_has_its_own_words(language: Language, exercise: Exercise) -> None:
    """Where some of it can be done, what is said then is said nowhere else."""
    words = bank(language)
    parts = sum(
        step.kind in ("ask", "list", "choose", "breathe", "hold") for step in exercise.steps
    )
    lines = words.lines("exercises", exercise.id, "part")
    assert bool(lines) == (parts > 1)
    assert not {*lines} & {*words.lines("exercises", exercise.id, "end")}


def test_what_is_only_told_comes_with_the_step_after_it() -> None:
    breathing = screens(exercises()["breathing_478"])
    assert [one.key for one in breathing] == ["breathe", "after"]
    assert [step.id for step in breathing[0].steps] == ["sit", "breathe"]
    muscles = screens(exercises()["muscle_release"])
    assert (muscles[0].key, muscles[-1].key) == ("mood_before", "mood_after")
    talk = screens(exercises()["hard_talk"])
    assert [step.id for step in talk[5].steps] == ["they_say", "you_answer"]
    assert talk[5].whom is not None
    assert talk[1].whom is None


def test_answers_are_read_as_their_step_asks() -> None:
    thought = exercises()["thought_record"]
    form = {
        "situation": "  在食堂\r\n坐着 ",
        "feeling": "11",
        "feeling_again": "4",
        "evidence_for": "一\r\n\r\n 二\r\n三\r\n四",
        "thought": "   ",
        "nothing": "x",
    }
    assert typed_answers(thought.steps, form) == {
        "situation": ("在食堂\n坐着",),
        "feeling_again": ("4",),
        "evidence_for": ("一", "二", "三", "四"),
    }


def sent(name: str, step: str, press: Press, answers: Answers, seen: str = "") -> Filled:
    exercise = exercises()[name]
    return Filled(exercise, UUID(int=1), screen_at(exercise, step), answers, seen, press)


def test_a_run_stands_at_the_page_that_comes_now() -> None:
    begun = run_after(sent("thought_record", "situation", "next", {"situation": ("x",)}), None, NOW)
    assert (begun.at, begun.ended) == ("feeling", None)
    later = run_after(sent("thought_record", "feeling", "later", {}), begun, NOW)
    assert (later.at, later.ended) == ("feeling", None)
    back = run_after(sent("thought_record", "feeling", "back", {"feeling": ("3",)}), begun, NOW)
    assert back.at == "situation"
    assert back.answers == {"situation": ("x",), "feeling": ("3",)}
    done = run_after(sent("thought_record", "feeling_again", "skip", {}), back, NOW)
    assert (done.at, done.ended) == ("", "finished")


def test_breathing_counts_when_it_was_not_skipped() -> None:
    box = exercises()["breathing_box"]
    done = run_after(sent("breathing_box", "breathe", "next", {}), None, NOW)
    assert runs.extent(box, done) == "whole"
    assert runs.load(runs.dump(done)) == done
    skipped = run_after(sent("breathing_box", "breathe", "skip", {}), done, NOW)
    assert runs.extent(box, skipped) == "bare"
    assert first_open(box, skipped) == "breathe"


def test_skipping_takes_back_no_words_and_nothing_stored() -> None:
    told = {"thought": ("没人想听",)}
    run = run_after(sent("thought_record", "thought", "skip", told), None, NOW)
    assert run.answers == told
    seen = version_of({"feeling": ("8",)})
    kept = replace(run, answers={"feeling": ("8",)})
    again = run_after(
        sent("thought_record", "feeling", "skip", {"feeling": ("3",)}, seen), kept, NOW
    )
    assert again.answers == {"feeling": ("8",)}
    fresh = run_after(sent("thought_record", "feeling", "skip", {"feeling": ("3",)}), None, NOW)
    assert fresh.answers == {}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_another_is_done_in_place_of_cold_water(language: Language) -> None:
    water = exercises()["cold_water"]
    options = WordsOf(water, language, "").options(water.steps[0])
    for option, other in ((options[0], "grounding_54321"), (options[2], "")):
        told = {"check": (option,)}
        filled = sent("cold_water", "check", "next", told)
        assert other_instead(filled, told) == other
        assert (run_after(filled, None, NOW).ended == "left") == bool(other)
    assert other_instead(sent("cold_water", "check", "skip", {}), {}) == "grounding_54321"
    assert other_instead(sent("cold_water", "check", "back", {}), {}) == ""


def test_before_and_after_are_the_first_number_and_the_last() -> None:
    told = {"feeling": ("8",), "feeling_again": ("6",)}
    assert before_and_after(exercises()["thought_record"], told) == ("8", "6")
    assert before_and_after(exercises()["thought_record"], {"feeling": ("8",)}) is None
    mood = {"mood_before": ("0",), "mood_after": ("10",)}
    assert before_and_after(exercises()["breathing_box"], mood) == ("0", "10")
    in_words = {"mood_before": ("大概8吧",), "mood_after": ("五",)}
    assert before_and_after(exercises()["breathing_box"], in_words) == ("8", "5")
    assert before_and_after(exercises()["small_steps"], {"easiest": ("2",)}) is None


def test_together_nothing_is_lost_and_nothing_doubled() -> None:
    thought = exercises()["thought_record"]
    stored = {"situation": ("在食堂",), "evidence_for": ("一",), "feeling": ("8",)}
    typed = {"situation": ("在图书馆",), "evidence_for": ("一", "二"), "thought": ("我不行",)}
    assert together(stored, typed, thought) == {
        "situation": ("在食堂\n在图书馆",),
        "evidence_for": ("一", "二"),
        "feeling": ("8",),
        "thought": ("我不行",),
    }
    assert together(stored, stored, thought) == stored


def test_the_pacer_leaves_out_what_takes_no_time() -> None:
    step = step_of("4-0-6-0", 5)
    assert isinstance(step, Step)
    sheet = style(step)
    assert "p4-0-6-0x5 10s ease-in-out 5 both" in sheet
    assert ".phase:nth-child(2)" in sheet
    assert ".phase:nth-child(3)" not in sheet
    assert "li:nth-child(5) { animation: pace-filled .8s 50s both; }" in sheet
    assert sheet.count("{") == sheet.count("}")
    assert step_of("4-0-6-0", 6) is not None
    assert step_of("4-0-6-0", 7) is None
