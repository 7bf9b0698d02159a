"""Who was told, the letters, and where reminders go, in an export."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from qingting.companion.person import Person as Reader
from qingting.outbox.models import Letter
from qingting.outbox.models import State as LetterState
from qingting.privacy.errors import Unreadable
from qingting.privacy.ports import About, Line, Part, Section, Table
from qingting.privacy.sealing import PersonSeal, Place
from qingting.telling.models import ReminderChoice, Task, Telling


class ExportedTelling:
    """See qingting.privacy.ports.Exporter."""

    name: Final = "told"
    covers: Final = frozenset(
        {"outbox.Letter", "telling.Telling", "telling.Task", "telling.ReminderChoice"}
    )

    def about(self) -> About:
        """What is kept."""
        return About(
            title=_("Who was told, and reminders"),
            counted={
                "outbox.Letter": _("Letters"),
                "telling.Telling": _("Times somebody was told"),
                "telling.Task": _("Times staff were asked"),
                "telling.ReminderChoice": _("Where reminders go"),
            },
            how_long=_("Letters for 90 days after they went, where reminders go until you end it."),
            page="my_telling",
        )

    def section(self, person: UUID, seal: PersonSeal, reader: Reader) -> Section:
        """All of it; what does not open is left out and said so."""
        letters = list(Letter.objects.filter(person_id=person).order_by("made_at"))
        opened = {
            one.pk: _open(seal, one.body, Place("outbox_letter", "body", one.pk)) for one in letters
        }
        told = [_told(one, seal) for one in _rows(Telling, person)]
        asked = [_asked(one) for one in _rows(Task, person, "made_at")]
        choice = ReminderChoice.objects.filter(person_id=person).first()
        where = None
        if choice is not None:
            where = _open(seal, choice.body, Place("telling_reminderchoice", "body", person))
        parts = [_part(one, opened[one.pk]) for one in letters]
        if where is not None:
            line = Line(_("Where reminders go"), str(where.get("to", "")))
            parts.append(Part(_("Reminders"), [line]))
        data = {
            "letters": [_letter(one, opened[one.pk]) for one in letters],
            "told": told,
            "staff_asked": asked,
            "reminders": where,
        }
        columns = ("kind", "state", "made_at", "ended_at")
        rows = [tuple(getattr(one, key) for key in columns) for one in letters]
        return Section(
            title=_("Who was told, and reminders"),
            parts=parts,
            data=data,
            tables=[Table("letters", columns, rows)],
        )


def _rows(model: Any, person: UUID, by: str = "began_at") -> list[Any]:
    return list(model.objects.filter(person_id=person).order_by(by))


def _open(seal: PersonSeal, sealed: bytes, place: Place) -> dict[str, Any]:
    try:
        return dict(seal.open_json(sealed, place))
    except Unreadable:
        return {"unreadable": True}


def _part(letter: Letter, body: dict[str, Any]) -> Part:
    words = {
        LetterState.SENT: _("Sent"),
        LetterState.FAILED: _("Could not be sent"),
        LetterState.WITHDRAWN: _("Stopped"),
    }
    how = words.get(LetterState(letter.state), _("Not sent yet"))
    lines = [Line(how, str(body.get("to", "")), letter.ended_at or letter.made_at)]
    lines += [Line("", text) for text in body.get("lines", ())]
    return Part(str(body.get("subject", "")), lines, letter.made_at)


def _letter(letter: Letter, body: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": letter.kind,
        "state": letter.state,
        "tries": letter.tries,
        "made_at": letter.made_at.isoformat(),
        "not_before": letter.not_before.isoformat(),
        "ended_at": _iso(letter.ended_at),
        **body,
    }


def _told(row: Telling, seal: PersonSeal) -> dict[str, Any]:
    body = _open(seal, row.body, Place("telling_telling", "body", row.pk))
    return {
        "state": row.state,
        "why": row.why,
        "answer": row.answer,
        "letter": str(row.letter_id) if row.letter_id else None,
        "began_at": row.began_at.isoformat(),
        "goes_at": row.goes_at.isoformat(),
        "answer_by": _iso(row.answer_by),
        "ended_at": _iso(row.ended_at),
        "said_at": _iso(row.said_at),
        # What it rested on in words of ours; never a level.
        "evidence": body.get("evidence", ""),
        "name": body.get("name", ""),
    }


def _asked(row: Task) -> dict[str, Any]:
    return {
        "telling": str(row.telling_id),
        "organisation": str(row.organisation_id),
        "made_at": row.made_at.isoformat(),
        "taken_at": _iso(row.taken_at),
        "ended_at": _iso(row.ended_at),
        "outcome": row.outcome,
    }


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
