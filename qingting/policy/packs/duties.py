"""What an installation owes, whoever is looking: for pages, the start and the reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Duties:
    """Resolved duties.

    asks_contact: sign-up asks for a guardian or somebody to call. real_identity: accounts must be
    bound to a real identity, which a campus's sign-on does. suitability_notice: the first page says
    that it may not suit some minors. publishes_count: the page of the protocol tells how often
    people were led to help in the last year. reports_to: offices that get a yearly report.
    only_mainland: no model outside of mainland China unless the operator says otherwise.
    logs_at_least: how long logs without content are kept at the least. complaints: a way to
    complain, with a time limit, must be named. closed_to_schools: no school may run it.
    assess_from_registered, assess_from_monthly: numbers of people from which a security assessment
    is due.
    """

    asks_contact: bool = False
    real_identity: bool = False
    suitability_notice: bool = False
    publishes_count: bool = False
    reports_to: tuple[str, ...] = ()
    only_mainland: bool = False
    logs_at_least: timedelta = timedelta(days=183)
    complaints: bool = False
    closed_to_schools: bool = False
    assess_from_registered: int | None = None
    assess_from_monthly: int | None = None
