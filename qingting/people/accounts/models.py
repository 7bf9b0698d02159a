"""Storage of accounts: a name to sign in with, a password, and the sealed link to a person."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Final

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from qingting.privacy.declarations import PersonalData, SealedField

NAME_LENGTH: Final = 32


class Accounts(BaseUserManager["Account"]):
    """Finds and makes accounts by the name they sign in with."""

    def create_user(self, username: str, password: str | None = None, **more: Any) -> Account:
        """A new account; without a password it is entered by a passkey or a campus sign-in."""
        account = self.model(username=username, **more)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A way to sign in. It holds no real name, no e-mail and no phone number; `username` is a name
    its owner made up (or a random one for a campus sign-in).

    entries: counts up when a device is signed out by hand; every session begun before is over.
    rescue: hash of the code that lets its owner choose a new password; empty when none was made.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=NAME_LENGTH, unique=True)
    password = models.CharField(max_length=128)
    rescue = models.CharField(max_length=128, default="", blank=True)
    entries = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    last_login = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD: ClassVar[str] = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[Accounts] = Accounts()

    privacy = PersonalData(
        exported="account.json: the name you sign in with, since when",
        erased="row deleted",
        retained="until its owner closes it",
        clear=frozenset(
            {
                "id",
                "username",
                "password",
                "rescue",
                "entries",
                "is_active",
                "last_login",
                "created_at",
            }
        ),
        person="id",
        owner="account",
        withheld=frozenset({"password", "rescue", "entries"}),
    )

    def get_session_auth_hash(self) -> str:
        """What a session must still match: the password and the count of `entries`."""
        return self._with_entries(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Any:
        """The same under older signing keys."""
        for one in super().get_session_auth_fallback_hash():
            yield self._with_entries(one)

    def _with_entries(self, hashed: str) -> str:
        return f"{hashed}:{self.entries}"


class Belonging(models.Model):
    """Which person an account is: sealed under the installation's own key, so that the two halves
    of a copied database cannot be joined. Staff have none until they talk here themselves."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True)
    person = SealedField()
    person_index = models.BinaryField(max_length=32, unique=True)

    privacy = PersonalData(
        exported="account.json says that the account is theirs",
        erased="row deleted",
        retained="as long as the account",
        clear=frozenset({"account", "person_index"}),
        person="account_id",
        owner="account",
        withheld=frozenset({"person", "person_index"}),
    )


class CampusIdentity(models.Model):
    """What a campus said of an account's owner when they signed in: for an emergency, sealed under
    the installation's own key, opened by break-glass alone."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True)
    body = SealedField()

    privacy = PersonalData(
        exported="account.json: what the campus said",
        erased="row deleted",
        retained="as long as the account",
        clear=frozenset({"account"}),
        person="account_id",
        owner="account",
        withheld=frozenset({"body"}),
    )


class RoleGrant(models.Model):
    """That an account holds a role, from when to when, and who gave it. Never deleted while the
    account exists: what somebody could see last year must be answerable."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=16)
    given_by = models.CharField(max_length=48)
    given_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)

    privacy = PersonalData(
        exported="appointments: roles held, who gave them and when",
        erased="row deleted with the account; the audit log keeps that it was given",
        retained="as long as the account",
        clear=frozenset({"id", "account", "role", "given_by", "given_at", "until", "taken_at"}),
        person="account_id",
        owner="account",
    )
