"""The numbers filter: no phone number is shown that does not come from content/resources.

A model may name a number that is old, wrong or made up, and somebody in danger would call it.
Years, ages, amounts, times, counting and breathing rhythms are left alone. Short numbers are taken
for numbers to call where the words around say so, longer ones by their shape.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Final

from qingting.companion.protect.number_context import (
    an_amount,
    asked_for,
    in_a_word,
    to_call,
)
from qingting.companion.protect.phone_runs import Chunk, Run, only_digits, runs, tight, western

_SHORTEST: Final = 3
_SUBSCRIBER: Final = 7  # from here on digits are a number by their shape
_LONGEST: Final = 15  # of the international numbering plan
_COUNTRY_CODE: Final = 3  # digits at most

# Numbers of five or six digits known by their shape: 12xxx and 9xxxxx in China, 116 xxx in Europe.
_SERVICE: Final = re.compile("1[0-9]{4}|9[56][0-9]{3,4}|116[0-9]{3}")
_YEAR: Final = re.compile("(?:19|20)[0-9]{2}")
_DAY: Final = re.compile("(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])")
_BRACKETS: Final = frozenset({"()", "（）", "[]", "【】", "“”", "「」", '""'})
_CLOSING: Final = frozenset(" ,.;:!?)，。；：！？、）")


@dataclass(frozen=True, slots=True)
class PhoneSpan:
    """A number to call, standing at text[start:end]. digits: western figures without marks, and
    without the plus of an `international` number."""

    start: int
    end: int
    digits: str
    international: bool = False

    def known(self, allowed: Collection[str]) -> bool:
        """True when it is one of `allowed`, however either is written."""
        return _Known(allowed).holds(self)


class _Known:
    """The numbers that may stand, ready to be compared."""

    def __init__(self, allowed: Collection[str]) -> None:
        self._numbers = {(only_digits(each), each.strip().startswith("+")) for each in allowed}
        self._digits = {digits for digits, _ in self._numbers if digits}

    def holds(self, span: PhoneSpan) -> bool:
        """True for the same number, also where only one of the two has its country code."""
        if span.digits in self._digits:
            return True
        if len(span.digits) < _SUBSCRIBER:
            return False
        return any(
            _with_code(whole=span.digits, local=digits)
            if span.international
            else abroad and _with_code(whole=digits, local=span.digits)
            for digits, abroad in self._numbers
        )


def phone_like(text: str) -> list[PhoneSpan]:
    """Every number that looks like one to call, from left to right, known or not."""
    return _found(text, _Known(()))


def strip_unknown_numbers(text: str, allowed: Collection[str]) -> tuple[str, bool]:
    """The text without the numbers to call that are not in `allowed`, and whether any was cut.

    allowed: numbers as people write them ("010-82951332"). What is left reads with a gap: a
    sentence that lost a number is better replaced than shown.
    """
    known = _Known(allowed)
    cut = False
    # Again after each cut, as what stood apart may now stand together.
    while unknown := [span for span in _found(text, known) if not known.holds(span)]:
        for span in reversed(unknown):
            text = _without(text, span)
        cut = True
    return text, cut


def _found(text: str, known: _Known) -> list[PhoneSpan]:
    plain = western(text)
    return [span for run in runs(text) for span in _spans(run, plain, known)]


def _spans(run: Run, plain: str, known: _Known) -> Iterator[PhoneSpan]:
    """The numbers of a run. Known ones are found first, so that no neighbour swallows them."""
    at = 0
    for start, end in _known_parts(run, plain, known):
        yield from _called_parts(run[at:start], plain)
        yield _span(run[start:end], plain)
        at = end
    yield from _called_parts(run[at:], plain)


def _called_parts(run: Run, plain: str) -> Iterator[PhoneSpan]:
    at = 0
    while at < len(run):
        asked = asked_for(plain, run[at].start)
        end = _longest(run, at, partial(_called, plain=plain, asked=asked))
        if end is not None:
            yield _span(run[at:end], plain)
        at = end or at + 1


def _known_parts(run: Run, plain: str, known: _Known) -> Iterator[tuple[int, int]]:
    """Where known numbers stand in a run: pairs of chunk indexes, from left to right."""
    parts: list[tuple[int, int]] = []
    at = 0
    while at < len(run):
        end = _longest(run, at, lambda part: known.holds(_span(part, plain)))
        if end is not None:
            parts.append((at, end))
        at = end or at + 1
    nothing_else = sum(end - start for start, end in parts) == len(run)
    for start, end in parts:
        if nothing_else or not _inside_longer(run, start, end, plain):
            yield start, end


def _inside_longer(run: Run, start: int, end: int, plain: str) -> bool:
    """True for a short number that is only a piece of a longer one, as of a made-up hotline."""
    if len(_digits(run[start:end])) >= _SUBSCRIBER:
        return False
    before = start > 0 and len(run[start - 1].digits) >= _SHORTEST
    after = end < len(run) and len(run[end].digits) >= _SHORTEST
    if before and after:
        return _shaped(run[start - 1 : end + 1], plain)
    return (before and tight(plain, run[start - 1], run[start])) or (
        after and tight(plain, run[end - 1], run[end])
    )


def _longest(run: Run, at: int, holds: Callable[[Run], bool]) -> int | None:
    """The end of the longest part of a run from `at` that `holds`, or None."""
    ends: list[int] = []
    length = 0
    for end in range(at + 1, len(run) + 1):
        length += len(run[end - 1].digits)
        if length > _LONGEST:
            break
        ends.append(end)
    return next((end for end in reversed(ends) if holds(run[at:end])), None)


def _called(part: Run, plain: str, *, asked: bool) -> bool:
    """True when these chunks together are a number to call."""
    start, end, length = part[0].start, part[-1].end, len(_digits(part))
    if length < _SHORTEST:
        return False
    if length < _SUBSCRIBER and (an_amount(plain, start, end) or in_a_word(plain, start, end)):
        return False
    return _shaped(part, plain) or to_call(plain, start, end, asked=asked)


def _shaped(part: Run, plain: str) -> bool:
    """True when the figures alone, whatever is said around them, are a number to call."""
    digits, sizes = _digits(part), [len(chunk.digits) for chunk in part]
    if max(sizes) == 1 and len(part) > 1:
        return len(part) >= 5 and not _counting(digits)
    if len(digits) < _SUBSCRIBER:
        whole = len(part) == 1 or sizes == [3, 3]
        service = whole and _SERVICE.fullmatch(digits) is not None
        return service and not digits.endswith("00") and not _counting(digits)
    if _span(part, plain).international:
        return True
    return _one_chunk(part[0], plain) if len(part) == 1 else _chunks(part, plain)


def _one_chunk(chunk: Chunk, plain: str) -> bool:
    """Seven digits or more in one piece: not a day, not a round sum, not an amount."""
    digits = chunk.digits
    if _DAY.fullmatch(digits) or digits.endswith("000"):
        return False
    if chunk.writing == "han" and _counting(digits):
        return False
    return len(digits) > 10 or not an_amount(plain, chunk.start, chunk.end)


def _chunks(part: Run, plain: str) -> bool:
    """Seven digits or more in pieces: not a range, not a row of figures, not years or a day."""
    digits = [chunk.digits for chunk in part]
    spaced = not any(tight(plain, *pair) for pair in pairwise(part))
    if len(part) == 2 and (
        all(piece.endswith("0") for piece in digits)
        or an_amount(plain, part[0].start, part[-1].end)
    ):
        return False
    if any(len(piece) == 1 for piece in digits[1:]):
        return False
    if not spaced or digits[0].startswith("0"):
        return True
    if _YEAR.fullmatch(digits[0]) and all(len(p) <= 2 or _YEAR.fullmatch(p) for p in digits[1:]):
        return False
    return max(map(len, digits)) > 2 and not all(piece.endswith("0") for piece in digits)


def _counting(digits: str) -> bool:
    """True for 12345, 54321, 13579, 44444: counted or breathed, not called."""
    steps = {int(b) - int(a) for a, b in pairwise(digits)}
    return len(steps) == 1 and abs(steps.pop()) <= 2


def _with_code(*, whole: str, local: str) -> bool:
    """True when `whole` is `local` with a country code before it."""
    core = local.lstrip("0")
    code = len(whole.lstrip("0")) - len(core)
    return len(core) >= _SUBSCRIBER and whole.endswith(core) and 1 <= code <= _COUNTRY_CODE


def _digits(part: Run) -> str:
    return "".join(chunk.digits for chunk in part)


def _span(part: Run, plain: str) -> PhoneSpan:
    start, end, digits = part[0].start, part[-1].end, _digits(part)
    opened = plain[start - 1 : start] in ("(", "（")
    if opened and plain.count(")", start, end) + plain.count("）", start, end):
        start -= 1
    plus = plain[start - 1 : start] in ("+", "＋")
    international = plus or (digits.startswith("00") and len(digits) > 9)
    return PhoneSpan(start - plus, end, digits, international)


def _without(text: str, span: PhoneSpan) -> str:
    """The text with one number cut out, its empty brackets and doubled spaces too."""
    left, right = text[: span.start], text[span.end :]
    if left[-1:] + right[:1] in _BRACKETS:
        left, right = left[:-1], right[1:]
    if not right or right[0] in _CLOSING:
        left = left.rstrip(" ")
    touching = western(left[-1:] + right[:1])
    return left + (" " if len(touching) == 2 and touching.isdecimal() else "") + right
