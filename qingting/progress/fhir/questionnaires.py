"""A questionnaire, and what somebody answered to it, as resources."""

from __future__ import annotations

from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from qingting.companion.instruments.instrument import Answers, Instrument, Item, Wording
from qingting.companion.person import Language
from qingting.privacy import fhir
from qingting.privacy.fhir import Resource
from qingting.progress.fhir import codes

_TAGS: Final = {"zh": "zh-CN", "en": "en"}
STEM: Final = "stem"


def questionnaire(instrument: Instrument, language: Language) -> Resource:
    """The questionnaire in a language that it has: its questions in their owner's words where those
    may be handed on, its codes where they are true, whose it is in any case."""
    wording = instrument.wordings[language]
    where = codes.address(instrument.key, language)
    panel = codes.loinc(instrument.panel) if codes.compared(wording) else None
    found: Resource = {
        "resourceType": "Questionnaire",
        "id": str(uuid5(NAMESPACE_URL, where)),
        "language": _TAGS[language],
        "url": where,
        "name": f"Qingting_{instrument.key}_{language}",
        "title": wording.title,
        "status": "active",
        "subjectType": ["Patient"],
        "copyright": _whose(wording),
        "item": _items(instrument, wording),
    }
    if panel:
        found["code"] = [panel]
    return found


def response(answers: Answers, instrument: Instrument | None, person: UUID) -> Resource:
    """What was answered. instrument: None where it is not here any more; then the bare numbers."""
    which = UUID(answers.id)
    wording = instrument.wordings.get(answers.language) if instrument else None
    found: Resource = {
        "resourceType": "QuestionnaireResponse",
        "id": str(which),
        "meta": {"tag": [{"system": codes.ASKED_IN, "code": answers.asked_in}]},
        "language": _TAGS[answers.language],
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{which}"},
        "questionnaire": codes.address(answers.instrument, answers.language),
        "status": "completed",
        "subject": fhir.subject(person),
        "authored": answers.on.isoformat(),
        "source": fhir.subject(person),
    }
    items = [_answered(key, value, instrument, wording) for key, value in answers.values.items()]
    if items:
        found["item"] = items
    return found


def _whose(wording: Wording) -> str:
    licence = wording.licence
    said = [licence.holder, licence.attribution or licence.terms]
    if codes.compared(wording):
        said.append(codes.NOTICE)
    return " — ".join(filter(None, said))


def _items(instrument: Instrument, wording: Wording) -> list[Resource]:
    shown = codes.free(wording)
    stem = wording.stem.strip() if shown else ""
    opening = [{"linkId": STEM, "text": stem, "type": "display"}] if stem else []
    return [*opening, *(_item(instrument, item, wording, shown=shown) for item in instrument.items)]


def _item(instrument: Instrument, item: Item, wording: Wording, *, shown: bool) -> Resource:
    found: dict[str, Any] = {"linkId": item.key, "type": "choice"}
    code = codes.loinc(item.code) if codes.compared(wording) else None
    if code:
        found["code"] = [code]
    if shown and wording.items.get(item.key):
        found["text"] = wording.items[item.key]
    if item.only_if:
        found |= {"enableWhen": _only_if(instrument, item, wording), "enableBehavior": "any"}
    found["answerOption"] = [
        {"valueCoding": codes.answer_coding(instrument, item, option, wording)}
        for option in item.options
    ]
    return found


def _only_if(instrument: Instrument, item: Item, wording: Wording) -> list[Resource]:
    return [
        {
            "question": other.key,
            "operator": "=",
            "answerCoding": codes.answer_coding(instrument, other, option, wording),
        }
        for other in instrument.items
        if other.key in item.only_if and other.danger_from is not None
        for option in other.options
        if option.value >= other.danger_from
    ]


def _answered(
    key: str, value: int, instrument: Instrument | None, wording: Wording | None
) -> Resource:
    bare = {"linkId": key, "answer": [{"valueInteger": value}]}
    item = next((one for one in instrument.items if one.key == key), None) if instrument else None
    option = next((one for one in item.options if one.value == value), None) if item else None
    if instrument is None or wording is None or item is None or option is None:
        return bare
    text = wording.items.get(key, "") if codes.free(wording) else ""
    return {
        "linkId": key,
        **({"text": text} if text else {}),
        "answer": [{"valueCoding": codes.answer_coding(instrument, item, option, wording)}],
    }
