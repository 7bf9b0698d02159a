"""A questionnaire in a talk: where it stands, and what a message is to it. Nothing is
guessed: what is no plain answer is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final, Literal

from qingting.companion.instruments.instrument import Answers, Instrument, Item, Wording
from qingting.companion.instruments.scoring import next_item, score
from qingting.companion.instruments.shelf import instruments
from qingting.companion.person import Language
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import alternatives, table

Heard = Literal["answer", "skip", "back", "stop", "yes", "no", "go_on", "unclear", "talk"]
_WORDS: Final[tuple[Heard, ...]] = ("skip", "back", "stop")
# Answers of two different weeks make no number (progress/questionnaires.py).
_FRESH: Final = timedelta(days=7)
# A longer message tells something, even with an option's words or a figure in it.
_NEAR: Final[Mapping[Language, int]] = {"zh": 14, "en": 40}
_MARKS: Final = re.compile(r"[\W_]+")
_FIGURES: Final[Mapping[str, int]] = {
    **{str(number): number for number in range(11)},
    **dict(zip("零一二三四五", range(6), strict=True)),
    **dict(zip(("zero", "one", "two", "three", "four", "five"), range(6), strict=True)),
}
_CHOSEN: Final = re.compile(r"^(?:我?选|答|option )?([a-z]+|\d+|[零一二三四五])(?:吧|啊|呢)?$")
_WITH_WORDS: Final = re.compile(r"^(\d+)[\W_]+(.+)$")
# A figure that stands for itself, as it does in "1 or 2": not in "3pm".
_FIGURE: Final = re.compile(r"^\d+(?![a-z\d])|(?:^| )\d+$")
_PARTICLES: Final = re.compile(r"[吧啊呀呢了嘛哦]+$")


@dataclass(frozen=True, slots=True)
class Asking:
    """A questionnaire in a conversation.

    id: of its answers. on: the person's day it was begun on, or counted. item: the key of the one
    that waits for an answer; "" before the first and after the last. skipped: items passed over.
    waiting: they talk of something else, or it was stopped; it goes on when they say so. again:
    this item was asked a second time. over: the last words of it were said.
    """

    instrument: str
    language: Language
    id: str
    on: date
    values: Mapping[str, int] = field(default_factory=dict)
    item: str = ""
    skipped: tuple[str, ...] = ()
    waiting: bool = False
    again: bool = False
    over: bool = False

    @property
    def offered(self) -> bool:
        """Whether it was only offered so far."""
        return not (self.item or self.waiting or self.over)

    @property
    def asked(self) -> bool:
        """Whether an item waits for the answer that the next message is."""
        return bool(self.item) and not (self.waiting or self.over)

    def can_go_on(self, today: date) -> bool:
        """Whether it was left and may be taken up again."""
        return self.waiting and not self.over and today - self.on < _FRESH


def dump(asking: Asking) -> dict[str, Any]:
    """The stored form."""
    return {
        "instrument": asking.instrument,
        "language": asking.language,
        "id": asking.id,
        "on": asking.on.isoformat(),
        "values": dict(asking.values),
        "item": asking.item,
        "skipped": list(asking.skipped),
        "waiting": asking.waiting,
        "again": asking.again,
        "over": asking.over,
    }


def load(stored: Mapping[str, Any]) -> Asking:
    """One back from its stored form. Raises KeyError or ValueError where it is none."""
    return Asking(
        **{
            **stored,
            "on": date.fromisoformat(stored["on"]),
            "skipped": tuple(stored["skipped"]),
        }
    )


def instrument_of(asking: Asking) -> Instrument | None:
    """What is asked; None where the operator took it away meanwhile."""
    found = instruments().get(asking.instrument)
    return found if found is not None and asking.language in found.wordings else None


def item_of(asking: Asking) -> Item | None:
    """The item that waits for an answer."""
    instrument = instrument_of(asking)
    items = instrument.items if instrument is not None else ()
    return next((item for item in items if item.key == asking.item), None)


def heard(asking: Asking, text: str) -> tuple[Heard, int | None]:
    """What a message is to the item that was asked, and the value it answers with."""
    instrument, item = instrument_of(asking), item_of(asking)
    if instrument is None or item is None:
        return "talk", None
    said = _plain(text)
    value = _answer(instrument.wordings[asking.language], item, said)
    if value is not None:
        return "answer", value
    for word in _WORDS:
        if says(word, text):
            return word, None
    return ("unclear" if _near(instrument, asking, item, said) else "talk"), None


def says(what: Heard, text: str) -> bool:
    """Whether a message says this and nothing besides: "yes", "stop", "go_on"."""
    said = _plain(text)
    return bool(said) and _reply(what).fullmatch(said) is not None


def begun(asking: Asking, today: date) -> Asking:
    """It, with the first item that has no answer asked."""
    return _at_next(replace(asking, waiting=False, again=False), today)


def answered(asking: Asking, value: int | None, today: date) -> Asking:
    """It after the item was answered, or passed over with None; the next one is asked. today: the
    person's day."""
    if value is None:
        after = replace(asking, skipped=(*asking.skipped, asking.item))
    else:
        after = replace(asking, values={**asking.values, asking.item: value})
    return _at_next(replace(after, again=False), today)


def went_back(asking: Asking) -> Asking:
    """It, with the item before this one asked once more; the first stays the first."""
    instrument = instrument_of(asking)
    before: list[str] = []
    for item in instrument.items if instrument is not None else ():
        if item.key == asking.item:
            break
        if item.key in asking.values or item.key in asking.skipped:
            before.append(item.key)
    if not before:
        return replace(asking, again=False)
    last = before[-1]
    return replace(
        asking,
        values={key: value for key, value in asking.values.items() if key != last},
        skipped=tuple(key for key in asking.skipped if key != last),
        item=last,
        again=False,
    )


def is_whole(asking: Asking) -> bool:
    """Whether every item was put and it can be counted."""
    instrument = instrument_of(asking)
    if instrument is None or asking.item or not asking.values:
        return False
    counted = score(instrument, asking.values)
    return counted.value is not None or not counted.left_out


def to_keep(before: Asking | None, after: Asking | None) -> Answers | None:
    """The answers to keep after a turn; None where it brought no new one."""
    if after is None:
        return None
    same = before if before is not None and before.id == after.id else None
    old, was_whole = (same.values, is_whole(same)) if same is not None else ({}, False)
    if old == after.values and was_whole == is_whole(after):
        return None
    return Answers(
        id=after.id,
        instrument=after.instrument,
        language=after.language,
        on=after.on,
        values=after.values,
        finished=is_whole(after),
        asked_in="talk",
    )


def _at_next(asking: Asking, today: date) -> Asking:
    instrument = instrument_of(asking)
    if instrument is None:
        return replace(asking, item="", over=True)
    left = tuple(item for item in instrument.items if item.key not in asking.skipped)
    item = next_item(replace(instrument, items=left), asking.values)
    if item is None:
        return replace(asking, item="", on=today)
    return replace(asking, item=item.key)


def _answer(wording: Wording, item: Item, said: str) -> int | None:
    values = {option.value for option in item.options}
    options = {_bare(words): value for value, words in wording.options[item.key].items()}
    if (with_words := _WITH_WORDS.match(said)) is not None:
        number, words = int(with_words[1]), _bare(with_words[2])
        return number if number in values and options.get(words) == number else None
    if _bare(said) in options:
        return options[_bare(said)]
    chosen = _CHOSEN.match(said)
    figure = _FIGURES.get(chosen[1]) if chosen is not None else None
    return figure if figure in values else None


def _near(instrument: Instrument, asking: Asking, item: Item, said: str) -> bool:
    """Whether it looks like an answer, so that it is asked again."""
    if not said or _unclear().search(said):
        return True
    if len(said) > _NEAR[asking.language] or said.endswith("?"):
        return False
    options = instrument.wordings[asking.language].options[item.key].values()
    return _FIGURE.search(said) is not None or any(_bare(words) in _bare(said) for words in options)


def _plain(text: str) -> str:
    return cleaned(text).text.strip(" \n\t.。!！,，~…")


def _bare(text: str) -> str:
    return _PARTICLES.sub("", _MARKS.sub("", cleaned(text).text))


@lru_cache(maxsize=1)
def _unclear() -> re.Pattern[str]:
    return alternatives(table("questions")["unclear"]["words"], {})


@lru_cache(maxsize=8)
def _reply(what: Heard) -> re.Pattern[str]:
    return alternatives(table("questions")["reply"][what], {})
