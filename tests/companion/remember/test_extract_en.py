"""English: every pattern finds its examples and leaves its near misses; quotes; speed."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest

from qingting.companion.remember import extract as engine
from qingting.companion.remember.extract import extract
from qingting.companion.remember.patterns import Example, Pattern, patterns

TODAY = date(2026, 11, 18)
PATTERNS = patterns("en").patterns
EXAMPLES = [pytest.param(one, e, id=e.said) for one in PATTERNS for e in one.examples]
AGAINST = [
    pytest.param(one, said, id=f"{one.name}: {said}") for one in PATTERNS for said in one.against
]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda one: one.name)
def test_every_pattern_is_shown_by_examples_and_near_misses(pattern: Pattern) -> None:
    assert len(pattern.examples) >= 4
    assert len(pattern.against) >= 3


@pytest.mark.parametrize(("pattern", "example"), EXAMPLES)
def test_what_is_told_is_found(pattern: Pattern, example: Example) -> None:
    about = [
        one
        for one in extract(example.said, "en", TODAY, learned=False)
        if one.about == example.about
    ]
    assert [(one.kind, one.says) for one in about] == [(pattern.kind, example.says)]
    (found,) = about
    assert (found.gone, found.sensitive) == (pattern.gone, pattern.sensitive)
    assert example.said[found.start : found.end] == found.quote
    if example.on is not None:
        assert found.on == date.fromisoformat(example.on)


@pytest.mark.parametrize(("pattern", "said"), AGAINST)
def test_a_near_miss_is_not_taken(
    pattern: Pattern, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = replace(patterns("en"), patterns=(pattern,))
    monkeypatch.setattr(engine, "patterns", lambda language: alone)
    assert extract(said, "en", TODAY, learned=False) == ()


def test_a_quote_keeps_the_words_as_they_were_typed() -> None:
    said = "I’m tired. My brother’s name is Tom… i’ve got an exam on friday!"
    found = extract(said, "en", TODAY, learned=False)
    assert [one.about for one in found] == ["brother/name", "exam"]
    assert all(said[one.start : one.end] == one.quote for one in found)


def test_a_long_run_of_words_is_quoted_by_its_clause() -> None:
    said = "idk what to do " * 12 + ", my brother is called tom, " + "and then nothing " * 12
    (found,) = extract(said, "en", TODAY, learned=False)
    assert found.quote == "my brother is called tom"


@pytest.mark.parametrize(
    "text",
    [
        "my " * 1300,
        "i want to " * 400,
        "a " * 2000,
        "i have " * 570,
        "x" * 4000,
        "my little " * 400,
        "every time my dad " * 220,
        "running and " * 330,
        "on the 3rd of december to " * 150,
        "going to going to " * 220,
        "talking to my " * 280,
        "i'm really " * 360 + "good",
    ],
)
def test_no_text_takes_long(text: str) -> None:
    extract("warm up", "en", TODAY)
    began = time.perf_counter()
    extract(text, "en", TODAY, learned=False)
    assert time.perf_counter() - began < 2
