"""Logs without content: an exception is logged by its type and the places it went through, never
by its message or its variables, because either may hold what a person wrote."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType


class NoContent(logging.Formatter):
    """Formats a record; of an exception only its type and where it happened."""

    def formatException(  # noqa: N802  # the name is logging's
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """Type of the exception, then file, line and function of each frame."""
        kind, _, trace = ei
        if kind is None:
            return ""
        places = [
            f"  {frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(trace)
        ]
        return "\n".join([kind.__name__, *places])
