"""What was learned to be worth keeping: whatever it finds can be proved from the message."""

from __future__ import annotations

import random
from datetime import date

import pytest

from qingting.companion.person import Language
from qingting.companion.remember import learned
from qingting.companion.remember.extract import extract

TODAY = date(2026, 11, 18)
TOLD: dict[Language, str] = {
    "zh": "我们学校艺考统考是12月6号，我妈已经把票买好了",
    "en": "our dance showcase thing is on december 6, my mum already got tickets",
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_day_ahead_is_found_where_no_pattern_knows_the_thing(language: Language) -> None:
    found = [one for one in extract(TOLD[language], language, TODAY) if one.kind == "event"]
    assert date(2026, 12, 6) in {one.on for one in found}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_whatever_is_found_stands_in_the_message(language: Language) -> None:
    chance = random.Random(11)
    words = TOLD["zh"].split("，") + TOLD["en"].split(", ") + ["下周五", "my sis", "?", "\n", "😀"]
    for _ in range(60):
        text = " ".join(chance.choices(words, k=chance.randrange(1, 9)))
        for one in extract(text, language, TODAY):
            assert text[one.start : one.end] == one.quote
            assert 0 < one.confidence <= 1
            assert one.kind != "event" or one.on is not None


def test_without_its_arrays_the_patterns_find_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "i have a driving test on friday"
    before = extract(text, "en", TODAY, learned=False)
    monkeypatch.setattr(learned, "_learned", lambda language: None)
    assert extract(text, "en", TODAY) == before
    assert before


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_learned_is_less_sure_than_a_pattern(language: Language) -> None:
    told = extract(TOLD[language], language, TODAY)
    known = extract(TOLD[language], language, TODAY, learned=False)
    more = [one for one in told if one not in known]
    assert all(one.confidence == learned.CONFIDENCE for one in more)


def test_a_question_or_an_if_is_nothing_to_keep() -> None:
    assert extract("if my sister gets into leeds next friday i'd be alone", "en", TODAY) == ()
