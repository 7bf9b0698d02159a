"""What happens between the command to serve and the first request."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.core.management import call_command
from django.db import Error as DatabaseError

from qingting.companion.events import Done
from qingting.companion.message import Message
from qingting.companion.person import Person
from qingting.companion.policy import Policy
from qingting.companion.protect.episode import Episode
from qingting.companion.state import ConversationState
from qingting.companion.turn import turn
from qingting.people import data_service, data_words
from qingting.talk import keeping, private
from qingting.talk.database_thread import in_database_thread
from qingting.talk.service import Talk
from qingting.talk.turns import release_claims_of_others

log = logging.getLogger(__name__)

# Not zh-TW: the table of its characters is 40 MB, which only who needs it should pay for.
# Danger too, and an answer to its question: they must wait for nothing.
_REHEARSED: Final = (
    ("zh-CN", ("今晚睡不着", "我不想活了", "今晚")),
    ("en", ("I can't sleep tonight", "I want to kill myself", "tonight")),
)


def bring_up_to_date() -> None:
    """Make or migrate both databases and collect the static files. On a disk that cannot be
    written what is there is served as it is."""
    try:
        for database in ("default", "keys"):
            call_command("migrate", database=database, verbosity=0, interactive=False)
    except DatabaseError as error:
        log.error("the databases could not be brought up to date: %s", type(error).__name__)
    try:
        call_command("collectstatic", verbosity=0, interactive=False)
    except OSError as error:
        log.error("static files could not be collected: %s", error.strerror)


async def finish_starting(talk: Talk) -> None:
    """Load what replies need, so that the first is as quick as the next, and take over turns that
    a killed process left (with SQLite nobody else can be answering them)."""
    if settings.CONFIG.rehearse != "no":
        await _rehearse()
    try:
        if settings.CONFIG.uses_sqlite:
            await in_database_thread(release_claims_of_others, talk.worker)
        await in_database_thread(keeping.purge, datetime.now(UTC))
        await in_database_thread(private.purge, talk.keyring, datetime.now(UTC))
        # Somebody whose erasing a kill cut: their key is gone already, now the rest goes.
        await in_database_thread(data_service.current().erasing.finish)
        await in_database_thread(data_words.finish, data_service.current().erasing)
    except DatabaseError as error:
        log.error("storage is not usable at start: %s", type(error).__name__)


async def _rehearse() -> None:
    """Answer a few invented messages in each language, in memory: what they read and compile would
    else make somebody's first message wait for half a second."""
    for locale, texts in _REHEARSED:
        state, person = ConversationState(seed="rehearsal"), Person(locale=locale)
        episode = Episode()
        for text in texts:
            message, now = Message(text, "rehearsal"), datetime.now(UTC)
            async for event in turn(
                state, message, person=person, policy=Policy(), now=now, episode=episode
            ):
                if isinstance(event, Done):
                    state, episode = event.state, event.episode
