"""What is remembered, in a person's export, and on the page of what is kept."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from qingting.companion.person import Person
from qingting.companion.remember.item import Item
from qingting.memory import rows
from qingting.memory.models import CheckIn, MemoryChoice, MemoryItem
from qingting.memory.shown import Group, ShownItem, groups
from qingting.privacy.exporting_rest import opened_json
from qingting.privacy.ports import About, Line, Part, Section, Table
from qingting.privacy.sealing import PersonSeal, Place

_COLUMNS: Final = (
    "id",
    "kind",
    "says",
    "on",
    "until",
    "quote",
    "first_heard",
    "last_heard",
    "in_force",
    "this_machine_only",
)


class ExportedMemory:
    """See qingting.privacy.ports.Exporter. The index holds nothing but what is reckoned from the
    items."""

    name: Final = "memory"
    covers: Final = frozenset(
        {"memory.MemoryItem", "memory.MemoryIndex", "memory.MemoryChoice", "memory.CheckIn"}
    )

    def about(self) -> About:
        """What is kept."""
        return About(
            title=_("What I remember"),
            counted={
                "memory.MemoryItem": _("Things noted"),
                "memory.CheckIn": _("Things to ask about"),
            },
            how_long=_("Until you have it forgotten, one by one or all at once."),
            page="memory",
        )

    def section(self, person: UUID, seal: PersonSeal, reader: Person) -> Section:
        """Every item with its words, what it took the place of, and what was chosen."""
        items = rows.items_of(person, seal)
        today = reader.local(timezone.now()).date()
        shut = MemoryItem.objects.filter(person_id=person).count() - len(items)
        questions = [_question(row, seal) for row in _check_ins(person)]
        parts = [_part(group) for group in groups(items, reader, today)]
        return Section(
            title=_("What I remember"),
            note=_("Some of it does not open any more.") if shut else "",
            parts=parts + _asked(questions),
            data={
                "items": [{"id": item.id, **rows.dump(item)} for item in items],
                "questions": questions,
                "chosen": _chosen(person),
            },
            tables=[Table("memory", _COLUMNS, [_row(item) for item in items])],
        )


def _part(group: Group) -> Part:
    return Part(group.title, [line for item in group.items for line in _lines(item)])


def _lines(item: ShownItem) -> list[Line]:
    until = item.until or item.on
    days = " – ".join(_day(one) for one in dict.fromkeys((item.on, until)) if one)
    says = f"{item.says} · {days}" if days else item.says
    found = [Line(says, f"“{item.quote}”", item.first_at)]
    before = _("Before that it was:")
    found += [Line(f"{before} {one.says}", f"“{one.quote}”", one.at) for one in item.before]
    return found


def _day(day: date) -> str:
    return str(date_format(day, "DATE_FORMAT"))


def _row(item: Item) -> tuple[Any, ...]:
    return (
        item.id,
        item.kind,
        item.says,
        item.on,
        item.until,
        item.quote,
        item.first_said_at,
        item.said_at,
        item.standing == "held",
        item.local_only,
    )


def _check_ins(person: UUID) -> Any:
    return CheckIn.objects.filter(person_id=person).order_by("due_on", "id")


def _question(row: CheckIn, seal: PersonSeal) -> dict[str, Any]:
    body = opened_json(seal, row.body, Place("memory_checkin", "body", row.id))
    return {
        "id": str(row.id),
        "from": row.due_on.isoformat(),
        "state": row.state,
        # None: it does not open any more.
        "about": body,
    }


def _asked(questions: list[dict[str, Any]]) -> list[Part]:
    lines = [
        Line(_day(date.fromisoformat(one["from"])), str(one["about"].get("says", "")))
        for one in questions
        if isinstance(one["about"], dict)
    ]
    return [Part(_("What I meant to ask about"), lines)] if lines else []


def _chosen(person: UUID) -> dict[str, bool]:
    row = MemoryChoice.objects.filter(person_id=person).first()
    chosen = row or MemoryChoice()
    return {"paused": chosen.paused, "check_ins": chosen.check_ins}
