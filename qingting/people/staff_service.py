"""What staff pages are made of, put together once a process: keys, the clock, and the ports to
what lies above. Names of organisations are sealed and opened here."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import models

from qingting.people.staff.ports import Figures, Opens
from qingting.privacy.installation import Installation
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import Place

# Fewer than this is never shown as a number: it could be somebody.
FEWEST: Final = 5
# No 0, 1, i, l, o, u: what is read aloud or written by hand must be read again.
_LETTERS: Final = "23456789abcdefghjkmnpqrstvwxyz"


@dataclass(frozen=True, slots=True)
class Staff:
    """The parts. needs_two: whether break-glass needs a second person."""

    keyring: Keyring
    installation: Installation
    clock: Callable[[], datetime]
    opens: Opens
    figures: Figures
    needs_two: bool = True

    def seal_name(self, row: models.Model, name: str) -> bytes:
        """A name as it is stored in a row."""
        return self.installation.seal().seal(name, _place(row, "name"))

    def name_of(self, row: Any) -> str:
        """The name again. Raises Unreadable."""
        return self.installation.seal().open(row.name, _place(row, "name"))

    def seal_body(self, row: models.Model, body: dict[str, str]) -> bytes:
        """A notice as it is stored."""
        return self.installation.seal().seal_json(body, _place(row, "body"))

    def body_of(self, row: Any) -> dict[str, str]:
        """A notice again. Raises Unreadable."""
        found: dict[str, str] = self.installation.seal().open_json(row.body, _place(row, "body"))
        return found


def hashed(code: str) -> bytes:
    """What is stored of a code, however it is typed. Each has more than 90 random bits, so a plain
    hash is enough."""
    plain = "".join(one for one in code.lower() if one.isascii() and one.isalnum())
    return hashlib.sha256(plain.encode()).digest()


def new_code(groups: int) -> str:
    """A code of groups of four letters and digits, 19 random bits a group."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(groups))


def new_reference() -> str:
    """What stands for a membership: ten letters and digits, 49 random bits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(10))


def about(number: int) -> int | None:
    """A number as it may be shown; None for fewer than five."""
    return number if number == 0 or number >= FEWEST else None


def _place(row: models.Model, column: str) -> Place:
    owner: UUID = row.pk
    return Place(row._meta.db_table, column, owner)  # noqa: SLF001  # Django's documented API


_current: Staff | None = None


def use(staff: Staff) -> None:
    """Make this the process's own (qingting.site.wiring)."""
    global _current  # noqa: PLW0603  # set once, by the wiring
    _current = staff


def current() -> Staff:
    """The one of this process. Raises RuntimeError when nothing was wired."""
    if _current is None:
        raise RuntimeError("staff is not wired")
    return _current
