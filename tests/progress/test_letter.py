"""Letters: facts only, the right length, kind words; made once, changed, deleted; silent about
danger; and the page to take to somebody."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from qingting.companion.person import Language
from qingting.companion.progress.letter import FEW, LEAST, MOST, letter, letter_lines, size
from qingting.companion.progress.letter_by_model import numbers_in
from qingting.companion.progress.week import (
    Around,
    Event,
    Tried,
    Week,
    named_word,
    week_before,
    week_of,
)
from qingting.companion.protect.episode import raised
from qingting.companion.protect.guard import plain, problem_with, ruled
from qingting.companion.words.choose import fingerprints
from qingting.content_check.banned import banned_in
from qingting.progress import letters
from tests.progress.weeks import KEY, MONDAY, invented, mood, random_week

LANGUAGES: tuple[Language, ...] = ("zh", "en")
_BORNE = 0.02
# No cause and effect, no praise, no days in a row.
NEVER = re.compile(
    "因为|所以(?!这封)|导致|因此|连续|坚持|真棒|厉害|做得好|"
    r"\bbecause\b|\bcaused?\b|\bstreak|\bin a row\b|\bproud\b|\bwell done\b|great job|amazing",
    re.IGNORECASE,
)


@cache
def harm_in(sentence: str, language: Language) -> str | None:
    """The same sentences come again and again."""
    return problem_with(sentence, language)


def sentences(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"(?<=[。！？.!?])\s*|\n+", text) if one.strip()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_hundred_weeks_harm_nobody_and_hold_only_facts(language: Language) -> None:
    held: set[str] = set()
    told: set[str] = set()
    for seed in range(200):
        week = random_week(seed, language)
        text = letter(week, language, str(seed))
        assert size(text, language) <= MOST[language], text
        if week.notes > FEW:
            assert size(text, language) >= LEAST[language], text
        assert banned_in(text, language) is None, text
        assert NEVER.search(text) is None, text
        assert not re.search("[{}!！]", text), text
        told.update(sentences(text))
        held.update(one for one in sentences(text) if harm_in(one, language) is not None)
        assert numbers_in(text, language) <= _numbers(week, language), text
    # No sure rule finds anything. What the guard's networks doubt, without any words before it to
    # know it by, is borne as with our other lines (tests/companion/test_guard.py).
    assert not [one for one in held if (hit := ruled(plain(one), language, "")) and hit.sure]
    assert len(held) <= _BORNE * len(told), held


def _numbers(week: Week, language: Language) -> set[float]:
    from qingting.companion.exercise.shelf import exercises

    found = {0.0, 1.0, 2.0, 7.0, week.notes, week.days, week.heavy, week.light, week.between}
    found |= {week.pages, week.times, len(week.sleep), *week.sleep}
    if week.tried is not None:
        found |= {float(one) for one in (week.tried.before, week.tried.after) if one is not None}
    if week.to_try:
        found.add(exercises()[week.to_try].minutes)
    from qingting.companion.exercise.shelf import titles

    named = [week.to_try, week.tried.exercise if week.tried else ""]
    for name in filter(None, named):
        found |= numbers_in(titles(language)[name]["title"], language)
    for event in week.events:
        found |= numbers_in(event.what, language)
    return {float(one) for one in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_twelve_people_get_twelve_letters_that_name_what_they_noted(language: Language) -> None:
    weeks = invented(language)
    texts = {name: letter(week, language, name) for name, week in weeks.items()}
    assert len(set(texts.values())) == len(weeks) == 12
    for name, week in weeks.items():
        for word in week.with_heavy:
            assert word in texts[name]
        assert week.person in texts[name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_seed_writes_the_same_letter_and_the_next_week_another(language: Language) -> None:
    week = random_week(7, language)
    first = letter(week, language, "seed")
    assert letter(week, language, "seed") == first
    other = letter(replace(week, key="2026-W47"), language, "seed", fingerprints(first))
    said = {one for one in sentences(first) if not re.search(r"\d|“|\"", one)}
    assert len(said & set(sentences(other))) < len(said) / 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_little_data_is_said_to_be_little(language: Language) -> None:
    short = "短|几句|长了" if language == "zh" else "short|few lines"
    for count in (1, 2):
        week = week_of(KEY, language, [mood(day, -1) for day in range(count)])
        for seed in range(20):
            text = letter(week, language, str(seed))
            assert re.search(short, sentences(text)[0] + sentences(text)[1])
            assert size(text, language) < LEAST[language] + 20


def test_a_week_without_anything_has_no_letter() -> None:
    assert week_of(KEY, "en", []).is_empty
    assert week_of(KEY, "en", [], around=Around(events=(Event("the exam"),))).is_empty
    assert not week_of(KEY, "en", [], pages=1).is_empty


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_danger_is_open_nothing_is_summed_up(language: Language) -> None:
    episode = raised(Around().episode, {"suicide": "high"}, datetime.now(UTC), reason="test")
    around = Around(events=(Event("the exam"),), person="Sam", episode=episode)
    week = week_of(KEY, language, [mood(1, -2, "hollow", "family", 4)], around=around)
    for seed in range(12):
        text = letter(week, language, str(seed))
        assert 2 <= len(sentences(text)) <= 6
        assert not numbers_in(text, language) - {1.0}
        for word in ("exam", "Sam", "hollow", "空落落", "family", "家里"):
            assert word not in text


def test_what_did_not_help_or_was_refused_is_not_offered() -> None:
    heavy = [mood(day, -2, "anxious", "exams") for day in range(4)]
    first = week_of(KEY, "en", heavy).to_try
    assert first
    assert week_of(KEY, "en", heavy, around=Around(refused=frozenset({first}))).to_try != first
    assert week_of(KEY, "en", heavy, [Tried(first, 5, 8)]).to_try != first
    assert week_of(KEY, "en", heavy, around=Around(no_exercises=True)).to_try == ""
    light = [mood(day, 1) for day in range(4)]
    assert week_of(KEY, "en", light).to_try == ""
    again = week_of(KEY, "en", light, [Tried("breathing_box", 8, 3)])
    assert (again.to_try, again.again) == ("breathing_box", True)


def test_what_is_to_be_left_alone_is_not_named() -> None:
    from qingting.companion.recall.left_alone import left_alone

    avoid = left_alone(("my family",), "")
    week = week_of(KEY, "en", [mood(1, -1, "low", "family")], around=Around(avoid=avoid))
    assert week.with_heavy == ("low",)


@pytest.mark.parametrize(
    ("item", "word"),
    [
        ("小雨（室友）13800000000", "小雨"),
        ("我姐，晚上八点以后", "我姐"),
        ("Sam - 07700 900000", "Sam"),
        ("my sister, after eight", "my sister"),
        ("13800000000", ""),
        ("someone@example.org", ""),
        ("a friend who lives in the house two doors down", ""),
        ("", ""),
    ],
)
def test_a_person_is_named_in_their_word_or_not_at_all(item: str, word: str) -> None:
    assert named_word(item) == word


def test_every_list_has_lines_enough() -> None:
    for language in LANGUAGES:
        lines = letter_lines(language)
        for part, lists in lines.items():
            for name, found in lists.items():
                assert len(found) >= (1 if part == "summary" else 2), (part, name)


def test_the_week_before_is_a_whole_one() -> None:
    for days in range(7):
        key, first, last = week_before(MONDAY + timedelta(days=7 + days))
        assert (key, first, last) == (KEY, MONDAY, MONDAY + timedelta(days=6))
    assert week_before(datetime(2027, 1, 5, tzinfo=UTC).date())[0] == "2026-W53"
    assert letters.monday_of(KEY) == MONDAY
