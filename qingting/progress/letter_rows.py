"""Letters and the page to take to somebody, as they lie sealed: two forms in one table, told apart
by their kind."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from qingting.companion.progress.letter_kept import SECTIONS, KeptLetter, Summary
from qingting.progress.models import Letter
from qingting.progress.rows import Rows

WEEK: Final = "week"
SUMMARY: Final = "summary"


def _dump_letter(letter: KeptLetter) -> dict[str, Any]:
    return {
        "v": 1,
        "kind": WEEK,
        "week": letter.week,
        "language": letter.language,
        "words": letter.words,
        "at": letter.at.isoformat(),
        "by": letter.by,
        "edited": letter.edited,
        "gone": letter.gone,
        "present": letter.present,
        "locale": letter.locale,
        "timezone": letter.timezone,
    }


def _load_letter(which: str, stored: dict[str, Any]) -> KeptLetter:
    if stored["kind"] != WEEK:
        raise ValueError("not a letter")
    return KeptLetter(
        id=which,
        week=stored["week"],
        language=stored["language"],
        words=stored["words"],
        at=datetime.fromisoformat(stored["at"]),
        by=stored["by"],
        edited=stored["edited"],
        gone=stored["gone"],
        present=stored["present"],
        locale=stored["locale"],
        timezone=stored["timezone"],
    )


def _dump_summary(summary: Summary) -> dict[str, Any]:
    return {
        "v": 1,
        "kind": SUMMARY,
        "language": summary.language,
        "on": summary.on.isoformat(),
        "sections": dict(summary.sections),
        "left_out": sorted(summary.left_out),
        "name": summary.name,
    }


def _load_summary(which: str, stored: dict[str, Any]) -> Summary:
    if stored["kind"] != SUMMARY:
        raise ValueError("not a page to take to somebody")
    return Summary(
        id=which,
        language=stored["language"],
        on=date.fromisoformat(stored["on"]),
        sections={key: stored["sections"].get(key, "") for key in SECTIONS},
        left_out=frozenset(stored["left_out"]),
        name=stored["name"],
    )


LETTERS: Rows[KeptLetter] = Rows(Letter, _dump_letter, _load_letter)
SUMMARIES: Rows[Summary] = Rows(Letter, _dump_summary, _load_summary)
