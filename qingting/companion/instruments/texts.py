"""Texts that an installation brings itself: for a questionnaire that ships without one because its
owner asks to be asked, or in place of a wording that nobody has compared with the original; and its
word that a shipped wording was compared. Nothing here changes how a score is made.
docs/instruments.md has an example of both files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from qingting.companion.instruments.faults import faults
from qingting.companion.instruments.instrument import Instrument, TextStatus, Wording
from qingting.companion.instruments.reading import LANGUAGES, options_of, words_of
from qingting.companion.instruments.table import Table
from qingting.companion.person import Language

SUPPLIES: Final = (
    *("instrument", "language", "status", "by", "on", "title", "stem", "items", "answers"),
    *("terms", "attribution"),
)
CONFIRMS: Final = ("instrument", "language", "confirms", "by", "on")
# What somebody may say of a text: put in as we were given it, or compared with the owner's file.
_SAID: Final[tuple[TextStatus, ...]] = ("operator", "official")
_SHORT: Final = 12


def fingerprint(wording: Wording) -> str:
    """Twelve letters and figures that stand for these very words, so that a confirmation of one
    wording is never taken for that of another."""
    said = [
        wording.title,
        wording.stem,
        sorted(wording.items.items()),
        sorted((key, sorted(by_value.items())) for key, by_value in wording.options.items()),
    ]
    whole = json.dumps(said, ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()[:_SHORT]


def with_text(shelf: Mapping[str, Instrument], data: Mapping[str, Any]) -> Instrument:
    """The instrument that a file of an operator's is about, with what the file brings. Raises
    InstrumentError for a file that cannot be used."""
    top = Table(data)
    key = top.text("instrument")
    if key not in shelf:
        raise top.fail(f"there is no instrument {key!r}; there are {', '.join(shelf)}")
    instrument = shelf[key]
    language = top.choice("language", LANGUAGES)
    shipped = instrument.wordings.get(language)
    if shipped is None:
        raise top.fail(f"{key} is not prepared for {language}")
    bring = _confirmed if "confirms" in data else _supplied
    return _with(instrument, language, bring(top, instrument, shipped))


def _confirmed(top: Table, instrument: Instrument, shipped: Wording) -> Wording:
    top.only(CONFIRMS)
    if shipped.status != "unverified":
        raise top.fail(f"{instrument.key} has no text that waits to be confirmed in this language")
    if top.text("confirms") != fingerprint(shipped):
        raise top.fail(
            f"confirms {top.text('confirms')!r}, but the text here is {fingerprint(shipped)!r}: "
            "compare it again"
        )
    return _signed(top, replace(shipped, status="official"))


def _supplied(top: Table, instrument: Instrument, shipped: Wording) -> Wording:
    top.only(SUPPLIES)
    if shipped.status not in ("none", "unverified"):
        raise top.fail(f"{instrument.key} has its text in this language; it is not replaced")
    if shipped.licence.status == "no":
        raise top.fail(f"{instrument.key}: its owner lets nobody put it here")
    licence = replace(
        shipped.licence,
        terms=top.text("terms", shipped.licence.terms),
        attribution=top.text("attribution", shipped.licence.attribution),
    )
    return _signed(
        top,
        Wording(
            title=top.text("title", shipped.title),
            stem=top.text("stem", ""),
            items=words_of(top),
            options=options_of(top, instrument.items),
            status=top.choice("status", _SAID),
            licence=licence,
        ),
    )


def _signed(top: Table, wording: Wording) -> Wording:
    by = top.text("by").strip()
    if not by:
        raise top.fail("by must say who supplied or compared the text")
    licence = replace(wording.licence, verified_on=top.day("on"))
    return replace(wording, by=by, licence=licence)


def _with(instrument: Instrument, language: Language, wording: Wording) -> Instrument:
    changed = replace(instrument, wordings={**instrument.wordings, language: wording})
    found = [str(one) for one in faults(changed)]
    if found:
        raise Table({}).fail("; ".join(found))
    return changed
