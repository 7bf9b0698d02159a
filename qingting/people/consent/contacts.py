"""Somebody to call in an emergency, not always a parent, and the exact words they would hear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class NamedContact:
    """As the person wrote it.

    id: known by it in a consent; another one for somebody else. reach: a number, an address, a
    handle. when: their own words about when to call. say: what to say. called: what the person is
    called by this contact; never_tell: who must never be told.
    """

    id: str
    name: str
    reach: str
    relation: str = ""
    called: str = ""
    when: str = ""
    say: str = ""
    never_tell: str = ""

    def known_as(self, before: NamedContact | None) -> NamedContact:
        """The same with an id: that of before, if it is the same person, reached the same way."""
        same = before is not None and (before.name, before.reach) == (self.name, self.reach)
        return replace(self, id=before.id if before is not None and same else uuid4().hex)

    def message(self) -> list[str]:
        """The exact text that would be sent, line by line. What the person wrote for it, and what
        to do; there is no way for a talk, a score or anything else of theirs to get into it."""
        who = self.called or _("Somebody who wrote you down for emergencies")
        lines = [
            _("Hello %(name)s. %(who)s may be in danger now and had named you for such a time.")
            % {"name": self.name, "who": who},
            _("Please call them or go to them, and stay. If you cannot, call emergency services."),
        ]
        if self.say:
            lines.append(_("They wanted you to know: %(words)s") % {"words": self.say})
        if self.never_tell:
            lines.append(_("Please do not tell: %(who)s") % {"who": self.never_tell})
        return lines


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
