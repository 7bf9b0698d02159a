"""What the packs say, and how they combine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import qingting
from qingting.companion.person import AgeBand
from qingting.companion.policy import Policy
from qingting.policy.packs.combine import Chosen, decide
from qingting.policy.packs.controls import CONTROLS
from qingting.policy.packs.duties import Duties
from qingting.policy.packs.kinds import Value
from qingting.policy.packs.pack import Pack, Statement
from qingting.policy.packs.reading import PackError, read_pack
from qingting.policy.packs.resolve import age_rules_of, duties_of, policy_of
from qingting.policy.packs.shelf import DEFAULT, shipped
from tests.policy.packed import TODAY, choice, policy_at

BANDS: Final[tuple[AgeBand, ...]] = get_args(AgeBand)
HOUR: Final = timedelta(hours=1)
PLACES: Final = sorted(one for one in shipped() if one != DEFAULT)
LATER: Final = date(2027, 8, 1)


def resolved(chosen: Chosen, day: date = TODAY) -> list[object]:
    """All that anybody obeys."""
    mine: list[object] = [policy_of(chosen, band, day) for band in BANDS]
    mine[:] = [replace(one, packs=()) for one in mine if isinstance(one, Policy)]
    return [*mine, age_rules_of(chosen, day), duties_of(chosen, day)]


def test_the_places_of_the_facts_are_there() -> None:
    states = [f"US-{one}" for one in ("FED", "CA", "NY", "IL", "NV", "UT", "WA", "OR", "CT", "ME")]
    countries = ["CN", "EU", "GB", "AU", "JP", "KR", "SG", "HK", "TW"]
    assert set(PLACES) >= {*states, "US-TX", *countries, "school", "clinic", "minors"}
    assert all(CONTROLS[one.control] for pack in shipped().values() for one in pack.statements)


def test_every_source_that_a_statement_names_stands_in_its_pack() -> None:
    nameless = [
        one.id
        for pack in shipped().values()
        for one in pack.statements
        if not any(one.ref.startswith(source.ref) for source in pack.sources)
    ]
    assert nameless == []


def test_what_code_reads_has_a_value_in_the_default() -> None:
    stated = {one.control for one in shipped()[DEFAULT].statements}
    # Limits that only a place has: nothing is suggested and nothing counted without one.
    only_there = {
        "minors.daily_limit_h",
        "minors.curfew",
        "crisis.annual_report",
        "assessment.registered_users",
        "assessment.monthly_active_users",
    }
    read = {key for key, control in CONTROLS.items() if control.obeyed == "read"}
    assert read - stated == only_there


@pytest.mark.parametrize(
    ("packs", "band", "says_again", "pause"),
    [
        ("", "adult", 1, 1),
        ("", "16_17", 1, 0.5),
        ("CN", "adult", 1, 2),
        ("CN", "under_14", 1, 0.5),
        ("US-CA", "16_17", 3, 3),
        ("US-NY", "adult", 3, 3),
        ("US-WA", "adult", 3, 3),
        ("US-WA", "14_15", 1, 1),
        ("US-CT", "adult", 1, 1),
        ("CN,US-WA", "adult", 3, 2),
        ("CN,US-WA", "14_15", 1, 0.5),
        ("US-CA,minors", "16_17", 1, 1),
    ],
)
def test_how_often_what_is_said(packs: str, band: AgeBand, says_again: float, pause: float) -> None:
    policy = policy_at(packs, band)
    assert policy.disclosure_interval == says_again * HOUR
    assert policy.break_after(minor=band not in ("adult", "unknown")) == pause * HOUR


def test_a_law_to_come_adds_notices_ahead_and_takes_nothing_away_before_its_day() -> None:
    assert policy_at("US-CT", "14_15").minors_may_talk
    there = date(2027, 1, 1)
    assert not policy_at("US-CT", "14_15", there).minors_may_talk
    assert policy_at("US-CT", "adult", there).minors_may_talk
    assert policy_at("US-CT,clinic", "14_15", there).minors_may_talk, "somebody licensed is there"


def test_what_may_be_law_is_off_until_it_is_confirmed() -> None:
    bill = "US-NY:minors.companion_features:minor"
    day = date(2027, 1, 1)
    assert policy_of(choice("US-NY"), "14_15", day).asks_minors_first
    confirmed = choice("US-NY", confirmed=bill)
    assert not policy_of(confirmed, "14_15", day).asks_minors_first
    assert policy_of(confirmed, "14_15", TODAY).asks_minors_first, "its day has not come"
    assert policy_of(confirmed, "adult", day).asks_minors_first


def test_somebody_is_told_without_a_yes_only_where_the_law_asks_for_it() -> None:
    assert policy_at("CN", "adult").emergency_contact == "on_explicit_intent"
    for packs in ("", "US-CA", "EU", "school", "clinic"):
        assert policy_at(packs, "adult").emergency_contact == "with_consent"


def test_what_an_installation_owes() -> None:
    cn = duties_of(choice("CN"), TODAY)
    assert (cn.asks_contact, cn.only_mainland, cn.complaints) == (True, True, True)
    assert (cn.assess_from_registered, cn.assess_from_monthly) == (1_000_000, 100_000)
    assert duties_of(choice("US-NV"), TODAY).closed_to_schools
    assert duties_of(choice("US-CA,US-OR"), TODAY).reports_to == (
        "California Office of Suicide Prevention",
        "Oregon Health Authority",
    )
    assert duties_of(choice(), TODAY) == Duties(logs_at_least=timedelta(days=183))
    assert policy_at("US-IL", "adult").feelings_shown is False


def test_the_pack_of_a_place_is_taken_where_none_is_named() -> None:
    assert [pack.id for pack in choice(place="cn").packs] == ["CN"]
    assert [pack.id for pack in choice(place="IT").packs] == ["EU", "EU-IT"]
    assert [pack.id for pack in choice(place="FR").packs] == ["EU"]
    assert choice(place="BR").packs == ()
    assert [pack.id for pack in choice("US-CA", place="CN").packs] == ["US-FED", "US-CA"]
    with pytest.raises(PackError, match="no policy pack 'XX'"):
        choice("XX")


@given(st.sets(st.sampled_from(PLACES), max_size=4), st.sampled_from(PLACES), st.data())
def test_one_pack_more_makes_nothing_that_is_asked_for_milder(
    before: set[str], more: str, data: st.DataObject
) -> None:
    band = data.draw(st.sampled_from(BANDS))
    day = data.draw(st.sampled_from([TODAY, LATER]))
    few, many = choice(",".join(sorted(before))), choice(",".join(sorted({*before, more})))
    fewer, all_of_them = decide(few, band, day), decide(many, band, day)
    for key, one in fewer.items():
        asked = bool(one.by or one.unsure)
        other = all_of_them[key]
        if asked and one.value is not None and other.value is not None:
            rank = CONTROLS[key].kind.rank
            assert rank(other.value) >= rank(one.value), key


@given(st.sampled_from(PLACES), st.sampled_from(BANDS), st.sampled_from([TODAY, LATER]))
def test_what_is_not_sure_makes_nothing_milder(place: str, band: AgeBand, day: date) -> None:
    chosen = choice(place)
    without = replace(
        chosen,
        packs=tuple(
            rebuilt(pack, [one for one in pack.statements if one.sure]) for pack in chosen.packs
        ),
    )
    for key, one in decide(chosen, band, day).items():
        base = decide(without, band, day).get(key)
        if base is None or base.value is None or one.value is None:
            continue
        rank = CONTROLS[key].kind.rank
        assert rank(one.value) >= rank(base.value), key


def rebuilt(pack: Pack, statements: list[Statement]) -> Pack:
    return replace(pack, statements=tuple(statements))


READ: Final = sorted(key for key, control in CONTROLS.items() if control.obeyed == "read")
OTHER: Final[dict[str, tuple[Value, ...]]] = {
    "minors.curfew": ("20:00-07:00",),
    "crisis.annual_report": ("An office of nowhere",),
    "minors.mental_health_service": ("allowed", "supervised_only"),
}


def others(key: str) -> tuple[Value, ...]:
    """Values of a control that it might have instead."""
    kind = CONTROLS[key].kind
    words = tuple(kind.name.removeprefix("one of ").split(", "))
    tried: tuple[Value, ...] = (True, False, 0.25, 1, 7, 11, 500, *words, *OTHER.get(key, ()))
    return tuple(one for one in tried if kind.accepts(one))


@cache
def _plain() -> list[object]:
    return resolved(choice())


@pytest.mark.parametrize("key", READ)
def test_another_value_is_another_behaviour(key: str) -> None:
    """The value of every control that code reads reaches a field that code obeys (below)."""
    chosen = choice()
    before = [one for one in chosen.default.statements if one.control != key]
    seen = []
    for value in others(key):
        state = "guidance" if key in ("minors.daily_limit_h", "minors.curfew") else "in_force"
        one = Statement("test", key, "all", value, state, None, "test", "V")
        mine = Pack("test", {"en": "test"}, (), (), TODAY, (), (one,))
        seen.append(resolved(Chosen((mine,), rebuilt(chosen.default, before))))
    assert any(one != seen[0] for one in seen[1:]) or seen[0] != _plain(), key


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("ai_disclosure.interval_h", "ai_disclosure.often"), "no control 'ai_disclosure.often'"),
        (("value = 3", "value = -3"), "must be hours"),
        (("value = 3", 'value = "three"'), "must be hours"),
        (('state = "in_force"', 'state = "perhaps"'), "'perhaps' is not one of"),
        (('confidence = "V"', 'confidence = "X"'), "'X' is not one of"),
        (('who = "known_minor"', 'who = "cats"'), "'cats' is not one of"),
        (("verified_on = ", "seen_on = "), "verified_on is missing"),
        (("since = 2026-01-01", 'since = "soon"'), "is not a day"),
        (("[name]", "[name"), "us_ca.toml"),
    ],
)
def test_a_pack_that_cannot_be_used_says_what_is_wrong(change: tuple[str, str], says: str) -> None:
    text = (Path(qingting.__file__).parent / "content/policies/us_ca.toml").read_text("utf-8")
    assert change[0] in text
    with pytest.raises(PackError, match=says):
        read_pack(text.replace(*change), "us_ca.toml")
