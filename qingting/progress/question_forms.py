"""What the form of a questionnaire sends: read with care, since anybody can send anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID, uuid4

from django.http import QueryDict

from qingting.companion.instruments.instrument import Instrument
from qingting.companion.instruments.scoring import BadAnswer, checked

Press = Literal["done", "next", "back", "later"]
_PRESSES: Final[tuple[Press, ...]] = ("done", "next", "back", "later")
# Fields of answers begin so; what follows is the key of an item.
ANSWER: Final = "a-"


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it came. which: the id it carries, or a new one. values: the answers that there
    are; unread: whether something else came that is no answer. one: the item of a page with one
    question, "" on the page of all of them."""

    which: UUID
    values: Mapping[str, int]
    unread: bool
    press: Press
    one: str


def filled(instrument: Instrument, form: QueryDict) -> Filled:
    """Read a form."""
    values: dict[str, int] = {}
    unread = False
    for name in form:
        if not name.startswith(ANSWER):
            continue
        try:
            values |= checked(instrument, {name.removeprefix(ANSWER): form.get(name, "")})
        except BadAnswer:
            unread = True
    keys = {item.key for item in instrument.items}
    return Filled(
        which=_uuid(form.get("which", "")),
        values=values,
        unread=unread,
        press=next((one for one in _PRESSES if one in form), "later"),
        one=form.get("one", "") if form.get("one", "") in keys else "",
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
