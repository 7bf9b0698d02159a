"""/staff/setup/: whose rules hold here, what is missing, what another choice would change, and how
it is set. Nothing is changed from here: settings are the server's (docs/settings.md)."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from qingting.companion.person import Language
from qingting.people.actor import Actor
from qingting.people.roles import Role
from qingting.people.staff.doors import requires
from qingting.people.visitors import person_of
from qingting.policy.differing import change_words, changes
from qingting.policy.operator_words import said
from qingting.policy.packs.pack import Pack
from qingting.policy.packs.shelf import DEFAULT, shipped
from qingting.policy.showing import pack_names
from qingting.site import policy_setup
from qingting.site.config import ConfigError


@dataclass(frozen=True, slots=True)
class Other:
    """Another choice. lines: the settings for it. changes: (asked, now, then, for whom)."""

    packs: str
    lines: list[str]
    changes: list[tuple[str, str, str, str]]


@requires(Role.OPERATOR)
@require_safe
def setup(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The present choice; with ?place= and ?audience= another one beside it."""
    config, language = settings.CONFIG, person_of(request).language
    chosen = policy_setup.chosen_in(config)
    place, audience = request.GET.get("place", ""), request.GET.get("audience", "public")
    wrong = ""
    other: Other | None = None
    if "audience" in request.GET:
        try:
            other = _other(place[:40], audience, language)
        except ConfigError as error:
            wrong = str(error)
        if place.strip() and not policy_setup.packs_of(place, "public"):
            wrong = said(language, "setup", "unknown", place=place[:40])
    context = {
        "advice": said(language, "show", "advice"),
        "packs": pack_names(chosen.packs, language),
        "findings": policy_setup.findings_of(config, timezone.now().date(), language),
        "places": [(one.id, one.name(language)) for one in _places()],
        "audiences": policy_setup.AUDIENCES,
        "place": place,
        "audience": audience,
        "other": other,
        "wrong": wrong,
    }
    return render(request, "staff/setup.html", context)


def _other(place: str, audience: str, language: Language) -> Other:
    config = settings.CONFIG
    packs = policy_setup.packs_of(place, audience)
    # An empty QINGTING_POLICY would mean the pack of the place that stands now.
    then = policy_setup.chosen_from(config, packs or DEFAULT)
    now = policy_setup.chosen_in(config)
    found = changes(now, then, timezone.now().date())
    lines = policy_setup.settings_for(place, audience)
    shown = [
        f"{name}={value}" for name, value in lines.items() if "PLACE" in name or "POLICY" in name
    ]
    named = pack_names(then.packs, language)
    return Other(named, shown, [change_words(one, language) for one in found])


def _places() -> list[Pack]:
    overlays = {DEFAULT, *policy_setup.AUDIENCES}
    return [one for one in shipped().values() if one.id not in overlays]
