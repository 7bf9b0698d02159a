"""The safety plan: its page, the copy to take along, and deleting it. All of it works without
JavaScript; the person's own plan only. Danger typed into it is answered."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qingting.companion.protect.resources import Directory
from qingting.companion.protect.safety_plan import (
    LONGEST_ITEM,
    MOST_ITEMS,
    SECTIONS,
    SafetyPlan,
    Section,
)
from qingting.people.visitors import give_token, new_token, person_of, token_of
from qingting.safety.hearing import Answer
from qingting.safety.plan_titles import plan_titles
from qingting.safety.plans import CannotStore, current, version_of
from qingting.safety.shown import PICTURES, ambulance, plan_lines

log = logging.getLogger(__name__)

# A field takes what its part can hold, and some room for blank lines.
_FIELD: Final = MOST_ITEMS * (LONGEST_ITEM + 10)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the plan as the page shows it. text: what stands in its field."""

    section: Section
    title: str
    hint: str
    text: str

    @property
    def items(self) -> list[str]:
        """The lines of the field, for paper and for the copy."""
        return [line for line in map(str.strip, self.text.splitlines()) if line]


@cache_control(no_store=True)
@csp_update(PICTURES)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """The plan. Posting to it keeps it."""
    if request.method == "POST":
        return _save(request)
    try:
        stored = current().of(token_of(request))
    except CannotStore:
        return _page(request, {}, said="unreadable", status=503)
    said = request.GET.get("said", "")
    return _page(request, _texts(stored), said=said, stored=stored)


@cache_control(no_store=True)
@require_safe
def copy(request: HttpRequest) -> HttpResponse:
    """The plan as one file without a script, to be kept where there is no network."""
    try:
        stored = current().of(token_of(request))
    except CannotStore:
        return _page(request, {}, said="unreadable", status=503)
    if stored.is_empty:
        return _to_plan()
    response = render(
        request,
        "safety/copy.html",
        {**_shown(request, _texts(stored)), "stored": stored, "moment": current().clock()},
    )
    # A name that says nothing to whoever looks over a shoulder.
    response["Content-Disposition"] = 'attachment; filename="plan.html"'
    return response


@cache_control(no_store=True)
@require_POST
def delete(request: HttpRequest) -> HttpResponse:
    """Delete the plan, when the box beside the button was ticked."""
    if not request.POST.get("sure"):
        return _to_plan()
    try:
        current().delete(token_of(request))
    except CannotStore as error:
        log.error("a plan could not be deleted: %s", type(error).__name__)
        return _page(request, {}, said="undeleted", status=503)
    return _to_plan("deleted")


@cache_control(no_store=True)
@csp_update(PICTURES)
def expired(request: HttpRequest) -> HttpResponse:
    """A form whose protection expired: what was typed stays in the fields, with a new form, and
    is read for danger all the same."""
    if any(section in request.POST for section in SECTIONS):
        return _unkept(request, _typed(request), said="expired", status=403)
    try:
        stored = current().of(token_of(request))
    except CannotStore:
        return _page(request, {}, said="unreadable", status=503)
    return _page(request, _texts(stored), said="expired", stored=stored, status=403)


def _save(request: HttpRequest) -> HttpResponse:
    known, texts, seen = token_of(request), _typed(request), request.POST.get("seen", "")
    token = known or new_token()
    try:
        kept = current().save(token, texts, seen, person_of(request))
    except CannotStore as error:
        log.error("a plan could not be stored: %s", type(error).__name__)
        return _unkept(request, texts, said="unsaved", status=503)
    if not kept.fits:
        # What fits is kept; what does not still stands in the fields.
        response = _page(request, texts, said="too_much", stored=kept.plan, heard=kept.heard)
    elif kept.heard is not None:
        context = {"heard": kept.heard, "key": uuid4().hex}
        response = render(request, "safety/heard.html", context)
    else:
        response = _to_plan("saved" if kept.plan == kept.typed else "together")
    if known is None:
        give_token(response, token)
    return response


def _unkept(
    request: HttpRequest, texts: dict[Section, str], *, said: str, status: int
) -> HttpResponse:
    """The page with what was typed still in its fields, and an answer to danger above it."""
    heard = current().hear_unsaved(token_of(request), texts, person_of(request))
    seen = request.POST.get("seen", "")
    return _page(request, texts, said=said, seen=seen, heard=heard, status=status)


def _page(
    request: HttpRequest,
    texts: dict[Section, str],
    *,
    said: str,
    stored: SafetyPlan | None = None,
    seen: str = "",
    heard: Answer | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with these texts in its fields. said: what is told above them. heard: what is said
    to danger among them, first of all."""
    return render(
        request,
        "safety/plan.html",
        {
            **_shown(request, texts),
            "said": said,
            "readable": said not in ("unreadable", "undeleted"),
            "stored": stored or SafetyPlan(),
            "seen": version_of(stored) if stored else seen,
            "most": MOST_ITEMS,
            "field": _FIELD,
            "heard": heard,
        },
        status=status,
    )


def _shown(request: HttpRequest, texts: dict[Section, str]) -> dict[str, Any]:
    person = person_of(request)
    place = Directory.load().for_place(person.region, language=person.language)
    names, hints = plan_titles(), _hints()
    return {
        "parts": [Part(one, names[one], hints[one], texts.get(one, "")) for one in SECTIONS],
        "ambulance": ambulance(place, person),
        "lines": plan_lines(place, person, current().clock()),
    }


def _texts(stored: SafetyPlan) -> dict[Section, str]:
    return {section: "\n".join(stored.of(section)) for section in SECTIONS}


def _typed(request: HttpRequest) -> dict[Section, str]:
    return {section: request.POST.get(section, "") for section in SECTIONS}


def _to_plan(said: str = "") -> HttpResponseRedirect:
    address = reverse("plan")
    return HttpResponseRedirect(f"{address}?said={said}" if said else address, status=303)


def _hints() -> dict[Section, str]:
    return {
        "signs": _("Like not sleeping, or leaving everyone unread."),
        "alone": _("Like that one playlist, a hot shower, a walk around the block."),
        "places": _("Like the all-night shop, the library, a kitchen with people in it."),
        "people": _("A name, or what you call them. A number if you have it."),
        "professionals": _("Like a school counsellor, or a doctor you have been to."),
        "safer": _("What should be further away on a bad night, and who could keep it for you."),
        "reasons": _("A person, a cat, a song, a ticket for next month. Small ones count."),
    }
