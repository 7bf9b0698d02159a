"""Lines together with everything the learners need of them, computed once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from training import features
from training.head import Block
from training.letters import Doubles, Floats
from training.sources import Line


@dataclass(frozen=True, slots=True)
class Corpus:
    """Lines, their bucket counts and their vectors, row by row."""

    lines: list[Line]
    counted: sp.csr_matrix
    vectors: Floats

    def only(self, wanted: Callable[[Line], bool]) -> Corpus:
        """The lines that are wanted."""
        rows = np.array([n for n, line in enumerate(self.lines) if wanted(line)], dtype=np.int64)
        return self.rows(rows)

    def rows(self, rows: Sequence[int] | NDArray[np.int64]) -> Corpus:
        """The chosen rows."""
        chosen = np.asarray(rows, dtype=np.int64)
        return Corpus(
            [self.lines[row] for row in chosen], self.counted[chosen], self.vectors[chosen]
        )

    def block(self, weigh: Floats, labels: Doubles, mask: Doubles, extras: Floats | None) -> Block:
        """The data of a head over these lines."""
        none = np.zeros((len(self.lines), 0), np.float32)
        return Block(
            features.weighed(self.counted, weigh),
            self.vectors,
            labels,
            mask,
            none if extras is None else extras,
            [line.group for line in self.lines],
        )


def gather(lines: Sequence[Line], cache: Path, texts: Sequence[str] | None = None) -> Corpus:
    """A corpus of lines. texts: their plain views, where they are at hand. Raises NoEncoder."""
    if texts is None:
        texts = features.plain([line.text for line in lines])
    return Corpus(list(lines), features.counts(texts), features.vectors(texts, cache))


def together(parts: Sequence[Corpus]) -> Corpus:
    """Several corpora as one."""
    return Corpus(
        [line for part in parts for line in part.lines],
        sp.vstack([part.counted for part in parts]).tocsr(),
        np.concatenate([part.vectors for part in parts]),
    )


def columns(lines: Sequence[Line], names: Sequence[str]) -> Doubles:
    """1 where a line's label (a string or a list of strings) names the column."""
    table = np.zeros((len(lines), len(names)))
    place = {name: number for number, name in enumerate(names)}
    for row, line in enumerate(lines):
        labels = [line.label] if isinstance(line.label, str) else (line.label or [])
        for label in labels:
            if label in place:
                table[row, place[label]] = 1.0
    return table
