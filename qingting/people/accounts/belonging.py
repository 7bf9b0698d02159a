"""Which person an account is, and the other way round: only this process, with the installation's
key, can join the two halves."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from qingting.people.accounts.models import Account, Belonging, CampusIdentity
from qingting.privacy.installation import Installation
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import Place

_PURPOSE: Final = "people.belonging"
_SECRETS: Final = Place("mfa_authenticator", "data", UUID(int=0))


class Belongings:
    """Joins accounts and persons, and seals what belongs to neither (second factors).

    keyring: makes a key for a new person. installation: seals and indexes under the installation's
    own key. clock: the time now.
    """

    def __init__(
        self, keyring: Keyring, installation: Installation, clock: Callable[[], datetime]
    ) -> None:
        self.keyring = keyring
        self.clock = clock
        self._installation = installation

    def person_of(self, account: UUID) -> UUID | None:
        """The person an account is, or None for one who never talked here."""
        row = Belonging.objects.filter(account_id=account).first()
        if row is None:
            return None
        return UUID(self._installation.seal().open(row.person, _place(account)))

    def account_of(self, person: UUID) -> Account | None:
        """The account of a person, or None for a guest."""
        row = (
            Belonging.objects.select_related("account")
            .filter(person_index=self._index(person))
            .first()
        )
        return None if row is None else row.account

    def join(self, account: UUID, person: UUID) -> None:
        """From now on this account is this person. Raises IntegrityError when either has another
        already."""
        with transaction.atomic():
            Belonging.objects.create(
                account_id=account,
                person=self._installation.seal().seal(person.hex, _place(account)),
                person_index=self._index(person),
            )

    def belongs_to(self, account: UUID, person: UUID) -> None:
        """From now on an account is another person. Raises DatabaseError."""
        Belonging.objects.filter(account_id=account).update(
            person=self._installation.seal().seal(person.hex, _place(account)),
            person_index=self._index(person),
        )

    def seal_secret(self, text: str) -> str:
        """A second factor's secret as it is stored (letters and digits)."""
        return base64.b64encode(self._installation.seal().seal(text, _SECRETS)).decode("ascii")

    def open_secret(self, stored: str) -> str:
        """The secret again. Raises Unreadable."""
        return self._installation.seal().open(base64.b64decode(stored), _SECRETS)

    def campus_index(self, campus_id: str) -> str:
        """A campus's id for somebody, as it is stored: 64 letters and digits."""
        return self._installation.blind_index("people.campus", campus_id).hex()

    def keep_identity(self, account: UUID, said: dict[str, str]) -> None:
        """Keep, sealed, what a campus said of an account's owner."""
        sealed = self._installation.seal().seal_json(said, _identity_place(account))
        CampusIdentity.objects.update_or_create(account_id=account, defaults={"body": sealed})

    def identity_of(self, account: UUID) -> dict[str, str]:
        """What a campus said of an account's owner; empty when nothing is kept. Only break-glass
        asks for this."""
        row = CampusIdentity.objects.filter(account_id=account).first()
        if row is None:
            return {}
        said: dict[str, str] = self._installation.seal().open_json(
            row.body, _identity_place(account)
        )
        return said

    def _index(self, person: UUID) -> bytes:
        return self._installation.blind_index(_PURPOSE, person.hex)


_current: Belongings | None = None


def use(belongings: Belongings) -> None:
    """Make these this process's (qingting.site.wiring)."""
    global _current  # noqa: PLW0603  # set once, by the wiring
    _current = belongings


def current() -> Belongings:
    """The one of this process. Raises RuntimeError when nothing was wired."""
    if _current is None:
        raise RuntimeError("accounts are not wired")
    return _current


def _place(account: UUID) -> Place:
    return Place("accounts_belonging", "person", account)


def _identity_place(account: UUID) -> Place:
    return Place("accounts_campusidentity", "body", account)
