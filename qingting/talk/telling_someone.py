"""What a reader is told in the talk about somebody who is told of danger: the words, and the letter
itself, before it goes."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from qingting.companion.person import Language
from qingting.companion.person import Person as Reader
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.places import help_for
from qingting.companion.protect.resources import Directory
from qingting.companion.protect.told_words import Lead, lead
from qingting.companion.protect.who_is_told import NotTold, grave_now
from qingting.companion.understand.reading import at_least
from qingting.companion.words.bank import ContentError
from qingting.companion.words.script import in_script
from qingting.talk.agreeing import CannotStore
from qingting.talk.database_thread import in_database_thread
from qingting.talk.running import RunningTurn, Wire
from qingting.talk.turns import OpenTurn
from qingting.telling import service as telling
from qingting.telling.records import Shown
from qingting.telling.service import CannotBegin

log = logging.getLogger(__name__)


@asynccontextmanager
async def after(
    opened: OpenTurn, episode: Episode, reader: Reader, running: RunningTurn
) -> AsyncIterator[None]:
    """Around keeping a turn: whatever comes of that, somebody is told where it is grave enough. Not
    before, because the worker goes by the episode that is kept with the turn."""
    try:
        yield
    finally:
        if not running.erased:
            for event in await events(opened, episode, reader):
                running.tell(event)


async def events(opened: OpenTurn, episode: Episode, reader: Reader) -> list[Wire]:
    """What is told beside this reply: that somebody will be told, or that it could not be done.
    Asks nothing of the database unless what is known is grave enough. Never raises because storage
    failed."""
    parts = telling.current()
    if not parts.possible or isinstance(grave_now(episode, parts.clock()), NotTold):
        return []
    try:
        return await in_database_thread(_told, opened, episode, reader)
    except CannotBegin:
        return [_notice(_words("not_kept", episode, reader, "", opened.message.key))]
    except (*CannotStore, ContentError) as error:
        log.error("telling somebody could not begin: %s", type(error).__name__)
        return []


def _told(opened: OpenTurn, episode: Episode, reader: Reader) -> list[Wire]:
    parts = telling.current()
    failed = parts.bad_end(opened.person, opened.seal)
    shown = parts.notice(opened.person, opened.seal, episode, reader)
    found = []
    if failed is not None:
        found.append(_notice(_words("failed", episode, reader, failed.name, failed.id.hex)))
    if shown is not None:
        which: Lead = "later" if shown.left else "now"
        minutes = str(shown.minutes)
        words = lead(which, reader.language, shown.id.hex, name=shown.name, minutes=minutes)
        found.append(_notice(in_script(words, reader), shown))
    return found


def _words(which: Lead, episode: Episode, reader: Reader, name: str, seed: str) -> str:
    """That it could not be done, with a number to call instead."""
    language: Language = reader.language
    slots = help_for(reader, language, telling.current().clock(), Directory.load()).slots("suicide")
    number = slots["emergency"]
    if not at_least(episode.level, "imminent"):
        number = slots.get("line", number)
    return in_script(lead(which, language, seed, name=name, line=number), reader)


def _notice(text: str, shown: Shown | None = None) -> Wire:
    told: dict[str, object] = {"event": "notice", "v": 1, "kind": "telling", "text": text}
    if shown is not None and shown.letter is not None:
        told["letter"] = [shown.letter.subject, *shown.letter.lines]
    return told
