"""Something to ask about, put into a real installation as a talk of some days ago would have."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from qingting.companion.person import Language
from qingting.companion.remember.follow_ups import FollowUp, FollowUpKind
from qingting.memory.check_in_rows import Kept, _dump
from qingting.privacy.sealing import Place
from tests.talk.installation import ON_POSTGRES, Installation, as_uuid

DAY = timedelta(days=1)


def follow_up(
    on: date,
    kind: FollowUpKind = "exam",
    what: str = "面试",
    language: Language = "zh",
    **more: Any,
) -> FollowUp:
    """A follow-up of a day."""
    days = {"until": on, "due": on + DAY, "lapses": on + 15 * DAY, **more}
    return FollowUp(kind=kind, what=what, about=what, on=on, language=language, **days)


def plant(installation: Installation, person: UUID, asked: FollowUp) -> UUID:
    """Keep something to ask somebody about; its id."""
    which, now = uuid4(), datetime.now(UTC)
    seal = installation._seals()[person]
    body = seal.seal_json(_dump(Kept(which, asked)), Place("memory_checkin", "body", which))
    installation.main(
        "INSERT INTO memory_checkin (id, person_id, body, due_on, state, updated_at) "
        "VALUES (%s, %s, %s, %s, %s, %s)",
        which,
        person,
        body,
        asked.due if ON_POSTGRES else asked.due.isoformat(),
        "waiting",
        now if ON_POSTGRES else now.replace(tzinfo=None).isoformat(" "),
    )
    return which


def the_only_person(installation: Installation) -> UUID:
    """Who was here last."""
    rows = installation.main("SELECT person_id FROM talk_conversation ORDER BY created_at DESC")
    return as_uuid(rows[0][0])


def a_day_goes_by(installation: Installation, days: int = 1) -> None:
    """Everything that was said and asked lies so much longer back."""
    at: Any = datetime.now(UTC) - days * DAY
    moment = at if ON_POSTGRES else at.replace(tzinfo=None).isoformat(" ")
    installation.main("UPDATE talk_message SET created_at = %s", moment)
    installation.main("UPDATE memory_checkin SET updated_at = %s", moment)
