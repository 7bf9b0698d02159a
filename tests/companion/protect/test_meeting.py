"""Two records of one episode become one, and nothing known is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from qingting.companion.protect.episode import Episode, raised
from qingting.companion.protect.meeting import met
from qingting.companion.understand.reading import KINDS, LEVELS, Kind, Level, rank

NOW = datetime(2026, 3, 2, 2, 37, tzinfo=UTC)

_levels = st.dictionaries(st.sampled_from(KINDS), st.sampled_from(LEVELS), max_size=4)


def episode(levels: dict[Kind, Level], minutes: int = 0) -> Episode:
    """An episode in which so much was heard."""
    return raised(Episode(), levels, NOW + timedelta(minutes=minutes), reason="heard")


@given(_levels, _levels)
def test_no_level_is_lower_than_in_either(
    mine: dict[Kind, Level], theirs: dict[Kind, Level]
) -> None:
    one, other = episode(mine), episode(theirs, 1)
    both = met(one, other)
    for kind in KINDS:
        known = max(rank(e.levels.get(kind, "none")) for e in (one, other))
        assert rank(both.levels.get(kind, "none")) == known
    assert rank(both.level) == max(rank(one.level), rank(other.level))


def test_an_act_and_every_question_are_kept() -> None:
    one = episode({"suicide": "moderate"})
    one = replace(one, asking=one.asking.putting(("suicide.plan",), frozenset({"a"})))
    other = replace(episode({"suicide": "imminent"}, 1), act="taken")
    other = replace(other, asking=other.asking.putting(("suicide.means",), frozenset({"b"})))
    both = met(one, other)
    assert both.act == "taken"
    assert both.asking.said == {"a", "b"}
    assert both.asking.asked("suicide", "plan") == both.asking.asked("suicide", "means") == 1
    assert [change.after for change in both.transitions] == ["moderate", "imminent"]


def test_the_same_record_stays_the_same() -> None:
    one = episode({"panic": "moderate"})
    assert met(one, one) is one
