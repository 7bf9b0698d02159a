"""Somebody at the pages of moods, journal and import, without a browser."""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpResponseBase
from django.test import Client

from qingting.companion.progress.mood import Entry, Mood
from qingting.people import devices
from qingting.people.visitors import COOKIE, token_of
from qingting.progress import journal, moods, service
from qingting.progress.service import Progress
from qingting.site.wiring import wire
from tests.memory.ledgered import browser, somebody

__all__ = ["browser", "somebody"]

DANGER = {"zh-CN": "我不想活了，今晚就走", "en-US": "I want to kill myself tonight"}


@contextmanager
def wired() -> Iterator[Progress]:
    """The progress of this process, with everything else."""
    before = service._current
    cache.clear()
    wire(settings.CONFIG)
    yield service.current()
    service._current = before


def words_of(answer: HttpResponseBase, status: int = 200) -> str:
    """The words of a page that nobody else may keep."""
    assert answer.status_code == status, answer.status_code
    assert "no-store" in answer["Cache-Control"]
    return html.unescape(answer.content.decode())  # type: ignore[attr-defined]


def whose(client: Client) -> UUID:
    """The person that a browser has become."""

    class Request:
        COOKIES = {COOKIE: client.cookies[COOKIE].value}

    found = devices.find_person(token_of(Request()))  # type: ignore[arg-type]
    assert found is not None
    return found


def moods_of(person: UUID) -> list[Mood]:
    return moods.moods(service.current(), person)


def entries_of(person: UUID) -> list[Entry]:
    return journal.entries(service.current(), person)


def broken(*_: Any, **__: Any) -> Any:
    raise DatabaseError
