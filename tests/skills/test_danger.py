"""Danger in an exercise, and exercises in danger."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from qingting.companion.understand.reading import Kind, Level, at_least
from qingting.policy.models import Event
from qingting.privacy.keyring import Keyring
from qingting.safety.models import EpisodeRecord
from qingting.skills.models import ExerciseRun
from tests.skills.walking import (
    DANGER,
    THOUGHT,
    TYPED,
    at,
    episode_of,
    form_of,
    kept,
    know,
    page_of,
    press,
    walk,
    wire,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.mark.parametrize("how", ["later", "next", "skip", "back"])
def test_danger_in_a_step_is_answered_and_nothing_is_lost(
    visitor: Client, keyring: Keyring, how: str
) -> None:
    walk(visitor, {"situation": TYPED["situation"]})
    page = press(visitor, page_of(visitor, at(kept(), "thought")), how, thought=DANGER)
    heard = page.split('class="heard"')[1].split("</section>", maxsplit=1)[0]
    assert "tel:" in heard
    assert 'href="/now/"' in heard
    assert 'name="text"' in page  # one can go on talking from here
    run = kept()
    assert f"/skills/mine/{run.id}/" in page
    assert DANGER in page_of(visitor, f"/skills/mine/{run.id}/")
    assert at_least(episode_of(visitor, keyring).level, "high")
    told = {event.kind for event in Event.objects.exclude(person=None)}
    assert told == {"safety_reply", "referral_shown"}
    # The same page sent again is no new danger.
    before = episode_of(visitor, keyring)
    form = {"thought": DANGER, "run": str(run.id), "step": "thought", "next": "1"}
    assert visitor.post(THOUGHT, form).status_code == 303
    assert episode_of(visitor, keyring) == before


def test_danger_in_english(visitor: Client, keyring: Keyring) -> None:
    page = walk(visitor, {"situation": "I want to kill myself tonight"})
    assert '<p lang="en">' in page.split('class="heard"')[1]
    assert at_least(episode_of(visitor, keyring).level, "high")


def test_ordinary_words_raise_nothing(visitor: Client, keyring: Keyring) -> None:
    walk(visitor, {**TYPED, "situation": "考试考得笑死我了，这门课要命"})
    assert EpisodeRecord.objects.count() == 0
    know(visitor, keyring, {"suicide": "high"})
    page = walk(visitor, {"see": "台灯\n杯子\n鞋"}, "/skills/grounding_54321/")
    assert 'class="heard"' not in page


@pytest.mark.parametrize(
    ("levels", "name", "said"),
    [
        ({"suicide": "high"}, "thought_record", "分量比这个练习重"),
        ({"abuse": "low"}, "hard_talk", "有人在伤害你"),
        ({"panic": "low"}, "small_steps", "往害怕的地方走"),
        ({"psychosis": "low"}, "body_scan", "翻来覆去"),
        ({"mania": "low"}, "kind_letter", "翻来覆去"),
        ({"eating_disorder": "low"}, "cold_water", "身体刺激"),
        ({"suicide": "imminent"}, "urge_surfing", "分量比这个练习重"),
    ],
)
def test_what_must_not_be_done_now_says_so_and_leads_on(
    visitor: Client, keyring: Keyring, levels: dict[Kind, Level], name: str, said: str
) -> None:
    walk(visitor, TYPED)
    know(visitor, keyring, levels)
    page = page_of(visitor, f"/skills/{name}/").split("<main")[1]
    assert said in page
    assert "data-doing" not in page
    for way in ("/skills/breathing_minute/", "/skills/grounding_54321/", "/now/", "/"):
        assert f'href="{way}"' in page
    # What was written is kept, may be read, and what was being typed is never dropped.
    assert TYPED["thought"] in page_of(visitor, f"/skills/mine/{kept().id}/")
    visitor.post(f"/skills/{name}/", {"run": str(uuid4()), "next": "1"})
    assert ExerciseRun.objects.count() == 2


def test_the_shelf_leads_with_what_fits(visitor: Client, keyring: Keyring) -> None:
    walk(visitor, TYPED)
    assert "眼下这几个更合适" not in page_of(visitor, "/skills/")
    know(visitor, keyring, {"suicide": "high"})
    page = page_of(visitor, "/skills/").split("<main")[1]
    first = page.split("眼下这几个更合适")[1].split("</section>", maxsplit=1)[0]
    for way in ("/skills/breathing_minute/", "/skills/grounding_54321/", "/now/"):
        assert f'href="{way}"' in first
    assert "今天先不做" in page
    # What had better wait is not offered to be gone on with.
    assert str(kept().id) not in page


def test_what_calms_may_be_done_in_danger(visitor: Client, keyring: Keyring) -> None:
    walk(visitor, TYPED)
    know(visitor, keyring, {"suicide": "high"})
    for name in ("breathing_minute", "grounding_54321", "breathing_box", "urge_surfing"):
        assert "data-doing" in page_of(visitor, f"/skills/{name}/")


def test_after_quiet_time_it_may_be_done_again(visitor: Client, keyring: Keyring) -> None:
    walk(visitor, TYPED)
    know(visitor, keyring, {"suicide": "moderate"})
    assert "data-doing" not in page_of(visitor, THOUGHT)
    wire(keyring, timedelta(days=8))
    assert form_of(page_of(visitor, THOUGHT))["step"] == "situation"
