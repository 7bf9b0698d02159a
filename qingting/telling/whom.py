"""Who could be told, in the order in which they are asked: whoever the person wrote down, then
guardians who left an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qingting.companion.person import Person as Reader
from qingting.companion.protect.told_words import Letter, To, letter_to
from qingting.companion.protect.who_is_told import Somebody, must_never_know, named_as
from qingting.companion.words.script import in_script
from qingting.people.consent import service as consents
from qingting.people.consent.contacts import NamedContact
from qingting.people.consent.service import Answering
from qingting.telling.models import Telling, Why


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be told. id: random, of the contact or of the guardian's yes. facts: what
    the decision rests on. who, say, never_tell: what the person wrote for a letter."""

    id: str
    to: To
    name: str
    address: str
    facts: Somebody
    who: str = ""
    say: str = ""
    never_tell: str = ""

    def letter(self, reader: Reader, link: str) -> Letter:
        """The letter in the language and the characters that the person reads."""
        letter = letter_to(
            self.to,
            reader.language,
            name=self.name,
            who=self.who,
            say=self.say,
            never_tell=self.never_tell,
            link=link,
        )
        return Letter(
            in_script(letter.subject, reader), tuple(in_script(one, reader) for one in letter.lines)
        )


def candidates(person: UUID, now: datetime) -> list[Candidate]:
    """Everybody there is. Raises StorageError, DatabaseError."""
    parts = consents.current()
    contact = parts.contact_of(person)
    refused = _refused(person)
    never = contact.never_tell if contact is not None else ""
    found = []
    if contact is not None:
        agreed = consents.contact_to_tell(person, now) is not None
        found.append(_named(contact, agreed=agreed, never=contact.id in refused))
    guardians = parts.guardians_of(person)
    return found + [_guardian(one, never, refused=one.id.hex in refused) for one in guardians]


def _named(contact: NamedContact, *, agreed: bool, never: bool) -> Candidate:
    return Candidate(
        id=contact.id,
        to="letter",
        name=contact.name,
        address=contact.address,
        facts=Somebody(
            roles=named_as(contact.name, contact.relation),
            agreed=agreed,
            reachable=bool(contact.address),
            never=never or must_never_know(contact.name, contact.relation, contact.never_tell),
        ),
        who=contact.called,
        say=contact.say,
        never_tell=contact.never_tell,
    )


def _guardian(one: Answering, never_tell: str, *, refused: bool) -> Candidate:
    return Candidate(
        id=one.id.hex,
        to="guardian",
        name=one.name,
        address=one.mail,
        facts=Somebody(
            # A guardian of whom nothing is known lives with whoever lives at home.
            roles=named_as(one.name, one.relation) or frozenset({"parent"}),
            agreed=one.is_alerted,
            reachable=bool(one.mail),
            never=refused or must_never_know(one.name, one.relation, never_tell),
        ),
    )


def _refused(person: UUID) -> frozenset[str]:
    """Whom they said must not be told, when a letter to them was shown."""
    rows = Telling.objects.filter(person_id=person, why=Why.NOT_THEM)
    return frozenset(rows.values_list("whom", flat=True))
