"""The first linter of what Qingting says: equal in both languages, no worn or clinical words, no
phone number outside the resources, and every line in the shape its place needs."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any, get_args

import pytest

from qingting.companion.person import Language
from qingting.companion.plan.plan import Why
from qingting.companion.plan.small_talk import about_you, shape_of
from qingting.companion.protect.facets import NOW, NOW_USUAL, ORDER, now_order
from qingting.companion.protect.numbers import phone_like
from qingting.companion.understand.reading import FEELINGS, KINDS
from qingting.companion.words.bank import bank
from qingting.companion.words.choose import fingerprints, slots_of
from tests.companion.banned import banned_in

_ROOT = Path(str(resources.files("qingting.content")))
_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_FILES = sorted(path for language in _LANGUAGES for path in (_ROOT / language).rglob("*.toml"))
# What is read by machines, not said.
_NOT_SAID = ("guard.toml", "small_talk.toml", "people.toml", "masking.toml")
_SLOTS = {"quote", "who", "means", "earlier", "line", "emergency", "answer"}
_OFFERS = {
    ("people", "offer"),
    ("plan", "offer"),
    *(("coming_back", f"day{n}") for n in (1, 3, 7, 30)),
}
_LONGEST = {"zh": 62, "en": 36}


def said(language: Language) -> list[tuple[tuple[str, ...], str]]:
    """Every line that may be said, with its path."""
    words = bank(language)
    return [
        (path, line)
        for path in words.paths()
        if path[-1] not in ("cues", "names", "hear")
        for line in words.lines(*path)
    ]


def shape(data: Any, above: str = "") -> set[str]:
    """Tables, lists and facet names of a file, without the lines."""
    if isinstance(data, dict):
        return {s for key, value in data.items() for s in shape(value, f"{above}.{key}")}
    if isinstance(data, list) and data and isinstance(data[0], dict):
        return {s for each in data for s in shape(each, f"{above}.{each['name']}")}
    return {above}


@pytest.mark.parametrize("path", _FILES, ids=lambda p: str(p.relative_to(_ROOT)))
def test_a_file_says_what_it_is_for_whence_and_under_what_licence(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    head = text[: text.index("\n[") if "\n[" in text else 800]
    for owed in ("# author note:", "# source:", "# licence:"):
        assert owed in head
    assert tomllib.loads(text)


@pytest.mark.parametrize("path", _FILES, ids=lambda p: str(p.relative_to(_ROOT)))
def test_both_languages_have_the_same_file_with_the_same_tables(path: Path) -> None:
    language, *name = path.relative_to(_ROOT).parts
    other = _ROOT / ("en" if language == "zh" else "zh") / Path(*name)
    assert other.is_file()
    if path.name in _NOT_SAID:
        return
    mine, theirs = (tomllib.loads(p.read_text(encoding="utf-8")) for p in (path, other))
    assert shape(mine) == shape(theirs)


@pytest.mark.parametrize("language", _LANGUAGES)
def test_nothing_said_holds_a_banned_word(language: Language) -> None:
    found = [
        (path, line, word)
        for path, line in said(language)
        if (word := banned_in(line, language, about_counselling="counselling" in path)) is not None
    ]
    assert found == []


@pytest.mark.parametrize("language", _LANGUAGES)
def test_notices_and_reasons_hold_no_banned_word(language: Language) -> None:
    for name in ("notices.toml", "why.toml"):
        text = (_ROOT / language / name).read_text(encoding="utf-8")
        body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
        assert banned_in(body, language) is None


def test_no_phone_number_stands_outside_the_resources() -> None:
    for path in sorted(_ROOT.rglob("*.*")):
        if "resources" in path.parts or path.suffix not in (".toml", ".md"):
            continue
        # Machine-read files hold patterns and examples of numbers to hide; nobody is shown them.
        if path.name in _NOT_SAID or "lexicon" in path.parts:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            assert phone_like(line) == [], (path.name, line)


@pytest.mark.parametrize("language", _LANGUAGES)
def test_slots_are_known_and_quotes_stand_in_quotation_marks(language: Language) -> None:
    for path, line in said(language):
        slots = slots_of(line)
        assert slots <= _SLOTS, (path, line)
        for slot in ("quote", "earlier"):
            if slot in slots:
                wanted = f"“{{{slot}}}”" if language == "zh" else f'"{{{slot}}}"'
                assert wanted in line, (path, line)
        if slots & {"line", "emergency"}:
            assert path[0] in ("danger", "safety") or path == ("moves", "people", "human"), line
        if "earlier" in slots:
            assert path[1] in ("connection", "summary") or path[-1] == "remembered", (path, line)


@pytest.mark.parametrize("language", _LANGUAGES)
def test_a_line_is_short_enough_to_be_said(language: Language) -> None:
    for path, line in said(language):
        size = len(line) if language == "zh" else len(line.split())
        assert size <= _LONGEST[language], (path, line)


def marks(line: str) -> int:
    return line.count("？") + line.count("?")


@pytest.mark.parametrize("language", _LANGUAGES)
def test_questions_are_questions_and_lines_that_show_listening_ask_nothing(
    language: Language,
) -> None:
    asking = {
        "ask",
        "widen",
        "explore",
        "comfort",
        "act",
        *(p for ps in ORDER.values() for p in ps),
        *(p for ps in (*NOW.values(), NOW_USUAL) for p in ps),
    }
    still = {
        "notice",
        "lead",
        "light",
        "strong",
        "quoted",
        "picked",
        "about",
        "plain",
        "room",
        "effort",
        "ordinary",
        "stay",
        "honest",
        "bring",
        "bring_plain",
    }
    for path, line in said(language):
        last = path[-1]
        asks = (
            (path[0] == "topics" and last in ("ask", "widen"))
            or (path[0] == "danger" and (last == "ask" or {"probes", "now"} & set(path)))
            or (path[0] == "safety" and (last == "ask" or path[1:3] in _OFFERS))
            or (path[:2] == ("moves", "question") and last in asking)
        )
        if asks:
            outside = re.sub(r"“[^”]*”|\"[^\"]*\"", "", line)
            assert marks(outside) == 1, (path, line)
            if path[0] != "safety":
                assert line.rstrip('”"').endswith(("？", "?")), (path, line)
        elif last in still and not (path[0] == "danger" and last == "act"):
            outside = re.sub(r"“[^”]*”|\"[^\"]*\"", "", line)
            assert marks(outside) == 0, (path, line)
        else:
            assert marks(line) <= 1, (path, line)


@pytest.mark.parametrize("language", _LANGUAGES)
def test_no_line_and_no_sentence_stands_in_two_places(language: Language) -> None:
    lines = Counter(line for _, line in said(language))
    assert [line for line, times in lines.items() if times > 1] == []
    own = [
        (path, line, fingerprints(re.sub(r"\{\w+\}", "", line))) for path, line in said(language)
    ]
    prints = Counter(each for _, _, found in own for each in found)
    twice = {each for each, times in prints.items() if times > 1}
    shared = [(path, line) for path, line, found in own if found & twice]
    # A sentence in two lines makes the second line unsayable; a few very short ones are borne.
    assert len(shared) <= 6, shared


@pytest.mark.parametrize("language", _LANGUAGES)
def test_each_language_is_written_in_its_own_characters(language: Language) -> None:
    for path, line in said(language):
        if language == "en":
            assert not re.search(r"[一-鿿，。？！“”]", line), (path, line)
        else:
            assert not re.search(r"[,?!;](?=[一-鿿])|[一-鿿][,?!;]", line), (path, line)


@pytest.mark.parametrize("language", _LANGUAGES)
def test_every_list_that_danger_reads_is_there(language: Language) -> None:
    words = bank(language)
    for kind in (*KINDS, "other_at_risk"):
        need = {
            ("moderate", "lead"): 5,
            ("moderate", "ask"): 5,
            ("moderate", "bring"): 4,
            ("moderate", "bring_plain"): 3,
            ("high", "lead"): 5,
            ("high", "act"): 3,
            ("high", "bring"): 3,
            ("imminent", "lead"): 4,
            ("imminent", "act"): 4,
            ("stay", "lines"): 12,
        }
        for path, least in need.items():
            assert len(words.lines("danger", kind, *path)) >= least, (kind, path)
        for probe in ORDER[kind]:
            assert len(words.lines("danger", kind, "probes", probe)) >= 5, (kind, probe)
        for probe in now_order(kind):
            assert len(words.lines("danger", kind, "now", probe)) >= 5, (kind, probe)
        for line in words.lines("danger", kind, "imminent", "act"):
            assert line.count("{emergency}") == 1, (kind, line)
        for line in words.lines("danger", kind, "high", "act"):
            assert "{" not in line, (kind, line)
        for level in ("moderate", "high"):
            for line in words.lines("danger", kind, level, "bring"):
                assert line.count("{line}") == 1, (kind, line)
    for situation in ("affirmed", "denied", "calm", "goodbye"):
        assert len(words.lines("danger", "suicide", situation, "lead")) >= 6


@pytest.mark.parametrize("language", _LANGUAGES)
def test_every_list_that_an_ordinary_reply_reads_is_there(language: Language) -> None:
    words = bank(language)
    for feeling in FEELINGS:
        if feeling != "neutral":
            assert len(words.lines("moves", "feelings", feeling, "light")) >= 6, feeling
            assert len(words.lines("moves", "feelings", feeling, "strong")) >= 8, feeling
    for path, least in (
        (("stance", "plain"), 50),
        (("stance", "room"), 30),
        (("question", "explore"), 40),
        (("question", "comfort"), 30),
        (("question", "act"), 20),
        (("restatement", "quoted"), 30),
        (("restatement", "picked"), 6),
        (("connection", "back"), 20),
        (("summary", "two"), 12),
        (("finish", "finish"), 16),
        (("suggestion", "any", "lines"), 4),
        (("people", "human_plain"), 3),
    ):
        assert len(words.lines("moves", *path)) >= least, path


@pytest.mark.parametrize("language", _LANGUAGES)
def test_every_reason_for_a_reply_can_be_told(language: Language) -> None:
    told = tomllib.loads((_ROOT / language / "why.toml").read_text(encoding="utf-8"))
    assert set(told) == set(get_args(Why))
    assert all(isinstance(line, str) and line for line in told.values())


@pytest.mark.parametrize("language", _LANGUAGES)
def test_every_small_shape_has_words_and_is_known_by_its_examples(language: Language) -> None:
    data = tomllib.loads((_ROOT / language / "small_talk.toml").read_text(encoding="utf-8"))
    for table in ("whole", "anywhere", "about_you"):
        for patterns in data[table].values():
            for pattern in patterns:
                re.compile(pattern)
    answered = {path[2] for path in bank(language).paths() if path[:2] == ("moves", "small")}
    elsewhere = {"listen_only", "say_more", "refused"}
    assert set(data["whole"]) <= answered | elsewhere
    for name in data["about_you"]:
        assert len(bank(language).lines("moves", "about_you", name)) >= 3, name


def test_patterns_of_the_guard_and_of_small_talk_are_sound() -> None:
    for language in _LANGUAGES:
        guard = tomllib.loads((_ROOT / language / "guard.toml").read_text(encoding="utf-8"))
        for rule in guard["rule"]:
            for pattern in (*rule["find"], *rule.get("unless", ()), *rule.get("after", ())):
                compiled = re.compile(pattern, re.IGNORECASE)
                assert not compiled.fullmatch("")
        assert shape_of("", language) == "dots"
        assert about_you("") is None
