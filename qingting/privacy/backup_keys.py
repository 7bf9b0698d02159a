"""The key database as rows, one JSON object a line: the same from SQLite and PostgreSQL, and small
enough to be looked through for who was erased."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.core import serializers
from django.core.serializers.base import DeserializationError
from django.db import models, router, transaction
from django.utils import timezone

from qingting.privacy.backup_file import NotABackup
from qingting.privacy.errors import Unreadable
from qingting.privacy.installation import owner_of
from qingting.privacy.key_provider import KeyProvider
from qingting.privacy.models import ErasedPerson, InstallationKey, PersonKey

_DATABASE: Final = "keys"


@dataclass(slots=True)
class KeysInside:
    """What a key backup holds. people: who has a key. erased: who was erased. unreadable: how many
    keys do not open with the installation's key."""

    people: set[UUID] = field(default_factory=set)
    erased: set[UUID] = field(default_factory=set)
    unreadable: int = 0


def rows() -> Iterator[bytes]:
    """Every row of the key database, a line each.

    Who was erased comes last: somebody erased while this runs may still have a key above, but is
    named below, and a restore goes by that.
    """
    for model in sorted(_models(), key=lambda one: one is ErasedPerson):
        stored = model._default_manager.using(_DATABASE).order_by("pk")  # noqa: SLF001
        for row in stored.iterator(chunk_size=2000):
            yield serializers.serialize("jsonl", [row]).encode()


def look_through(content: Iterable[bytes], provider: KeyProvider) -> KeysInside:
    """Read a key backup to its end and try every key. Raises NotABackup, KeyMissing."""
    found = KeysInside()
    for row in _read(content):
        if isinstance(row, PersonKey):
            found.people.add(row.person_id)
            found.unreadable += not _opens(bytes(row.wrapped), row.person_id, provider)
        elif isinstance(row, InstallationKey):
            found.unreadable += not _opens(bytes(row.wrapped), owner_of(row.name), provider)
        elif isinstance(row, ErasedPerson):
            found.erased.add(row.person_id)
    return found


def put_back(content: Iterable[bytes], erased: Collection[UUID]) -> None:
    """Put a backup in the place of everything in the key database, in one transaction; without the
    keys of who was erased, who are all noted. Raises NotABackup."""
    now = timezone.now()
    with transaction.atomic(using=_DATABASE):
        for model in _models():
            model._default_manager.using(_DATABASE).all().delete()  # noqa: SLF001
        for row in _read(content):
            if not (isinstance(row, PersonKey) and row.person_id in erased):
                row.save_base(raw=True, using=_DATABASE, force_insert=True)
        for person in erased:
            ErasedPerson.objects.using(_DATABASE).get_or_create(
                person_id=person, defaults={"erased_at": now}
            )


def _read(content: Iterable[bytes]) -> Iterator[Any]:
    for line in _lines(content):
        try:
            json.loads(line)
            [read] = serializers.deserialize("jsonl", line.decode(), using=_DATABASE)
        except (ValueError, DeserializationError):
            raise NotABackup("a row in it is not known here; is it of a newer version?") from None
        if type(read.object) not in _models():
            raise NotABackup("a row in it belongs elsewhere")
        yield read.object


def _lines(content: Iterable[bytes]) -> Iterator[bytes]:
    held = b""
    for some in content:
        *whole, held = (held + some).split(b"\n")
        yield from filter(None, whole)
    if held:
        raise NotABackup("its last line is cut")


def _opens(wrapped: bytes, owner: UUID, provider: KeyProvider) -> bool:
    try:
        provider.unwrap(wrapped, owner)
    except Unreadable:
        return False
    return True


def _models() -> list[type[models.Model]]:
    return [one for one in apps.get_models() if router.db_for_write(one) == _DATABASE]
