"""An attempt of long ago is asked about today; told as over, it is listened to."""

from __future__ import annotations

import pytest

from qingting.companion.protect.episode import Episode
from qingting.companion.protect.long_ago import asked_about
from qingting.companion.understand.reading import Kind, Level, Risk

LEVELS: list[tuple[str, Level, Level]] = [
    ("我初中的时候吞过药", "none", "moderate"),
    ("我高一自杀过", "high", "moderate"),
    ("i overdosed two years ago", "imminent", "moderate"),
    ("in high school i tried to end it", "none", "moderate"),
    ("我初二的时候吞过药 都是以前的事了 现在挺好的", "low", "low"),
    ("i overdosed two years ago. i'm doing well now", "imminent", "moderate"),
    ("我高一自杀过 最近又想死", "high", "high"),
    ("i overdosed two years ago and i want to do it again", "imminent", "imminent"),
    ("i tried to kill myself when i was 15. i want to die", "high", "high"),
    ("昨晚我吞了一瓶药", "imminent", "imminent"),
    ("我小时候很开心", "none", "none"),
]


@pytest.mark.parametrize(("text", "read", "meant"), LEVELS)
def test_it_is_asked_about_and_not_taken_for_tonight(text: str, read: Level, meant: Level) -> None:
    levels: dict[Kind, Level] = {} if read == "none" else {"suicide": read}
    assert asked_about(text, Risk(level=read, levels=levels), Episode()).level == meant


def test_in_an_open_danger_and_of_a_friend_it_stays_as_it_was_read() -> None:
    risk = Risk(level="imminent", levels={"suicide": "imminent"})
    known = Episode(levels={"suicide": "high"})
    assert asked_about("i overdosed two years ago", risk, known) == risk
    theirs = Risk(level="high", levels={"suicide": "high"}, subject="other")
    assert asked_about("i overdosed two years ago", theirs, Episode()) == theirs


def test_another_danger_told_beside_it_keeps_its_level() -> None:
    risk = Risk(level="imminent", levels={"suicide": "imminent", "abuse": "high"})
    meant = asked_about("i overdosed two years ago. my dad hits me", risk, Episode())
    assert (meant.level, meant.levels) == ("high", {"suicide": "moderate", "abuse": "high"})
