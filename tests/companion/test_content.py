"""What Qingting says, looked at by the content linter: equal in both languages, no worn or clinical
words, no phone number outside the resources, and every line in the shape its place needs. What the
code reads by name is looked for here."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from typing import get_args

import pytest

from qingting.companion.person import Language
from qingting.companion.plan.plan import Why
from qingting.companion.plan.small_talk import about_you, shape_of
from qingting.companion.protect.facets import ORDER, now_order
from qingting.companion.understand.reading import FEELINGS, KINDS
from qingting.companion.words.bank import bank
from qingting.content_check.check import of
from qingting.content_check.finding import Finding
from qingting.content_check.folder import LANGUAGES as _LANGUAGES
from qingting.content_check.folder import Folder, installed, read
from qingting.content_check.words import grade_of, told

_ROOT = installed()
# A day after all that is dated in the content, so that no clock decides.
_DAY = date(2026, 12, 1)


@cache
def folder() -> Folder:
    return read(_ROOT)


@cache
def findings() -> tuple[Finding, ...]:
    return tuple(of(folder(), _DAY))


def found(*codes: str) -> list[str]:
    """What the linter says of these codes, in words."""
    return [told(one, "en") for one in findings() if one.code in codes]


def test_the_linter_finds_nothing_that_must_be_put_right() -> None:
    assert [told(one, "en") for one in findings() if grade_of(one) == "error"] == []


# What is looked for in messages, and never said.
_READ = ("cues", "names", "hear", "when", "near", "like", "keys", "never", "opens")


def test_the_linter_sees_every_line_that_the_talk_can_say() -> None:
    seen = {(one.language, one.path, one.text) for one in folder().lines if one.spoken}
    for language in _LANGUAGES:
        words = bank(language)
        said = {
            (language, path, line)
            for path in words.paths()
            if path[-1]
            not in ("cues", "names", "hear", "when", "near", "like", "keys", "never", "opens")
            for line in words.lines(*path)
        }
        assert len(said) > 4000
        assert said <= seen


def test_every_line_is_found_where_it_stands() -> None:
    for line in folder().lines:
        written = line.document.text.splitlines()[line.at - 1]
        # An article's line is told without what only the page sees in it.
        written = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", written).replace("**", "")
        assert line.text in written.replace('\\"', '"'), (line.document.name, line.at)


def test_a_line_is_short_enough_to_be_said() -> None:
    # Stricter than the linter, for which a long line is a note.
    assert found("too_long", "long") == []


def test_no_sentence_stands_in_two_places() -> None:
    assert found("same_line", "same_sentence") == []


def test_every_file_can_be_read_by_the_young() -> None:
    assert found("grade", "long_sentences", "long_sentence", "rare") == []


def test_every_file_is_read_by_something() -> None:
    assert found("unread", "file_gone") == []


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
        (("stance", "plain"), 30),
        (("stance", "room"), 30),
        (("question", "explore"), 40),
        (("question", "comfort"), 30),
        (("question", "act"), 20),
        (("restatement", "quoted"), 14),
        (("restatement", "turned"), 8),
        (("question", "follow"), 10),
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
    # "another" is what was given before: plan/requests.py looks it up.
    elsewhere = {"listen_only", "say_more", "refused", "another", "letter"}
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
