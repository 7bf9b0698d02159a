"""A young person's page about their guardian; the guardian's own yes; and what a guardian sees:
days and minutes, and nothing else."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from allauth.core import ratelimit
from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qingting.people.accounts import belonging
from qingting.people.accounts.models import RoleGrant
from qingting.people.actor import actor_of
from qingting.people.consent import asking_pages, rest_pages
from qingting.people.consent.ages import Band
from qingting.people.consent.service import current
from qingting.people.consent.vocabulary import What
from qingting.people.data_service import CannotStore
from qingting.people.roles import Role
from qingting.privacy.audit import Action, By, record

log = logging.getLogger(__name__)

_SHOWN: Final = timedelta(days=28)


class Yes(forms.Form):
    """What a guardian says of themselves: a name, and what they are to the young person."""

    code = forms.CharField(max_length=64, label=_("The code you were shown"))
    name = forms.CharField(max_length=60, label=_("Your name"))
    relation = forms.CharField(max_length=60, label=_("What you are to them"))
    mail = forms.EmailField(
        max_length=120,
        required=False,
        label=_("Your e-mail, if you want to hear when they are in danger and they agree to it"),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guardian(request: HttpRequest) -> HttpResponseBase:
    """The young person's: a code to show, who said yes, and taking it back."""
    try:
        code = ""
        if request.method == "POST":
            step = request.POST.get("step", "")
            asked = asking_pages.whoever(request)
            if step in ("alert", "quiet"):
                current().guardian_may_be_alerted(asked.person, _id(request), yes=step == "alert")
            elif step != "ask":
                current().let_guardian_go(asked.person, _id(request))
            if step != "ask":
                return asked.told(HttpResponseRedirect(reverse("my_guardian"), status=303))
            code = current().ask_guardian(asked.person)
            return asked.told(_mine(request, asked.person, code))
        return _mine(request, actor_of(request).person, code)
    except CannotStore as error:
        return _failed(request, error)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, code: str = "") -> HttpResponseBase:
    """The guardian's: what this is and what they would see, then their yes."""
    form = Yes(request.POST) if request.method == "POST" else Yes(initial={"code": code})
    context: dict[str, Any] = {
        "form": form,
        "words": asking_pages.shown_words(What.GUARDIAN_SEES_USAGE, request),
        "signed_in": actor_of(request).account,
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/consent_agree.html", context)
    if not ratelimit.consume(request, action="guardian"):
        form.add_error("code", gettext("That was tried too often. Wait an hour, then again."))
        return render(request, "people/consent_agree.html", context, status=429)
    try:
        way_back = _agreed(request, form)
    except CannotStore as error:
        return _failed(request, error)
    if way_back is None:
        form.add_error(
            "code", gettext("That code is used, or its time is over. They can make a new one.")
        )
        return render(request, "people/consent_agree.html", context, status=404)
    return render(request, "people/consent_agree.html", {**context, "way_back": way_back})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest) -> HttpResponseBase:
    """The guardian's: a yes taken back, by the code they were shown."""
    done, wrong = False, False
    if request.method == "POST":
        if not ratelimit.consume(request, action="guardian"):
            return render(request, "people/consent_back.html", {"often": True}, status=429)
        try:
            done = current().guardian_withdraws(request.POST.get("code", ""))
        except CannotStore as error:
            return _failed(request, error)
        wrong = not done
    return render(request, "people/consent_back.html", {"done": done, "wrong": wrong})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def child(request: HttpRequest) -> HttpResponseBase:
    """The guardian's, with an account: days and minutes of each who asked them."""
    account = actor_of(request).account
    if account is None:
        return HttpResponseRedirect(f"{reverse('account_login')}?next={reverse('my_child')}")
    try:
        if request.method == "POST":
            if not current().guardian_account_withdraws(account, _id(request)):
                raise Http404
            return HttpResponseRedirect(reverse("my_child"), status=303)
        return render(request, "people/consent_child.html", {"children": _children(account)})
    except CannotStore as error:
        return _failed(request, error)


def _children(account: UUID) -> list[dict[str, Any]]:
    now = current().clock()
    found = []
    for which, person in current().children_of(account):
        usage = current().usage_for(person, which, now - _SHOWN)
        days = None if usage is None else sorted(usage.items(), reverse=True)
        grown_up = current().age_of(person) is Band.ADULT
        rest = None if grown_up else rest_pages.shown(person, guardian=which)
        found.append({"id": which, "days": days, "rest": rest})
    return found


def _agreed(request: HttpRequest, form: Yes) -> str | None:
    """The yes, with the role of a guardian where they are signed in to an account that is not the
    young person's own."""
    said = form.cleaned_data
    account = actor_of(request).account
    asked = current().asked_by(said["code"])
    if account is not None and belonging.current().person_of(account) == asked:
        account = None
    with transaction.atomic():
        way_back = current().agree(
            said["code"],
            name=said["name"],
            relation=said["relation"],
            account=account,
            mail=said["mail"],
        )
        if way_back is not None and account is not None:
            _made_guardian(account)
    return way_back


def _made_guardian(account: UUID) -> None:
    held = RoleGrant.objects.filter(account_id=account, role=Role.GUARDIAN, taken_at=None)
    if not held.exists():
        RoleGrant.objects.create(
            account_id=account,
            role=Role.GUARDIAN,
            given_by="guardian",
            given_at=current().clock(),
        )
        record(Action.ROLE_GRANTED, by=By("system", "guardian"), object_ref=account.hex)


def _mine(request: HttpRequest, person: UUID | None, code: str) -> HttpResponseBase:
    consents = current()
    band = consents.age_of(person) if person else None
    rules = consents.rules
    needed = rules.needs_guardian(band)
    context = {
        "code": code,
        "link": request.build_absolute_uri(reverse("guardian_yes", args=[code])) if code else "",
        "guardians": consents.guardians_of(person) if person else [],
        "needed": needed,
        "rest": None if band is Band.ADULT else rest_pages.shown(person),
        "waits": person is not None and consents.waits(person),
        "owed": rules.usage_owed and needed,
        "words": asking_pages.shown_words(What.GUARDIAN_SEES_USAGE, request),
        "alerts": asking_pages.shown_words(What.GUARDIAN_IS_ALERTED, request),
    }
    return render(request, "people/consent_guardian.html", context)


def _id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("which", ""))
    except ValueError:
        raise Http404 from None


def _failed(request: HttpRequest, error: Exception) -> HttpResponseBase:
    log.error("a guardian's page failed: %s", type(error).__name__)
    return render(request, "people/consent_back.html", {"unreadable": True}, status=503)
