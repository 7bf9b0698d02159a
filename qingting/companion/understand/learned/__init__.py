"""The trained half of understanding; see model.py. None of it is needed for the rules to work."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qingting.companion.understand.learned.model import Learned

__all__ = ["load"]


def load(*, encoder: bool = True) -> Learned | None:
    """The trained heads, loaded once per process (a second or two with the encoder).

    encoder: False reads by letters alone. None where numpy is not installed or the arrays are
    missing or damaged: then the rules read on their own.
    """
    # One place in the cache for each, however the caller writes it.
    return _loaded(encoder)


@lru_cache(maxsize=2)
def _loaded(encoder: bool) -> Learned | None:
    if find_spec("numpy") is None:
        return None
    from qingting.companion.understand.learned.arrays import ArraysError, second_shipped, shipped
    from qingting.companion.understand.learned.embedder import one_thread
    from qingting.companion.understand.learned.encoder import NoEncoder
    from qingting.companion.understand.learned.model import Learned
    from qingting.companion.understand.learned.scoring import TWO, Network

    try:
        arrays = shipped()
    except ArraysError:
        return None
    one_thread()
    if not encoder:
        return Learned(arrays, None)
    try:
        network = Network(arrays)
    except NoEncoder:
        return Learned(arrays, None)
    if TWO not in arrays.notes["risk"]:
        # Nobody has set how two are joined: one reads.
        return Learned(arrays, network)
    try:
        other = second_shipped()
    except ArraysError:
        # One model reads then, with thresholds of its own.
        return Learned(arrays, network)
    return Learned(arrays, network, Learned(other, Network(other)))
