"""What a page says of an exercise, and the pure parts: answers, the run they make, the pacer."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from qingting.companion.exercise.exercise import Exercise, Step
from qingting.companion.exercise.shelf import exercises, titles
from qingting.companion.person import Language
from qingting.skills.answers import (
    before_and_after,
    is_answered,
    room,
    run_after,
    steps_of,
    together,
    typed_answers,
)
from qingting.skills.pace import step_of, style
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
        said = [words.title, words.page, words.end, words.stop]
        for step in steps_of(exercise):
            said.append(words.asked(step))
            if step.kind == "choose":
                assert len(words.options(step)) > 2
            if step.kind in ("ask", "list"):
                said += [words.smaller(step), words.example(step)]
        assert all(said)
        assert not [one for one in said if "{" in one]


@pytest.mark.parametrize("exercise", exercises().values(), ids=lambda one: one.id)
def test_the_fields_together_fit_into_a_form(exercise: Exercise) -> None:
    fields = sum(step.kind in ("ask", "list") for step in exercise.steps)
    # Nine bytes a Chinese letter, and room for the rest of the form.
    assert fields * room(exercise) * 9 + 8_000 <= 256 * 1024
    assert room(exercise) >= 2_000


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
    assert typed_answers(thought, form) == {
        "situation": ("在食堂\n坐着",),
        "feeling_again": ("4",),
        "evidence_for": ("一", "二", "三", "四"),
    }


def test_a_run_stands_at_the_first_open_field() -> None:
    box, thought = exercises()["breathing_box"], exercises()["thought_record"]
    assert run_after(box, None, {}, NOW, finished=False).at == "mood_before"
    assert run_after(box, None, {"mood_before": ("3",)}, NOW, finished=False).at == "mood_after"
    begun = run_after(thought, None, {"situation": ("x",)}, NOW, finished=False)
    assert (begun.at, begun.ended) == ("feeling", None)
    done = run_after(thought, begun, begun.answers, NOW, finished=True)
    assert (done.at, done.ended) == ("", "finished")
    full = {step.id: ("1",) for step in steps_of(thought) if is_answered(step)}
    assert run_after(thought, None, full, NOW, finished=False).at == "feeling_again"


def test_before_and_after_are_the_first_number_and_the_last() -> None:
    told = {"feeling": ("8",), "feeling_again": ("6",)}
    assert before_and_after(exercises()["thought_record"], told) == ("8", "6")
    assert before_and_after(exercises()["thought_record"], {"feeling": ("8",)}) is None
    mood = {"mood_before": ("0",), "mood_after": ("10",)}
    assert before_and_after(exercises()["breathing_box"], mood) == ("0", "10")
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
    assert step_of("4-0-6-0", 6) is None
