"""Where the installation's key is, and what it wraps.

A KeyProvider wraps the keys of persons (and the installation's own, see installation.py). Every
wrapped value names the version of the key that wrapped it, so that an old and a new key can both
be known while one takes the other's place (rotation.py). Two are here: keys from a file, and keys
given by the environment. Another (a key management service) is named by QINGTING_KEY_PROVIDER and
needs no change anywhere else; docs/keys.md says how.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol
from uuid import UUID

from qingting.privacy.errors import KeyMissing, Unreadable
from qingting.privacy.sealing import KEY_BYTES, KeyWrap, version_of

_BETWEEN: Final = re.compile(r"[\s,]+")


class NotKeys(ValueError):
    """A text does not hold keys. Never says what it holds."""


class KeyProvider(Protocol):
    """Wraps and unwraps keys. All of it is called from several threads at once, and `unwrap` once
    a turn: a provider that asks another machine keeps its answers short and its time limit tight.
    """

    def current(self) -> str:
        """Name of the key version that wraps from now on. Raises KeyMissing."""

    def wrap(self, data_key: bytes, owner: UUID) -> bytes:
        """A key as it is stored, bound to its owner, under the current version. KeyMissing."""

    def unwrap(self, wrapped: bytes, owner: UUID) -> bytes:
        """A key of 32 bytes. Raises KeyMissing when no key is there at all, Unreadable when it
        was wrapped by a key not known here, for another owner, or was changed."""

    def version(self, wrapped: bytes) -> str:
        """Name of the key version that a stored value names; "" when it names none (values of the
        first version of Qingting), which `unwrap` tries with every key known."""


def parse_keys(text: str) -> tuple[bytes, ...]:
    """Keys from a text: each 32 bytes in base64, the current one first, older ones after it, with
    spaces, commas or new lines between. Raises NotKeys."""
    keys = []
    for word in filter(None, _BETWEEN.split(text.strip())):
        try:
            key = base64.b64decode(word, validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if len(key) != KEY_BYTES:
            raise NotKeys("the master key must be 32 bytes in base64")
        keys.append(key)
    if not keys:
        raise NotKeys("the master key must be 32 bytes in base64")
    return tuple(dict.fromkeys(keys))


def write_keys(path: Path, keys: Sequence[bytes]) -> None:
    """Put keys into a file that only its owner may read, all of them or none. Raises OSError."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    text = "".join(base64.b64encode(key).decode() + "\n" for key in keys)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """A new name in a folder outlives a power cut only once the folder is written too."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # a system whose folders cannot be opened
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class GivenKeys:
    """Keys that are there from the start and never change: from the environment, and in tests.

    keys: the current one first. Empty: every use raises KeyMissing.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._wraps = tuple(KeyWrap(key) for key in keys)

    def current(self) -> str:
        """See KeyProvider."""
        return self._known()[0].version

    def wrap(self, data_key: bytes, owner: UUID) -> bytes:
        """See KeyProvider."""
        return self._known()[0].wrap(data_key, owner)

    def unwrap(self, wrapped: bytes, owner: UUID) -> bytes:
        """See KeyProvider."""
        return unwrap_with(self._known(), wrapped, owner)

    def version(self, wrapped: bytes) -> str:
        """See KeyProvider."""
        return version_of(wrapped)

    def _known(self) -> tuple[KeyWrap, ...]:
        if not self._wraps:
            raise KeyMissing("the installation's key is missing")
        return self._wraps


class FileKeys:
    """Keys from a file, the current one in its first line.

    The file is looked at again before anything new is wrapped, and when a value names a key not
    known yet: so a process that runs notices a new key by itself. While the file cannot be read
    the keys read before go on working.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._wraps: tuple[KeyWrap, ...] = ()

    def keys(self) -> tuple[bytes, ...]:
        """The keys in the file now; none when it is not there. Raises NotKeys or OSError."""
        try:
            return parse_keys(self.path.read_text(encoding="ascii"))
        except FileNotFoundError:
            return ()
        except UnicodeDecodeError:
            raise NotKeys("the master key file is not text") from None

    def current(self) -> str:
        """See KeyProvider."""
        return self._fresh()[0].version

    def wrap(self, data_key: bytes, owner: UUID) -> bytes:
        """See KeyProvider."""
        return self._fresh()[0].wrap(data_key, owner)

    def unwrap(self, wrapped: bytes, owner: UUID) -> bytes:
        """See KeyProvider."""
        known = self._wraps or self._fresh()
        named = version_of(wrapped)
        if named and all(one.version != named for one in known):
            known = self._fresh()
        return unwrap_with(known, wrapped, owner)

    def version(self, wrapped: bytes) -> str:
        """See KeyProvider."""
        return version_of(wrapped)

    def _fresh(self) -> tuple[KeyWrap, ...]:
        try:
            keys = self.keys()
        except (NotKeys, OSError):
            keys = ()
        if keys:
            self._wraps = tuple(KeyWrap(key) for key in keys)
        if not self._wraps:
            raise KeyMissing("the installation's key is missing")
        return self._wraps


def unwrap_with(known: Sequence[KeyWrap], wrapped: bytes, owner: UUID) -> bytes:
    """Unwrap with the key a value names; one that names none is tried with each. Raises
    Unreadable."""
    named = version_of(wrapped)
    for one in known:
        if named and one.version != named:
            continue
        try:
            return one.unwrap(wrapped, owner)
        except Unreadable:
            if named:
                raise
    raise Unreadable("wrapped by a key that is not known here")
