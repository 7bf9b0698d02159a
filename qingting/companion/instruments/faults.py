"""What is wrong with an instrument that could be read: words that are missing, a licence left open,
a code that nobody verified, scores that do not add up. Pure; the shelf refuses it, the content
linter tells it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from qingting.companion.instruments.instrument import Instrument, Item, Wording
from qingting.companion.instruments.loinc import VERIFIED
from qingting.companion.instruments.scoring import score_range
from qingting.companion.person import Language

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. code: of its words in content_check/findings.toml. at: the place in the file.
    values: what fills the gaps of its words."""

    code: str
    at: Place
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        told = " ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.code} at {'.'.join(map(str, self.at))} {told}".rstrip()


def faults(instrument: Instrument) -> Iterator[Fault]:
    """Every fault of an instrument."""
    yield from _items(instrument)
    yield from _scores(instrument)
    yield from _codes(instrument)
    for language, wording in instrument.wordings.items():
        yield from _words(instrument, language, wording)
        yield from _licence(language, wording)


def has_text(wording: Wording) -> bool:
    """Whether there is something to ask in this language."""
    return wording.status != "none"


def _items(instrument: Instrument) -> Iterator[Fault]:
    before: dict[str, Item] = {}
    for number, item in enumerate(instrument.items):
        at = ("item", number)
        values = [option.value for option in item.options]
        if item.key in before:
            yield Fault("item_twice", at, {"item": item.key})
        if len(values) < 2 or values != sorted(set(values)):
            yield Fault("answers_order", ("answers", item.answers), {"answers": item.answers})
        if item.danger_from is not None and item.danger_from not in values:
            yield Fault("danger_unreached", at, {"item": item.key, "value": str(item.danger_from)})
        for other in item.only_if:
            if other not in before or before[other].danger_from is None:
                yield Fault("only_if_unknown", at, {"item": item.key, "other": other})
        before[item.key] = item


def _scores(instrument: Instrument) -> Iterator[Fault]:
    keys = {item.key for item in instrument.items if item.scored}
    for name, members in instrument.subscales.items():
        for key in members:
            if key not in keys:
                yield Fault("subscale_unknown", ("subscales", name), {"name": name, "item": key})
    least, most = score_range(instrument)
    bands = instrument.bands
    if bands and (bands[0].least != least or bands[-1].most != most or _gaps(instrument)):
        yield Fault("bands_gap", ("band",), {"least": str(least), "most": str(most)})
    for name in ("cutoff", "teen_cutoff", "change"):
        value = getattr(instrument, name)
        lowest = 1 if name == "change" else least
        if value is not None and not (keys and lowest <= value <= most):
            span = {"name": name, "value": str(value), "least": str(lowest), "most": str(most)}
            yield Fault("score_outside", (name,), span)
    if not keys and all(item.danger_from is None for item in instrument.items):
        yield Fault("counts_nothing", ("item",))


def _gaps(instrument: Instrument) -> bool:
    """Whether a score that there can be is in no band, or in two, or a band is turned round."""
    step = instrument.multiplier
    bands = instrument.bands
    return any(band.least > band.most for band in bands) or any(
        not band.most < after.least <= band.most + step for band, after in pairwise(bands)
    )


def _codes(instrument: Instrument) -> Iterator[Fault]:
    for name in ("panel", "total"):
        if code := getattr(instrument, name):
            yield from _code(code, (name,))
    for number, item in enumerate(instrument.items):
        if item.code:
            yield from _code(item.code, ("item", number, "code"))
    for item in {one.answers: one for one in instrument.items}.values():
        for option in item.options:
            if option.code:
                yield from _code(option.code, ("answers", item.answers, "codes"))


def _code(code: str, at: Place) -> Iterator[Fault]:
    if code not in VERIFIED:
        yield Fault("code_unverified", at, {"loinc": code})


def _words(instrument: Instrument, language: Language, wording: Wording) -> Iterator[Fault]:
    at: Place = ("wording", language)
    if not wording.title.strip():
        yield Fault("wording_lacks", at, {"field": "title"})
    if not has_text(wording):
        if wording.items or wording.options:
            yield Fault("text_without_status", (*at, "status"))
        return
    whole = all(text.rstrip().endswith(("?", "？")) for text in wording.items.values())
    if not wording.stem.strip() and not whole:
        yield Fault("wording_lacks", at, {"field": "stem"})
    for key in wording.items.keys() - {item.key for item in instrument.items}:
        yield Fault("words_unused", (*at, "items", key), {"name": key})
    for item in instrument.items:
        if not wording.items.get(item.key, "").strip():
            yield Fault("item_unsaid", (*at, "items"), {"item": item.key})
        yield from _answers(item, wording, at)


def _answers(item: Item, wording: Wording, at: Place) -> Iterator[Fault]:
    said = wording.options.get(item.key, {})
    values = [option.value for option in item.options]
    for value in values:
        if not said.get(value, "").strip():
            told = {"item": item.key, "value": str(value)}
            yield Fault("answer_unsaid", (*at, "answers", item.answers), told)
    for value in said.keys() - set(values):
        where = (*at, "answers", item.answers, str(value))
        yield Fault("words_unused", where, {"name": f"{item.answers}.{value}"})


def _licence(language: Language, wording: Wording) -> Iterator[Fault]:
    at: Place = ("wording", language, "licence")
    licence = wording.licence
    for name in ("holder", "terms"):
        if not getattr(licence, name).strip():
            yield Fault("licence_open", at, {"field": name})
    if not has_text(wording):
        return
    if not licence.attribution.strip():
        yield Fault("licence_open", at, {"field": "attribution"})
    if wording.status in ("official", "operator") and licence.verified_on is None:
        yield Fault("licence_open", at, {"field": "verified_on"})
    if not wording.by and licence.status in ("operator_only", "no"):
        yield Fault("may_not_ship", at, {"status": licence.status})
