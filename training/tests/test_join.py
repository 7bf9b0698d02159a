import pytest

from qingting.companion.understand.reading import LEVELS, Level, Risk, Span, rank
from qingting.companion.understand.learned.join import joined
from qingting.companion.understand.learned.reads import RiskRead

SURE = RiskRead(calm=0.01, high=0.99, level="high", kinds={"suicide": 0.9, "panic": 0.1})
CALM = RiskRead(calm=0.999, level="none")


def rules(level: Level, **more: object) -> Risk:
    levels = {"suicide": level} if level != "none" else {}
    return Risk(level=level, levels=levels, evidence=(Span(0, 1),), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("level", ["high", "imminent"])
def test_what_must_never_be_missed_is_never_lowered(level: Level) -> None:
    assert joined(rules(level), CALM).level == level


def test_a_lone_moderate_is_lowered_only_when_the_heads_are_sure() -> None:
    assert joined(rules("moderate"), CALM).level == "low"
    assert joined(rules("moderate"), RiskRead(calm=0.9, level="none")).level == "moderate"


def test_after_danger_nothing_is_lowered() -> None:
    assert joined(rules("moderate", shift="goodbye"), CALM).level == "moderate"


def test_the_heads_raise_what_the_rules_did_not_see_and_name_its_kind() -> None:
    risk = joined(Risk(), SURE)
    assert risk.level == "high"
    assert risk.kinds == ("suicide",)
    assert risk.score == pytest.approx(0.99)


def test_marked_words_are_raised_only_on_a_clear_probability() -> None:
    unsure = RiskRead(calm=0.4, moderate=0.6, level="moderate", kinds={"suicide": 0.6})
    assert joined(Risk(marks=("joked",)), unsure).level == "none"
    assert joined(Risk(marks=("joked",)), SURE).level == "high"


def test_the_heads_alone_never_say_imminent() -> None:
    now = RiskRead(calm=0.0, imminent=1.0, level="imminent", kinds={"suicide": 1.0})
    assert joined(Risk(), now).level == "high"
    assert joined(rules("moderate"), now).level == "imminent"


@pytest.mark.parametrize("first", LEVELS)
@pytest.mark.parametrize("second", LEVELS)
def test_the_joined_level_is_near_both(first: Level, second: Level) -> None:
    heads = RiskRead(calm=0.2, moderate=0.8, level=second, kinds={"abuse": 0.8})
    level = joined(rules(first), heads).level
    assert rank(level) >= rank(first)
    assert rank(level) <= max(rank(first), rank(second))
