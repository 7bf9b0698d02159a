"""The systems of codes that are used, and when one of LOINC's may stand: only with words that were
compared with their owner's, and only from the list of those that were verified."""

from __future__ import annotations

from typing import Any, Final

from qingting.companion.instruments.instrument import Instrument, Item, Option, Wording
from qingting.companion.instruments.loinc import VERIFIED
from qingting.companion.person import Language

LOINC: Final = "http://loinc.org"
ORDINAL: Final = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
CATEGORY: Final = "http://terminology.hl7.org/CodeSystem/observation-category"
# Names of our own, for what no list has a name for. They mean nothing elsewhere, and say so.
QUESTIONNAIRE: Final = "urn:qingting:questionnaire:"
ANSWER: Final = "urn:qingting:answer:"
SCORE: Final = "urn:qingting:score"
MOOD: Final = "urn:qingting:mood"
ASKED_IN: Final = "urn:qingting:asked-in"
NOTICE: Final = (
    "This material contains content from LOINC (http://loinc.org). LOINC is copyright © "
    "Regenstrief Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) "
    "Committee and is available at no cost under the license at http://loinc.org/license."
)


def address(instrument: str, language: Language) -> str:
    """The canonical address of a questionnaire in a language."""
    return f"{QUESTIONNAIRE}{instrument}:{language}"


def compared(wording: Wording | None) -> bool:
    """Whether its words are surely their owner's, so that a code for them is true."""
    return wording is not None and wording.status == "official"


def loinc(code: str, display: str = "") -> dict[str, Any] | None:
    """A code of LOINC; None for one that nobody verified."""
    if code not in VERIFIED:
        return None
    return {"system": LOINC, "code": code, **({"display": display} if display else {})}


def loinc_concept(code: str) -> dict[str, Any] | None:
    """The same as a CodeableConcept."""
    coding = loinc(code)
    return None if coding is None else {"coding": [coding]}


def answer_coding(
    instrument: Instrument, item: Item, option: Option, wording: Wording
) -> dict[str, Any]:
    """One answer that can be given: LOINC's where it is true, else a name of ours; the number it
    counts beside it."""
    words = wording.options.get(item.key, {}).get(option.value, "") if free(wording) else ""
    known = loinc(option.code, words) if compared(wording) else None
    own = {
        "system": f"{ANSWER}{instrument.key}:{item.answers}",
        "code": str(option.value),
        **({"display": words} if words else {}),
    }
    ordinal = [{"url": ORDINAL, "valueDecimal": option.value}]
    return {"extension": ordinal, **(known or own)}


def free(wording: Wording) -> bool:
    """Whether its owner lets everybody hand its words on. A licence for some uses is left to those
    who have it: nobody knows where a copy goes."""
    return wording.status != "none" and wording.licence.status == "free"
