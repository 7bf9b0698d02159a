"""How sure a figure is."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray


def wilson(hits: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a rate; (0, 1) when nothing was counted."""
    if total == 0:
        return 0.0, 1.0
    z = 1.96
    rate = hits / total
    middle = rate + z * z / (2 * total)
    around = z * sqrt(rate * (1 - rate) / total + z * z / (4 * total * total))
    below = 1 + z * z / total
    return max(0.0, (middle - around) / below), min(1.0, (middle + around) / below)


def shown(hits: int, total: int) -> str:
    """A rate with its count and interval, such as "0.952 (60/63, 0.87-0.98)"."""
    if total == 0:
        return "-"
    low, high = wilson(hits, total)
    return f"{hits / total:.3f} ({hits}/{total}, {low:.2f}-{high:.2f})"


def paired_bootstrap(
    count: int,
    difference: Callable[[NDArray[np.int64]], float],
    *,
    times: int = 2000,
    seed: int = 7,
) -> tuple[float, float, float]:
    """A difference over the same `count` rows and its 95 % interval. difference: takes row
    numbers, drawn with replacement."""
    rng = np.random.default_rng(seed)
    drawn = [difference(rng.integers(0, count, count)) for _ in range(times)]
    whole: Any = np.arange(count)
    return (
        difference(whole),
        float(np.quantile(drawn, 0.025)),
        float(np.quantile(drawn, 0.975)),
    )
