"""What is taken along as FHIR is R4, says nothing that was not asked for, and comes back as it
was."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from fhirclient.models.bundle import Bundle as R4Bundle
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.companion.instruments.instrument import Answers
from qingting.companion.instruments.loinc import VERIFIED
from qingting.companion.instruments.scoring import score
from qingting.companion.instruments.shelf import instruments
from qingting.companion.progress.mood import Mood
from qingting.progress.fhir import codes
from qingting.progress.fhir.checking import fault_of
from tests.progress.answered import (
    EN,
    ME,
    MOODS,
    NOTE,
    NOW,
    TODAY,
    ZH,
    answers,
    bundle_of,
    of_kind,
    read,
    whole_shelf,
)


def valid(bundle: Mapping[str, Any]) -> bool:
    """Whether it is a bundle of R4 and of R4B."""
    R4Bundle(jsondict=json.loads(json.dumps(bundle)), strict=True)
    return fault_of(bundle) is None


def values(found: Any) -> Iterator[Any]:
    if isinstance(found, dict | list):
        for one in found.values() if isinstance(found, dict) else found:
            yield from values(one)
    yield found


def codings(bundle: Any) -> Iterator[dict[str, Any]]:
    for one in values(bundle):
        if isinstance(one, dict) and "system" in one and "code" in one:
            yield one


@pytest.mark.parametrize("reader", [ZH, EN])
def test_everything_there_is_is_valid_r4(reader: Any) -> None:
    bundle = bundle_of(whole_shelf(), MOODS, reader)
    assert valid(bundle)
    assert len(of_kind(bundle, "QuestionnaireResponse")) == 2 * len(instruments())
    assert len(of_kind(bundle, "Questionnaire")) == 2 * len(instruments())
    # R4 knows no empty text, list or object.
    assert not [one for one in values(bundle) if one in ("", [], {}) or one is None]
    there = {entry["fullUrl"] for entry in bundle["entry"]}
    assert len(there) == len(bundle["entry"])
    assert {
        one["reference"] for one in values(bundle) if isinstance(one, dict) and "reference" in one
    } <= there


def test_the_person_is_a_random_id_and_nothing_else() -> None:
    [patient] = of_kind(bundle_of([answers()], MOODS), "Patient")
    assert set(patient) == {"resourceType", "id", "identifier"}
    assert str(ME) in patient["identifier"][0]["value"]


def test_codes_stand_only_where_they_were_verified() -> None:
    bundle = bundle_of(whole_shelf(), MOODS)
    found = {one["code"] for one in codings(bundle) if one["system"] == codes.LOINC}
    assert found
    assert found <= VERIFIED.keys()
    others = {one["system"] for one in codings(bundle)} - {codes.LOINC}
    assert all(
        one.startswith(("urn:qingting:", "http://unitsofmeasure.org"))
        for one in others - {codes.CATEGORY}
    )


def test_a_wording_that_nobody_compared_has_no_code() -> None:
    bundle = bundle_of([answers(language="zh")], (), ZH)
    assert codes.LOINC not in {one["system"] for one in codings(bundle)}
    [number] = of_kind(bundle, "Observation")
    assert number["code"]["coding"] == [{"system": codes.SCORE, "code": "phq9"}]
    assert "method" not in number
    assert "LOINC" in number["note"][1]["text"]
    [form] = of_kind(bundle, "Questionnaire")
    assert "LOINC" not in form["copyright"]
    assert form["item"][1]["text"] == instruments()["phq9"].wordings["zh"].items["q1"]


def test_a_score_says_what_it_rests_on_and_judges_nothing() -> None:
    bundle = bundle_of([answers()])
    [number] = of_kind(bundle, "Observation")
    [told] = of_kind(bundle, "QuestionnaireResponse")
    assert number["valueInteger"] == 9
    assert number["code"]["coding"][0]["code"] == "44261-6"
    assert number["method"]["coding"][0]["code"] == "44249-1"
    assert number["derivedFrom"] == [{"reference": f"urn:uuid:{told['id']}"}]
    assert number["effectiveDateTime"] == told["authored"] == TODAY.isoformat()
    assert "interpretation" not in number
    assert "diagnosis" in number["note"][0]["text"]
    # No name of a band, in any form.
    assert not re.search(r"mild|severe|minimal", json.dumps(bundle))


def test_words_that_may_not_be_handed_on_stay_here() -> None:
    for language in ("zh", "en"):
        [form] = of_kind(bundle_of([answers("pss4", language)]), "Questionnaire")
        assert all("text" not in one for one in form["item"])
        assert form["copyright"].startswith("Sheldon Cohen")


def test_what_is_not_whole_has_no_score() -> None:
    bundle = bundle_of([answers(values={"q1": 3, "q2": 2})])
    assert not of_kind(bundle, "Observation")
    assert of_kind(bundle, "QuestionnaireResponse")
    assert len(bundle_of([answers(finished=False)])["entry"]) == 1
    assert not of_kind(bundle_of([answers("asq")]), "Observation")


def test_one_that_is_not_here_any_more_keeps_its_numbers() -> None:
    bundle = bundle_of([Answers(uuid4().hex, "gone", "zh", TODAY, {"a": 2}, finished=True)])
    assert valid(bundle)
    [told] = of_kind(bundle, "QuestionnaireResponse")
    assert told["item"] == [{"linkId": "a", "answer": [{"valueInteger": 2}]}]
    assert not of_kind(bundle, "Observation")


def test_a_check_in_goes_without_its_note() -> None:
    bundle = bundle_of([], MOODS)
    assert NOTE not in json.dumps(bundle, ensure_ascii=False)
    first, second = of_kind(bundle, "Observation")
    parts = {one["code"]["coding"][0]["code"]: one for one in first["component"]}
    assert list(parts) == ["valence", "energy", "sleep"]
    assert parts["valence"]["valueInteger"] == -2
    assert parts["sleep"]["valueQuantity"]["value"] == 4.5
    assert len(second["component"]) == 1
    assert first["effectiveDateTime"] == "2026-11-22T15:30:00Z"


def test_what_would_not_be_valid_costs_itself_alone(caplog: pytest.LogCaptureFixture) -> None:
    bad = Mood(uuid4().hex, TODAY, NOW, "x")  # type: ignore[arg-type]
    assert len(bundle_of([], [bad, *MOODS])["entry"]) == 3
    assert "not valid at component.0.valueInteger" in caplog.text


def test_it_comes_back_as_it_was() -> None:
    told = whole_shelf()
    found = read(bundle_of(told, MOODS))
    assert (found.problem, found.left) == (None, ())
    assert [
        (one.instrument.key, one.language, one.on, dict(one.values)) for one in found.brought
    ] == [(one.instrument, one.language, one.on, dict(one.values)) for one in told]


def answered_at_random() -> st.SearchStrategy[Answers]:
    def some(key: str) -> st.SearchStrategy[Answers]:
        items = {
            item.key: st.sampled_from([option.value for option in item.options])
            for item in instruments()[key].items
        }
        return st.builds(
            answers,
            st.just(key),
            st.sampled_from(["zh", "en"]),
            st.fixed_dictionaries({}, optional=items),
            st.dates(date(2000, 1, 1), TODAY),
        )

    return st.sampled_from(sorted(instruments())).flatmap(some)


@settings(max_examples=40, deadline=None)
@given(st.lists(answered_at_random(), max_size=4))
def test_any_answers_are_valid_and_come_back(told: list[Answers]) -> None:
    bundle = bundle_of(told, MOODS)
    assert valid(bundle)
    for one in told:
        found = [
            number
            for number in of_kind(bundle, "Observation")
            if any(
                one.id in other["reference"].replace("-", "")
                for other in number.get("derivedFrom", [])
            )
        ]
        counted = score(instruments()[one.instrument], one.values).value
        assert [number["valueInteger"] for number in found] == (
            [] if counted is None else [counted]
        )
    answered = [one for one in told if one.values]
    again = read(bundle)
    if len(answered) == len(told) and told:
        assert again.problem is None
        assert [dict(one.values) for one in again.brought] == [dict(one.values) for one in told]
    else:
        assert again.problem is not None


def test_the_models_are_loaded_only_when_they_are_asked() -> None:
    asks = "import sys, qingting.progress.fhir.reading; assert 'fhir.resources' not in sys.modules"
    subprocess.run([sys.executable, "-c", asks], check=True)
