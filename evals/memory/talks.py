"""What is found in whole talks, marked by an author nothing was learned from: talks_<language>.txt,
in the format of training/memory_talks.py. A find is right where it holds some of the words that are
marked with its kind."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from evals.understand.intervals import shown
from qingting.companion.person import Language
from qingting.companion.remember.extract import extract
from training.memory_talks import Marked, Message, messages

FOLDER = Path(__file__).parent


def report(language: Language) -> str:
    """The figures of a language; "" where it has no talks."""
    path = FOLDER / f"talks_{language}.txt"
    if not path.exists():
        return ""
    counts: Counter[str] = Counter()
    for message in messages(path):
        counts += counted(message, language)
    right, wrong, missed = counts["right"], counts["wrong"], counts["missed"]
    return (
        f"{language}, talks: precision {shown(right, right + wrong)}\n"
        f"   recall {shown(right, right + missed)}\n"
        f"   days right {shown(counts['day right'], counts['day'])}"
    )


def counted(message: Message, language: Language) -> Counter[str]:
    """Right, wrong and missed finds of a message, and days of events."""
    counts: Counter[str] = Counter()
    left = list(message.marked)
    for one in extract(message.text, language, message.today):
        fits = [m for m in message.marked if m.kind == one.kind and _touch(m, one.start, one.end)]
        match = next((mark for mark in fits if mark in left), None)
        if match is None:
            # The same thing told twice in one message is one thing.
            counts["wrong"] += not fits
            continue
        left.remove(match)
        counts["right"] += 1
        if one.on is not None and "on" in match.more:
            counts["day"] += 1
            counts["day right"] += one.on.isoformat() == match.more["on"]
    counts["missed"] += len(left)
    return counts


def _touch(mark: Marked, start: int, end: int) -> bool:
    return min(mark.end, end) > max(mark.start, start)
