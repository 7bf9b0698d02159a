"""Pages of staff: their home, what an operator sees, invitations and classes. No page here lists,
names or counts one by one the people who talk; numbers under five are not shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from qingting.people import invitations, organisations, staff_service
from qingting.people.accounts.models import RoleGrant
from qingting.people.actor import Actor, actor_of
from qingting.people.data_service import current as my_data
from qingting.people.models import Person
from qingting.people.roles import INVITED, SERVING, STAFF, Role
from qingting.people.staff.doors import has_second_factor, requires, shut
from qingting.people.staff.forms import Invite, Named
from qingting.people.staff.models import Group, Membership, Organisation
from qingting.people.staff_words import name_of_role
from qingting.privacy.audit import Action, By
from qingting.privacy.audit_reading import entries

_ALL: Final = tuple(STAFF)


@requires(*_ALL)
@require_safe
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What there is to do, by role."""
    roles = sorted(actor.roles & STAFF)
    context = {
        "roles": [name_of_role(one) for one in roles],
        "holding": {str(one) for one in roles},
    }
    return render(request, "staff/home.html", context)


@never_cache
@require_safe
def second(request: HttpRequest) -> HttpResponseBase:
    """Why a second step is needed, and the way to it."""
    actor = actor_of(request)
    if not actor.roles & STAFF:
        return shut(request)
    if actor.second_factor:
        return HttpResponseRedirect(reverse("staff"))
    return render(request, "staff/second.html", {"has_one": has_second_factor(actor)})


@requires(Role.OPERATOR)
@require_safe
def figures(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Numbers, settings without secrets, how long things are kept, the last backup."""
    parts = staff_service.current()
    week = timezone.now() - timedelta(days=7)
    counts = {
        "people": staff_service.about(Person.objects.count()),
        "new": staff_service.about(Person.objects.filter(created_at__gte=week).count()),
    }
    schedule = my_data().schedule()
    backup = entries(action=Action.BACKUP_MADE, limit=1)
    context = {
        "counts": counts,
        "settings": parts.figures.settings(),
        "deleted_minutes": round(schedule.deleted_talks / timedelta(minutes=1)),
        "counts_days": schedule.counts.days,
        "guest_days": None if schedule.guests is None else schedule.guests.days,
        "backup": backup[0].at if backup else None,
    }
    return render(request, "staff/figures.html", context)


@requires(Role.OPERATOR)
@require_safe
def roles(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who holds a role of staff, and taking it; giving goes by invitation."""
    return _roles(request, actor)


@requires(Role.OPERATOR)
@require_POST
def role_take(request: HttpRequest, actor: Actor, grant: UUID) -> HttpResponseBase:
    """Take a role; not one's own, so that somebody is left."""
    own = RoleGrant.objects.filter(pk=grant, account_id=_account(actor)).exists()
    given = RoleGrant.objects.filter(pk=grant, role__in=STAFF).exists()
    if own or not given or not organisations.take(grant, _by(actor)):
        return _roles(request, actor, said="not_taken", status=403)
    return HttpResponseRedirect(reverse("staff_roles"), status=303)


@requires(Role.OPERATOR)
@require_POST
def organisation_new(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """A new organisation."""
    form = Named(request.POST)
    if form.is_valid():
        organisations.make(form.cleaned_data["name"], _account(actor))
    return HttpResponseRedirect(reverse("staff_invitations"), status=303)


@requires(Role.OPERATOR)
@require_POST
def group_new(request: HttpRequest, actor: Actor, organisation: UUID) -> HttpResponseBase:
    """A new class."""
    form = Named(request.POST)
    try:
        if form.is_valid():
            organisations.make_group(organisation, form.cleaned_data["name"], _account(actor))
    except organisations.NotHere:
        return shut(request)
    return HttpResponseRedirect(reverse("staff_invitations"), status=303)


@requires(Role.OPERATOR, Role.COUNSELLOR)
@require_safe
def invitation_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Organisations and classes, and the codes for them; for a counsellor their own."""
    return _invitations(request, actor)


@requires(Role.OPERATOR, Role.COUNSELLOR)
@require_POST
def invitation_new(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """A fresh code, shown once."""
    form = Invite(request.POST)
    account = _account(actor)
    only_for = None if actor.holds(Role.OPERATOR) else organisations.served_by(account)
    try:
        code = invitations.make(_asked(request, form), account, only_for=only_for)
    except (invitations.NotUsable, ValueError):
        return _invitations(request, actor, said="not_made", status=403)
    return _invitations(request, actor, code=code)


@requires(Role.OPERATOR, Role.COUNSELLOR)
@require_POST
def invitation_end(request: HttpRequest, actor: Actor, which: UUID) -> HttpResponseBase:
    """Take an invitation back; a counsellor only their own."""
    account = _account(actor)
    own = None if actor.holds(Role.OPERATOR) else f"account:{account}"
    if not invitations.take_back(which, account, only_by=own):
        return shut(request)
    return HttpResponseRedirect(reverse("staff_invitations"), status=303)


def _asked(request: HttpRequest, form: Invite) -> invitations.Asked:
    """What was asked for. Raises ValueError for what no page of ours sends."""
    if not form.is_valid():
        raise ValueError("not a number of days or people")
    role, organisation, group = (request.POST.get(one) for one in ("role", "organisation", "group"))
    return invitations.Asked(
        role=Role(role) if role else None,
        organisation=UUID(organisation) if organisation else None,
        group=UUID(group) if group else None,
        lasts=timedelta(days=form.cleaned_data["days"]),
        uses=form.cleaned_data["uses"] or 1,
    )


def _roles(
    request: HttpRequest, actor: Actor, *, said: str = "", status: int = 200
) -> HttpResponse:
    held = RoleGrant.objects.filter(role__in=STAFF, taken_at=None).select_related("account")
    shown = [
        {
            "id": one.pk,
            "name": one.account.username,
            "role": name_of_role(Role(one.role)),
            "since": one.given_at,
            "own": one.account_id == actor.account,
        }
        for one in held.order_by("role", "given_at")
    ]
    return render(request, "staff/roles.html", {"held": shown, "said": said}, status=status)


def _invitations(
    request: HttpRequest, actor: Actor, *, code: str = "", said: str = "", status: int = 200
) -> HttpResponse:
    operator = actor.holds(Role.OPERATOR)
    account = _account(actor)
    served = organisations.served_by(account)
    found = Organisation.objects.order_by("created_at")
    shown = [_organisation(one) for one in (found if operator else found.filter(pk__in=served))]
    mine = invitations.alive(None if operator else account)
    context: dict[str, Any] = {
        "operator": operator,
        "organisations": shown,
        "serving": [(str(one), name_of_role(one)) for one in sorted(SERVING)],
        "apart": [(str(one), name_of_role(one)) for one in sorted(INVITED - SERVING)],
        "alive": [_invitation(one) for one in mine],
        "code": code,
        "said": said,
    }
    return render(request, "staff/invitations.html", context, status=status)


def _organisation(row: Organisation) -> dict[str, Any]:
    groups = [
        {
            "id": one.pk,
            "name": staff_service.current().name_of(one),
            "number": staff_service.about(Membership.objects.filter(group=one).count()),
        }
        for one in Group.objects.filter(organisation=row).order_by("created_at")
    ]
    return {"id": row.pk, "name": staff_service.current().name_of(row), "groups": groups}


def _invitation(row: Any) -> dict[str, Any]:
    name_of = staff_service.current().name_of
    place = row.group or row.organisation
    return {
        "id": row.pk,
        "role": name_of_role(Role(row.role)) if row.role else "",
        "place": name_of(place) if place else "",
        "until": row.until,
        # How many used it would say who did, in a class of two.
        "left": row.uses_left if row.role else None,
    }


def _account(actor: Actor) -> UUID:
    assert actor.account is not None  # the door saw to it
    return actor.account


def _by(actor: Actor) -> By:
    return By("account", str(_account(actor)))
