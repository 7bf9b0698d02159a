"""A guess that was asked about, and of which nothing came, is let go; danger that was shown never
is. Beside a first guess nothing that is told makes it grave before anybody was asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from qingting.companion.protect.episode import Episode
from qingting.companion.protect.record import dump, load
from qingting.companion.protect.said import Said, advance
from qingting.companion.understand.reading import Risk

NOW = datetime(2026, 11, 18, 22, 40, tzinfo=UTC)
GUESS = Risk(level="moderate", levels={"suicide": "moderate"}, score=0.8, plain="none")
SHOWN = Risk(level="moderate", levels={"suicide": "moderate"}, score=0.9, plain="moderate")
FORCED = Risk(
    vague=True, level="moderate", levels={"sexual_violence": "moderate"}, score=0.8, plain="none"
)


def _asked(episode: Episode) -> Episode:
    asking = replace(episode.asking, times={"suicide.thoughts": 1}, open="suicide.thoughts")
    return replace(episode, asking=asking)


def _after(risk: Risk, *later: Said) -> Episode:
    episode = _asked(advance(Episode(), Said(words="there is nobody in the house", risk=risk), NOW))
    for one in later:
        episode = advance(episode, one, NOW)
    return episode


def _quiet(count: int) -> tuple[Said, ...]:
    return tuple(Said(words=f"the bus driver said thanks {n}", risk=Risk()) for n in range(count))


def test_of_a_guess_four_messages_of_other_things_leave_nothing_open() -> None:
    assert _after(GUESS, *_quiet(3)).level == "moderate"
    assert _after(GUESS, *_quiet(4)).level == "low"


def test_an_answer_that_comes_late_is_heard_before_that() -> None:
    late = Said(words="i thought about it", risk=Risk(), told={"thoughts": "yes"})
    assert _after(GUESS, *_quiet(3), late).level == "high"
    assert _after(GUESS, *_quiet(4), late).level == "low"


def test_a_guess_nobody_was_asked_about_stays() -> None:
    episode = advance(Episode(), Said(words="nobody in the house", risk=GUESS), NOW)
    for one in _quiet(6):
        episode = advance(episode, one, NOW)
    assert episode.level == "moderate"


@pytest.mark.parametrize("messages", [4, 9])
def test_danger_that_words_showed_stays(messages: int) -> None:
    assert _after(SHOWN, *_quiet(messages)).level == "moderate"


def test_one_more_guess_begins_the_count_anew() -> None:
    again = Said(words="nobody at all", risk=GUESS)
    assert _after(GUESS, *_quiet(3), again, *_quiet(3)).level == "moderate"


def test_the_count_is_kept() -> None:
    episode = _after(GUESS, *_quiet(2))
    assert load(dump(episode)).quiet == episode.quiet == 2


def test_beside_a_first_guess_what_is_told_waits_for_the_question() -> None:
    told = Said(
        words="my brother is banging the door, i sang it 40 times",
        risk=FORCED,
        told={"near": "now", "safe": "no"},
    )
    assert advance(Episode(), told, NOW).level == "moderate"


@pytest.mark.parametrize(
    "told", [{"means": "near"}, {"plan": "yes"}, {"alone": "yes"}, {"called": "refused"}]
)
def test_nothing_is_let_go_with_a_message_that_tells(told: dict[str, str]) -> None:
    last = Said(words="they are in the drawer beside my bed tonight", risk=Risk(), told=told)
    assert _after(GUESS, *_quiet(3), last).level != "low"


@pytest.mark.parametrize("words", ["idk", "nvm", "不想说了", "晚安"])
def test_a_few_words_may_be_evasion_and_let_nothing_go(words: str) -> None:
    scraps = [Said(words=words, risk=Risk()) for _ in range(8)]
    assert _after(GUESS, *scraps).level == "moderate"


def test_a_graver_guess_is_never_let_go() -> None:
    now = Risk(level="imminent", levels={"suicide": "imminent"}, score=0.9, plain="none")
    assert _after(now, *_quiet(9)).level == "imminent"
