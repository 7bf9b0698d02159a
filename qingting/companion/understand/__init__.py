"""Understand one message: language, feelings, danger, topic and need. No model, no network."""

from __future__ import annotations

from collections.abc import Sequence

from qingting.companion.person import Language
from qingting.companion.understand import learned
from qingting.companion.understand.history import Heard
from qingting.companion.understand.reading import Reading
from qingting.companion.understand.ruled import Told, by_rules

__all__ = ["Heard", "Reading", "Told", "understand", "understand_all"]


def understand(
    text: str, history: Sequence[Heard] = (), *, default_language: Language = "zh"
) -> Reading:
    """Everything understood of one message.

    text: what was typed, any Unicode. history: the turns before it, oldest first; only the last
    few are read. default_language: used when the message itself shows none. Raises LexiconError
    only when the shipped lexicon is broken, never for what a person typed.

    Rules read first. The trained heads, where their packages are installed, read beside them and
    may raise a level; without them the rules read alone.
    """
    return understand_all([Told(text, history)], default_language=default_language)[0]


def understand_all(told: Sequence[Told], *, default_language: Language = "zh") -> list[Reading]:
    """Several messages that have nothing to do with one another, read together: faster than one
    by one. See understand."""
    ruled = [by_rules(one, default_language) for one in told]
    model = learned.load()
    if model is None or not ruled:
        return [one.reading for one in ruled]
    # Only here: it needs arrays, which the rules do not.
    from qingting.companion.understand.learned.beside import read_beside

    return read_beside(model, ruled)
