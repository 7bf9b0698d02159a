"""A score, and a check-in, as resources. What was read of feelings in talks is none: it is our
guess, and nobody's answer. A note stays out as well: it was written for nobody else."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from qingting.companion.instruments.instrument import Answers, Instrument, Wording
from qingting.companion.instruments.scoring import score
from qingting.companion.person import Person
from qingting.companion.progress.mood import Mood
from qingting.privacy import fhir
from qingting.privacy.fhir import Resource
from qingting.progress.fhir import codes
from qingting.progress.question_words import screening

_SURVEY: Final = {"coding": [{"system": codes.CATEGORY, "code": "survey"}]}
_HOURS: Final = {"unit": "h", "system": "http://unitsofmeasure.org", "code": "h"}


def scored(
    answers: Answers, instrument: Instrument, person: UUID, reader: Person
) -> Resource | None:
    """The score of a questionnaire: a number without any judgement of it. None where it has none,
    or something was left out."""
    value = score(instrument, answers.values).value
    if not answers.finished or value is None:
        return None
    wording = instrument.wordings.get(answers.language)
    title = wording.title if wording is not None else instrument.key
    total = codes.loinc(instrument.total) if codes.compared(wording) else None
    found: Resource = {
        "resourceType": "Observation",
        "id": str(uuid5(UUID(answers.id), "score")),
        "status": "final",
        "category": [_SURVEY],
        "code": {
            "coding": [total or {"system": codes.SCORE, "code": instrument.key}],
            "text": f"{title} · {_('Score')}",
        },
        "subject": fhir.subject(person),
        "effectiveDateTime": answers.on.isoformat(),
        "performer": [fhir.subject(person)],
        "valueInteger": value,
        "derivedFrom": [{"reference": f"urn:uuid:{UUID(answers.id)}"}],
    }
    panel = codes.loinc_concept(instrument.panel) if codes.compared(wording) else None
    if panel:
        found["method"] = panel
    if notes := _notes(wording, reader):
        found["note"] = [{"text": one} for one in notes]
    return found


def check_in(mood: Mood, person: UUID) -> Resource:
    """How somebody said they were: two steps on a grid, and how long they slept where they said
    so."""
    parts = [_part("valence", _("How it was, from -2 (heavy) to 2 (light)"), mood.valence)]
    if mood.energy is not None:
        said = _("How much energy, from -2 (drained) to 2 (wound up)")
        parts.append(_part("energy", said, mood.energy))
    if mood.sleep is not None:
        slept = {"value": mood.sleep, **_HOURS}
        code = _own("sleep", _("Hours of sleep the night before"))
        parts.append({"code": code, "valueQuantity": slept})
    return {
        "resourceType": "Observation",
        "id": str(UUID(mood.id)),
        "status": "final",
        "category": [_SURVEY],
        "code": _own("check-in", _("How somebody was, noted by themselves")),
        "subject": fhir.subject(person),
        "effectiveDateTime": fhir.instant(mood.at),
        "performer": [fhir.subject(person)],
        "component": parts,
    }


def _notes(wording: Wording | None, reader: Person) -> list[str]:
    notes = [screening(reader)]
    if not codes.compared(wording):
        notes.append(
            _(
                "Nobody has compared the wording of these questions with its owner's, so this "
                "number stands under a name of our own and not under a code of LOINC."
            )
        )
    return list(filter(None, notes))


def _part(code: str, words: str, value: int) -> dict[str, Any]:
    return {"code": _own(code, words), "valueInteger": value}


def _own(code: str, words: str) -> dict[str, Any]:
    return {"coding": [{"system": codes.MOOD, "code": code}], "text": words}
