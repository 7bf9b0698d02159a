"""A yearly report in words: its lines, what the forms of the offices ask for, and whether
a security assessment is due by the number of people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from qingting.companion.person import Language
from qingting.policy.operator_words import said
from qingting.policy.packs.combine import Chosen, decide
from qingting.policy.packs.resolve import duties_of
from qingting.policy.reporting import FEWEST, LEVELS, Report

# What is known of each place's form: the key of a text.
_SHAPES: Final = {"US-CA": "sb243", "US-WA": "wa2225", "US-OR": "or1546", "CN": "cn"}


def lines(report: Report, language: Language, *, outside: bool) -> Iterator[tuple[str, str]]:
    """(what, how often) for a table. outside: small numbers are not told."""

    def number(value: int) -> str:
        return said(language, "report", "few") if outside and 0 < value < FEWEST else f"{value:,}"

    def words(key: str) -> str:
        return said(language, "report", key)

    yield words("period"), f"{report.first} – {report.last}"
    yield words("referrals"), number(report.referrals)
    yield words("safety"), number(report.safety)
    for level in LEVELS:
        yield f"{words('episodes')}: {words(level)}", number(report.episodes.get(level, 0))
    for key in ("disclosures", "minor_disclosures", "pauses", "minor_pauses", "messages"):
        yield words(key), number(getattr(report, key))
    yield words("by_model"), number(report.by_model)
    yield words("by_safety"), number(report.safety)
    yield words("by_guided"), number(report.by_guided)
    for month, people in report.active.items():
        yield f"{words('monthly')}: {month}", number(people)
    yield words("registered"), number(report.registered)
    yield words("people"), number(report.people)
    for state, count in report.complaints.items():
        yield f"{words('complaints')}: {words(state)}", number(count)


def shape(chosen: Chosen, language: Language) -> list[str]:
    """What is known, and not known, of the reports that the chosen packs ask for."""
    found = [_SHAPES[pack.id] for pack in chosen.packs if pack.id in _SHAPES]
    return [said(language, "report", key) for key in found or ["none"]]


def thresholds(chosen: Chosen, report: Report, day: date, language: Language) -> list[str]:
    """From how many people on a security assessment is due, and whether that is reached."""
    told: list[str] = []
    owed, registered, monthly = duties_of(chosen, day), report.registered, report.most_in_a_month
    for key, number, least in (
        ("registered", registered, owed.assess_from_registered),
        ("monthly_active", monthly, owed.assess_from_monthly),
    ):
        if least is None:
            continue
        one = decide(chosen, "adult", day)[f"assessment.{key}_users"]
        refs = ", ".join(by.ref for by in (*one.by, *one.unsure))
        word = f"{key.removesuffix('_active')}_word"
        what = said(language, "report", word)
        due = said(language, "report", "due", n=f"{least:,}", what=what, ref=refs)
        over = f" {said(language, 'report', 'over')}" if number >= least else ""
        told.append(due + over)
    return told
