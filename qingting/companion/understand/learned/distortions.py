"""Thinking traps with the words that show them.

The head says which traps a message holds; the words are the clause in which, by its letters, that
trap is strongest. A label is a guess at a way of putting things, never about the person.
"""

from __future__ import annotations

import re
from typing import Final, cast

import numpy as np

from qingting.companion.understand.clean import Clean, has_han
from qingting.companion.understand.learned.arrays import Arrays, Floats
from qingting.companion.understand.learned.scoring import Sketch, letter_scores, probabilities
from qingting.companion.understand.reading import Distortion, DistortionRead

# Chinese chat puts a blank where others put a comma.
_ZH: Final = re.compile(r"[^,。!?;:、\n…~ ]+")
_EN: Final = re.compile(r"(?:(?! (?:but|so|because|and then) )[^,.!?;:\n…])+")
# A clause shorter than this says nothing alone; it stays with the one before it.
_SHORT: Final = {True: 4, False: 10}
_MOST: Final = 3


def distortions(arrays: Arrays, sketch: Sketch, view: Clean) -> tuple[DistortionRead, ...]:
    """The traps that pass their threshold, the surest first, at most three. view: the plain view
    that the sketch was made of; spans point into what was typed. Empty where no head is shipped."""
    head = arrays.heads.get("distortions")
    if head is None or not view.text:
        return ()
    sure, at = probabilities(head, sketch), head.thresholds[sketch.mode]
    found = sorted(np.flatnonzero(sure >= at).tolist(), key=lambda place: -float(sure[place]))
    if not found:
        return ()
    ranges, scores = clause_scores(arrays, view.text)
    first = head.columns.start
    reads = []
    for place in found[:_MOST]:
        begin, end = ranges[int(scores[:, first + place].argmax())]
        label = cast("Distortion", head.labels[place])
        reads.append(DistortionRead(label, view.span(begin, end), round(float(sure[place]), 3)))
    return tuple(reads)


def clause_scores(arrays: Arrays, text: str) -> tuple[list[tuple[int, int]], Floats]:
    """The clauses of a plain view, and for each a raw score per column, by its letters."""
    ranges = clauses(text)
    if len(ranges) == 1:
        return ranges, np.zeros((1, arrays.letters.shape[1]), dtype=np.float32)
    return ranges, letter_scores(arrays, [text[begin:end] for begin, end in ranges])


def clauses(text: str) -> list[tuple[int, int]]:
    """Half-open ranges of the clauses of a plain view; the whole text when it has none."""
    han = has_han(text)
    found: list[tuple[int, int]] = []
    for match in (_ZH if han else _EN).finditer(text):
        begin, end = match.span()
        begin += len(match[0]) - len(match[0].lstrip())
        end -= len(match[0]) - len(match[0].rstrip())
        if begin >= end:
            continue
        if found and end - begin < _SHORT[han]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((begin, end))
    return found or [(0, len(text))]
