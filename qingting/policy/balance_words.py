"""Words of the page "Here and elsewhere": its questions, what was noted, what was agreed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from django.utils.translation import gettext as _

from qingting.companion.dependence.balance import Taper
from qingting.companion.dependence.signs import Sign
from qingting.companion.person import Language, Person
from qingting.companion.words.bank import read_toml
from qingting.companion.words.script import in_script


@dataclass(frozen=True, slots=True)
class Question:
    """One question. options: by the key they are kept under ("0", "1"), in the reader's words."""

    key: str
    ask: str
    options: Mapping[str, str]


@cache
def _authored(language: Language) -> Mapping[str, Any]:
    return read_toml(resources.files("qingting.content") / language / "balance.toml")


def question_words(reader: Person) -> Mapping[str, Question]:
    """The questions, by key, as this reader reads them."""
    return {
        key: Question(
            key,
            in_script(one["ask"], reader),
            {str(at): in_script(words, reader) for at, words in enumerate(one["options"])},
        )
        for key, one in _authored(reader.language)["question"].items()
    }


def around_words(reader: Person) -> tuple[str, str]:
    """What stands before the questions, and after they were answered."""
    authored = _authored(reader.language)
    return in_script(authored["lead"], reader), in_script(authored["after"], reader)


def noted_words() -> Mapping[Sign, str]:
    """What each sign is called to the person themselves."""
    return {
        "only_you": _("You said that only this understands you"),
        "lost": _("You said that it is hard without this"),
        "instead": _("You said that you put something off to talk here"),
        "rather": _("You said that you would rather talk here than with people"),
        "partner": _("You spoke of this as of a partner"),
        "apart": _("You said that you had seen nobody for a while"),
        "met": _("You told of time with somebody"),
        "warm": _("You told of somebody's kindness"),
        "busy": _("You told of exams or deadlines"),
    }


def taper_words(taper: Taper) -> str:
    """What was agreed on, in a sentence."""
    if taper.what == "day":
        return _("One day a week without this: %(day)s.") % {"day": weekdays()[taper.on]}
    if taper.what == "hour":
        return _("Not after %(hour)s:00 in the evening.") % {"hour": taper.on}
    return _("First a person, then here.")


def weekdays() -> tuple[str, ...]:
    """Monday to Sunday."""
    return (
        *(_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday")),
        *(_("Friday"), _("Saturday"), _("Sunday")),
    )
