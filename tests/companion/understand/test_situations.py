"""Situations are told by their keys, precisely: a notice must be true of whoever reads it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from qingting.companion.person import Language
from qingting.companion.understand.situations import (
    THREAD,
    Situation,
    advice_on,
    answer_owed,
    harmless,
    situation_of,
)
from qingting.companion.words.bank import bank

_ROOT = Path(__file__).parents[3] / "qingting" / "content"
_LANGUAGES: tuple[Language, ...] = ("zh", "en")
# Of the ways of saying it that an author wrote down, so many at least are known by the keys.
_KNOWN = 0.7


def shelves(language: Language) -> list[tuple[str, list[dict[str, Any]]]]:
    """Every shelf and its situations."""
    folder = _ROOT / language / "situations"
    return [
        (path.stem, tomllib.loads(path.read_text(encoding="utf-8"))["situation"])
        for path in sorted(folder.glob("*.toml"))
    ]


def danger_of(shelf: str) -> str:
    """The path of danger a shelf stands beside; "" for an ordinary one."""
    return shelf.removeprefix("danger_") if shelf.startswith("danger_") else ""


def told_alike(language: Language) -> dict[str, set[str]]:
    """Each situation and those that tell the same moment, said of either."""
    alike: dict[str, set[str]] = {}
    for shelf, entries in shelves(language):
        for entry in entries:
            own = f"{shelf}.{entry['name']}"
            alike.setdefault(own, set()).add(own)
            for other in entry.get("like", ()):
                alike[own].add(other)
                alike.setdefault(other, set()).add(own)
    assert set(alike) == {
        f"{shelf}.{entry['name']}" for shelf, entries in shelves(language) for entry in entries
    }
    return alike


def told_of(
    sentence: str, language: Language, shelf: str, entry: dict[str, Any]
) -> Situation | None:
    """What a sentence is taken for where the shelf of the entry is looked at."""
    if shelf.startswith("advice_"):
        return advice_on(sentence, language)
    if "answer" not in entry:
        return situation_of(sentence, language, danger=danger_of(shelf))
    threads = (shelf.removeprefix(THREAD),) if shelf.startswith(THREAD) else ()
    return answer_owed(sentence, language, danger=danger_of(shelf), threads=threads)


@pytest.mark.parametrize("language", _LANGUAGES)
def test_what_its_author_wrote_is_known_and_taken_for_nothing_else(language: Language) -> None:
    said, known, wrong, alike = 0, 0, [], told_alike(language)
    for shelf, entries in shelves(language):
        for entry in entries:
            for sentence in entry["when"]:
                told = told_of(sentence, language, shelf, entry)
                if "plain_" in (shelf[:6], told.shelf[:6] if told else ""):
                    # So few words are answered plainly, whatever else is known of the moment.
                    continue
                said += 1
                if told is None:
                    continue
                same = told.key in alike[f"{shelf}.{entry['name']}"]
                known += same
                if not same:
                    wrong.append((sentence, told.key))
    assert said > 1000
    assert known / said >= _KNOWN
    assert len(wrong) / said <= 0.01, wrong


@pytest.mark.parametrize("language", _LANGUAGES)
def test_what_is_said_in_few_words_is_answered_by_those_written_for_it(language: Language) -> None:
    said, known = 0, 0
    for shelf, entries in shelves(language):
        if not shelf.startswith("plain_"):
            continue
        for entry in entries:
            for sentence in entry["when"]:
                told = situation_of(sentence, language)
                said += 1
                known += told is not None and told.key == f"{shelf}.{entry['name']}"
    assert said > 3000
    assert known / said >= 0.9


@pytest.mark.parametrize("language", _LANGUAGES)
def test_no_danger_is_harmless(language: Language) -> None:
    """Of all lines that authors wrote as danger, none that was said by itself."""
    folder = Path(__file__).parents[3] / "training" / "authored" / language
    grave = ("moderate", "high", "imminent")
    rows = [
        json.loads(line)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    said = [row for row in rows if not row.get("history") and isinstance(row.get("risk"), dict)]
    danger = [row["text"] for row in said if row["risk"].get("level") in grave]
    assert len(danger) > 2000
    assert [text for text in danger if harmless(text, language)] == []


@pytest.mark.parametrize("language", _LANGUAGES)
def test_what_only_looks_like_it_is_not_taken_for_it(language: Language) -> None:
    said, wrong = 0, []
    for shelf, entries in shelves(language):
        for entry in entries:
            for sentence in entry.get("near", ()):
                said += 1
                told = told_of(sentence, language, shelf, entry)
                if told is not None and told.key == f"{shelf}.{entry['name']}":
                    wrong.append((sentence, told.key))
    assert said > 1000
    assert len(wrong) / said <= 0.02, wrong


@pytest.mark.parametrize("language", _LANGUAGES)
def test_what_it_leads_to_can_be_said(language: Language) -> None:
    words = bank(language)
    for shelf, entries in shelves(language):
        for entry in entries:
            told = told_of(entry["when"][0], language, shelf, entry)
            if told is not None:
                assert words.lines(*told.path("answer" if told.answers else "notice")), told


@pytest.mark.parametrize(
    ("text", "language"),
    [("", "zh"), ("嗯", "zh"), ("今天天气不错", "zh"), ("ok", "en"), ("i had soup", "en")],
)
def test_a_message_that_tells_none_of_them_is_left_alone(text: str, language: Language) -> None:
    assert situation_of(text, language) is None


def test_what_is_told_beside_a_danger_is_looked_for_there_alone() -> None:
    for language in _LANGUAGES:
        for shelf, entries in shelves(language):
            for entry in entries:
                if danger_of(shelf):
                    told = situation_of(entry["when"][0], language)
                    assert told is None or not told.shelf.startswith("danger_")
