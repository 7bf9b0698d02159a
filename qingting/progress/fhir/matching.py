"""Which of our questionnaires an answered one is, and which answer each of its items has: by our
own names, or by codes of LOINC. Total over any JSON: what does not fit is told, and nothing is
guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from qingting.companion.instruments.instrument import Instrument, Item
from qingting.companion.instruments.scoring import BadAnswer, checked
from qingting.companion.person import Language
from qingting.progress.fhir import codes
from qingting.progress.fhir.checking import Path

Why = Literal["unknown_item", "answer", "answers", "answered_twice", "disagree"]

# What stands beside the questions of a form and is not asked here: how difficult it all made life.
_PASSED_OVER: Final = frozenset({"69722-7"})
_LANGUAGES: Final[Mapping[str, Language]] = {"zh": "zh", "en": "en"}
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_FIGURES: Final = 3


@dataclass(frozen=True, slots=True)
class Misfit:
    """An answer that does not fit. path: where, in the resource."""

    path: Path
    why: Why


@dataclass(frozen=True, slots=True)
class Matched:
    """One that was recognised. values: the answers that fit. misfits: the others. language: as it
    says or shows, None where it does neither."""

    instrument: Instrument
    values: Mapping[str, int]
    misfits: tuple[Misfit, ...]
    language: Language | None


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A question that has answers. codes: what its linkId may mean in LOINC."""

    path: Path
    link: str
    codes: frozenset[str]
    answers: list[Any]


def matched(
    response: Mapping[str, Any],
    shelf: Mapping[str, Instrument],
    forms: Mapping[str, Mapping[str, Any]],
) -> Matched | None:
    """What is answered in it; None for a questionnaire that we do not know. forms: questionnaires
    that came along, by address."""
    said = response.get("questionnaire")
    where = said.partition("|")[0] if isinstance(said, str) else ""
    form = forms.get(where, {})
    leaves = list(_leaves(response, _codes_by_link(form)))
    own = where.startswith(codes.QUESTIONNAIRE)
    if own:
        key = where.removeprefix(codes.QUESTIONNAIRE).partition(":")[0]
        instrument = shelf.get(key)
    else:
        instrument = _by_panel(where, form, shelf) or _by_items(leaves, shelf)
    if instrument is None:
        return None
    values: dict[str, int] = {}
    misfits: list[Misfit] = []
    for leaf in leaves:
        _take(leaf, instrument, values, misfits, own=own)
    return Matched(instrument, values, tuple(misfits), _language(response, where, own=own))


def _take(
    leaf: _Leaf,
    instrument: Instrument,
    values: dict[str, int],
    misfits: list[Misfit],
    *,
    own: bool,
) -> None:
    """Put one answer where it belongs."""
    item = _item_of(leaf, instrument, own=own)
    if item is None:
        beside = _PASSED_OVER | {code for code in (instrument.total, instrument.panel) if code}
        if not leaf.codes & beside:
            misfits.append(Misfit((*leaf.path, "linkId"), "unknown_item"))
        return
    if item.key in values:
        misfits.append(Misfit((*leaf.path, "linkId"), "answered_twice"))
        return
    value = _value(leaf, instrument, item)
    if isinstance(value, Misfit):
        misfits.append(value)
    else:
        values[item.key] = value


def _item_of(leaf: _Leaf, instrument: Instrument, *, own: bool) -> Item | None:
    return next(
        (
            item
            for item in instrument.items
            if (own and item.key == leaf.link) or (item.code and item.code in leaf.codes)
        ),
        None,
    )


def _value(leaf: _Leaf, instrument: Instrument, item: Item) -> int | Misfit:
    path: Path = (*leaf.path, "answer")
    if len(leaf.answers) != 1:
        return Misfit(path, "answers")
    path, answer = (*path, 0), leaf.answers[0]
    names = [one for one in answer if one.startswith("value")] if isinstance(answer, dict) else []
    if len(names) != 1:
        return Misfit(path, "answers")
    path, said = (*path, names[0]), answer[names[0]]
    found = _coded(said, path, item) if names[0] == "valueCoding" else _number(said)
    if isinstance(found, Misfit):
        return found
    try:
        return checked(instrument, {item.key: found})[item.key]
    except BadAnswer:
        return Misfit(path, "answer")


def _coded(coding: Any, path: Path, item: Item) -> int | Misfit | None:
    """The number that a coded answer counts: by its code, or by the number beside it; where both
    are there they must agree."""
    if not isinstance(coding, dict):
        return Misfit(path, "answer")
    system, code = coding.get("system"), coding.get("code")
    by_code: int | None = None
    known = False
    if system == codes.LOINC:
        known = True
        by_code = next((one.value for one in item.options if one.code and one.code == code), None)
    elif isinstance(system, str) and system.startswith(codes.ANSWER):
        known = True
        if isinstance(code, str) and len(code) <= _FIGURES and code.isascii() and code.isdecimal():
            by_code = int(code)
    if known and by_code is None:
        return Misfit((*path, "code"), "answer")
    beside = _ordinal(coding)
    if by_code is not None and beside is not None and by_code != beside:
        return Misfit(path, "disagree")
    return by_code if by_code is not None else beside


def _ordinal(coding: Mapping[str, Any]) -> int | None:
    extensions = coding.get("extension")
    for one in extensions if isinstance(extensions, list) else []:
        if isinstance(one, dict) and one.get("url") == codes.ORDINAL:
            return _number(one.get("valueDecimal"))
    return None


def _number(said: Any) -> int | None:
    """A whole number, also where it is written with a fraction of nothing."""
    if type(said) is int:
        return said
    return int(said) if type(said) is float and said.is_integer() else None


def _leaves(response: Mapping[str, Any], by_link: Mapping[str, frozenset[str]]) -> Iterator[_Leaf]:
    """Every item with an answer, wherever it lies, in order."""
    waiting: list[tuple[Path, Any]] = [((), response)]
    while waiting:
        path, here = waiting.pop()
        if not isinstance(here, dict):
            continue
        answers = here.get("answer")
        inner = _listed(here, "item", path)
        if isinstance(answers, list) and answers:
            link = here.get("linkId")
            link = link if isinstance(link, str) else ""
            meant = {link.rsplit("/", 1)[-1]} | by_link.get(link, frozenset())
            yield _Leaf(path, link, frozenset(meant), answers)
            for place, one in _listed(here, "answer", path):
                inner += _listed(one, "item", place) if isinstance(one, dict) else []
        waiting.extend(reversed(inner))


def _listed(here: Mapping[str, Any], name: str, path: Path) -> list[tuple[Path, Any]]:
    found = here.get(name)
    if not isinstance(found, list):
        return []
    return [((*path, name, number), one) for number, one in enumerate(found)]


def _codes_by_link(form: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """What the questions of a questionnaire that came along are called in LOINC."""
    found: dict[str, frozenset[str]] = {}
    waiting = [one for _path, one in _listed(form, "item", ())]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, dict):
            continue
        link = one.get("linkId")
        if isinstance(link, str):
            found[link] = _loinc_of(one)
        waiting.extend(inner for _path, inner in _listed(one, "item", ()))
    return found


def _loinc_of(thing: Mapping[str, Any]) -> frozenset[str]:
    codings = [one for _path, one in _listed(thing, "code", ()) if isinstance(one, dict)]
    named = (one.get("code") for one in codings if one.get("system") == codes.LOINC)
    return frozenset(one for one in named if isinstance(one, str))


def _by_panel(
    where: str, form: Mapping[str, Any], shelf: Mapping[str, Instrument]
) -> Instrument | None:
    """By the code of the whole, in its address or on the questionnaire that came along."""
    named = {*re.split(r"[/:#?=]", where), *_loinc_of(form)}
    return next((one for one in shelf.values() if one.panel and one.panel in named), None)


def _by_items(leaves: list[_Leaf], shelf: Mapping[str, Instrument]) -> Instrument | None:
    """By its questions: those of one questionnaire, all of them and no other's. Two short ones
    share questions with a long one, so less than all tells nothing."""
    every = {item.code for one in shelf.values() for item in one.items if item.code}
    answered = {code for leaf in leaves for code in leaf.codes} & every
    found = [
        one for one in shelf.values() if answered and {item.code for item in one.items} == answered
    ]
    return found[0] if len(found) == 1 else None


def _language(response: Mapping[str, Any], where: str, *, own: bool) -> Language | None:
    told = response.get("language")
    for tag in (where.rpartition(":")[2] if own else "", told if isinstance(told, str) else ""):
        if tag[:2].lower() in _LANGUAGES:
            return _LANGUAGES[tag[:2].lower()]
    waiting: list[Any] = [response.get("item")]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str) and _HAN.search(one):
            return "zh"
        waiting.extend(one.values() if isinstance(one, dict) else ())
        waiting.extend(one if isinstance(one, list) else ())
    return None
