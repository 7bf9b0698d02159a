"""What a piece asks of us that was learned to be a wish about how to be talked to."""

from __future__ import annotations

from typing import Final, NamedTuple

from qingting.companion.remember.filling import about_of, filled, said_back, slots_of, value_of
from qingting.companion.remember.item import OWN_WORDS
from qingting.companion.remember.patterns import Patterns
from qingting.companion.remember.placing import seen

_LONGEST_ABOUT: Final = 40


class Wished(NamedTuple):
    """What the wish is about, as patterns have it ("short", "avoid/dad"), what the page says of it,
    and the bare word it is about, if any."""

    about: str
    says: str
    value: str


def wished(text: str, note: str, known: Patterns) -> Wished:
    """The wish of a piece. note: the piece as said back to the person."""
    for wish in () if seen(known.turned_round, text) else known.wishes:
        match = wish.find.search(text)
        if match is None or seen(wish.unless, text):
            continue
        slots = {"note": note, **slots_of(match, known)}
        about = about_of(filled(wish.about, slots), known)
        says = filled(wish.says, {"note": note, **said_back(slots, known)})
        if about and says:
            return Wished(about, says, value_of(slots, known))
    return Wished(f"{OWN_WORDS}/{note.casefold()}"[:_LONGEST_ABOUT], note, "")
