"""How a thing went that was spoken of before: when that may be asked, and how a talk begins so.

Never while a danger is open or was near (safety has its own coming back), and once a visit at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from qingting.companion import state as states
from qingting.companion.person import Language, Person
from qingting.companion.plan.plan import Plan
from qingting.companion.remember.follow_ups import Due, calm
from qingting.companion.state import ConversationState
from qingting.companion.words.choose import fingerprints
from qingting.companion.words.script import in_script
from qingting.people import devices
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import PersonSeal, Place
from qingting.talk.ports import CheckIns
from qingting.talk.rows import as_id, as_moment, from_moment
from qingting.talk.statements import episode_of, insert_message

# A visit ends with so long a time without a word.
_GAP: Final = timedelta(hours=6)
_BACK: Final = timedelta(days=3)
_WORDS: Final = 400


@dataclass(frozen=True, slots=True)
class Line:
    """A question as the first page shows it. id: of the check-in."""

    id: UUID
    text: str
    language: str


def line_for(
    check_ins: CheckIns | None,
    keyring: Keyring,
    token: str | None,
    person: Person,
    now: datetime,
) -> Line | None:
    """What the first page asks somebody, noted as seen; None for nothing."""
    whose = devices.find_person(token)
    if check_ins is None or whose is None:
        return None
    seal, today = keyring.open(whose), person.local(now).date()
    due = due_for(check_ins, whose, seal, now, today, person.language)
    if due is None:
        return None
    with transaction.atomic():
        text = check_ins.shown(whose, seal, due, now, today, lambda words: in_script(words, person))
    return Line(UUID(due.id), text, due.follow_up.language)


def due_for(
    check_ins: CheckIns,
    person: UUID,
    seal: PersonSeal,
    now: datetime,
    today: date,
    language: Language | None = None,
) -> Due | None:
    """What may be asked now; None for nothing. language: see the port."""
    due = check_ins.due(person, seal, now, today, lambda: _visit_began(person, now), language)
    if due is None:
        return None
    with connection.cursor() as cursor:
        return due if calm(episode_of(cursor, person, seal), now) else None


def begin_with(
    cursor: Any,
    check_ins: CheckIns | None,
    which: UUID | None,
    *,
    person: UUID,
    conversation: UUID,
    seal: PersonSeal,
    now: datetime,
) -> bytes | None:
    """Let a new conversation begin with the question that the first page showed, so that what they
    write is read as its answer. Its sealed state; None where nothing was asked."""
    asked = check_ins.answered(person, seal, which, now) if check_ins and which else None
    if asked is None:
        return None
    due, words = asked
    about: dict[str, Any] = {
        "plan": Plan(skill="question", why="checked_in").public(),
        "responder": "guided",
        "notices": [],
        "language": due.follow_up.language,
    }
    if due.item:
        about["used"] = [due.item]
    insert_message(cursor, seal, conversation, None, "companion", words, about, now)
    state = ConversationState(seed=conversation.hex, check_in=due.follow_up.kind)
    state = state.with_said(fingerprints(words))
    sealed = seal.seal_json(states.dump(state), Place("talk_conversation", "state", conversation))
    cursor.execute(
        "UPDATE talk_conversation SET state = %s WHERE id = %s", [sealed, as_id(conversation)]
    )
    return sealed


def put_off(
    check_ins: CheckIns | None, token: str | None, which: UUID, now: datetime, *, forever: bool
) -> None:
    """Not now: it is not asked again. forever: nor is anything else of the kind."""
    person = devices.find_person(token)
    if check_ins is None or person is None:
        return
    with transaction.atomic():
        check_ins.asked(person, which, now)
        if forever:
            check_ins.refuse(person)


def _visit_began(person: UUID, now: datetime) -> datetime:
    """When they came: back to the first gap of six hours between their words."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.created_at FROM talk_message m JOIN talk_conversation c "
            "ON c.id = m.conversation_id WHERE c.person_id = %s AND m.speaker = 'person' "
            "AND m.created_at > %s ORDER BY m.created_at DESC LIMIT %s",
            [as_id(person), as_moment(now - _BACK), _WORDS],
        )
        moments = [from_moment(moment) for (moment,) in cursor.fetchall()]
    began = now
    for moment in moments:
        if began - moment >= _GAP:
            break
        began = moment
    return began
