"""What the talk is about, so that a bare follow-up is understood: "can i just stop", three turns
after a medicine was named.

content/<language>/situations/thread_<name>.toml says in `opens`, as keys (situations.py), what has
to have been said for the thread to be open, in one message or in several of the last ones. It stays
open as long as answers of its own are given. Its situations are looked for only then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from qingting.companion.person import Language
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.history import Heard
from qingting.companion.understand.situations import THREAD, Keys, files, keys_of

# An answer of a thread keeps it open for so many of our replies.
_KEEPS: Final = 3


@dataclass(frozen=True, slots=True)
class _Thread:
    """name: as in its file. opens: any of them opens it. answers: its lines, in clean text."""

    name: str
    opens: tuple[Keys, ...]
    answers: tuple[str, ...]


def threads_open(history: Sequence[Heard], text: str, language: Language) -> tuple[str, ...]:
    """The names of the open threads. history: what was said before. text: the new message.
    Raises ContentError when a file cannot be read."""
    before = [heard.text for heard in history if heard.speaker == "person"]
    said = "\n".join(cleaned(one).text for one in (*before, text))
    ours = [heard.text for heard in history if heard.speaker != "person"][-_KEEPS:]
    given = "\n".join(cleaned(one).text for one in ours)
    return tuple(
        thread.name
        for thread in _threads(language)
        if any(keys.weight(said) for keys in thread.opens)
        or any(answer in given for answer in thread.answers)
    )


@cache
def _threads(language: Language) -> tuple[_Thread, ...]:
    return tuple(
        _Thread(
            shelf.removeprefix(THREAD),
            tuple(keys_of(group, language, shelf) for group in data.get("opens", ())),
            tuple(
                cleaned(line).text
                for entry in data.get("situation", ())
                for line in entry.get("answer", ())
            ),
        )
        for shelf, data in files(language)
        if shelf.startswith(THREAD)
    )
