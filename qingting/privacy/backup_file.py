"""A backup file: encrypted in pieces, readable only whole and only with the installation's key.

    QINGTING BACKUP 1     on a line of its own
    {...}                 the header, JSON on one line, in the clear: no content, no names
    piece, piece, ...     AES-256-GCM, 256 KiB of plain text and a 16-byte tag each

Every file has a random key of its own, wrapped by the installation's key and named in the header
by its version, so that old files open as long as that key is known. The nonce of a piece is its
number and whether it is the last (the STREAM construction); what is authenticated with it is the
hash of the header. So a piece changed, left out, moved, added or cut off, or a header changed,
makes the file refused. A nonce never repeats: the key is used for one file only.

No passphrase, on purpose: what is inside is sealed under the same installation key anyway, so a
second secret would add a way to lose the backup and a thing to guess, and protect nothing more.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import IO, Any, Final, Literal
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from qingting.privacy.errors import StorageError
from qingting.privacy.key_provider import KeyProvider
from qingting.privacy.sealing import KEY_BYTES

What = Literal["main", "keys"]
How = Literal["sqlite", "postgresql", "rows"]

_MAGIC: Final = b"QINGTING BACKUP 1\n"
_PIECE: Final = 256 * 1024
_TAG: Final = 16
_LONGEST_HEADER: Final = 4096


class NotABackup(StorageError):
    """A file is no backup, was changed or cut short. Never says what is inside."""


@dataclass(frozen=True, slots=True)
class Header:
    """What stands in the clear before a backup. how: what the pieces hold, once opened: an SQLite
    file, a pg_dump archive, or rows of the key database as JSON lines. key: name of the version of
    the installation's key that is needed."""

    what: What
    how: How
    made_at: datetime
    id: UUID
    key: str
    wrapped: str

    def line(self) -> bytes:
        """As it stands in the file."""
        shown = asdict(self) | {"made_at": self.made_at.isoformat(), "id": str(self.id)}
        return json.dumps(shown, separators=(",", ":")).encode() + b"\n"


def write(
    file: IO[bytes],
    provider: KeyProvider,
    what: What,
    how: How,
    made_at: datetime,
    content: Iterable[bytes],
) -> Header:
    """Write a backup of what `content` yields. Raises KeyMissing or OSError."""
    data_key, which = os.urandom(KEY_BYTES), uuid4()
    wrapped = provider.wrap(data_key, which)
    header = Header(what, how, made_at, which, provider.version(wrapped), wrapped.hex())
    start = _MAGIC + header.line()
    file.write(start)
    cipher, bound = AESGCM(data_key), sha256(start).digest()
    for number, (piece, last) in enumerate(_pieces(content)):
        file.write(cipher.encrypt(_nonce(number, last=last), piece, bound))
    return header


def read_header(file: IO[bytes]) -> Header:
    """The header of a backup, not authenticated yet. Raises NotABackup."""
    return _read_start(file)[0]


def read(file: IO[bytes], provider: KeyProvider) -> tuple[Header, Iterator[bytes]]:
    """The header and the content. The content may be relied on only when its iterator came to its
    end: a file cut short is noticed there. Raises NotABackup, KeyMissing or Unreadable."""
    header, start = _read_start(file)
    try:
        wrapped = bytes.fromhex(header.wrapped)
    except ValueError:
        raise NotABackup("its header is damaged") from None
    cipher = AESGCM(provider.unwrap(wrapped, header.id))
    return header, _opened(file, cipher, sha256(start).digest())


def _opened(file: IO[bytes], cipher: AESGCM, bound: bytes) -> Iterator[bytes]:
    number, piece = 0, file.read(_PIECE + _TAG)
    while True:
        following = file.read(_PIECE + _TAG) if len(piece) == _PIECE + _TAG else b""
        try:
            plain = cipher.decrypt(_nonce(number, last=not following), piece, bound)
        except InvalidTag:
            raise NotABackup(f"it was changed or cut short (piece {number + 1})") from None
        yield plain
        if not following:
            return
        number, piece = number + 1, following


def _pieces(content: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The content in pieces of one size, and whether each is the last. There is always one."""
    held = bytearray()
    for some in content:
        held += some
        while len(held) > _PIECE:
            yield bytes(held[:_PIECE]), False
            del held[:_PIECE]
    yield bytes(held), True


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _read_start(file: IO[bytes]) -> tuple[Header, bytes]:
    if file.read(len(_MAGIC)) != _MAGIC:
        raise NotABackup("it is no backup of Qingting, or of a newer version")
    line = file.readline(_LONGEST_HEADER)
    try:
        header = _header(json.loads(line))
    except (ValueError, KeyError, TypeError):
        raise NotABackup("its header is damaged") from None
    return header, _MAGIC + line


def _header(told: Any) -> Header:
    what, how = told["what"], told["how"]
    if what not in ("main", "keys") or how not in ("sqlite", "postgresql", "rows"):
        raise ValueError("unknown kind")
    made_at = datetime.fromisoformat(told["made_at"])
    if made_at.tzinfo is None:
        raise ValueError("a time without a zone")
    return Header(what, how, made_at, UUID(told["id"]), str(told["key"]), str(told["wrapped"]))
