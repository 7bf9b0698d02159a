"""Answers as the forms of others write them are known by their codes, and never guessed at."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from fhirclient.models.questionnaireresponse import QuestionnaireResponse as R4Response

from qingting.progress.fhir import codes, parsing
from tests.progress.answered import answers, bundle_of, of_kind, read, response


def elsewhere(**changed: Any) -> dict[str, Any]:
    """A PHQ-9 as the forms of others write it."""
    links = [
        "44250-9",
        "44255-8",
        "44259-0",
        "44254-1",
        "44251-7",
        "44258-2",
        "44252-5",
        "44253-3",
        "44260-8",
    ]
    said = {"system": codes.LOINC, "code": "LA6569-3", "display": "Several days"}
    items: list[dict[str, Any]] = [
        {"linkId": f"/{one}", "answer": [{"valueCoding": said}]} for one in links
    ]
    items.append({"linkId": "/69722-7", "answer": [{"valueString": "Not difficult at all"}]})
    items.append({"linkId": "/44261-6", "answer": [{"valueDecimal": 9}]})
    return {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "authored": "2026-11-21T23:30:00.123+00:00",
        "item": [{"linkId": "/all", "item": items}],
        **changed,
    }


@pytest.mark.parametrize(
    "named",
    [
        {},
        {"questionnaire": "http://loinc.org/q/44249-1"},
        {"questionnaire": "https://forms.example/Questionnaire/44249-1|2.1"},
    ],
)
def test_answers_from_elsewhere_are_known_by_their_codes(named: dict[str, str]) -> None:
    found = read(elsewhere(**named))
    assert found.problem is None
    [one] = found.brought
    assert (one.instrument.key, one.language) == ("phq9", None)
    assert dict(one.values) == {f"q{number}": 1 for number in range(1, 10)}
    # On the clock of whoever pastes it, in Shanghai, it was the next day.
    assert one.on == date(2026, 11, 22)
    R4Response(jsondict=elsewhere(**named), strict=True)


def test_a_form_that_came_along_says_what_its_questions_are() -> None:
    bundle = bundle_of([answers("gad7")])
    [form], [told] = of_kind(bundle, "Questionnaire"), of_kind(bundle, "QuestionnaireResponse")
    form["url"] = told["questionnaire"] = "https://clinic.example/form/7"
    form["item"] = form["item"][1:]
    for number, (asked, answered) in enumerate(zip(form["item"], told["item"], strict=True)):
        asked["linkId"] = answered["linkId"] = str(number)
    [one] = read(bundle).brought
    assert (one.instrument.key, dict(one.values)) == ("gad7", {f"q{n}": 1 for n in range(1, 8)})
    assert read(told).problem is not None


def test_a_part_of_the_questions_alone_is_not_guessed_at() -> None:
    told = elsewhere()
    del told["item"][0]["item"][4]
    problem = read(told).problem
    assert problem is not None
    assert problem.why == "unknown"


def test_what_is_none_of_ours_is_left_out_and_said() -> None:
    other = elsewhere(questionnaire="https://clinic.example/other", item=[])
    entries = [{"resource": other}, {"resource": response()}]
    found = read({"resourceType": "Bundle", "type": "collection", "entry": entries})
    assert found.problem is None
    assert len(found.brought) == 1
    assert [one.path for one in found.left] == ["entry[0].resource.questionnaire"]


def test_the_language_is_what_the_words_are_in() -> None:
    told = elsewhere()
    told["item"][0]["item"][0]["text"] = "做事时提不起劲或没有兴趣"
    assert read(told).brought[0].language == "zh"
    assert read(elsewhere(language="zh-Hans-CN")).brought[0].language == "zh"


def test_the_deepest_that_is_read_is_deeper_than_any_form() -> None:
    told: dict[str, Any] = response()
    for _ in range(8):
        told["item"] = [{"linkId": "part", "item": told["item"]}]
    assert read(told).problem is None
    assert parsing.MOST_DEEP > 24
