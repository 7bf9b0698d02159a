"""What a message tells or asks beside an open danger, where there are words for it."""

from __future__ import annotations

import logging
from typing import Final

from qingting.companion.protect.said import Said, path_now
from qingting.companion.understand.reading import at_least
from qingting.companion.understand.situations import (
    DANGER,
    Situation,
    answer_owed,
    situation_of,
)
from qingting.companion.understand.threads import threads_open
from qingting.companion.words.bank import ContentError
from qingting.companion.work import Work

# A feeling as strong as this can be named.
_PLAIN: Final = 0.6
# The shelf of what is asked once something was taken: at the desk, on the way.
_AFTER_TAKING: Final = "after_taking"

log = logging.getLogger(__name__)


def told_beside(work: Work, said: Said) -> Situation | None:
    """What they asked or told that is owed an answer; else what they told, where it is something
    we have words for: beside the open danger, or an ordinary thing ("my cat died yesterday"),
    whichever has more of the message. None without an open danger."""
    path = path_now(work.episode, said)
    if not path:
        return None
    text, language = work.message.text, work.language
    try:
        # What is usual with a medicine is not said to somebody who may have taken too much of it.
        grave = at_least(work.episode.level, "imminent")
        threads = () if grave else threads_open(work.state.history, text, language)
        taken = work.episode.act == "taken" and work.episode.subject == "self"
        owed = answer_owed(text, language, danger=_AFTER_TAKING) if taken else None
        owed = owed or answer_owed(text, language, danger=path, threads=threads)
        if owed is not None:
            known = said.dangerous or at_least(work.episode.level, "moderate")
            # Where no danger is open, what is not about it is answered like anything else.
            return owed if known or owed.shelf.startswith(DANGER) else None
        found = (
            situation_of(text, language, danger=path),
            situation_of(text, language, plain=False),
        )
        return max(filter(None, found), key=lambda told: told.weight, default=None)
    except ContentError as error:
        # What is told beside danger may go unheard; danger may not.
        log.error("situations cannot be read: %s", type(error).__name__)
        return None


def feeling_told(work: Work) -> bool:
    """Whether a plain feeling was heard that a reply can take up."""
    felt = work.reading.feeling
    return felt is not None and felt.strength >= _PLAIN
