"""Days named in a message ("下周五", "后天", "in two weeks"), on the person's own calendar."""

from __future__ import annotations

from datetime import date

from qingting.companion.person import Language
from qingting.companion.remember.dates import chinese, english
from qingting.companion.remember.dates.span import DateSpan


def find_dates(text: str, language: Language, today: date) -> tuple[DateSpan, ...]:
    """The days a text names, in order, none overlapping. today: the person's local day. A time of
    day alone ("at nine") names no day."""
    return chinese.find(text, today) if language == "zh" else english.find(text, today)
