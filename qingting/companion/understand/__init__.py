"""Understand one message: language, feelings, danger, topic and need. No model, no network."""

from __future__ import annotations

from collections.abc import Sequence

from qingting.companion.person import Language
from qingting.companion.understand import risk
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.feelings import feelings_of
from qingting.companion.understand.history import Heard
from qingting.companion.understand.language import language_of
from qingting.companion.understand.needs import need_of, refused
from qingting.companion.understand.normalise import views
from qingting.companion.understand.reading import Reading
from qingting.companion.understand.topics import topics_of

__all__ = ["Heard", "Reading", "understand"]


def understand(
    text: str, history: Sequence[Heard] = (), *, default_language: Language = "zh"
) -> Reading:
    """Everything understood of one message.

    text: what was typed, any Unicode. history: the turns before it, oldest first; only the last
    few are read. default_language: used when the message itself shows none. Raises LexiconError
    only when the shipped lexicon is broken, never for what a person typed.
    """
    clean = cleaned(text)
    language = language_of(clean, default_language)
    return Reading(
        language=language,
        feelings=feelings_of(clean),
        risk=risk.read(views(clean), history),
        topics=topics_of(clean, text, language),
        need=need_of(clean),
        refused=refused(clean),
    )
