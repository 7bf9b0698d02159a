"""Content read from another folder for one test, with nothing of it left in the process after."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from typing import Any, Protocol

import pytest


class ReadFrom(Protocol):
    """Called with the folder to read from, and those readers that shall read again."""

    def __call__(self, folder: Any, *again: Any) -> None: ...


@contextmanager
def content_elsewhere() -> Iterator[ReadFrom]:
    """Content is read from the folder that this is called with, until the block ends.

    What a reader keeps (`functools.cache`) and read in the block is thrown away with it: a list of
    answers found empty there would else stay empty for every later test of the same process.
    """
    before = {id(reader): reader.cache_info().misses for reader in _readers()}
    dropped: list[Any] = []
    with pytest.MonkeyPatch.context() as patched:

        def read_from(folder: Any, *again: Any) -> None:
            patched.setattr(resources, "files", lambda _package: folder)
            for reader in again:
                reader.cache_clear()
                dropped.append(reader)

        yield read_from
    for reader in _readers():
        if reader in dropped or reader.cache_info().misses != before.get(id(reader), 0):
            reader.cache_clear()


def _readers() -> Iterator[Any]:
    """Every function of ours that keeps what it has read."""
    for name, module in list(sys.modules.items()):
        if name.startswith("qingting."):
            for thing in list(vars(module).values()):
                if hasattr(thing, "cache_info") and hasattr(thing, "cache_clear"):
                    yield thing
