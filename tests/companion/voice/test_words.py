"""The voices that there are: the same in both languages, true about themselves, let by the guard;
and a broken file costs that voice alone."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from qingting.companion.person import Language, Person
from qingting.companion.protect.guard import plain, problem_with, ruled
from qingting.companion.voice.labels import label_for
from qingting.companion.voice.words import known, names_of_all, read_voices, voice_words, voices
from qingting.companion.words.bank import bank
from qingting.companion.words.choose import Chooser, Preferred, slots_of
from tests.lines import looked_at

LANGUAGES: tuple[Language, ...] = ("zh", "en")
WHOLE = """
name = "舟子"
label = "AI，船上的口气"
about = "慢。"
order = 7
works = []
model = "慢慢说。"
[truth]
human = ["是 AI。"]
who = ["是 AI 程序。"]
[moves.stance]
plain = ["水慢，话也慢。"]
[aside.any]
lines = ["岸在动，船没动。"]
"""


def test_both_languages_have_the_same_voices_and_anybody_may_choose_them() -> None:
    assert [one.id for one in voices("zh")] == [one.id for one in voices("en")]
    assert names_of_all() == ("plain", "elder", "dry", "su_shi", "zhuangzi", "marcus")
    for which in ("../guard", "", "mother", "boyfriend", "妈妈"):
        assert not known(which)
        assert voice_words("zh", which) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_voice_says_what_it_is(language: Language) -> None:
    for one in voices(language):
        assert "AI" in one.label, one.id
        for key in ("human", "who"):
            lines = one.lines("about_you", key)
            assert len(lines) >= 6
            told = ("ai", "程序", "机器", "program", "software", "machine")
            assert [
                line for line in lines if not any(word in line.lower() for word in told)
            ] == [], one.id


# Of the lines so many may be held back.
_BORNE = 0.012


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_pass_the_guard(language: Language) -> None:
    fill = "那件事" if language == "zh" else "that thing"
    stopped, looked = [], 0
    for one in voices(language):
        for lines in one.lists.values():
            for line in looked_at(lines):
                looked += 1
                text = line.format_map(dict.fromkeys(slots_of(line), fill))
                rule = ruled(plain(text), language, "")
                assert rule is None or not rule.sure, text
                problem = problem_with(text, language)
                if problem is not None:
                    stopped.append((one.id, problem, text))
    # Read alone, a line of verse in a hundred looks like something else; what counts is how many.
    assert len(stopped) <= _BORNE * looked + 2 * (_BORNE * looked) ** 0.5, stopped


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_voice_lies_over_lists_that_there_are_and_never_over_danger(language: Language) -> None:
    plain = set(bank(language).paths())
    for one in voices(language):
        for path in one.lists:
            assert path[0] == "aside" or ("moves", *path) in plain, (one.id, path)
            assert path[0] not in ("danger", "safety"), (one.id, path)


def test_a_broken_file_costs_that_voice_alone_and_is_told_by_its_name(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "boat.toml").write_text(WHOLE, encoding="utf-8")
    (tmp_path / "torn.toml").write_text(WHOLE[: len(WHOLE) // 2] + '"', encoding="utf-8")
    (tmp_path / "bare.toml").write_text('name = "谁"\n', encoding="utf-8")
    (tmp_path / "plain.toml").write_text(WHOLE, encoding="utf-8")
    (tmp_path / "odd.toml").write_text(WHOLE.replace('["水慢，话也慢。"]', "[1]"), encoding="utf-8")
    (tmp_path / "Upper.toml").write_text(WHOLE, encoding="utf-8")
    with caplog.at_level(logging.ERROR):
        found = read_voices(tmp_path)
    assert list(found) == ["boat"]
    assert {record.getMessage() for record in caplog.records} == {
        f"voice file {name}.toml cannot be used; its talk is plain"
        for name in ("bare", "odd", "plain", "torn")
    }
    boat = found["boat"]
    assert boat.lines("stance", "plain") == ("水慢，话也慢。",)
    assert boat.lines("about_you", "human") == ("是 AI。",)
    assert boat.asides("any") == ("岸在动，船没动。",)
    assert boat.asides("exams") == boat.lines("stance", "room") == ()
    assert boat.samples == ("水慢，话也慢。", "岸在动，船没动。")


def test_no_folder_at_all_is_no_voices(tmp_path: Path) -> None:
    assert read_voices(tmp_path / "gone") == {}


def test_a_label_is_in_the_readers_characters() -> None:
    assert label_for("su_shi", Person(locale="zh-TW")).startswith("AI")
    assert "蘇" in label_for("su_shi", Person(locale="zh-TW"))
    assert label_for("plain", Person()) == label_for("nobody", Person()) == ""


def test_a_line_of_the_voice_is_taken_first_and_the_plain_ones_when_it_has_no_more() -> None:
    lines = ("平一。", "平二。", Preferred("船一，{turned}。"), Preferred("船二。"))
    for turn in range(20):
        chooser = Chooser("seed", turn, frozenset(), {"turned": "你累了"})
        first = [chooser.choose(lines) for _ in range(2)]
        assert set(first) == {"船一，你累了。", "船二。"}
        assert all(isinstance(one, Preferred) for one in first)
        assert {chooser.choose(lines), chooser.choose(lines)} == {"平一。", "平二。"}
        assert chooser.choose(lines) is None
