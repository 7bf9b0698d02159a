"""The letter somebody asks for: what they told today, in their own words, to keep."""

from __future__ import annotations

from typing import Final

from qingting.companion.words.bank import bank
from qingting.companion.work import Work

# So many of the things they told stand in a letter.
_THINGS: Final = 3


def letter(work: Work) -> tuple[str, ...]:
    """The paragraphs of a letter; one plain line when nothing was told yet that it could hold."""
    lines, chooser = bank(work.language), work.chooser
    told = [thread.quote for thread in work.state.threads]
    if not told:
        words = chooser.choose(lines.lines("moves", "letter", "early"))
        return (words,) if words else ()
    found = [chooser.choose(lines.lines("moves", "letter", "open"))]
    for quote in _spread(told):
        chooser.renew({**chooser.slots, "earlier": quote})
        found.append(chooser.choose(lines.lines("moves", "letter", "thread"), require="earlier"))
    found += [chooser.choose(lines.lines("moves", "letter", part)) for part in ("know", "close")]
    kept = [paragraph for paragraph in found if paragraph]
    return tuple(f"{paragraph}\n\n" for paragraph in kept[:-1]) + tuple(kept[-1:])


def _spread(told: list[str]) -> list[str]:
    """The first, the middle and the last of what was told."""
    if len(told) <= _THINGS:
        return told
    return [told[0], told[len(told) // 2], told[-1]]
