"""Answers that are pasted as FHIR are taken whole, or refused with the place of what is wrong;
nothing that anybody pastes makes it fail."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.progress import fhir_words
from tests.progress.answered import read, response

Change = Callable[[dict[str, Any]], Any]
FIRST = "item[0].answer[0].valueCoding"


def at(one: dict[str, Any]) -> dict[str, Any]:
    """The first answer."""
    found: dict[str, Any] = one["item"][0]["answer"][0]
    return found


# A change, and the place that is told of it.
BROKEN: list[tuple[Change, str, str]] = [
    (lambda one: one.pop("status"), "invalid", "status"),
    (lambda one: one.update(status="in-progress"), "unfinished", "status"),
    (lambda one: one.update(status=["completed"]), "invalid", "status"),
    (lambda one: one.pop("authored"), "day", "authored"),
    (lambda one: one.update(authored="yesterday"), "invalid", "authored"),
    (lambda one: one.update(authored="2026-11"), "day", "authored"),
    (lambda one: one.update(authored="2026-13-01"), "invalid", "authored"),
    (lambda one: one.update(authored="2026-11-23"), "ahead", "authored"),
    (lambda one: one.update(authored="1926-11-23"), "too_old", "authored"),
    (lambda one: one.update(surname="Li"), "invalid", "surname"),
    (lambda one: one.update(item={}), "invalid", "item"),
    (lambda one: one.update(item=[]), "unanswered", "item"),
    (lambda one: one.pop("item"), "unanswered", "item"),
    (lambda one: one["item"].append(7), "invalid", "item[9]"),
    (lambda one: one["item"].append(None), "invalid", "item"),
    (lambda one: one["item"][3].pop("linkId"), "invalid", "item[3].linkId"),
    (lambda one: one["item"][3].update(linkId="q99"), "unknown_item", "item[3].linkId"),
    (lambda one: one["item"][3].update(linkId="q1"), "answered_twice", "item[3].linkId"),
    (lambda one: one["item"][2].update(weight=1), "invalid", "item[2].weight"),
    (lambda one: one["item"][0]["answer"].append({"valueInteger": 1}), "answers", "item[0].answer"),
    (lambda one: at(one).update(valueInteger=1), "invalid", "item[0].answer[0]"),
    (lambda one: at(one).clear(), "answers", "item[0].answer[0]"),
    (lambda one: at(one)["valueCoding"].update(code="LA6572-7"), "answer", f"{FIRST}.code"),
    (lambda one: at(one)["valueCoding"].update(code=3), "invalid", f"{FIRST}.code"),
    (lambda one: at(one)["valueCoding"].update(code="LA6570-1"), "disagree", FIRST),
    (
        lambda one: at(one)["valueCoding"].update(system="http://snomed.info/sct", extension=[]),
        "answer",
        FIRST,
    ),
    (
        lambda one: one["item"][0].update(answer=[{"valueInteger": 4}]),
        "answer",
        "item[0].answer[0].valueInteger",
    ),
    (
        lambda one: one["item"][0].update(answer=[{"valueInteger": -1}]),
        "answer",
        "item[0].answer[0].valueInteger",
    ),
    (
        lambda one: one["item"][0].update(answer=[{"valueDecimal": 1.5}]),
        "answer",
        "item[0].answer[0].valueDecimal",
    ),
    (
        lambda one: one["item"][0].update(answer=[{"valueString": "1"}]),
        "answer",
        "item[0].answer[0].valueString",
    ),
    (
        lambda one: one["item"][0].update(answer=[{"valueInteger": 10**40}]),
        "number",
        "item[0].answer[0].valueInteger",
    ),
    (lambda one: one.update(language="\ud83d"), "text", "language"),
    (lambda one: one.update(subject="somebody"), "invalid", "subject"),
    (lambda one: one.update(subject=[]), "invalid", "subject"),
    (lambda one: one.update(identifier=["x"]), "invalid", "identifier"),
    (lambda one: one.update(contained=[{"resourceType": "Nothing"}]), "invalid", ""),
    (
        lambda one: one.update(questionnaire="urn:qingting:questionnaire:mmpi:zh"),
        "unknown",
        "questionnaire",
    ),
    (lambda one: one.update(questionnaire=5), "unknown", "questionnaire"),
    (lambda one: one.pop("questionnaire"), "unknown", "questionnaire"),
    (lambda one: one.update(resourceType="Questionnaire"), "kind", "resourceType"),
]


@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize(("change", "why", "path"), BROKEN)
def test_what_is_broken_is_refused_with_its_place(
    change: Change, why: str, path: str, inside: bool
) -> None:
    one = response()
    change(one)
    thing, before = one, ""
    if inside:
        patient = {"resource": {"resourceType": "Patient"}}
        thing = {
            "resourceType": "Bundle",
            "type": "collection",
            "entry": [patient, {"resource": one}],
        }
        before = "entry[1].resource"
        if why == "kind":
            why, path, before = "none_in_it", "entry", ""
    problem = read(json.dumps(thing)).problem
    assert problem is not None
    assert (problem.why, problem.path) == (why, ".".join(filter(None, (before, path))))
    sentence = fhir_words.told(problem)
    assert problem.path in sentence
    assert "%(" not in sentence


@pytest.mark.parametrize(
    ("text", "why", "path"),
    [
        ("", "empty", ""),
        (" \n", "empty", ""),
        ('{"resourceType": "Bundle"', "no_json", ""),
        ("我", "no_json", ""),
        ("[" * 200_000, "too_deep", ""),
        ('{"resourceType":' * 60 + "1" + "}" * 60, "too_deep", None),
        ("[1, 2]", "kind", "resourceType"),
        ("null", "kind", "resourceType"),
        ('{"resourceType": {}}', "kind", "resourceType"),
        ('{"resourceType": "Bundle", "total": 1e999}', "number", "total"),
        ('{"resourceType": "Bundle", "total": NaN}', "number", "total"),
        ('{"resourceType": "Bundle", "total": %s}' % ("9" * 5000), "number", "total"),
        ('{"resourceType": "Bundle", "type": "a", "type": "b"}', "twice", "type"),
        ('{"resourceType": "Bundle", "type": "collection"}', "none_in_it", "entry"),
        ('{"resourceType": "Bundle", "type": "collection", "entry": {}}', "invalid", "entry"),
        ('{"resourceType": "Bundle", "type": "collection", "x": 1}', "invalid", "x"),
        (
            '{"resourceType": "Bundle", "type": "collection", "entry": [{}]}',
            "bundle",
            "entry[0].resource",
        ),
    ],
)
def test_hostile_json_is_refused(text: str, why: str, path: str | None) -> None:
    problem = read(text).problem
    assert problem is not None
    assert problem.why == why
    assert path is None or problem.path == path
    assert len(fhir_words.told(problem)) < 400


def test_too_many_at_once_are_refused() -> None:
    one = {"resource": response()}
    found = read({"resourceType": "Bundle", "type": "collection", "entry": [one] * 201})
    assert found.problem is not None
    assert found.problem.why == "too_many"


def test_what_is_very_large_and_wrong_all_over_is_refused_at_once() -> None:
    problem = read(response(item=[{}] * 75_000)).problem
    assert problem is not None
    assert (problem.why, problem.path) == ("too_many", "item")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "item",
                    "answer",
                    "linkId",
                    "valueCoding",
                    "system",
                    "code",
                    "extension",
                    "status",
                    "authored",
                    "questionnaire",
                    "identifier",
                    "contained",
                    "url",
                    "valueInteger",
                    "language",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["item", "status", "authored", "questionnaire", "identifier", "contained"]),
        json_values,
        max_size=6,
    )
)
def test_nothing_that_is_pasted_makes_it_fail(changed: dict[str, Any]) -> None:
    read({**response(), **changed})
    contained = {"resourceType": "Questionnaire", "id": "a", **changed}
    read({**response(), "questionnaire": "#a", "contained": [contained]})
    read({"resourceType": "Bundle", "entry": [{"resource": {**response(), **changed}}, changed]})


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    assert read(text).problem is not None
