"""What only looks like danger under way: medicine as it should be taken, a letter that came, blows
of long ago. Beside each stand the words that turn it."""

from __future__ import annotations

import pytest

from qingting.companion.understand import understand
from qingting.companion.understand.reading import at_least


@pytest.mark.parametrize(
    "text",
    [
        "药都按时吃了",
        "今天的药都吃了",
        "该吃的药都吃了",
        "每天的药都吃了",
        "睡前的药已经吃了",
        "感冒药刚吃了",
        "药一直在按医嘱吃",
        "药都吃了，按医生说的",
        "took all my meds on time",
        "i took my meds like the doctor said",
        "took my tablets as prescribed",
        "he wrote me a letter",
        "my nan wrote me a letter",
        "my dad used to hit me when i was little",
        "my mum hit me when i was a kid",
        "my dad hit me as a child",
    ],
)
def test_it_is_no_danger(text: str) -> None:
    assert not at_least(understand(text).risk.level, "moderate")


@pytest.mark.parametrize(
    "text",
    [
        "药已经吃了，一整瓶",
        "今天的药都吃了，一整瓶",
        "该吃的药都吃了 一次吃了三十片",
        "药按时吃，可我还是不想活",
        "i took all my pills",
        "took my pills as usual, the whole bottle",
        "he wrote me a letter saying goodbye",
        "she wrote me a note and i want to die",
        "he used to hit me when i was 6 and he still does",
        "he hit me last night",
    ],
)
def test_what_turns_it_is_heard(text: str) -> None:
    assert at_least(understand(text).risk.level, "high")
