"""Values as the raw statements of this feature pass them to SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection


def as_id(value: UUID) -> str | UUID:
    """An id as a parameter: SQLite stores 32 hexadecimal digits."""
    return value.hex if connection.vendor == "sqlite" else value


def from_id(value: Any) -> UUID:
    """An id as it comes back."""
    return value if isinstance(value, UUID) else UUID(value)


def as_moment(value: datetime) -> Any:
    """A time as a parameter."""
    return connection.ops.adapt_datetimefield_value(value)


def from_moment(value: Any) -> datetime:
    """A time as it comes back, aware, in UTC."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def for_update() -> str:
    """Locks the rows of a SELECT. SQLite needs nothing: its transaction already holds the file."""
    return " FOR UPDATE" if connection.vendor == "postgresql" else ""
