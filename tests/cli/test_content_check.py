"""qingting content check: every kind of mistake is found where it stands and told in plain words,
and what is right is left alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qingting.cli.main import main
from qingting.companion.exercise import run as runs
from qingting.companion.exercise import shelf
from qingting.companion.exercise.coach import Coach
from qingting.companion.library.minutes import minutes
from qingting.companion.library.shelf import articles
from qingting.companion.person import Language
from qingting.companion.words import bank as banks
from qingting.companion.words.choose import Chooser
from qingting.content_check.banned import banned_in
from qingting.content_check.check import findings
from qingting.content_check.finding import Finding
from qingting.content_check.folder import LANGUAGES
from qingting.content_check.reading_level import common, grade, syllables
from qingting.content_check.words import told
from tests.cli.broken_articles import documented_articles
from tests.cli.broken_content import CASES, DOCS, TOPIC, Case, copy, documented, write
from tests.content_elsewhere import ReadFrom

DAY = date(2026, 12, 1)
TODAY = ("--today", "2026-12-01")
CODES = tomllib.loads(
    (resources.files("qingting.content_check") / "findings.toml").read_text(encoding="utf-8")
)


def check(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["content", "check", *map(str, arguments)])


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content with the exercise of the guide and one more topic."""
    root = tmp_path_factory.mktemp("right")
    copy(root)
    for name, text in documented("content.md").items():
        write(root, name, text)
    for name, text in documented_articles("content.md").items():
        write(root, name, text)
    for language, text in TOPIC.items():
        write(root, f"{language}/topics/tried.toml", text.replace("{tag}", "512"))
    return root


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content with every mistake there is."""
    root = tmp_path_factory.mktemp("wrong")
    copy(root)
    for case in CASES:
        case.make(root)
    return root


@pytest.fixture(scope="module")
def found(wrong: Path) -> list[Finding]:
    return findings(wrong, DAY)


@pytest.fixture(scope="module")
def found_right(right: Path) -> list[Finding]:
    return findings(right, DAY)


def lines_of(case: Case, root: Path) -> Iterator[int]:
    """The lines on which a mistake may be found."""
    path = root / case.file
    if not case.needle or not path.is_file():
        yield 1
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if case.needle in line:
            yield number


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_mistake_is_found_where_it_stands(case: Case, wrong: Path, found: list[Finding]) -> None:
    places = {(one.file, one.line) for one in found if one.code == case.code}
    assert places & {(case.file, number) for number in lines_of(case, wrong)}, places


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_what_is_right_is_left_alone(case: Case, found_right: list[Finding]) -> None:
    own = (case.file, "night_before.toml", "tried.toml", "homesick.md")
    assert [one for one in found_right if one.code == case.code and one.file.endswith(own)] == []


def test_every_kind_of_finding_has_a_mistake_here_and_words_in_both_languages() -> None:
    kinds = {code for code, one in CODES.items() if isinstance(one, dict) and "grade" in one}
    assert kinds == {case.code for case in CASES}
    for code in kinds:
        gaps = []
        for language in LANGUAGES:
            words = CODES[code][language]
            assert set(words) == {"what", "do"}
            gaps.append(set(re.findall(r"(?<!\{)\{(\w+)\}", words["what"])))
        assert gaps[0] == gaps[1] or code in ("grade", "no_topic"), code


def test_a_finding_is_one_line_with_file_line_and_what_to_do(found: list[Finding]) -> None:
    for one in found:
        for language in LANGUAGES:
            line = told(one, language)
            assert re.match(rf"{re.escape(one.file)}:\d+: .+[:：] ?.+$", line), line


def test_the_guide_leads_to_an_exercise_without_a_finding(right: Path) -> None:
    made = ("exercises/night_before.toml", "zh/topics/tried.toml", "zh/library/homesick.md")
    for name in made:
        result = check(right / name, *TODAY, "--language", "en")
        assert (result.exit_code, result.output.count("\n")) == (0, 1), result.output
        assert "Nothing to change" in result.output


def test_both_guides_make_the_same_files() -> None:
    assert documented("content.md") == documented("content.zh.md")
    assert len(documented("content.md")) == 3
    assert documented_articles("content.md") == documented_articles("content.zh.md")
    assert len(documented_articles("content.md")) == 2


def test_the_exercise_of_the_guide_is_taken_by_the_loaders_and_can_be_done(
    right: Path, read_content_from: ReadFrom
) -> None:
    read_content_from(right)
    exercise = shelf.exercises.__wrapped__()["night_before"]
    for language in LANGUAGES:
        words = banks.bank.__wrapped__(language)
        said: list[str] = []
        now = datetime(2026, 3, 2, 2, 37, tzinfo=UTC)
        talk = Coach(words, Chooser("seed", 0, frozenset(), {}), language)
        run = talk.begin(exercise, now)
        for turn in range(1, 12):
            said += talk.lines
            if run.ended:
                break
            done = runs.step_at(exercise, run).kind == "list" and run.answers.get(run.at)
            enough = "没了" if language == "zh" else "done"
            talk = Coach(words, Chooser("seed", turn, frozenset(), {}), language)
            run = talk.go_on(exercise, run, enough if done else "7")
        assert run.ended == "finished"
        assert set(words.lines("exercises", "night_before", "end")) & set(said)


def test_the_articles_of_the_guide_are_taken_by_the_loader(
    right: Path, read_content_from: ReadFrom
) -> None:
    read_content_from(right)
    for language in LANGUAGES:
        article = articles.__wrapped__(language)["homesick"]
        assert article.title
        assert article.licence == "CC-BY-4.0"
        assert 6 <= len(article.when.asks) <= 12
        assert minutes(article, language) == 3


def test_the_guide_names_every_field_and_every_reason_not_to() -> None:
    from qingting.companion.exercise.exercise import GROUPS, SHELVES, STEP_KINDS, UNLESS
    from qingting.companion.library.article import CHECKED, NOT_WHEN, SOURCE_KINDS
    from qingting.companion.library.article import SHELVES as OF_ARTICLES
    from qingting.content_check.exercises import STEPS, WORDS
    from qingting.content_check.library import HEAD
    from qingting.content_check.wording import SLOTS

    for page in ("content.md", "content.zh.md"):
        text = (DOCS / page).read_text(encoding="utf-8")
        for name in (*STEPS, *WORDS, *GROUPS, *SHELVES, *STEP_KINDS, *UNLESS):
            assert f"`{name}`" in text or f"[{name}]" in text or f"[{name}." in text, (page, name)
        for name in (*HEAD, *OF_ARTICLES, *NOT_WHEN, *SOURCE_KINDS, *CHECKED):
            assert f"`{name}`" in text or f"[{name}]" in text, (page, name)
        for slot in SLOTS:
            assert f"`{{{slot}}}`" in text, (page, slot)


def test_errors_end_with_1_and_notes_with_0(wrong: Path) -> None:
    result = check(wrong / "zh/topics/case_banned.toml", *TODAY, "--language", "zh")
    assert result.exit_code == 1
    assert "听起来你" in result.output
    assert result.output.startswith("要改的")
    result = check(wrong / "resources/nz.toml", *TODAY, "--language", "en")
    assert result.exit_code == 0
    assert result.output.startswith("To look at")
    assert check(wrong, *TODAY).exit_code == 1


def test_a_file_is_told_with_its_other_language_and_nothing_else(wrong: Path) -> None:
    result = check(wrong / "zh/topics/case_exclaims.toml", *TODAY, "--language", "en")
    told_of = [line for line in result.output.splitlines() if ".toml:" in line]
    assert told_of
    assert all("topics/case_exclaims.toml:" in line for line in told_of)
    assert "en/topics/case_only_here" in check(wrong / "zh/topics/case_only_here.toml").output


def test_the_day_decides_what_is_old(right: Path) -> None:
    result = check(right / "resources/nz.toml", "--today", "2029-01-01", "--language", "zh")
    assert "过去" in result.output
    result = check(right / "resources/nz.toml", "--today", "2020-01-01", "--language", "zh")
    assert (result.exit_code, "还没到" in result.output) == (1, True)


def test_the_language_is_the_terminals_own(right: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for locale, words in (("zh_CN", "看过"), ("en_GB", "Looked at"), (None, "Looked at")):
        monkeypatch.setattr("locale.getlocale", lambda locale=locale: (locale, "UTF-8"))
        assert words in check(right / "zh/topics/tried.toml", *TODAY).output


def test_the_installed_content_is_read_where_nothing_is_named() -> None:
    result = check(*TODAY, "--language", "en")
    assert "Looked at" in result.output
    assert result.exit_code in (0, 1)


def test_a_list_of_danger_with_a_slip_in_both_languages_is_seen(tmp_path: Path) -> None:
    copy(tmp_path)
    for language in LANGUAGES:
        path = tmp_path / language / "danger" / "panic.toml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("lead = [", "laed = [", 1), encoding="utf-8")
    codes = {one.code for one in findings(tmp_path / "zh/danger/panic.toml", DAY)}
    assert {"unknown_field", "missing_field"} <= codes


SCHOOL = (DOCS / "institution.md").read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]


@pytest.mark.parametrize(
    ("old", "new", "in_zh"),
    [
        ('kind = "security" ', 'kind = "guards" ', "不能用"),
        ('source = "security office"\n', "", "少了“source”"),
        ('value = "021-55550110"', 'value = "ask the porter"', "不是电话号码"),
        ('compiled_on = "2026-09-01"', 'compiled_on = "autumn"', "不是日期"),
        ('hours = "always"', 'hour = "always"', "不认识“hour”"),
    ],
)
def test_a_schools_own_help_is_read_too(tmp_path: Path, old: str, new: str, in_zh: str) -> None:
    path = tmp_path / "school.toml"
    path.write_text(SCHOOL, encoding="utf-8")
    assert check(path, *TODAY).exit_code == 0
    assert old in SCHOOL
    path.write_text(SCHOOL.replace(old, new, 1), encoding="utf-8")
    result = check(path, *TODAY, "--language", "zh")
    assert result.exit_code == 1
    assert in_zh in result.output


def test_what_is_no_content_is_said_to_be_none(tmp_path: Path) -> None:
    for name, text in (("a.toml", 'a = "b"'), ("b.txt", "hello")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert check(tmp_path / name).exit_code == 2
    assert check(tmp_path, "--language", "en").exit_code == 2
    (tmp_path / "c.toml").write_text("[[resource]\n", encoding="utf-8")
    result = check(tmp_path / "c.toml", "--language", "en")
    assert (result.exit_code, "cannot be read" in result.output) == (1, True)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "听起来你今天很累"),
        ("zh", "我能理解"),
        ("zh", "抱抱你"),
        ("zh", "稳稳接住"),
        ("en", "I hear you."),
        ("en", "That must be hard."),
        ("en", "That sounds really tough."),
        ("en", "I’m proud of you"),
        ("en", "a therapist could help"),
    ],
)
def test_the_worn_words_are_on_the_one_list(language: Language, text: str) -> None:
    assert banned_in(text, language) is not None
    assert banned_in("The bus was late. 车晚点了。", language) is None


def test_a_counsellors_english_name_may_stand_where_counselling_is_talked_about() -> None:
    assert banned_in("a therapist could help", "en", about_counselling=True) is None


def test_a_reading_level_is_what_it_is_said_to_be() -> None:
    assert [syllables(word) for word in ("cat", "walked", "wanted", "table", "I'd", "quiet")] == [
        1, 1, 2, 2, 1, 1,
    ]  # fmt: skip
    assert round(grade(1, 5, 5), 2) == -1.84
    assert common("的")
    assert common("嗯")
    assert not common("貔")
    assert not common("說")
