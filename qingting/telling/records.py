"""The sealed part of a telling, and what is shown of one."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from qingting.companion.person import Person as Reader
from qingting.companion.protect.told_words import Letter
from qingting.privacy.sealing import PersonSeal, Place
from qingting.telling.models import State, Telling

TABLE: Final = "telling_telling"


@dataclass(frozen=True, slots=True)
class Record:
    """evidence: what it rests on, "asked" where they asked for it themselves. level: high or
    imminent. locale: of the person, for the letters that follow. name: of whom it goes to now.
    tried: ids of those it went to before. went: whether any letter left."""

    evidence: str
    level: str
    locale: str
    name: str
    tried: tuple[str, ...] = ()
    went: bool = False

    @property
    def reader(self) -> Reader:
        """Whose language and characters the letters are in."""
        return Reader(locale=self.locale)

    @property
    def rank(self) -> int:
        """How grave it was: an act before anything imminent, and that before the rest."""
        return 2 if self.evidence == "act" else int(self.level == "imminent")

    def next_to(self, name: str, before: str) -> Record:
        """The same for the one after `before`."""
        return replace(self, name=name, tried=(*self.tried, before))


@dataclass(frozen=True, slots=True)
class Shown:
    """A telling as its person sees it. left: how long it can still be stopped."""

    id: UUID
    state: State
    why: str
    name: str
    letter: Letter | None
    goes_at: datetime
    left: timedelta
    ended_at: datetime | None
    answer_by: datetime | None

    @property
    def minutes(self) -> int:
        """Whole minutes left, at least one while there is any time."""
        return max(1, -(-int(self.left.total_seconds()) // 60)) if self.left else 0


def sealed(record: Record, seal: PersonSeal, row: UUID) -> bytes:
    """As it is stored."""
    return seal.seal_json(asdict(record), Place(TABLE, "body", row))


def opened(row: Telling, seal: PersonSeal) -> Record:
    """As it was stored. Raises Unreadable."""
    data: dict[str, Any] = seal.open_json(row.body, Place(TABLE, "body", row.pk))
    known = {key: value for key, value in data.items() if key in Record.__dataclass_fields__}
    return Record(**{**known, "tried": tuple(known.get("tried", ()))})


def new_code() -> str:
    """What stands in the link of a letter: 128 random bits."""
    return secrets.token_urlsafe(16)


def hashed(code: str) -> bytes:
    """What is kept of a code."""
    return hashlib.sha256(code.encode()).digest()
