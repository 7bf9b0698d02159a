"""Replies that are about a questionnaire: words around it, and its own words as they are."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cache
from importlib import resources

from qingting.companion.instruments.conversation import Asking, instrument_of, item_of
from qingting.companion.instruments.instrument import Instrument
from qingting.companion.instruments.shelf import screening
from qingting.companion.person import Language
from qingting.companion.plan.questions import QUESTIONS, is_about_questions
from qingting.companion.words.bank import ContentError, bank, read_toml
from qingting.companion.work import Work

__all__ = ["Verbatim", "is_about_questions", "questions"]

log = logging.getLogger(__name__)

# The lists whose lines are said in a part of it.
_LISTS: Mapping[str, tuple[str, ...]] = {
    "begin": ("begin", "whose", "how"),
    "offer": ("offer", "whose", "ready"),
    "how": ("how",),
    "resume": ("resume",),
    "again": ("again",),
    "stopped": ("stopped", "later"),
    "dropped": ("dropped",),
    "none": ("none",),
    "which": ("which",),
    "done": ("done", "where"),
    "gaps": ("gaps", "fill"),
}
# Those that say something else where nothing is kept.
_UNKEPT = ("whose", "later", "where", "fill")
# Parts after which the first words of the questionnaire itself stand.
_STEMMED = ("begin", "how", "resume")


class Verbatim(str):
    """Words of a questionnaire: told in the characters they are written in."""

    __slots__ = ()


def questions(work: Work, *, kept: bool) -> tuple[str, ...]:
    """The pieces of a reply: our words, then the questionnaire's. kept: whether the answers
    stay."""
    part = (work.plan.small or "").removeprefix(QUESTIONS)
    asking = work.asking
    language = asking.language if asking is not None else work.language
    pieces = _ours(work, part, language, asking, kept=kept)
    if asking is not None and asking.asked:
        if part in _STEMMED:
            pieces.append(Verbatim(_stem(asking)))
        pieces.append(Verbatim(_item(asking)))
    if part in ("done", "gaps"):
        pieces.append(_screening(language))
    told = [piece for piece in pieces if piece]
    return tuple(_parted(piece, last=piece is told[-1]) for piece in told)


def _parted(piece: str, *, last: bool) -> str:
    """A piece with an empty line after it, unless it is the last."""
    if last:
        return piece
    parted = f"{piece}\n\n"
    return Verbatim(parted) if isinstance(piece, Verbatim) else parted


def _ours(
    work: Work, part: str, language: Language, asking: Asking | None, *, kept: bool
) -> list[str]:
    chooser = work.chooser
    instrument = instrument_of(asking) if asking is not None else None
    if instrument is not None:
        name = _name(instrument, language)
        count = str(len(instrument.items))
        chooser.slots = {**chooser.slots, "list": name, "count": count}
    said: list[str] = []
    for one in _LISTS.get(part, ()):
        unkept = not kept and one in _UNKEPT
        lines = bank(language).lines("moves", "questions", f"{one}_unkept" if unkept else one)
        words = chooser.choose(lines) or chooser.anew(lines)
        if words is not None:
            said.append(words)
    glue = "" if language == "zh" else " "
    return [glue.join(said)]


def _stem(asking: Asking) -> str:
    instrument = instrument_of(asking)
    return instrument.wordings[asking.language].stem if instrument is not None else ""


def _item(asking: Asking) -> str:
    """The item as it is, its answers numbered by what they count."""
    instrument, item = instrument_of(asking), item_of(asking)
    if instrument is None or item is None:
        return ""
    wording = instrument.wordings[asking.language]
    options = wording.options[item.key]
    listed = [f"{option.value}. {options[option.value]}" for option in item.options]
    return "\n".join([f"{_place(instrument, asking)}{wording.items[item.key]}", *listed])


def _place(instrument: Instrument, asking: Asking) -> str:
    """Which of how many; nothing where some are only asked after others."""
    if any(item.only_if for item in instrument.items):
        return ""
    keys = [item.key for item in instrument.items]
    return f"{keys.index(asking.item) + 1}/{len(keys)}  "


def _screening(language: Language) -> str:
    try:
        return screening(language)
    except (ContentError, KeyError) as error:
        log.error("the sentence of screening cannot be read: %s", type(error).__name__)
        return ""


def _name(instrument: Instrument, language: Language) -> str:
    words = _names(language).get(instrument.key)
    return words["name"] if words is not None else instrument.wordings[language].title


@cache
def _names(language: Language) -> Mapping[str, Mapping[str, str]]:
    try:
        return read_toml(resources.files("qingting.content") / language / "questions.toml")
    except ContentError:
        return {}
