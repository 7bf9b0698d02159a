"""Consents, ages, guardians and emergency contacts at work in one process."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction

from qingting.people.consent import grants
from qingting.people.consent.ages import AgeRules, Band
from qingting.people.consent.contacts import NamedContact, dumped, loaded
from qingting.people.consent.models import Age, Contact, Guardian, GuardianCode
from qingting.people.consent.vocabulary import What
from qingting.privacy.audit import Action, By, record
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import Place

CODE_LASTS: Final = timedelta(hours=72)
_OF_GUARDIANS: Final = (What.GUARDIAN_SEES_USAGE, What.GUARDIAN_IS_ALERTED)
# (person, since) -> minutes of use by day, days without any left out.
Usage = Callable[[UUID, datetime], dict[date, int]]


@dataclass(frozen=True, slots=True)
class Answering:
    """A guardian who agreed, as pages show them."""

    id: UUID
    name: str
    relation: str
    agreed_at: datetime
    sees_usage: bool
    is_alerted: bool
    mail: str = ""


class Consents:
    """See the module. model_host: of the hosted model people may be asked about; "" for none.
    rules: tells those of the place of this installation."""

    def __init__(
        self,
        keyring: Keyring,
        clock: Callable[[], datetime],
        *,
        model_host: str,
        rules: Callable[[], AgeRules],
        usage: Usage,
    ) -> None:
        self.keyring = keyring
        self.clock = clock
        self.model_host = model_host
        self._rules = rules
        self.usage = usage

    @property
    def rules(self) -> AgeRules:
        """What the place asks today: a law begins on its day, while a server runs."""
        return self._rules()

    def model_agreed(self, person: UUID) -> bool:
        """Whether this person's words may go to the hosted model there is."""
        if not self.model_host:
            return False
        now = self.clock()
        return grants.holds(person, What.HOSTED_MODEL, self.model_host, now=now) is not None

    def age_of(self, person: UUID) -> Band | None:
        """What they said; None when they were not asked. Raises KeyMissing, Unreadable."""
        row = Age.objects.filter(person_id=person).first()
        if row is None:
            return None
        return Band(self.keyring.open(person).open_json(row.body, _age(person))["band"])

    def declare_age(self, person: UUID, band: Band) -> None:
        """Said, or said anew. Raises AuditFailed: then it stands as before."""
        sealed = self.keyring.open(person).seal_json({"band": band.value}, _age(person))
        with transaction.atomic():
            Age.objects.update_or_create(
                person_id=person, defaults={"body": sealed, "updated_at": self.clock()}
            )
            _tell(Action.AGE_DECLARED, person)

    def waits(self, person: UUID) -> bool:
        """Whether ordinary talk waits for a guardian's yes. Never danger, never /now/."""
        band = self.age_of(person)
        if not self.rules.talk_waits or not self.rules.needs_guardian(band):
            return False
        return not Guardian.objects.filter(person_id=person, withdrawn_at=None).exists()

    def ask_guardian(self, person: UUID) -> str:
        """A code to show to a guardian; the ones before stop working."""
        code = _new_code()
        now = self.clock()
        with transaction.atomic():
            GuardianCode.objects.filter(person_id=person, used_at=None).update(used_at=now)
            GuardianCode.objects.create(
                person_id=person, code_hash=_hashed(code), made_at=now, until=now + CODE_LASTS
            )
            _tell(Action.GUARDIAN_ASKED, person)
        return code

    def asked_by(self, code: str) -> UUID | None:
        """Who shows this code; None when it is not one, was used, or its time is over."""
        row = _usable(code, self.clock()).first()
        return None if row is None else row.person_id

    def agree(
        self, code: str, *, name: str, relation: str, account: UUID | None, mail: str = ""
    ) -> str | None:
        """A guardian says yes; returns the code with which they can take it back, or None when the
        code is no good (any more). With it goes what the young person was shown before they made
        the code: days and minutes. Being told of danger is theirs alone to give, afterwards."""
        now, way_back, row = self.clock(), _new_code(), uuid4()
        with transaction.atomic():
            asked = _usable(code, now).select_for_update().first()
            if asked is None or not _usable(code, now).update(used_at=now):
                return None
            person: UUID = asked.person_id
            body = {"name": name, "relation": relation, "mail": mail}
            Guardian.objects.create(
                id=row,
                person_id=person,
                account_id=account,
                body=self.keyring.open(person).seal_json(body, _guardian(row)),
                way_back_hash=_hashed(way_back),
                agreed_at=now,
            )
            by = By("system", "guardian")
            grants.give(person, What.GUARDIAN_SEES_USAGE, row.hex, now=now, by=by)
            record(Action.GUARDIAN_CONSENTED, by=by, subject=person, object_ref=row.hex)
        return way_back

    def guardians_of(self, person: UUID) -> list[Answering]:
        """Those whose yes stands, the oldest first."""
        seal, now = self.keyring.open(person), self.clock()
        found = []
        rows = Guardian.objects.filter(person_id=person, withdrawn_at=None).order_by("agreed_at")
        for row in rows:
            body = seal.open_json(row.body, _guardian(row.id))
            sees, alerted = (
                grants.holds(person, what, row.id.hex, now=now) is not None
                for what in _OF_GUARDIANS
            )
            found.append(
                Answering(
                    row.id,
                    body["name"],
                    body["relation"],
                    row.agreed_at,
                    sees,
                    alerted,
                    body.get("mail", ""),
                )
            )
        return found

    def guardian_withdraws(self, way_back: str) -> bool:
        """By the code they were shown when they said yes."""
        row = Guardian.objects.filter(way_back_hash=_hashed(way_back), withdrawn_at=None).first()
        return row is not None and self._end(row, By("system", "guardian"))

    def guardian_account_withdraws(self, account: UUID, which: UUID) -> bool:
        """By their own account; False when it is not theirs or is over already."""
        row = Guardian.objects.filter(id=which, account_id=account, withdrawn_at=None).first()
        return row is not None and self._end(row, By("account", account.hex))

    def guardian_may_be_alerted(self, person: UUID, which: UUID, *, yes: bool) -> None:
        """The young person's own answer, never the guardian's: who hurts them may be at home."""
        mine = Guardian.objects.filter(id=which, person_id=person, withdrawn_at=None)
        if yes and mine.exists():
            grants.give(person, What.GUARDIAN_IS_ALERTED, which.hex, now=self.clock())
        elif not yes:
            grants.withdraw(person, What.GUARDIAN_IS_ALERTED, which.hex, now=self.clock())

    def let_guardian_go(self, person: UUID, which: UUID) -> bool:
        """The young person takes everything back from a guardian."""
        row = Guardian.objects.filter(id=which, person_id=person, withdrawn_at=None).first()
        return row is not None and self._end(row, By("person", person.hex))

    def children_of(self, account: UUID) -> list[tuple[UUID, UUID]]:
        """(id of the yes, the young person) of each that an account answers for."""
        rows = Guardian.objects.filter(account_id=account, withdrawn_at=None).order_by("agreed_at")
        return list(rows.values_list("id", "person_id"))

    def usage_for(self, person: UUID, guardian: UUID, since: datetime) -> dict[date, int] | None:
        """Minutes by day, if the guardian may see them now: the grant stands, or the law of the
        place owes it to them for somebody that young; else None."""
        now = self.clock()
        if not Guardian.objects.filter(id=guardian, person_id=person, withdrawn_at=None).exists():
            return None
        granted = grants.holds(person, What.GUARDIAN_SEES_USAGE, guardian.hex, now=now)
        owed = self.rules.usage_owed and self.rules.needs_guardian(self.age_of(person))
        return self.usage(person, since) if granted is not None or owed else None

    def contact_of(self, person: UUID) -> NamedContact | None:
        """Whom they named. Raises KeyMissing, Unreadable."""
        row = Contact.objects.filter(person_id=person).first()
        if row is None:
            return None
        return loaded(self.keyring.open(person).open_json(row.body, _contact(person)))

    def save_contact(self, person: UUID, contact: NamedContact) -> NamedContact:
        """Written down. A consent stays while it is the same person, reached the same way; for
        another one it is taken back and has to be asked anew."""
        before, now = self.contact_of(person), self.clock()
        kept = contact.known_as(before)
        sealed = self.keyring.open(person).seal_json(dumped(kept), _contact(person))
        with transaction.atomic():
            Contact.objects.update_or_create(
                person_id=person, defaults={"body": sealed, "updated_at": now}
            )
            if before is not None and before.id != kept.id:
                grants.withdraw(person, What.EMERGENCY_CONTACT_TOLD, now=now)
            _tell(Action.CONTACT_SAVED, person)
        return kept

    def remove_contact(self, person: UUID) -> None:
        """Taken out, and with it the consent."""
        with transaction.atomic():
            grants.withdraw(person, What.EMERGENCY_CONTACT_TOLD, now=self.clock())
            if Contact.objects.filter(person_id=person).delete()[0]:
                _tell(Action.CONTACT_REMOVED, person)

    def contact_may_be_told(self, person: UUID, *, yes: bool) -> None:
        """The consent to call the one who is named now."""
        contact, what = self.contact_of(person), What.EMERGENCY_CONTACT_TOLD
        if yes and contact is not None:
            grants.give(person, what, contact.id, now=self.clock())
        elif not yes:
            grants.withdraw(person, what, now=self.clock())

    def _end(self, row: Guardian, by: By) -> bool:
        now = self.clock()
        with transaction.atomic():
            going = Guardian.objects.filter(id=row.id, withdrawn_at=None)
            if not going.update(withdrawn_at=now):
                return False
            for what in _OF_GUARDIANS:
                grants.withdraw(row.person_id, what, row.id.hex, now=now, by=by)
            record(Action.GUARDIAN_WITHDREW, by=by, subject=row.person_id, object_ref=row.id.hex)
        return True


_current: Consents | None = None


def use(consents: Consents) -> None:
    """Make these this process's (qingting.site.consents)."""
    global _current  # noqa: PLW0603  # set once, by the wiring
    _current = consents


def current() -> Consents:
    """The one of this process. Raises RuntimeError when nothing was wired."""
    if _current is None:
        raise RuntimeError("consents are not wired")
    return _current


def contact_to_tell(person: UUID, now: datetime) -> NamedContact | None:
    """Whom an emergency may be told to: the one they named, only while they agree to it; else
    None. The door for whoever calls in an emergency."""
    contact = current().contact_of(person)
    if contact is None:
        return None
    agreed = grants.holds(person, What.EMERGENCY_CONTACT_TOLD, contact.id, now=now)
    return contact if agreed is not None else None


def _tell(action: Action, person: UUID) -> None:
    record(action, by=By("person", person.hex), subject=person)


def _usable(code: str, now: datetime) -> Any:
    return GuardianCode.objects.filter(code_hash=_hashed(code), used_at=None, until__gt=now)


def _new_code() -> str:
    """80 random bits that can be read aloud: four groups of four letters and digits."""
    plain = base64.b32encode(secrets.token_bytes(10)).decode("ascii").lower()
    return "-".join(plain[start : start + 4] for start in range(0, 16, 4))


def _hashed(code: str) -> bytes:
    plain = "".join(one for one in code.lower() if one.isalnum())
    return hashlib.sha256(f"qingting.consent:{plain}".encode()).digest()


def _age(person: UUID) -> Place:
    return Place("consent_age", "body", person)


def _guardian(row: UUID) -> Place:
    return Place("consent_guardian", "body", row)


def _contact(person: UUID) -> Place:
    return Place("consent_contact", "body", person)
