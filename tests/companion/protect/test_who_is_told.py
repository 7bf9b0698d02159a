"""Who may be told: never whoever hurts them, never on a wish alone, never against policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from qingting.companion.parts import Parts
from qingting.companion.policy import Policy
from qingting.companion.protect.episode import Asking, Episode, People
from qingting.companion.protect.facets import Known
from qingting.companion.protect.who_is_told import (
    NotTold,
    SetUp,
    Somebody,
    Told,
    may_tell,
    must_never_know,
    named_as,
    safe_staff,
)
from qingting.companion.words.bank import bank
from tests.companion.fakes import NIGHT, PEOPLE, answered
from tests.companion.talking import said as answers_to
from tests.companion.talking import written_in

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ROLES = (
    *("mother", "father", "parent", "partner", "sibling", "relative"),
    *("teacher", "coach", "counsellor", "dorm", "friend", "classmate"),
)
SISTER = Somebody(roles=frozenset({"sibling"}), agreed=True, reachable=True)
MAIL = SetUp("with_consent", mail=True)


def grave(**changed: Any) -> Episode:
    """A wish to die said plainly, with a plan."""
    known = {
        "suicide.thoughts": Known("yes", "我想死", NOW),
        "suicide.plan": Known("yes", "想好了", NOW),
    }
    return replace(
        Episode(
            levels={"suicide": "high"},
            opened_at=NOW,
            danger_at=NOW,
            shown=True,
            asking=Asking(known=known),
        ),
        **changed,
    )


def why(episode: Episode, one: Somebody = SISTER, set_up: SetUp = MAIL, now: datetime = NOW) -> str:
    found = may_tell(episode, one, set_up, now)
    return found.reason if isinstance(found, NotTold) else found.evidence


def test_each_thing_that_must_hold() -> None:
    wish = Asking(known={"suicide.thoughts": Known("yes", "", NOW)})
    old = {
        key: replace(one, at=NOW - timedelta(days=4)) for key, one in grave().asking.known.items()
    }
    assert why(grave()) == "preparation"
    assert why(grave(asking=wish)) == "wish"
    assert why(grave(asking=Asking(known=old))) == "wish"
    assert why(grave(levels={"suicide": "moderate"})) == "level"
    assert why(grave(levels={"panic": "high", "suicide": "low"})) == "level"
    assert why(grave(levels={"violence": "imminent"})) == "level"
    assert why(grave(), now=NOW + timedelta(hours=25)) == "level"
    assert why(grave(subject="other")) == "not_theirs"
    assert why(grave(shown=False)) == "guessed"
    assert why(grave(held=True)) == "help_is_there"
    assert why(grave(), replace(SISTER, reachable=False)) == "no_address"
    assert why(grave(), replace(SISTER, never=True)) == "never_tell"
    assert why(grave(), replace(SISTER, agreed=False)) == "no_consent"
    assert why(grave(), set_up=SetUp("on_explicit_intent", mail=False)) == "no_mail"
    assert why(grave(), set_up=SetUp("never", mail=True)) == "policy"
    without = replace(SISTER, agreed=False)
    assert why(grave(), without, SetUp("on_explicit_intent", mail=True)) == "preparation"


def test_how_long_it_can_be_stopped() -> None:
    def wait(episode: Episode) -> timedelta:
        found = may_tell(episode, SISTER, MAIL, NOW)
        assert isinstance(found, Told)
        return found.wait

    imminent = {"suicide": "imminent"}
    assert wait(grave()) == timedelta(minutes=10)
    assert wait(grave(levels=imminent)) == timedelta(minutes=3)
    assert wait(grave(levels=imminent, act="doing")) == timedelta(0)
    assert wait(grave(levels={"substance": "imminent"}, act="taken")) == timedelta(0)


roles = st.frozensets(st.sampled_from([*ROLES, "other"]), max_size=3)
kinds = st.sampled_from(["suicide", "self_harm", "substance", "abuse", "sexual_violence", "panic"])
levels = st.dictionaries(kinds, st.sampled_from(["low", "moderate", "high", "imminent"]))
facets = st.sampled_from(
    [f"suicide.{one}" for one in ("thoughts", "plan", "timing", "means", "attempt")]
    + ["abuse.wound", "abuse.who"]
)
values = st.sampled_from(["yes", "no", "some", "near", "soon", "later", "recent", "past", "bad"])
episodes = st.builds(
    lambda levels, subject, act, held, shown, known, hurt, hushed, hours: Episode(
        levels=levels,
        subject=subject,
        opened_at=NOW,
        danger_at=NOW - timedelta(hours=hours),
        act=act,
        held=held,
        shown=shown,
        asking=Asking(known={key: Known(value, "", NOW) for key, value in known.items()}),
        people=People(hurt_by=hurt, hushed=hushed),
    ),
    levels,
    st.sampled_from(["self", "other"]),
    st.sampled_from(["none", "doing", "taken"]),
    st.booleans(),
    st.booleans(),
    st.dictionaries(facets, values),
    roles,
    roles,
    st.integers(0, 30),
)
people = st.builds(
    Somebody,
    roles=st.frozensets(st.sampled_from(ROLES), max_size=2),
    agreed=st.booleans(),
    reachable=st.booleans(),
    never=st.booleans(),
)
set_ups = st.builds(
    SetUp, st.sampled_from(["never", "with_consent", "on_explicit_intent"]), st.booleans()
)
PARENTS = {"mother", "father", "parent"}


@examples(max_examples=1500)
@given(episodes, people, set_ups)
def test_whoever_hurts_them_is_never_told_whatever_else_is_known(
    episode: Episode, one: Somebody, set_up: SetUp
) -> None:
    found = may_tell(episode, one, set_up, NOW)
    if isinstance(found, NotTold):
        return
    hurting = episode.people.hurt_by | episode.people.hushed
    assert not one.roles & hurting
    assert not (hurting & PARENTS and one.roles & PARENTS)
    assert "other" not in hurting
    abused = hurting or any(
        kind in ("abuse", "sexual_violence")
        for kind in (*episode.levels, *(key.split(".")[0] for key in episode.asking.known))
    )
    if abused:
        assert one.agreed
        assert one.roles
    # And whoever is told, is told for a reason.
    assert one.reachable
    assert not one.never
    assert set_up.mail
    assert set_up.rule != "never"
    assert one.agreed or set_up.rule == "on_explicit_intent"
    assert not episode.held
    assert episode.shown
    assert episode.subject == "self"
    assert {"high", "imminent"} & set(episode.levels.values())
    stronger = {"plan", "timing", "means", "attempt"} & {
        key.split(".")[1] for key in episode.asking.known
    }
    assert stronger or episode.act != "none" or "imminent" in episode.levels.values()
    assert found.wait >= timedelta(0)
    assert (found.wait == timedelta(0)) == (found.evidence == "act")


@pytest.mark.parametrize(
    ("name", "relation", "never_tell", "means_them"),
    [
        ("王芳", "妈妈", "我妈", True),
        ("妈妈", "", "爸妈", True),
        ("王芳", "小姨", "别告诉王芳", True),
        ("王芳", "小姨", "我妈", False),
        ("Ann", "sister", "mum, dad", False),
        ("Mum", "", "my mother", True),
        ("Ann", "sister", "", False),
    ],
)
def test_who_was_written_under_never_is_known_by_name_and_by_role(
    name: str, relation: str, never_tell: str, means_them: bool
) -> None:
    assert must_never_know(name, relation, never_tell) is means_them


def test_a_school_is_not_asked_where_its_people_hurt() -> None:
    def hurt(*who: str) -> Episode:
        return grave(people=People(hurt_by=frozenset(who)))

    assert safe_staff(grave())
    assert safe_staff(hurt("father"))
    assert not safe_staff(hurt("teacher"))
    assert not safe_staff(hurt("dorm"))
    assert not safe_staff(hurt("other"))
    assert not safe_staff(grave(levels={"suicide": "high", "abuse": "high"}))


# What they type, in order, and whether their mother and their friend may be told at the end.
SCRIPTS = [
    (("我想死", "想好了，今晚就跳下去"), True, True),
    (("这个月老想自杀，上课也在想",), False, False),
    (("我爸天天打我，我想死", "想好了，今晚就跳下去"), False, True),
    (("我妈又用皮带抽我，我不想活了", "想好了，今晚就跳下去"), False, True),
    (("笑死我了，这个老师太逗了",), False, False),
    (("i want to die", "tonight. i have the pills here"), True, True),
    (("i've been thinking about killing myself all month",), False, False),
    (("my mum hits me and i want to die", "tonight. i have the pills here"), False, True),
    (("my dad beats me. i want to kill myself", "tonight. i have the pills here"), False, True),
    (("this exam is killing me",), False, False),
]


@pytest.mark.parametrize(("said", "mother", "friend"), SCRIPTS)
async def test_whole_talks(said: tuple[str, ...], mother: bool, friend: bool) -> None:
    episode = (await answers_to(*said))[-1].episode
    for role, told in (("mother", mother), ("friend", friend)):
        one = Somebody(roles=frozenset({role}), agreed=True, reachable=True)
        found = may_tell(episode, one, MAIL, NIGHT)
        assert isinstance(found, Told) is told, (role, found)


def test_roles_come_from_what_was_written() -> None:
    assert named_as("妈妈", "") == {"mother"}
    assert named_as("王芳", "辅导员") == {"counsellor"}
    assert named_as("Ann", "") == frozenset()


@pytest.mark.parametrize("text", ["你会告诉我爸妈吗", "will you tell my mum"])
async def test_what_we_say_of_ourselves_follows_the_set_up(text: str) -> None:
    name, language = "tells", written_in(text)
    lines = bank(language)
    for can, listed in ((False, name), (True, f"{name}_mailed")):
        parts = Parts(tells=can)
        _, done = await answered(text, person=PEOPLE[language], parts=parts)
        assert done.reply in lines.lines("moves", "about_you", listed)
    # Nobody is ever told by a policy that says so, whatever the set-up.
    never = Policy(emergency_contact="never")
    _, done = await answered(text, person=PEOPLE[language], parts=Parts(tells=True), policy=never)
    assert done.reply in lines.lines("moves", "about_you", name)
