"""The page of how somebody is doing: their own notes as pictures, sentences and tables."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from qingting.companion.instruments import shelf
from qingting.companion.person import Person
from qingting.people.actor import actor_of
from qingting.people.visitors import person_of
from qingting.progress.charts.spans import SPANS, Span, span_of
from qingting.progress.errors import CannotStore
from qingting.progress.felt import felt_of
from qingting.progress.letters import waiting
from qingting.progress.models import FeltDay, MoodEntry, Questionnaire
from qingting.progress.rows import ANSWERS, MOODS
from qingting.progress.schedules import due
from qingting.progress.service import Progress, current

log = logging.getLogger(__name__)

# A row is stored on the server's clock, its day is the person's: never further apart than this.
_CLOCKS: Final = timedelta(days=2)


@cache_control(no_store=True)
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """How whoever asks is doing, over the span they chose."""
    asked = request.GET.get("span", "")
    try:
        person = actor_of(request).person
        context = _nothing(asked) if person is None else _shown(person, person_of(request), asked)
    except CannotStore as error:
        log.error("what was noted could not be read: %s", type(error).__name__)
        context = {**_nothing(asked), "unreadable": True}
        return render(request, "progress/progress.html", context, status=503)
    return render(request, "progress/progress.html", context)


def _nothing(asked: str) -> dict[str, Any]:
    today = datetime.now(UTC).date()
    return {"charts": [], "span": span_of(asked, today, None), "spans": _spans()}


def _shown(person: UUID, who: Person, asked: str) -> dict[str, Any]:
    # Only here: loading the drawing library takes longer than a page should, and most never draw.
    from qingting.progress.charts.page import charts_of

    found = current()
    today = who.local(found.clock()).date()
    span = span_of(asked, today, None)
    noted = _noted(found, person, who, span)
    if span.key == "all":
        span = span_of(asked, today, noted.earliest)
    charts = charts_of(noted, shelf.instruments(), span, who)
    return {
        "charts": charts,
        "span": span,
        "spans": _spans(),
        "due": due(found, person, today),
        "letter": waiting(found, person, today),
        "older": not charts and _anything(person, felt=found.shows_felt(person)),
    }


def _noted(found: Progress, person: UUID, who: Person, span: Span) -> Any:
    from qingting.progress.charts.page import Noted

    seal, since = found.seal(person), None
    shown = found.choice(person).felt and found.shows_felt(person)
    if span.key != "all":
        since = datetime.combine(span.first, datetime.min.time(), UTC) - _CLOCKS
    return Noted(
        moods=MOODS.all_of(person, seal, since),
        felt=felt_of(person, seal, since) if shown else (),
        answers=ANSWERS.all_of(person, seal, since),
        done=found.exercises.done(person, seal, since, who),
    )


def _anything(person: UUID, *, felt: bool) -> bool:
    """Whether there is anything at all, outside of what is looked at. felt: whether what was read
    in talks may be shown."""
    tables: tuple[Any, ...] = (MoodEntry, Questionnaire, *((FeltDay,) if felt else ()))
    return any(table.objects.filter(person_id=person).exists() for table in tables)


def _spans() -> list[tuple[str, str]]:
    words = {"30": _("30 days"), "90": _("3 months"), "365": _("A year"), "all": _("All of it")}
    return [(key, words[key]) for key in SPANS]
