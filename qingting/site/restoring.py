"""Bringing a backup back: everything is read and checked before anything is replaced, and whoever
was erased stays erased.

SQLite databases are put together in files beside the real ones ("….restoring") and take their
place in one step each, the main one first: killed in between, its people's keys are the ones that
were there before. A PostgreSQL database is replaced in one transaction.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from qingting.people.models import Person
from qingting.privacy import (
    audit,
    backup_file,
    backup_keys,
    backup_postgres,
    backup_sqlite,
    rows,
)
from qingting.privacy.audit import Action, By
from qingting.privacy.erasing import erase_again
from qingting.privacy.errors import StorageError
from qingting.privacy.key_provider import KeyProvider
from qingting.privacy.keyring import Keyring
from qingting.privacy.models import ErasedPerson, PersonKey
from qingting.site.backing_up import Checked, check, first_line, key_backups, work_folder
from qingting.site.config import Config
from qingting.site.secrets_on_disk import file_of
from qingting.site.staging import remove_staged, staged


class RestoreRefused(StorageError):
    """A backup is not brought back; nothing was changed. The message says why."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back. people: how many; without_key: of these, whose words cannot be opened.
    erased_again: people who had been erased and were in the backup."""

    people: int
    without_key: int
    erased_again: int


@dataclass(frozen=True, slots=True)
class Restore:
    """One restore. config: of the installation as it is to stand; Django works on the staged
    addresses. backup: of the main database. keys: a key backup, None keeps the key database that
    is there. erased: noted as erased anywhere else."""

    config: Config
    provider: KeyProvider
    backup: Path
    keys: Path | None
    erased: Collection[UUID] = ()

    def run(self, *, accept_missing: bool) -> Restored:
        """Do it. Raises RestoreRefused, NotABackup, KeyMissing, Unreadable, ToolsMissing, OSError
        or a database's error."""
        remove_staged(self.config)
        try:
            with work_folder(self.config) as work:
                main, keys, erased = self._checked(work)
                self._stage_main()
            self._stage_keys()
            have = keys.keys.people if keys is not None and keys.keys else None
            self._refuse_missing(have, erased, accept_missing=accept_missing)
            self._replace_postgres_main()
            done = self._put_together(erased)
            self._take_places()
            self._put_signing_key(main.inside.get("signing_key"))
            return done
        finally:
            remove_staged(self.config)

    def _checked(self, work: Path) -> tuple[Checked, Checked | None, set[UUID]]:
        """Both backups, opened to their end, and everybody known to be erased."""
        main = check(self.backup, self.provider, work)
        if main.header.what != "main":
            raise RestoreRefused("that is a key backup; give it with --keys")
        if (main.header.how == "sqlite") != self.config.uses_sqlite:
            raise RestoreRefused(f"that is a backup of {main.header.how}; the settings say another")
        known = set(MigrationLoader(None).disk_migrations)
        if {tuple(one) for one in main.inside.get("migrations", [])} - known:
            raise RestoreRefused("it was made by a newer version of Qingting; install that first")
        erased = set(self.erased)
        keys = None
        if self.keys is not None:
            keys = check(self.keys, self.provider, work)
            if keys.keys is None:
                raise RestoreRefused("what was given with --keys is no key backup")
            for path, _header in key_backups(self.keys.parent):
                if not path.samefile(self.keys):
                    erased |= self._erased_in_backup(path, work)
            erased |= keys.keys.erased
        return main, keys, erased

    def _erased_in_backup(self, path: Path, work: Path) -> set[UUID]:
        try:
            found = check(path, self.provider, work).keys
        except StorageError as error:
            raise RestoreRefused(
                f"{path.name} beside the key backup cannot be read ({error}), so it is not known "
                "who was erased since; put it right, or take it out of the folder"
            ) from None
        return found.erased if found else set()

    def _stage_main(self) -> None:
        if not self.config.uses_sqlite:
            return
        with self.backup.open("rb") as file:
            _, rest = first_line(backup_file.read(file, self.provider)[1])
            backup_sqlite.write(staged(file_of(self.config.main_database)), rest)
        call_command("migrate", database="default", verbosity=0, interactive=False)

    def _stage_keys(self) -> None:
        """Without a key backup, the restored people's keys are those that are there."""
        address = self.config.keys_database
        if not address.startswith("sqlite"):
            return
        file = file_of(address)
        if self.keys is not None:
            backup_sqlite.write(staged(file), [])
        elif file.exists():
            backup_sqlite.snapshot(file, staged(file))
        else:
            raise RestoreRefused("there is no key database here; give a key backup: --keys")

    def _refuse_missing(
        self, have: set[UUID] | None, erased: set[UUID], *, accept_missing: bool
    ) -> None:
        if not self.config.uses_sqlite:
            return  # not to be seen before it is restored; said afterwards
        if have is None:
            have = set(PersonKey.objects.values_list("person_id", flat=True))
        missing = len(set(Person.objects.values_list("id", flat=True)) - have - erased)
        if missing and not accept_missing:
            raise RestoreRefused(
                f"{missing} people in it have no key, so what they wrote would not open. Give a "
                "key backup that was made with it or later (--keys), or add --accept-missing"
            )

    def _replace_postgres_main(self) -> None:
        if self.config.uses_sqlite:
            return
        with self.backup.open("rb") as file:
            _, rest = first_line(backup_file.read(file, self.provider)[1])
            backup_postgres.restore(self.config.main_database, rest)
        connections["default"].close()
        call_command("migrate", database="default", verbosity=0, interactive=False)

    def _put_together(self, erased: set[UUID]) -> Restored:
        """Keys, who was erased, and the audit log's new beginning."""
        call_command("migrate", database="keys", verbosity=0, interactive=False)
        if self.keys is not None:
            with self.keys.open("rb") as file:
                backup_keys.put_back(backup_file.read(file, self.provider)[1], erased)
        _note_erased(erased)
        _say_restored()
        erased |= set(ErasedPerson.objects.values_list("person_id", flat=True))
        again = sorted(rows.left_of(sorted(erased)))
        for person in again:
            erase_again(person)
        keys = set(PersonKey.objects.values_list("person_id", flat=True))
        people = set(Person.objects.values_list("id", flat=True))
        return Restored(len(people), len(people - keys), len(again))

    def _take_places(self) -> None:
        for alias, address in (
            ("default", self.config.main_database),
            ("keys", self.config.keys_database),
        ):
            connections[alias].close()
            if address.startswith("sqlite"):
                new, real = staged(file_of(address)), file_of(address)
                backup_sqlite.settle(new)
                backup_sqlite.check(new)
                backup_sqlite.take_place(new, real)

    def _put_signing_key(self, signing: str | None) -> None:
        """Without the key that signed them, the cookies by which guests are known are worth
        nothing."""
        if not signing or self.config.secret_key:
            return
        path = self.config.secret_key_file
        draft = path.with_name(f".{path.name}.restoring")
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(signing + "\n")
        draft.replace(path)


def _note_erased(erased: Collection[UUID]) -> None:
    now = timezone.now()
    with transaction.atomic(using="keys"):
        for person in erased:
            ErasedPerson.objects.get_or_create(person_id=person, defaults={"erased_at": now})
            Keyring(None).destroy(person)


def _say_restored() -> None:
    """The audit log goes on from where the backup ends, and says so; what the log was noted to have
    had before stays noted (audit_head)."""
    with transaction.atomic():
        audit.record(Action.BACKUP_RESTORED, by=By("command", "restore"))
