"""A backup file opens whole, unchanged and with its installation's key; and in no other way."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime

import pytest

from qingting.privacy import backup_file
from qingting.privacy.backup_file import NotABackup
from qingting.privacy.errors import StorageError, Unreadable
from qingting.privacy.key_provider import GivenKeys

KEYS = GivenKeys([b"k" * 32])
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
PIECE = 256 * 1024
SEALED_PIECE = PIECE + 16


def made(content: bytes, keys: GivenKeys = KEYS) -> bytes:
    file = io.BytesIO()
    parts = [content[start : start + 70_001] for start in range(0, len(content), 70_001)]
    backup_file.write(file, keys, "main", "sqlite", NOW, parts)
    return file.getvalue()


def opened(whole: bytes, keys: GivenKeys = KEYS) -> bytes:
    return b"".join(backup_file.read(io.BytesIO(whole), keys)[1])


def start_of(whole: bytes) -> int:
    """Where the pieces begin."""
    return whole.index(b"\n", whole.index(b"\n") + 1) + 1


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 77])
def test_what_is_backed_up_comes_back(size: int) -> None:
    content = os.urandom(size)
    assert opened(made(content)) == content


def test_the_header_says_when_and_under_which_key_and_nothing_else() -> None:
    header = backup_file.read_header(io.BytesIO(made(b"x")))
    assert (header.what, header.how, header.made_at) == ("main", "sqlite", NOW)
    assert header.key == KEYS.current()


def test_no_two_files_look_alike() -> None:
    assert made(b"the same")[-20:] != made(b"the same")[-20:]


@pytest.mark.parametrize("size", [10, PIECE, 3 * PIECE])
def test_cut_anywhere_it_is_refused(size: int) -> None:
    whole = made(os.urandom(size))
    begin = start_of(whole)
    cuts = {0, 5, begin - 1, begin, begin + 1, len(whole) - 1, len(whole) - 16}
    cuts |= set(range(begin, len(whole), SEALED_PIECE))
    for cut in sorted(cuts):
        with pytest.raises(StorageError):
            opened(whole[:cut])


def test_longer_than_it_was_it_is_refused() -> None:
    for size in (10, PIECE, 2 * PIECE):
        with pytest.raises(NotABackup):
            opened(made(os.urandom(size)) + b"x")


def test_with_pieces_swapped_left_out_or_doubled_it_is_refused() -> None:
    whole = made(os.urandom(4 * PIECE))
    begin = start_of(whole)
    head, body = whole[:begin], whole[begin:]
    one, two, three, four = (
        body[start : start + SEALED_PIECE] for start in range(0, len(body), SEALED_PIECE)
    )
    for order in (
        [two, one, three, four],
        [one, three, four],
        [one, two, two, three, four],
        [one, two, three],
        [four],
    ):
        with pytest.raises(NotABackup):
            opened(head + b"".join(order))


def test_a_piece_of_another_backup_is_refused() -> None:
    mine, other = made(b"a" * 2 * PIECE), made(b"b" * 2 * PIECE)
    begin = start_of(mine)
    assert start_of(other) == begin
    with pytest.raises(NotABackup):
        opened(mine[: begin + SEALED_PIECE] + other[begin + SEALED_PIECE :])


def test_changed_in_any_byte_it_is_refused() -> None:
    whole = made(b"short")
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1
        with pytest.raises(StorageError):
            opened(bytes(changed))


def test_another_installation_cannot_open_it_and_an_old_key_can() -> None:
    whole = made(b"what it holds")
    with pytest.raises(Unreadable):
        opened(whole, GivenKeys([b"o" * 32]))
    assert opened(whole, GivenKeys([b"n" * 32, b"k" * 32])) == b"what it holds"


@pytest.mark.parametrize("other", [b"", b"SQLite format 3\0", b"QINGTING BACKUP 1\n{}\n"])
def test_another_file_is_refused(other: bytes) -> None:
    with pytest.raises(NotABackup):
        opened(other)
