"""How finds in marked talks are counted."""

from __future__ import annotations

from datetime import date

from evals.memory.talks import counted, report
from training.memory_talks import Marked, Message

TODAY = date(2026, 11, 18)


def _message(text: str, *marked: tuple[str, str], on: str = "") -> Message:
    places = [(kind, text.index(words), text.index(words) + len(words)) for kind, words in marked]
    more = {"on": on} if on else {}
    return Message(text, TODAY, tuple(Marked(*place, more) for place in places))


def test_right_wrong_missed_and_days() -> None:
    exam = "i have a driving test on friday"
    right = counted(_message(exam, ("event", "driving test on friday"), on="2026-11-20"), "en")
    assert (right["right"], right["wrong"], right["missed"]) == (1, 0, 0)
    assert (right["day"], right["day right"]) == (1, 1)
    assert counted(_message(exam), "en")["wrong"] == 1
    dull = counted(_message("it rained all day", ("strength", "rained")), "en")
    assert (dull["right"], dull["missed"]) == (0, 1)
    other = counted(_message(exam, ("event", "test on friday"), on="2026-11-27"), "en")
    assert (other["day"], other["day right"]) == (1, 0)


def test_a_language_without_talks_has_no_figures() -> None:
    assert report("zh") == ""
