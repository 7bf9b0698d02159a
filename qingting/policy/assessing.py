"""A draft of the security assessment (China, Interim Measures Art. 22 and 23), filled from the
running configuration; what only the operator knows is marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from qingting.companion.person import Language
from qingting.policy.operator_words import said, value_words
from qingting.policy.packs.combine import Chosen, decide
from qingting.policy.packs.controls import CONTROLS
from qingting.policy.reporting import Report
from qingting.policy.reporting_words import thresholds
from qingting.policy.showing import pack_names

_TOLD: Final = "crisis.contact_guardian_or_emergency"


@dataclass(frozen=True, slots=True)
class Running:
    """What runs. model: its name and host, "" for none. cards: of the trained heads. place: whose
    lines are named, in words. findings: of `qingting policy check`.
    mail: letters can go out; without, nobody is ever told."""

    contact: str
    model: str
    cards: Sequence[str]
    place: str
    complaint_days: int
    findings: Sequence[str]
    mail: bool = True


def assessment(
    chosen: Chosen, report: Report, running: Running, day: date, language: Language
) -> str:
    """The whole draft as Markdown."""
    return "\n".join(_lines(chosen, report, running, day, language)) + "\n"


def _lines(
    chosen: Chosen, report: Report, running: Running, day: date, language: Language
) -> Iterator[str]:
    def text(key: str, **slots: object) -> str:
        return said(language, "assessment", key, **slots)

    def fill(key: str) -> str:
        mark = "：" if language == "zh" else ": "
        return f"- **{text('fill')}**{mark}{text(key)}"

    def value(key: str, band: str = "adult") -> str:
        decided = decide(chosen, band, day)  # type: ignore[arg-type]  # an AgeBand
        found = decided.get(key)
        return value_words(CONTROLS[key], found.value if found else None, language)

    yield f"# {text('title')}\n\n{text('advice', day=day)}\n"
    yield f"## {text('operator')}\n"
    yield fill("operator_name")
    contact = running.contact or text("fill")
    yield f"- {text('operator_contact', contact=contact)}"
    yield fill("operator_purpose")
    yield fill("operator_staff")
    yield f"\n## {text('rules')}\n\n{pack_names(chosen.packs, language)}"
    for pack in chosen.packs:
        for source in pack.sources:
            yield f"- {source.ref}: {source.title} {source.url}".rstrip()
    yield f"\n## {text('safeguards')}\n\n{text('safeguards_text')}\n"
    yield text("model", model=running.model) if running.model else text("no_model")
    yield f"\n{text('guard')}"
    yield f"\n## {text('training')}\n\n{text('training_text')}\n"
    yield from (f"- {card}" for card in running.cards)
    yield fill("training_model")
    yield f"\n## {text('danger')}\n\n{text('danger_text', place=running.place)}\n"
    told = value(_TOLD) if running.mail else said(language, "values", "never")
    yield text("danger_told", rule=told)
    episodes = ", ".join(
        f"{said(language, 'report', level)} {number}" for level, number in report.episodes.items()
    )
    numbers = {"year": report.year, "referrals": report.referrals, "episodes": episodes}
    yield f"\n{text('danger_numbers', **numbers)}\n"
    yield fill("danger_drill")
    yield f"\n## {text('scale')}\n"
    people = {"registered": report.registered, "people": report.people, "year": report.year}
    yield text("scale_text", monthly=report.most_in_a_month, **people) + "\n"
    yield from (f"- {line}" for line in thresholds(chosen, report, day, language))
    yield fill("scale_ages")
    yield f"\n## {text('minors')}\n"
    minors = {
        "age": _age(chosen, day),
        "disclosure": value("ai_disclosure.interval_h", "14_15"),
        "pause": value("minors.rest_reminder_min", "14_15"),
        "sensitive": value("minors.sensitive_remembered", "14_15"),
    }
    yield text("minors_text", **minors) + "\n"
    yield fill("minors_audit")
    yield fill("older")
    yield f"\n## {text('complaints')}\n"
    states = ", ".join(
        f"{said(language, 'report', state)} {number}" for state, number in report.complaints.items()
    )
    given = {"days": running.complaint_days, "year": report.year, "complaints": states or "0"}
    yield text("complaints_text", **given) + "\n"
    yield fill("complaints_who")
    yield f"\n## {text('mended')}\n\n{text('checked', day=day)}\n"
    yield from (f"- {line}" for line in running.findings)
    yield fill("mended_text")
    yield fill("signed")


def _age(chosen: Chosen, day: date) -> str:
    found = decide(chosen, "under_14", day)["minors.consent_below_age"].value
    return str(found)
