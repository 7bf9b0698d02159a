"""The trained half of understanding; see model.py. None of it is needed for the rules to work."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from training.learned.model import Learned

__all__ = ["load"]


@lru_cache(maxsize=2)
def load(*, encoder: bool = True) -> Learned | None:
    """The trained heads, loaded once per process (a second or two with the encoder).

    encoder: False reads by letters alone. None where numpy is not installed or the arrays are
    missing or damaged: then the rules read on their own.
    """
    if find_spec("numpy") is None:
        return None
    from training.learned.arrays import ArraysError, shipped
    from training.learned.embedder import load_embedder, one_thread
    from training.learned.model import Learned

    try:
        arrays = shipped()
    except ArraysError:
        return None
    one_thread()
    return Learned(arrays, load_embedder() if encoder else None)
