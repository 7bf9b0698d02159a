"""Which words of danger a message calls for, and that they last a whole night."""

from __future__ import annotations

import pytest

from qingting.companion.person import Language
from qingting.companion.protect.danger import DangerWords, situation_of
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.places import help_for
from qingting.companion.protect.resources import Directory
from qingting.companion.state import ConversationState
from qingting.companion.understand.reading import Reading, Risk
from qingting.companion.words.bank import bank
from qingting.companion.words.choose import Chooser
from tests.companion.fakes import NIGHT, PEOPLE


def test_situations_follow_the_level_and_the_shift() -> None:
    opened = Episode({"suicide": "high"})
    state = ConversationState(turns=3, question_turns=(3,), asked_probes=("suicide.thoughts",))
    cases = (
        (Risk(), Episode(), "quiet"),
        (Risk(), opened, "open"),
        (Risk(shift="calm"), opened, "calm"),
        (Risk("moderate", levels={"suicide": "moderate"}, shift="goodbye"), opened, "goodbye"),
        (Risk("high", levels={"suicide": "high"}, shift="goodbye"), opened, "affirmed"),
        (Risk("low", levels={"suicide": "low"}, shift="denial"), opened, "denied"),
        (Risk(), Episode({"suicide": "imminent"}), "imminent"),
    )
    for read, episode, expected in cases:
        assert situation_of(Reading("zh", risk=read), episode, state, "嗯") == expected


@pytest.mark.parametrize("language", ["zh", "en"])
def test_words_do_not_run_out_before_a_long_night_ends(language: Language) -> None:
    """Sixty turns of an act under way: whatever is left to say is said, nothing twice."""
    chooser = Chooser(
        "night",
        0,
        frozenset(),
        help_for(PEOPLE[language], language, NIGHT, Directory.load()).slots("suicide"),
    )
    episode, spoken = Episode({"suicide": "imminent"}), 0
    for turn in range(60):
        words = DangerWords(bank(language), chooser, "suicide", ConversationState(turns=turn))
        spoken += bool(words.answer("imminent", episode, number_due=turn == 0).lines)
    assert spoken >= 30
