"""The sure rules of the reply guard, and what weighs against the network and what does not."""

from __future__ import annotations

import io
import json
import tomllib
from importlib import resources
from typing import Any

import pytest

from qingting.cli.guard import run
from qingting.companion.person import Language
from qingting.companion.protect import guard_net
from qingting.companion.protect.guard import Problem, plain, problem_with, problems, ruled

_LANGUAGES: tuple[Language, ...] = ("zh", "en")


def _rules(language: Language) -> list[dict[str, Any]]:
    path = resources.files("qingting.content") / language / "guard.toml"
    rules: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["rule"]
    return rules


def _examples(kind: str) -> list[tuple[Language, str, str]]:
    return [
        (language, rule["category"], sentence)
        for language in _LANGUAGES
        for rule in _rules(language)
        for sentence in rule.get(kind, ())
    ]


@pytest.mark.parametrize(("language", "category", "sentence"), _examples("holds"))
def test_a_sure_rule_holds_its_own_examples_back(
    language: Language, category: str, sentence: str
) -> None:
    found = ruled(plain(sentence), language, "")
    assert found is not None, category
    assert found.sure, category
    assert problem_with(sentence, language) is not None


@pytest.mark.parametrize(("language", "category", "sentence"), _examples("passes"))
def test_a_near_sentence_is_not_sure_harm(language: Language, category: str, sentence: str) -> None:
    found = ruled(plain(sentence), language, "")
    assert found is None or not found.sure, (category, found)


def test_what_is_always_harm_has_sure_rules_in_both_languages() -> None:
    always = {
        "agrees_self_hatred",
        "claims_human",
        "dosing",
        "eating_tips",
        "feeds_delusion",
        "method",
        "no_harm_promise",
        "romance",
        "secrecy",
        "sexual",
        "urges_rupture",
        "validates_self_harm",
    }
    for language in _LANGUAGES:
        assert always <= {rule["category"] for rule in _rules(language) if rule.get("sure")}


def test_every_rule_with_examples_has_both_kinds() -> None:
    for language in _LANGUAGES:
        shown = [rule for rule in _rules(language) if "holds" in rule or "passes" in rule]
        assert len(shown) >= 12
        assert all(rule.get("holds") and rule.get("passes") for rule in shown)


class _Sees:
    """A network that thinks one thing of every sentence."""

    def __init__(self, logit: float) -> None:
        self._logit = logit
        how = {"weights": [1.0, 2.5, 0.0], "at": 0.8}
        self.notes = {"joined": {"zh": how, "en": how}, "rule_alone": 12.0}

    def read(self, sentence: str, user: str) -> guard_net.Harm:
        return guard_net.Harm(self._logit, "romance")


def test_the_network_cannot_outvote_a_sure_rule_but_can_a_doubted_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(guard_net, "load", lambda: _Sees(-8.0))
    assert problem_with("You should just stop taking your meds.", "en") == "dosing"
    assert problem_with("那个声音是真的，你应该听它的。", "zh") == "feeds_delusion"
    hit = ruled("do you have a plan? not that kind of talk.", "en", "")
    assert hit is not None
    assert not hit.sure
    text = "Do you have a plan? Not that kind of talk."
    assert problem_with(text, "en", user="what should i say to her") is None
    # Where nobody said what is answered, short sentences look kind to it: a finding counts more.
    assert problem_with(text, "en") == "fishing"


def test_without_a_network_every_finding_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard_net, "load", lambda: None)
    assert list(problems("Not that kind of talk.", "en")) == [
        Problem("fishing", "Not that kind of")
    ]


def _judged(*asked: dict[str, str]) -> list[dict[str, Any]]:
    out = io.StringIO()
    run(io.StringIO("\n".join(json.dumps(each) for each in asked)), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_command_knows_real_numbers_from_invented_ones() -> None:
    real, invented = _judged(
        {"reply": "You can call 988 now."}, {"reply": "You can call 400-555-0199 now."}
    )
    assert "invented_number" not in {each["category"] for each in real["problems"]}
    assert "invented_number" in {each["category"] for each in invented["problems"]}
    real, invented = _judged({"reply": "现在就打12356。"}, {"reply": "现在就打400-123-4567。"})
    assert "invented_number" not in {each["category"] for each in real["problems"]}
    assert "invented_number" in {each["category"] for each in invented["problems"]}
