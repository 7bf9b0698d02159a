"""The durable side of telling, on DBOS: timers and tries that survive kill -9.

Imported by the worker process alone (qingting.telling.worker): no page and no turn waits for it.
Its database holds ids and times and no word of anybody's: arguments are ids, results are one of a
few words, and an error is passed on as its name. Our own rows say what is to be done next
(advance.py), so the whole of DBOS's database may be lost: the workflows are begun anew.
docs/decisions/0019-durable-work.md says why it is DBOS, and what was measured.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, TypeVar
from uuid import UUID

from dbos import DBOS, DBOSConfig, SetWorkflowID
from django.db import Error as DatabaseError
from django.db import connections

from qingting.outbox import deliver
from qingting.outbox import service as outbox
from qingting.privacy.errors import StorageError
from qingting.telling import service
from qingting.telling.advance import advance

log = logging.getLogger(__name__)
T = TypeVar("T")

# Fixed, so that what sleeps over an update of the program wakes up in the new one. Whoever changes
# the order of the steps in a workflow gives it a new name instead.
_VERSION: Final = "1"
# One worker; what it left when it died is its own to take up.
_EXECUTOR: Final = "worker"
# A step that met a database which is busy or gone is tried so often, so many seconds apart at
# first; then the workflow ends as failed and the worker begins it anew.
_TRIES: Final = 5
# So old a finished workflow is taken out of the engine's database.
_KEPT: Final = timedelta(days=1)
# By what is looked after, the number of the attempt that its workflow's id ends in.
_attempts: dict[str, int] = {}


_OVER: Final = ("SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")


class StepFailed(Exception):
    """A step could not be done. Its text is the name of an error and nothing else, because DBOS
    writes it down."""


def launch(database_url: str) -> None:
    """Begin: what was under way in an earlier process goes on by itself."""
    config: DBOSConfig = {
        "name": "qingting",
        "system_database_url": database_url,
        "application_version": _VERSION,
        "executor_id": _EXECUTOR,
        "log_level": "CRITICAL",  # its own lines may hold what an error said
        "enable_otlp": False,
    }
    DBOS(config=config)
    DBOS.launch()


def stop() -> None:
    """End cleanly; what sleeps goes on in the next process."""
    DBOS.destroy()


def begin_telling(which: UUID) -> None:
    """Have a telling looked after, if nothing does yet."""
    _begin("telling", which, _telling)


def begin_letter(which: UUID) -> None:
    """Have a letter of its own (a reminder) delivered, if nothing does yet."""
    _begin("letter", which, _letter)


def _begin(kind: str, which: UUID, workflow: Callable[[str], str]) -> None:
    """One that ended although there is still something to do (a database that was gone for longer
    than a step is tried) is begun anew, for as long as it takes."""
    name = f"{kind}-{which.hex}"
    while True:
        attempt = f"{name}-{_attempts.setdefault(name, 0)}"
        status = DBOS.get_workflow_status(attempt)
        if status is None:
            with SetWorkflowID(attempt):
                DBOS.start_workflow(workflow, which.hex)
            return
        if status.status in ("PENDING", "ENQUEUED"):
            return
        _attempts[name] += 1


def tidy(now: datetime) -> None:
    """Take what is finished out of the engine's database."""
    before = (now - _KEPT).isoformat()
    finished = DBOS.list_workflows(status=list(_OVER), end_time=before)
    if finished:
        DBOS.delete_workflows([one.workflow_id for one in finished])


@DBOS.workflow(name="telling")
def _telling(which: str) -> str:
    """One telling, from the first minute to an answer."""
    while True:
        do, seconds, letter = _next(which)
        if do == "end":
            return do
        if do == "wait":
            DBOS.sleep(seconds)
        else:
            _deliver(letter)


@DBOS.workflow(name="letter")
def _letter(which: str) -> str:
    """One letter, from the first try to the last."""
    return _deliver(which)


def _deliver(letter: str) -> str:
    while True:
        outcome, wait = _try(letter)
        if outcome != "later":
            return outcome
        DBOS.sleep(wait)


@DBOS.step(name="next", retries_allowed=True, interval_seconds=1.0, max_attempts=_TRIES)
def _next(which: str) -> tuple[str, float, str]:
    def ask() -> tuple[str, float, str]:
        order = advance(service.current(), UUID(which))
        return order.do, order.seconds, order.letter

    return _quietly(ask)


@DBOS.step(name="try", retries_allowed=True, interval_seconds=1.0, max_attempts=_TRIES)
def _try(letter: str) -> tuple[str, float]:
    def hand() -> tuple[str, float]:
        outcome = deliver.attempt(outbox.current(), UUID(letter))
        return outcome, deliver.wait_after(UUID(letter))

    return _quietly(hand)


def _quietly(work: Callable[[], T]) -> T:
    """Do it, and let no word of an error reach DBOS; give the connections of its thread back."""
    try:
        return work()
    except (DatabaseError, StorageError) as error:
        log.error("a step could not be done: %s", type(error).__name__)
        raise StepFailed(type(error).__name__) from None
    except Exception as error:  # noqa: BLE001  # its text would be stored as it is
        log.error("a step broke: %s", type(error).__name__)
        raise StepFailed(type(error).__name__) from None
    finally:
        connections.close_all()
