"""What is remembered: items of a ledger, each resting on words the person wrote.

Nothing is ever changed silently: an item that turns out otherwise is superseded by a newer one and
stays in the history until it is forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from qingting.companion.person import Language

Kind = Literal["person", "event", "goal", "preference", "helped", "trigger", "strength"]
KINDS: Final[tuple[Kind, ...]] = (
    "preference",
    "person",
    "event",
    "goal",
    "helped",
    "trigger",
    "strength",
)
# What a preference is about that is none of those we know how to follow: it is noted in their own
# words and shown on their page. No model is told it: a wish may ask for harm, in any later talk.
OWN_WORDS: Final = "wish"
# Ways to be talked to of which only one can hold. The restriction, said later, takes the other's
# place; the other way round only words that mean always do ("replaces" of a pattern): to ask for
# advice once is no wish for it.
OPPOSITE: Final[Mapping[str, str]] = {"short": "long", "no_advice": "advice"}
# What never to call somebody: "not_called/champ".
NOT_CALLED: Final = "not_called"
Standing = Literal["held", "superseded"]

# How sure one hearing makes us, what each further hearing adds, and the most that hearing makes.
# Only the person's own correction is certain (1.0).
HEARD_ONCE: Final = 0.7
HEARD_AGAIN: Final = 0.1
MOST_HEARD: Final = 0.95
CERTAIN: Final = 1.0


@dataclass(frozen=True, slots=True)
class Found:
    """Something worth keeping, found in one message.

    about: what it is about, the same for what contradicts it ("弟弟/name", "interview"). says: the
    note as the person's page shows it. quote: the words it rests on, verbatim in the message;
    start, end: where they stand in it. on, until: the days of an event, first and last. replaces:
    another `about` this takes the place of ("哥哥/name"), None for its own alone. gone: it is no
    longer so, and nothing takes its place. sensitive: about health, body, sex, faith or the law.
    value: the bare word a note is about, where one is used as it is (what to call somebody).
    """

    kind: Kind
    about: str
    says: str
    quote: str
    start: int
    end: int
    language: Language
    on: date | None = None
    until: date | None = None
    confidence: float = HEARD_ONCE
    sensitive: bool = False
    replaces: str | None = None
    gone: bool = False
    value: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an item was heard: the turn, and the place of its words in the message of that turn."""

    turn: str
    start: int
    end: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """One thing remembered.

    id: 32 hex digits. confidence: in (0, 1]. local_only: never goes to a hosted model. expires: the
    day after which it is not recalled, None for never. supersedes: id of the item whose place it
    took. corrected: the person wrote `says` themselves. sources: every place it was heard in,
    oldest first.
    """

    id: str
    kind: Kind
    about: str
    says: str
    quote: str
    language: Language
    sources: tuple[Source, ...]
    confidence: float = HEARD_ONCE
    on: date | None = None
    until: date | None = None
    sensitive: bool = False
    local_only: bool = False
    expires: date | None = None
    supersedes: str | None = None
    corrected: bool = False
    value: str = ""
    standing: Standing = "held"

    @property
    def said_at(self) -> datetime:
        """When it was last heard."""
        return self.sources[-1].at

    @property
    def first_said_at(self) -> datetime:
        """When it was first heard."""
        return self.sources[0].at

    def is_current(self, today: date) -> bool:
        """Whether it may come to mind on that day: held, and not past its last day."""
        return self.standing == "held" and (self.expires is None or today <= self.expires)
