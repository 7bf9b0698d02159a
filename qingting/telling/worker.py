"""The worker: a process of its own beside the pages. It looks for what is to be done and has it
done by durable workflows; killed at any moment, the next one goes on."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import Error as DatabaseError
from django.db import connections

from qingting.outbox import service as outbox
from qingting.outbox.models import Kind, Letter
from qingting.outbox.models import State as LetterState
from qingting.telling import workflows
from qingting.telling.models import OPEN, Telling

log = logging.getLogger(__name__)

# Seconds between two looks: what a person in danger waits at the most for a letter to go.
_LOOK: Final = 1.0
# Seconds between two looks at who asked for reminders.
_REMIND: Final = 300.0

Remind = Callable[[datetime], None]


def run(database_url: str, stopped: threading.Event, remind: Remind) -> None:
    """Work until stopped. remind: writes the reminders that are due. Raises when DBOS's database
    cannot be opened."""
    workflows.launch(database_url)
    since = _REMIND
    try:
        while not stopped.is_set():
            try:
                look()
                if since >= _REMIND:
                    remind(outbox.current().clock())
                    workflows.tidy(outbox.current().clock())
                    since = 0.0
            except DatabaseError as error:
                log.error("the worker cannot read what is to be done: %s", type(error).__name__)
            finally:
                connections.close_all()
            stopped.wait(_LOOK)
            since += _LOOK
    finally:
        workflows.stop()


def look() -> None:
    """Have everything that is under way looked after. Raises DatabaseError."""
    for which in _tellings():
        workflows.begin_telling(which)
    for which in _letters(outbox.current().clock()):
        workflows.begin_letter(which)


def _tellings() -> list[UUID]:
    return list(Telling.objects.filter(state__in=OPEN).values_list("pk", flat=True))


def _letters(now: datetime) -> list[UUID]:
    due = Letter.objects.filter(
        kind=Kind.REMINDER,
        state__in=(LetterState.QUEUED, LetterState.SENDING),
        not_before__lte=now,
    )
    return list(due.values_list("pk", flat=True))
