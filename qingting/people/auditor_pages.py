"""Pages of an auditor: the audit log, its check, and all of it as a file. Ids and words of ours."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final
from uuid import UUID

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from qingting.people.actor import Actor
from qingting.people.roles import Role
from qingting.people.staff.doors import requires
from qingting.privacy import audit
from qingting.privacy.audit import Action, By, record
from qingting.privacy.audit_reading import as_json, entries
from qingting.privacy.audit_verify import WHY, verify

_PAGE: Final = 100
_CHUNK: Final = 500


@requires(Role.AUDITOR)
@require_safe
def log(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Entries, the newest first, by deed and by whom they are about."""
    return _log(request)


@requires(Role.AUDITOR)
@require_POST
def check(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Check the whole log."""
    verdict = verify(audit.key())
    found = {
        "sound": verdict.sound,
        "end": str(verdict.end),
        "number": verdict.end.seq,
        "broken": verdict.broken,
        "why": WHY[verdict.why] if verdict.why else "",
    }
    return _log(request, found)


@requires(Role.AUDITOR)
@require_POST
def export(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Every entry as a line of JSON, oldest first. Noted."""
    record(Action.EXPORTED, by=By("account", str(actor.account)), object_ref="audit.log")
    response = StreamingHttpResponse(_lines(), content_type="application/x-ndjson")
    response["Content-Disposition"] = 'attachment; filename="audit.jsonl"'
    return response


async def _lines() -> AsyncIterator[bytes]:
    last = 0
    while True:
        found = await sync_to_async(_after)(last)
        if not found:
            return
        last = found[-1].seq
        yield "".join(as_json(one) + "\n" for one in found).encode()


def _after(last: int) -> list[Any]:
    from qingting.privacy.audit_chain import from_row
    from qingting.privacy.models import AuditEntry

    rows = AuditEntry.objects.filter(seq__gt=last).order_by("seq")[:_CHUNK]
    return [from_row(one) for one in rows]


def _log(request: HttpRequest, verdict: dict[str, Any] | None = None) -> HttpResponse:
    asked = request.GET
    action = _known(asked.get("action", ""))
    subject, before = _id(asked.get("subject", "")), _number(asked.get("before", ""))
    found = entries(subject=subject, action=action, before=before, limit=_PAGE)
    context = {
        "entries": found,
        "actions": sorted(str(one) for one in Action),
        "action": action,
        "subject": subject or "",
        "next": found[-1].seq if len(found) == _PAGE else None,
        "verdict": verdict,
    }
    return render(request, "staff/log.html", context)


def _known(word: str) -> Action | None:
    try:
        return Action(word)
    except ValueError:
        return None


def _id(word: str) -> UUID | None:
    try:
        return UUID(word)
    except ValueError:
        return None


def _number(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 18 else None
