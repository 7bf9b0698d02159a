"""FHIR R4 resources for what maps honestly: a pseudonymous Patient, and what the features give.

Plain JSON after HL7's R4 definitions (hl7.org/fhir/R4). Nothing is coded that has no code of its
own: texts say what a number or an answer means, and talks are left out, because no resource says
truthfully what they are.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

Resource = dict[str, Any]


def instant(moment: datetime) -> str:
    """A time as FHIR writes it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def subject(person: UUID) -> Resource:
    """A reference to the person."""
    return {"reference": f"urn:uuid:{person}"}


def patient(person: UUID) -> Resource:
    """The person: a random id, and nothing else that is known."""
    return {
        "resourceType": "Patient",
        "id": str(person),
        "identifier": [{"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{person}"}],
    }


def observation(which: UUID, person: UUID, at: datetime, what: str, value: int) -> Resource:
    """A number a person gave to what they felt, from 0 to 10, at a time."""
    return {
        "resourceType": "Observation",
        "id": str(which),
        "status": "final",
        "category": [
            {
                "coding": [
                    {
                        "system": "http://terminology.hl7.org/CodeSystem/observation-category",
                        "code": "survey",
                    }
                ]
            }
        ],
        "code": {"text": what},
        "subject": subject(person),
        "effectiveDateTime": instant(at),
        "valueInteger": value,
    }


def questionnaire_response(
    which: UUID,
    person: UUID,
    at: datetime,
    answers: Iterable[tuple[str, str, Iterable[str]]],
) -> Resource:
    """An exercise done to its end. answers: name of each step, what was asked, what was said."""
    items = [
        {
            "linkId": name,
            **({"text": asked} if asked.strip() else {}),
            "answer": [{"valueString": one} for one in told if one.strip()],
        }
        for name, asked, told in answers
    ]
    return {
        "resourceType": "QuestionnaireResponse",
        "id": str(which),
        "status": "completed",
        "subject": subject(person),
        "source": subject(person),
        "authored": instant(at),
        "item": [one for one in items if one["answer"]],
    }


def document(which: UUID, person: UUID, at: datetime, title: str, text: str) -> Resource:
    """A text the person wrote for themselves, such as a safety plan."""
    return {
        "resourceType": "DocumentReference",
        "id": str(which),
        "status": "current",
        "type": {"text": title},
        "subject": subject(person),
        "author": [subject(person)],
        "date": instant(at),
        "content": [
            {
                "attachment": {
                    "contentType": "text/plain; charset=utf-8",
                    "data": base64.b64encode(text.encode()).decode("ascii"),
                    "title": title,
                }
            }
        ],
    }


def bundle(person: UUID, at: datetime, resources: Iterable[Mapping[str, Any]]) -> Resource:
    """All of it as one collection, the person first."""
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": instant(at),
        "entry": [
            {"fullUrl": f"urn:uuid:{one['id']}", "resource": dict(one)}
            for one in (patient(person), *resources)
        ],
    }
