"""Sign-in sessions, stored under a hash of their key: a copy of the database opens none."""

from __future__ import annotations

import hashlib
from typing import Any

from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from asgiref.sync import sync_to_async
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone


class SessionStore(DatabaseStore):
    """Django's store, with the key in the cookie hashed on its way to the database. The key has
    more than 160 random bits, so a plain hash is enough."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """A session as it is stored: without a form that waits for a fresh sign-in. allauth would
        park it whole, with the cookies and passwords in it, in the clear; its page is opened again
        instead, and what was pressed is pressed again."""
        return super().encode(
            {name: value for name, value in session_dict.items() if not _parks(name, value)}
        )

    def _get_session_from_db(self) -> Session | None:
        row = Session.objects.filter(
            session_key=_hashed(self._session_key), expire_date__gt=timezone.now()
        ).first()
        if row is None:
            self._session_key = None
        return row

    async def _aget_session_from_db(self) -> Session | None:
        return await sync_to_async(self._get_session_from_db)()

    def exists(self, session_key: str) -> bool:
        """Whether there is a session with this key."""
        return super().exists(_hashed(session_key))

    async def aexists(self, session_key: str) -> bool:
        """The same, where nothing may wait."""
        return await super().aexists(_hashed(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of a session."""
        return _under_its_hash(super().create_model_instance(data))

    async def acreate_model_instance(self, data: dict[str, Any]) -> Session:
        """The same, where nothing may wait."""
        return _under_its_hash(await super().acreate_model_instance(data))

    def delete(self, session_key: str | None = None) -> None:
        """End a session."""
        key = session_key or self.session_key
        if key is not None:
            super().delete(_hashed(key))

    async def adelete(self, session_key: str | None = None) -> None:
        """The same, where nothing may wait."""
        key = session_key or self.session_key
        if key is not None:
            await super().adelete(_hashed(key))


def _under_its_hash(row: Any) -> Session:
    row.session_key = _hashed(row.session_key)
    kept: Session = row
    return kept


def _hashed(key: str | None) -> str:
    # 40 letters, as wide as Django's column.
    return hashlib.sha256((key or "").encode()).hexdigest()[:40]


def _parks(name: str, value: Any) -> bool:
    return name == STATE_SESSION_KEY and isinstance(value, dict) and "request" in value
