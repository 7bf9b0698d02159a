"""Erasing somebody in a process of its own, killed with SIGKILL where it is told:

    python -m tests.privacy.erasing_cut PERSON key|NUMBER

key: when their key is destroyed and before anything else; NUMBER: before that many rows' deletion.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any
from uuid import UUID

from tests.privacy.planting import _standing


class Killer:
    """See qingting.privacy.ports.Running: it is asked right after the key is gone."""

    def end(self, person: UUID) -> None:
        die()


class Counting:
    """Lets statements through until the one that deletes for the n-th time."""

    def __init__(self, number: int) -> None:
        self._left = number

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("DELETE"):
            self._left -= 1
            if self._left == 0:
                die()
        return execute(sql, params, many, context)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """See the module."""
    talk = _standing()
    from django.db import connection

    from qingting.privacy.audit import By
    from qingting.privacy.erasing import Erasing

    person, where = UUID(sys.argv[1]), sys.argv[2]
    if where == "key":
        Erasing((Killer(),), talk.clock).erase(person, By("person", str(person)))
    else:
        with connection.execute_wrapper(Counting(int(where))):
            Erasing((), talk.clock).erase(person, By("person", str(person)))


if __name__ == "__main__":
    main()
