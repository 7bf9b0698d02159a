"""Answers to a questionnaire done in a talk, kept beside those of its page (see
qingting.talk.ports)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from qingting.companion.instruments.instrument import Answers
from qingting.privacy.sealing import PersonSeal
from qingting.progress.rows import ANSWERS


class AnswersOfTalks:
    """See qingting.talk.ports.Questions."""

    def keep(self, person: UUID, seal: PersonSeal, answers: Answers, now: datetime) -> None:
        """Keep them as they stand now. In the transaction of the turn."""
        which = UUID(answers.id)
        stored = ANSWERS.one(person, which, seal)
        if stored is not None and stored.finished:
            # It was ended on its page meanwhile: what was counted stays as it is.
            return
        ANSWERS.keep(person, which, answers, seal, now)
