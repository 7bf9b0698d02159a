"""Danger as two models read it: the mean of both, and one alone where the other is missing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qingting.companion.understand import learned
from qingting.companion.understand.learned import arrays
from qingting.companion.understand.learned.arrays import ArraysError, second_shipped, shipped
from qingting.companion.understand.learned.model import Asked, Learned
from qingting.companion.understand.learned.scoring import Network
from qingting.companion.understand.reading import KINDS

SAID = ("我今晚就想结束这一切", "i made dal, it is yellow", "他又打我了", "coach read out the list")


@pytest.fixture(scope="module")
def both(whole: Learned) -> tuple[Learned, Learned, Learned]:
    """(the shipped pair, its first alone, its second alone)."""
    first, second = shipped(), second_shipped()
    return whole, Learned(first, Network(first)), Learned(second, Network(second))


@pytest.mark.parametrize("text", SAID)
def test_the_mean_of_both_counts(both: tuple[Learned, Learned, Learned], text: str) -> None:
    pair, first, second = both
    sketch = pair.sketch(Asked(text))
    assert sketch.risk_mode == "two"
    together = pair.risk(sketch)
    one, other = (each.risk(each.sketch(Asked(text))) for each in (first, second))
    for got, a, b in zip(together.grades, one.grades, other.grades, strict=True):
        assert got == pytest.approx((a + b) / 2, abs=1e-4)
    for kind in KINDS:
        assert together.kinds[kind] == pytest.approx(
            (one.kinds[kind] + other.kinds[kind]) / 2, abs=1e-4
        )


def test_everything_else_is_the_first_ones(both: tuple[Learned, Learned, Learned]) -> None:
    pair, first, _ = both
    for text in SAID:
        assert pair.feelings(pair.sketch(Asked(text))) == first.feelings(first.sketch(Asked(text)))


def test_without_a_letter_no_network_is_asked(whole: Learned) -> None:
    assert whole.sketch(Asked("…")).risk_mode == "alone"


@pytest.fixture
def no_second(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installation whose second model is damaged."""

    def damaged() -> arrays.Arrays:
        raise ArraysError("a wrong hash")

    monkeypatch.setattr(arrays, "second_shipped", damaged)
    learned._loaded.cache_clear()
    yield
    monkeypatch.undo()
    learned._loaded.cache_clear()


@pytest.mark.usefixtures("no_second")
def test_one_reads_alone_where_the_other_is_missing() -> None:
    alone = learned.load()
    assert alone is not None
    sketch = alone.sketch(Asked(SAID[0]))
    assert sketch.risk_mode == "both"
    assert alone.joining(sketch) is not None
    assert alone.risk(sketch).grades[0] > 0
