"""Somebody to call in an emergency, not always a parent, and the exact words they would hear."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from qingting.companion.person import Language
from qingting.companion.protect.told_words import Letter, letter_to

# Numbers as people write them, an address, or a handle; a lone word like "mum" reaches nobody.
_REACH: Final = re.compile(
    r"(?:\+?[\d\s().-]{3,24}|\S+@\S+\.\S+|\S*\w\S*[\s:：]\s*\S+|@\S{2,}|\w*[\d_.-]\S+)"
)


@dataclass(frozen=True, slots=True)
class NamedContact:
    """As the person wrote it.

    id: known by it in a consent; another one for somebody else. reach: a number, an address, a
    handle. mail: where a letter reaches them, if it is not in reach. when: their own words about
    when to call. say: what to say. called: what the person is called by this contact; never_tell:
    who must never be told.
    """

    id: str
    name: str
    reach: str
    relation: str = ""
    called: str = ""
    when: str = ""
    say: str = ""
    never_tell: str = ""
    mail: str = ""

    def known_as(self, before: NamedContact | None) -> NamedContact:
        """The same with an id: that of before, if it is the same person, reached the same way."""
        same = before is not None and (
            (before.name, before.reach, before.mail) == (self.name, self.reach, self.mail)
        )
        return replace(self, id=before.id if before is not None and same else uuid4().hex)

    @property
    def address(self) -> str:
        """Where a letter reaches them; "" where none can."""
        return next((one for one in (self.mail, *self.reach.split()) if _is_address(one)), "")

    def letter(self, language: Language, link: str) -> Letter:
        """The exact text that would be sent. link: where they answer."""
        return letter_to(
            "letter",
            language,
            name=self.name,
            who=self.called,
            say=self.say,
            never_tell=self.never_tell,
            link=link,
        )


def reaches(text: str) -> bool:
    """Whether it could be dialled or written to; lightly."""
    return _REACH.fullmatch(text) is not None


def dumped(contact: NamedContact) -> dict[str, str]:
    """As it is sealed."""
    return asdict(contact)


def loaded(data: Mapping[str, Any]) -> NamedContact:
    """As it was sealed; fields that a newer version wrote are left out."""
    known = NamedContact.__dataclass_fields__
    return NamedContact(**{key: str(value) for key, value in data.items() if key in known})


def joined(theirs: Any, mine: Any | None) -> Any:
    """Of a guest's and the account's own one: the account's stays, and whoever must never be told
    in either is never told."""
    if mine is None:
        return theirs
    both = dict.fromkeys(one for one in (mine["never_tell"], theirs["never_tell"]) if one)
    return {**mine, "never_tell": "; ".join(both)}


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
