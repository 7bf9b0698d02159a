"""What everybody is told ahead of time: a change of the model, of the way of speaking, the end."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from qingting.people import staff_service
from qingting.people.staff.models import Notice
from qingting.privacy.audit import Action, By, record


class Kind(StrEnum):
    """What a notice is about."""

    MODEL_CHANGE = "model_change"
    PERSONA_CHANGE = "persona_change"
    ENDING = "ending"


def put_up(kind: Kind, shown_from: date, zh: str, en: str, by: By) -> UUID:
    """Show a line on the first page from a day on; the older one of its kind ends with it."""
    parts = staff_service.current()
    now = parts.clock()
    row = Notice(kind=kind, shown_from=shown_from, made_at=now)
    row.body = parts.seal_body(row, {"zh": zh, "en": en})
    with transaction.atomic():
        Notice.objects.filter(kind=kind, ended_at=None).update(ended_at=now)
        row.save(force_insert=True)
        record(Action.SETTINGS_CHANGED, by=by, object_ref=f"notice.{kind}:{row.pk}")
    return row.pk


def take_down(kind: Kind, by: By) -> bool:
    """End the notice of a kind."""
    now = staff_service.current().clock()
    with transaction.atomic():
        if not Notice.objects.filter(kind=kind, ended_at=None).update(ended_at=now):
            return False
        record(Action.SETTINGS_CHANGED, by=by, object_ref=f"notice.{kind}")
    return True


def standing() -> list[tuple[Kind, date, dict[str, str]]]:
    """Every notice that has not ended, with its words by language."""
    parts = staff_service.current()
    found = Notice.objects.filter(ended_at=None).order_by("shown_from", "made_at")
    return [(Kind(one.kind), one.shown_from, parts.body_of(one)) for one in found]


def shown(today: date, language: str) -> list[str]:
    """The lines to show on a day, in a language ("zh" or "en")."""
    return [words[language] for _, since, words in standing() if since <= today]
