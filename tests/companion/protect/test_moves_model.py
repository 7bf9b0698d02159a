"""The safety episode walked exhaustively: what may never happen, in whatever order things are said.

Every sequence of three messages out of an alphabet of all that a message can be to an episode,
from every kind of danger, and long random walks besides. No words are looked at: the decision is
pure. tests/companion/test_danger_words.py looks at the words.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.companion.protect.episode import Episode
from qingting.companion.protect.facets import DIRECT, ORDER, now_order
from qingting.companion.protect.move import Move
from qingting.companion.protect.moves import decide
from qingting.companion.protect.said import Said, advance
from qingting.companion.understand.reading import (
    KINDS,
    Kind,
    Level,
    Risk,
    Subject,
    at_least,
    rank,
)

START = datetime(2026, 3, 2, 2, 37, tzinfo=UTC)
_GRAVE = frozenset({"plan", "timing", "means", "wound", "body", "commands", "weapon"})


@dataclass(frozen=True, slots=True)
class Heard:
    """One message of a walk: what it is, and the time since the last one."""

    said: Said
    after: timedelta = timedelta(minutes=1)
    fresh: bool = False


@dataclass(slots=True)
class Walk:
    """An episode under way, with what was asked so far in our own count."""

    episode: Episode
    now: datetime = START
    conversation: int = 0
    turn: int = 0

    def hear(self, heard: Heard) -> tuple[Episode, Episode, Move]:
        """One message: the episode before and after, and the move."""
        self.now += heard.after
        if heard.fresh:
            self.conversation, self.turn = self.conversation + 1, 0
        before = self.episode
        after = advance(before, heard.said, self.now)
        move = decide(
            before,
            after,
            heard.said,
            conversation=str(self.conversation),
            now=self.now,
            first=self.turn == 0,
        )
        self.turn += 1
        self.episode = spoken(after, move, str(self.conversation), heard.said.named)
        return before, after, move


def spoken(episode: Episode, move: Move, conversation: str, named: str | None = None) -> Episode:
    """The episode after the move was put into words, every list having words left."""
    asked = (f"{move.path}.{move.asks[0]}",) if move.asks else ()
    said = frozenset(f"{one}#{episode.asking.times.get(one, 0)}" for one in asked)
    episode = replace(episode, asking=episode.asking.putting(asked, said))
    if move.number is not None:
        episode = replace(episode, number_level=episode.level, number_in=conversation)
    steps = episode.steps
    if move.about.isdigit():
        steps = replace(steps, back=steps.back | {int(move.about)})
    if move.step is not None:
        steps = replace(steps, offered={**steps.offered, "plan": "offered"})
    if move.name == "named":
        steps = replace(steps, offered={**steps.offered, f"named.{named}": "offered"})
    return replace(episode, steps=steps)


def danger(kind: Kind, level: Level, subject: Subject = "self", **more: object) -> Said:
    """A message in which danger is read."""
    return Said(Risk(level=level, levels={kind: level}, subject=subject, **more))  # type: ignore[arg-type]


def alphabet(kind: Kind, subject: Subject) -> list[Heard]:
    """All that a message can be to an episode of one kind."""
    said = [
        Said(),
        danger(kind, "low", subject),
        danger(kind, "moderate", subject),
        danger(kind, "high", subject),
        danger(kind, "imminent", subject),
        Said(Risk(level="low", levels={kind: "low"}, shift="denial"), {DIRECT: "no"}),
        Said(Risk(shift="calm")),
        Said(Risk(level="moderate", levels={kind: "moderate"}, shift="goodbye")),
        Said(told={DIRECT: "yes"}),
        Said(told={DIRECT: "some"}),
        Said(told={"timing": "soon"}),
        Said(told={"means": "near"}),
        Said(told={"plan": "yes"}),
        Said(told={"alone": "no"}),
        Said(told={"moved": "done"}),
        Said(told={"called": "refused"}),
        Said(told={"called": "done"}),
        Said(told={"company": "there", "alone": "no"}),
        Said(told={"help": "going"}),
        Said(told={"outcome": "safe"}),
        Said(told={"taken_back": "yes", DIRECT: "yes"}),
        Said(told={"joke": "yes"}),
        Said(told={"topic": "other"}),
        Said(told={"who": "named"}, named="你姐", role="sibling"),
        Said(told={"first_aid": "water"}),
        Said(told={"after_taking": "worse"}),
        Said(told={"fault": "mine"}),
        Said(told={"with_them": "no"}),
        Said(told={"wound": "bad"}),
        replace(danger(kind, "high", subject, plain="none"), hint="dying"),
        replace(danger(kind, "moderate", subject, plain="none"), hint="you"),
        replace(danger(kind, "moderate", subject), about_us="care"),
        Said(told={"dying": "yes"}),
        replace(danger(kind, "moderate", subject), told={"when": "told"}),
        replace(danger(kind, "high", subject), told={"means": "near"}),
        replace(danger(kind, "moderate", subject), told={DIRECT: "no"}, barrier="no_answer"),
        Said(barrier="overheard"),
        Said(act="taken"),
        Said(act="doing"),
        Said(need="human"),
        Said(need="about_you"),
    ]
    heard = [Heard(one) for one in said]
    heard.append(Heard(Said(), timedelta(days=2), fresh=True))
    heard.append(Heard(Said(), timedelta(days=9), fresh=True))
    return heard


def walks(kind: Kind, subject: Subject, length: int) -> Iterator[tuple[Heard, ...]]:
    """Every walk of a length."""
    return itertools.product(alphabet(kind, subject), repeat=length)


def walked(steps: Iterable[Heard]) -> None:
    """A walk, with everything that must hold after each message."""
    walk = Walk(Episode())
    asked_direct: set[str] = set()
    told_direct: set[str] = set()
    put: set[str] = set()
    for heard in steps:
        before, after, move = walk.hear(heard)
        _levels_fall_with_time_only(before, after, heard)
        _danger_is_answered(after, heard, move)
        _an_act_gets_the_number_first(before, after, heard, move)
        _no_number_without_reason(before, after, heard, move, str(walk.conversation))
        if move.asks and move.asks[0] == DIRECT:
            asked_direct.add(move.path)
        if after.asking.value(move.path, DIRECT):
            told_direct.add(move.path)
        _the_direct_question_is_never_skipped(after, move, heard, asked_direct | told_direct)
        _nothing_known_is_asked(after, move)
        new = walk.episode.asking.said - put
        assert len(new) <= 1
        put |= new


def _levels_fall_with_time_only(before: Episode, after: Episode, heard: Heard) -> None:
    if "outcome" in heard.said.told and before.subject == "other":
        # Somebody else's danger ends once they are safe; the person's own never does by it.
        assert not before.aside or after.levels == before.aside
        return
    for kind, level in before.levels.items():
        now = after.levels.get(kind, "none")
        if rank(now) < rank(level):
            assert heard.after >= timedelta(days=1), "fell without time"
            assert rank(level) - rank(now) == 1
            assert not heard.said.dangerous


def _danger_is_answered(after: Episode, heard: Heard, move: Move) -> None:
    """Danger said is answered with authored words, and the talk is never ended."""
    if heard.said.dangerous or at_least(after.level, "imminent"):
        assert move.name not in ("none", "aside")


def _an_act_gets_the_number_first(
    before: Episode, after: Episode, heard: Heard, move: Move
) -> None:
    if not at_least(after.level, "imminent"):
        return
    assert move.name in ("act", "act_on", "held", "barrier", "named")
    if not at_least(before.level, "imminent"):
        assert move.name == "act"
        assert move.number == "emergency"
    if after.act == "taken" and before.act != "taken":
        # Whatever was said before it.
        assert (move.name, move.number) == ("act", "emergency")
    if move.name == "held":
        assert after.held


def _no_number_without_reason(
    before: Episode, after: Episode, heard: Heard, move: Move, conversation: str
) -> None:
    if move.number is None:
        return
    risen = rank(after.level) > rank(after.number_level)
    worse = heard.said.told.get("after_taking") in ("sleepy", "worse")
    asked = heard.said.need == "human"
    begun = after.act != before.act
    assert risen or conversation != before.number_in or asked or worse or begun


def _the_direct_question_is_never_skipped(
    after: Episode, move: Move, heard: Heard, settled: set[str]
) -> None:
    """Wherever a further question is asked, the direct one was asked or answered before; what is
    asked while an act may be under way, and what answers a barrier, is exempt."""
    if move.name in ("act", "act_on", "held", "barrier", "named", "plan", "back", "none", "aside"):
        return
    if at_least(after.level, "moderate") and move.asks and move.name != "goodbye":
        assert move.path in settled, (move, after.asking)


def _nothing_known_is_asked(after: Episode, move: Move) -> None:
    if not move.asks:
        return
    facet = move.asks[0]
    assert facet == DIRECT or facet in ORDER[move.path] or facet in now_order(move.path)
    if move.name not in ("act", "act_on"):
        assert not after.asking.value(move.path, facet)


# A minute each and all alike: one of the four every time, all of them in `make test-lines`.
_WALKED: list[tuple[Kind, Subject]] = [
    ("suicide", "self"),
    ("self_harm", "self"),
    ("suicide", "other"),
    ("self_harm", "other"),
]


@pytest.mark.parametrize(
    ("kind", "subject"), _WALKED if os.environ.get("QINGTING_TEST_EVERY_LINE") else _WALKED[:1]
)
def test_no_three_messages_in_any_order_break_the_protocol(kind: Kind, subject: Subject) -> None:
    for steps in walks(kind, subject, 3):
        walked(steps)


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_messages_of_any_kind_break_the_protocol(kind: Kind) -> None:
    for subject in ("self", "other"):
        for steps in walks(kind, subject, 2):  # type: ignore[arg-type]
            walked(steps)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [heard for kind in KINDS for who in ("self", "other") for heard in alphabet(kind, who)]  # type: ignore[arg-type]
        ),
        min_size=4,
        max_size=40,
    )
)
def test_no_long_talk_of_mixed_dangers_breaks_the_protocol(steps: list[Heard]) -> None:
    walked(steps)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("level", ["moderate", "high"])
def test_the_direct_question_comes_with_the_first_words_of_danger(kind: Kind, level: Level) -> None:
    """Unless they said it in so many words themselves, which only wishes to die and hurt can be."""
    walk = Walk(Episode())
    _, after, move = walk.hear(Heard(danger(kind, level)))
    known = after.asking.value(move.path, DIRECT)
    assert known == "yes" or move.asks[0] == DIRECT


def test_one_denial_lowers_nothing_and_is_not_asked_again_at_once() -> None:
    walk = Walk(Episode())
    walk.hear(Heard(danger("suicide", "moderate")))
    no = Said(Risk(level="low", levels={"suicide": "low"}, shift="denial"), {DIRECT: "no"})
    _, after, move = walk.hear(Heard(no))
    assert after.level == "moderate"
    assert move.name == "denied"
    assert DIRECT not in move.asks


def test_sudden_calm_after_danger_is_asked_about() -> None:
    walk = Walk(Episode())
    walk.hear(Heard(danger("suicide", "high")))
    _, after, move = walk.hear(Heard(Said(Risk(shift="calm"))))
    assert after.level == "high"
    assert move.name == "calm"
    assert move.asks


def test_somebody_who_hurts_them_is_never_offered_as_the_one_to_tell() -> None:
    walk = Walk(Episode())
    walk.hear(Heard(replace(danger("abuse", "high"), hurt_by=frozenset({"father"}))))
    walk.hear(Heard(Said(told={"who": "named"}, named="你爸", role="father")))
    assert walk.episode.people.named == ()
    assert walk.episode.people.hurt_by == {"father"}


def test_the_first_visit_days_later_asks_how_it_has_been_once() -> None:
    walk = Walk(Episode())
    walk.hear(Heard(danger("suicide", "high")))
    _, _, move = walk.hear(Heard(Said(), timedelta(days=3.5), fresh=True))
    assert (move.name, move.about) == ("back", "3")
    _, _, move = walk.hear(Heard(Said(), timedelta(hours=1), fresh=True))
    assert move.name != "back"
