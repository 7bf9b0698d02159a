"""The page "Here and elsewhere": a person's own pattern in a sentence, whom they named, a few
questions for themselves, and what they set for themselves, dropped with one tap."""

from __future__ import annotations

import logging
from typing import Any, Final

from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qingting.companion.dependence.balance import Taper
from qingting.companion.words.script import in_script
from qingting.people.actor import actor_of
from qingting.people.visitors import person_of
from qingting.policy import balance_pattern, balance_words
from qingting.policy.balances import NotNow, Seen, current
from qingting.privacy.errors import StorageError

log = logging.getLogger(__name__)

_SAID: Final = ("answered", "agreed", "dropped", "quiet", "forgotten", "not_now")
_HOURS: Final = range(20, 24)
_DAYS: Final = range(7)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def balance(request: HttpRequest) -> HttpResponseBase:
    """See the module."""
    try:
        if request.method == "POST":
            return _changed(request)
        return _page(request)
    except (StorageError, DatabaseError) as error:
        log.error("a balance could not be read or kept: %s", type(error).__name__)
        return render(request, "policy/balance.html", {"unreadable": True}, status=503)


def _changed(request: HttpRequest) -> HttpResponseBase:
    person, step = actor_of(request).person, request.POST.get("step", "")
    said = _done(request, step) if person is not None else ""
    address = reverse("my_balance") + (f"?said={said}" if said else "")
    return HttpResponseRedirect(address, status=303)


def _done(request: HttpRequest, step: str) -> str:
    """Do what a button asks; what is said then, "" for a step no page of ours has."""
    person, reader, balances = actor_of(request).person, person_of(request), current()
    if person is None:
        return ""
    if step == "check":
        balances.answer(person, reader, _answers(request))
        return "answered"
    if step == "agree":
        taper = _taper(request)
        if taper is None:
            return ""
        try:
            balances.agree(person, reader, taper)
        except NotNow:
            return "not_now"
        return "agreed"
    if step == "drop":
        balances.drop(person)
        return "dropped"
    if step == "quiet":
        balances.decline(person, reader)
        return "quiet"
    if step == "forget":
        balances.forget(person)
        return "forgotten"
    return ""


def _answers(request: HttpRequest) -> dict[str, str]:
    questions = balance_words.question_words(person_of(request)).values()
    given = {one.key: request.POST.get(one.key, "") for one in questions}
    return {one.key: given[one.key] for one in questions if given[one.key] in one.options}


def _taper(request: HttpRequest) -> Taper | None:
    """What the form chose; None for what no page of ours offers."""
    reader = person_of(request)
    today = reader.local(current().now()).date()
    what, on = request.POST.get("what", ""), request.POST.get("on", "")
    number = int(on) if on.isascii() and on.isdigit() and len(on) < 3 else -1
    if what == "day" and number in _DAYS:
        return Taper("day", number, today)
    if what == "hour" and number in _HOURS:
        return Taper("hour", number, today)
    return Taper("person", 0, today) if what == "person" else None


def _page(request: HttpRequest) -> HttpResponseBase:
    person, reader = actor_of(request).person, person_of(request)
    seen = current().seen(person, reader) if person is not None else None
    lead, after = balance_words.around_words(reader)
    said = request.GET.get("said", "")
    shown: dict[str, Any] = {
        "said": said if said in _SAID else "",
        "lead": lead,
        "after": after,
        "questions": _questions(request, seen),
        "hours": _HOURS,
        "days": list(enumerate(balance_words.weekdays())),
    }
    if seen is not None:
        today = reader.local(current().now()).date()
        shown |= {
            "pattern": balance_pattern.sentences(seen.hours, today),
            "named": [in_script(name, reader) for name in seen.named],
            "may_agree": seen.may_agree,
            "taper": balance_words.taper_words(seen.balance.taper) if seen.balance.taper else "",
            "checked": seen.balance.check,
            "noted": _noted(seen),
        }
    return render(request, "policy/balance.html", shown)


def _questions(request: HttpRequest, seen: Seen | None) -> list[dict[str, Any]]:
    check = seen.balance.check if seen is not None else None
    given = check.answers if check is not None else {}
    return [
        {"key": one.key, "ask": one.ask, "options": one.options, "given": given.get(one.key, "")}
        for one in balance_words.question_words(person_of(request)).values()
    ]


def _noted(seen: Seen) -> list[str]:
    """What was noted, in words; never how often, which would read like a mark."""
    words = balance_words.noted_words()
    signs = {sign for week in seen.balance.heard.values() for sign in week}
    return [words[sign] for sign in words if sign in signs]
