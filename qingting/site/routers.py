"""Person keys, and what must outlive a restore of the rest, live in the key database; everything
else in the main one."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

_KEYS_ONLY = frozenset(
    {
        ("privacy", "personkey"),
        ("privacy", "installationkey"),
        ("privacy", "audithead"),
        ("privacy", "erasedperson"),
    }
)


class KeysApart:
    """Routes those tables to "keys" and keeps every other out of it."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """Which database a model is read from."""
        meta = model._meta  # noqa: SLF001  # Django's documented API
        return "keys" if (meta.app_label, meta.model_name) in _KEYS_ONLY else None

    db_for_write = db_for_read

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **hints: Any
    ) -> bool | None:
        """Which tables are made where."""
        belongs = (app_label, model_name) in _KEYS_ONLY
        return belongs if db == "keys" else not belongs
