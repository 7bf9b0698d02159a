"""Danger in what was written into a note or a page of the journal: read when it is saved, answered
in authored words in the same request (see qingting.safety.hearing).

Only words that by themselves read as moderate danger or more are answered, and only what is new:
a page that is put right in one place is not answered for another again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final
from uuid import UUID

from django.db import transaction

from qingting.companion.person import Person
from qingting.companion.understand import Heard, Told, understand_all
from qingting.companion.understand.reading import at_least, rank
from qingting.progress.answered_danger import Words, answered, answered_unsaved
from qingting.progress.service import Progress
from qingting.safety.hearing import Answer, Danger, answer

__all__ = ["Answer", "Danger", "dangers_in", "hear_unsaved", "kept_and_heard"]

# A long page is read piece by piece, each about as long as a long message.
_PIECE: Final = 1_200


def dangers_in(text: str, before: str, person: Person, asked: str = "") -> list[Danger]:
    """What was written since `before` and reads as moderate danger or more, worst first.
    asked: the prompt it answers, which is read with it."""
    if not text.strip():
        return []
    history = (Heard("companion", asked),) if asked else ()
    new = [Told(piece, history) for piece in _pieces(text) if piece not in before]
    readings = understand_all(new, default_language=person.language) if new else []
    found = [
        Danger(told, reading)
        for told, reading in zip(new, readings, strict=True)
        if at_least(reading.risk.level, "moderate")
    ]
    return sorted(found, key=lambda one: -rank(one.reading.risk.level))


def kept_and_heard(
    progress: Progress,
    whose: UUID,
    keep: Callable[[], None],
    found: list[Danger],
    person: Person,
    seed: str,
) -> Answer | None:
    """Store something, and answer the danger in it: the words, with the episode raised and the
    referral counted, all in one transaction. None where there was no danger. Raises one of
    CannotStore."""
    with transaction.atomic():
        keep()
        if not found:
            return None
        words = _words(progress, found, person, seed)
        return answered(progress, whose, progress.seal(whose), words)


def hear_unsaved(
    progress: Progress, token: str | None, found: list[Danger], person: Person, seed: str
) -> Answer | None:
    """What is said to danger where nothing can be kept: words that cannot wait do not wait for
    storage. Never raises because storage failed."""
    if not found:
        return None
    return answered_unsaved(progress, token, _words(progress, found, person, seed))


def _words(progress: Progress, found: list[Danger], person: Person, seed: str) -> Words:
    return lambda episode: answer(found, person, episode, progress.clock(), seed)


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that end where a line ends, as far as they can."""
    piece = ""
    for line in text.splitlines(keepends=True):
        if piece and len(piece) + len(line) > _PIECE:
            yield from _cut(piece)
            piece = ""
        piece += line
    yield from _cut(piece)


def _cut(piece: str) -> Iterator[str]:
    for start in range(0, len(piece), _PIECE):
        part = piece[start : start + _PIECE].strip()
        if part:
            yield part
