"""What the server does once a day while it runs: what is over its time goes, and what was begun
and cut is finished; letters are worded by a model where one may. Private talks that were left go
within the hour."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connections

from qingting.people import data_words
from qingting.privacy.erasing import Erasing
from qingting.privacy.overwriting import overwrite_deleted
from qingting.privacy.retention import DAILY
from qingting.site import letters
from qingting.site.persons_data import retention_of
from qingting.talk import private
from qingting.talk.service import Talk

log = logging.getLogger(__name__)

_DAY: Final = timedelta(days=1).total_seconds()
_HOUR: Final = timedelta(hours=1).total_seconds()
# After the start, when people who waited for it are served.
_FIRST: Final = 60.0


async def day_after_day(talk: Talk, *, first: float = _FIRST, between: float = _DAY) -> None:
    """Do it, and again every day, until the server stops. first, between: in seconds."""
    await asyncio.sleep(first)
    while True:
        # A thread of its own: turns have theirs, and nobody waits for this.
        await asyncio.to_thread(once, talk)
        await letters.of_the_week()
        await asyncio.sleep(between)


async def hour_after_hour(talk: Talk, *, between: float = _HOUR) -> None:
    """Erase the private talks that were left, again and again, until the server stops."""
    while True:
        await asyncio.sleep(between)
        await asyncio.to_thread(end_left, talk)


def end_left(talk: Talk) -> None:
    """Do it once. Never raises because storage failed."""
    try:
        private.purge(talk.keyring, talk.clock())
        overwrite_deleted()
    except DatabaseError as error:
        log.error("private talks could not be erased yet: %s", type(error).__name__)
    finally:
        connections.close_all()


def once(talk: Talk) -> None:
    """Do it once. Never raises because storage failed."""
    try:
        erasing = Erasing((talk,), talk.clock)
        erasing.finish()
        data_words.finish(erasing)
        for one in retention_of(settings.CONFIG, (talk,)).run(DAILY):
            if one.number:
                log.info("over its time and gone: %s %s", one.number, one.kind)
    except DatabaseError as error:
        log.error("nothing could be cleared away today: %s", type(error).__name__)
    finally:
        connections.close_all()
