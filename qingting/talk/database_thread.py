"""One thread that owns the connections of the turn's two transactions.

Django's connections belong to threads; one dedicated thread keeps them open between turns and
costs about half of hopping through the general pool (docs/decisions/0003-two-transactions.md).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import Error, connections
from django.db.utils import InterfaceError, OperationalError

P = ParamSpec("P")
T = TypeVar("T")

_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="turns")


async def in_database_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run `work` in the database thread. A connection that broke is dropped, so that the next
    call begins with a fresh one; the error goes on to the caller.

    When the database had only hung up on a connection kept open (a restart, an idle limit), `work`
    runs once more: it must be safe to repeat, as turns are by their keys and their status.
    """
    call = partial(_guarded, work, *args, **kwargs)
    return await asyncio.get_running_loop().run_in_executor(_thread, call)


def _guarded(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    kept_open = [one for one in connections.all(initialized_only=True) if one.connection]
    try:
        return work(*args, **kwargs)
    except (OperationalError, InterfaceError):
        hung_up = any(one.connection is None or not one.is_usable() for one in kept_open)
        close_connections()
        if not hung_up:
            raise
    try:
        return work(*args, **kwargs)
    except (OperationalError, InterfaceError):
        close_connections()
        raise


def close_connections() -> None:
    """Let go of this thread's connections."""
    for connection in connections.all(initialized_only=True):
        try:
            connection.close()
        except Error:
            # A connection that cannot even be closed is forgotten; Django opens another.
            connection.connection = None
