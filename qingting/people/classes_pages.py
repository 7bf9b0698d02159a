"""Entering a code one was given, seeing which classes one is in, leaving one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from qingting.people import devices, invitations, organisations, staff_service
from qingting.people.accounts.models import Account
from qingting.people.actor import actor_of
from qingting.people.staff.forms import Code
from qingting.people.staff.models import Group, Membership
from qingting.people.visitors import give_token, new_token, token_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponseBase:
    """A code for a class or a role: first what it means, then joining."""
    form = Code(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    if not ratelimit.consume(request, action="invitation"):
        form.add_error("code", _("That was tried too often. Wait an hour, then again."))
        return _page(request, form, status=429)
    found = invitations.find(form.cleaned_data["code"])
    if found is None or (found.role is None and found.group is None):
        form.add_error("code", _("That code is not one of ours, or its time is over."))
        return _page(request, form, status=404)
    if request.POST.get("step") != "join":
        return _page(request, form, found=found)
    return _joined(request, form, found)


@require_POST
def leave(request: HttpRequest, which: UUID) -> HttpResponseBase:
    """Leave a class."""
    person = actor_of(request).person
    if person is None or not organisations.leave(person, which):
        raise Http404
    return HttpResponseRedirect(reverse("my_classes"), status=303)


def _joined(request: HttpRequest, form: Code, found: invitations.Invitation) -> HttpResponseBase:
    account = request.user if isinstance(request.user, Account) else None
    if found.role is not None and account is None:
        form.add_error("code", _("This code is for somebody with an account. Sign in first."))
        return _page(request, form, status=403)
    response = HttpResponseRedirect(
        reverse("staff" if found.role is not None else "my_classes"), status=303
    )
    person = actor_of(request).person
    if person is None and found.group is not None:
        token = new_token()
        parts = staff_service.current()
        person = devices.welcome(token, parts.keyring, parts.clock())
        give_token(response, token)
    try:
        invitations.use(found, person, account)
    except invitations.NotUsable:
        form.add_error("code", _("That code does not fit this account."))
        return _page(request, form, status=403)
    return response


def _page(
    request: HttpRequest,
    form: Code,
    *,
    found: invitations.Invitation | None = None,
    status: int = 200,
) -> HttpResponse:
    person = actor_of(request).person if token_of(request) else None
    mine = Membership.objects.select_related("group__organisation").order_by("joined_at")
    context: dict[str, Any] = {
        "form": form,
        "mine": [_shown(one) for one in mine.filter(person_id=person)] if person else [],
        "found": found,
        "place": _place(found),
    }
    return render(request, "staff/join.html", context, status=status)


def _place(found: invitations.Invitation | None) -> str:
    if found is None or found.group is None:
        return ""
    return _named(Group.objects.select_related("organisation").get(pk=found.group))


def _shown(row: Membership) -> dict[str, Any]:
    return {"id": row.pk, "name": _named(row.group), "reference": row.reference}


def _named(group: Group) -> str:
    name_of = staff_service.current().name_of
    return f"{name_of(group.organisation)} · {name_of(group)}"
