"""The words of danger last a whole night."""

from __future__ import annotations

import pytest

from qingting.companion.person import Language
from qingting.companion.protect.danger import answer
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.facets import now_order
from qingting.companion.protect.move import Move
from qingting.companion.protect.places import help_for
from qingting.companion.protect.resources import Directory
from qingting.companion.protect.voice import Voice
from qingting.companion.words.bank import bank
from qingting.companion.words.choose import Chooser
from tests.companion.fakes import NIGHT, PEOPLE


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("act", ["none", "doing", "taken"])
def test_words_do_not_run_out_before_a_long_night_ends(language: Language, act: str) -> None:
    """Sixty turns of an act under way: whatever is left to say is said, nothing twice."""
    chooser = Chooser(
        "night",
        0,
        frozenset(),
        help_for(PEOPLE[language], language, NIGHT, Directory.load()).slots("suicide"),
    )
    episode = Episode({"suicide": "imminent"}, act=act)  # type: ignore[arg-type]
    spoken = 0
    for turn in range(60):
        voice = Voice(bank(language), chooser, language, episode)
        first = turn == 0
        move = Move("act" if first else "act_on", "suicide", now_order("suicide"), about=act)
        spoken += bool(answer(voice, move).lines)
    assert spoken >= 30
