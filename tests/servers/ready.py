"""What every server of tests reads and compiles before it answers, done once in a process they are
forked from. Nothing here knows of settings, which each of them reads for itself."""

from __future__ import annotations

import asyncio
import gc
import importlib
import os
import pkgutil
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

import qingting.companion
from qingting.companion.events import Done
from qingting.companion.message import Message
from qingting.companion.person import Person
from qingting.companion.policy import Policy
from qingting.companion.protect.episode import Episode
from qingting.companion.remember.extract import extract
from qingting.companion.state import ConversationState
from qingting.companion.turn import turn

# What of other people's code needs no settings and takes a while.
_OTHERS = (
    "cryptography.hazmat.primitives.asymmetric.ed25519",
    "django.core.management.commands.migrate",
    "django.db.models",
    "fido2.server",
    "httptools",
    "markdown_it",
    "psycopg",
    "requests",
    "servestatic",
    "uvicorn",
    "uvloop",
)
# Set where servers are forked from, and nowhere else.
MARK = "QINGTING_TESTS_READY"
_SAID = (
    ("zh-CN", ("小测没考好", "我不想活了", "今晚")),
    ("en", ("I failed the quiz", "I want to kill myself", "tonight")),
)


async def _read() -> None:
    for locale, texts in _SAID:
        state, person = ConversationState(seed="ready"), Person(locale=locale)
        episode = Episode()
        for text in texts:
            extract(text, person.language, date(2026, 3, 2))
            message, now = Message(text, "ready"), datetime.now(UTC)
            async for event in turn(
                state, message, person=person, policy=Policy(), now=now, episode=episode
            ):
                if isinstance(event, Done):
                    state, episode = event.state, event.episode


def run(arguments: Sequence[str], environment: Mapping[str, str], out: str, log: str) -> None:
    """In the forked process: `qingting` with these arguments and this environment, its
    output at the end of these two files."""
    os.environ.clear()
    os.environ.update(environment)
    for path, number in ((out, 1), (log, 2)):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(file, number)
        os.close(file)
    from qingting.cli.main import main

    sys.argv = ["qingting", *arguments]
    main(arguments, standalone_mode=True)


if MARK in os.environ:
    ours = pkgutil.walk_packages(qingting.companion.__path__, "qingting.companion.")
    for name in (*_OTHERS, *(one.name for one in ours)):
        importlib.import_module(name)
    asyncio.run(_read())
    # So that a collection in a server does not copy all of it.
    gc.freeze()
