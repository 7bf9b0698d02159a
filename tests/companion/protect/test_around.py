"""Who is around somebody whom others hurt, in their own words."""

from __future__ import annotations

import pytest

from qingting.companion.protect.around import hushed_by, in_good_company, just_now, presence
from qingting.companion.understand.lexicon import table

_TABLE = table("around")
_NOBODY: frozenset[str] = frozenset()


@pytest.mark.parametrize("text", [*_TABLE["back"]["yes"], *_TABLE["heard_near"]["yes"]])
def test_the_one_who_hurts_is_back(text: str) -> None:
    assert presence(text, _NOBODY) == "back"


@pytest.mark.parametrize("text", [*_TABLE["back"]["no"], *_TABLE["heard_near"]["no"]])
def test_nobody_is_back_where_it_is_only_feared_usual_or_denied(text: str) -> None:
    assert presence(text, _NOBODY) is None


@pytest.mark.parametrize("text", _TABLE["near"]["yes"])
def test_the_one_who_hurts_is_near(text: str) -> None:
    assert presence(text, _NOBODY) == "near"


@pytest.mark.parametrize("text", _TABLE["near"]["no"])
def test_nobody_is_near(text: str) -> None:
    assert presence(text, _NOBODY) is None


def test_somebody_else_who_comes_home_is_no_danger() -> None:
    """Where it is known who hurts, that one is meant."""
    father = frozenset({"father"})
    for text in ("my sister is home", "我姐回来了", "grandma is here"):
        assert presence(text, father) is None
    for text in ("my dad is home", "我爸回来了", "he's back"):
        assert presence(text, father) == "back"


def test_somebody_else_who_is_there_is_good_company() -> None:
    mother = frozenset({"mother"})
    assert in_good_company("my gran is here now", mother)
    assert not in_good_company("my mom is here now", mother)
    assert not in_good_company("she's here", mother)
    assert not in_good_company("my gran is here now", _NOBODY)


def test_it_happened_just_now() -> None:
    for text in _TABLE["just_now"]["yes"]:
        assert just_now(text, beside_danger=True), text
    for text in _TABLE["just_now"]["no"]:
        assert not just_now(text, beside_danger=True), text
    for text in _TABLE["just_now_alone"]["yes"]:
        assert just_now(text, beside_danger=False), text
    for text in _TABLE["just_now_alone"]["no"]:
        assert not just_now(text, beside_danger=False), text


@pytest.mark.parametrize(("text", "role"), _TABLE["hushed"]["yes"])
def test_who_knows_and_keeps_it_down(text: str, role: str) -> None:
    assert hushed_by(text) == {role}


@pytest.mark.parametrize("text", _TABLE["hushed"]["no"])
def test_who_knows_and_helps_is_not_one_of_them(text: str) -> None:
    assert hushed_by(text) == frozenset()
