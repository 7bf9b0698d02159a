"""The words a model is instructed with fit together in both languages."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import Any, get_args

import pytest

from qingting.companion.plan.plan import Length, Skill, Stage

SLOTS = {"plan", "feelings", "memories", "length", "persona"}


def read(language: str, name: str) -> str:
    return (resources.files("qingting.content") / language / "model" / name).read_text("utf-8")


def slips(language: str) -> dict[str, Any]:
    return tomllib.loads(read(language, "plan.toml"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_slot_once(language: str) -> None:
    found = re.findall(r"\{(.*?)\}", read(language, "system.md"))
    assert sorted(found) == sorted(SLOTS)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_plan_has_its_slip(language: str) -> None:
    data = slips(language)
    assert set(data["stage"]) == set(get_args(Stage))
    assert set(data["skill"]) == set(get_args(Skill))
    assert set(data["length"]) == set(get_args(Length))
    assert {"listen_only", "no_offer"} < set(data)
    assert "plain" in data["persona"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["system.md", "plan.toml"])
def test_no_number_to_call(language: str, name: str) -> None:
    assert not re.search(r"\d{3}", read(language, name))
