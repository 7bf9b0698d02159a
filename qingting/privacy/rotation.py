"""Putting a new installation key in the place of an old one, while people go on talking.

First the new key is put before the old one in the key file, in one step; from then on everything
new is wrapped under it, by every process (FileKeys). Then every wrapped key is wrapped anew, a
batch a transaction. Killed in between, nothing is lost: both keys are known, and running it again
goes on where it stopped. The old key stays in the file until `retire`, because backups of the last
weeks are under it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from qingting.privacy.errors import KeyMissing, StorageError, Unreadable
from qingting.privacy.installation import owner_of
from qingting.privacy.key_provider import FileKeys, KeyProvider, write_keys
from qingting.privacy.models import InstallationKey, PersonKey
from qingting.privacy.overwriting import overwrite_deleted
from qingting.privacy.sealing import KEY_BYTES, KeyWrap

_DATABASE: Final = "keys"
_BATCH: Final = 200
# Rows made while a pass was under way, by a process that had not seen the new key yet.
_PASSES: Final = 5


class RotationRefused(StorageError):
    """A step of a rotation cannot be done now; the message says why."""


@dataclass(frozen=True, slots=True)
class Rewrapped:
    """What a rotation did. unreadable: rows that no key known here opens; they are left alone."""

    done: int
    unreadable: int


def by_version(provider: KeyProvider) -> Mapping[str, int]:
    """How many keys (of persons and of the installation) there are under which version; "" counts
    those that name none."""
    found: Counter[str] = Counter()
    for model in (PersonKey, InstallationKey):
        stored = model.objects.using(_DATABASE).values_list("wrapped", flat=True)
        found.update(provider.version(bytes(one)) for one in stored.iterator(chunk_size=2000))
    return found


def behind(provider: KeyProvider) -> int:
    """How many keys are not under the current version. Raises KeyMissing."""
    current = provider.current()
    return sum(number for version, number in by_version(provider).items() if version != current)


def begin(provider: FileKeys, new_key: bytes | None, note: Callable[[str], None]) -> bool:
    """Make a new key (or take the one given) the current one. False when an earlier rotation is
    not finished, or the key given is the current one already: then nothing was changed.

    note: called with the new key's name right before; when it fails nothing is changed. Raises
    KeyMissing when there is no key to rotate from, OSError when the file cannot be written.
    """
    keys = provider.keys()
    if not keys:
        raise KeyMissing("the installation's key is missing")
    if new_key == keys[0] or (new_key is None and behind(provider)):
        return False
    new_key = new_key or os.urandom(KEY_BYTES)
    with transaction.atomic():
        note(KeyWrap(new_key).version)
        write_keys(provider.path, list(dict.fromkeys([new_key, *keys])))
    return True


def rewrap(provider: KeyProvider, told: Callable[[int], None] | None = None) -> Rewrapped:
    """Wrap every key anew that is not under the current version. May be killed and run again.

    told: called after each batch with how many are done.
    """
    done = unreadable = 0
    for _ in range(_PASSES):
        now = unreadable = 0
        for model, owner in ((PersonKey, _person), (InstallationKey, _use)):
            for wrapped, failed in _batches(model, owner, provider):
                now, unreadable = now + wrapped, unreadable + failed
                if told is not None:
                    told(done + now)
        done += now
        if now == 0:
            break
    overwrite_deleted()
    return Rewrapped(done, unreadable)


def retire(provider: FileKeys) -> list[str]:
    """Take every key but the current one out of the file; returns their names. From then on
    backups under them do not open. Raises RotationRefused while a key is still under one."""
    left = behind(provider)
    if left:
        raise RotationRefused(f"{left} keys are still under an older key; rotate first")
    keys = provider.keys()
    write_keys(provider.path, keys[:1])
    return [KeyWrap(one).version for one in keys[1:]]


@contextmanager
def one_at_a_time(key_file: Path) -> Iterator[None]:
    """Hold what no second rotation of this key file may hold. Raises RotationRefused."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(key_file.with_name(f".{key_file.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise RotationRefused("another rotation of this key is under way") from None
        yield
    finally:
        os.close(handle)


def _batches(
    model: Any, owner: Callable[[Any], UUID], provider: KeyProvider
) -> Iterator[tuple[int, int]]:
    """Each batch in a transaction of its own: how many were wrapped anew, how many cannot be."""
    last: Any = None
    while True:
        with transaction.atomic(using=_DATABASE):
            rows = model.objects.using(_DATABASE).select_for_update().order_by("pk")
            if last is not None:
                rows = rows.filter(pk__gt=last)
            batch = list(rows[:_BATCH])
            results = [_rewrapped(row, owner(row), provider) for row in batch]
        if not batch:
            return
        last = batch[-1].pk
        yield results.count("done"), results.count("unreadable")


def _rewrapped(row: Any, owner: UUID, provider: KeyProvider) -> str:
    stored = bytes(row.wrapped)
    if provider.version(stored) == provider.current():
        return "as it is"
    try:
        data_key = provider.unwrap(stored, owner)
    except Unreadable:
        return "unreadable"
    row.wrapped = provider.wrap(data_key, owner)
    row.save(using=_DATABASE, update_fields=["wrapped"])
    return "done"


def _person(row: PersonKey) -> UUID:
    return row.person_id


def _use(row: InstallationKey) -> UUID:
    return owner_of(row.name)
