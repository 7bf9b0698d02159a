"""Pages of an account that django-allauth has not: its home, signing out, the code for a forgotten
password, devices, and what a guest wrote here before."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from allauth.mfa.adapter import get_adapter as second_factors
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.socialaccount.providers.openid_connect.views import login as campus_login
from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qingting.people import devices
from qingting.people.accounts import belonging, entering, joining, rescue
from qingting.people.accounts.forms import Rescue
from qingting.people.accounts.models import Account
from qingting.people.accounts.telling import tell
from qingting.people.actor import actor_of
from qingting.people.hiding import lock
from qingting.people.visitors import token_of
from qingting.privacy.audit import Action


@cache_control(no_store=True)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What can be done with the account; for a guest, why one might want one."""
    return render(request, "account/home.html", {"actor": actor_of(request)})


@cache_control(no_store=True)
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Sign this device out."""
    if not request.user.is_authenticated:
        # Half-way through signing in, or signed out long ago. This device's guest stays.
        logout(request)
        return HttpResponseRedirect(reverse("account_login"))
    if request.method != "POST":
        return render(request, "account/logout.html")
    with transaction.atomic():
        response = entering.leave(request, HttpResponseRedirect(reverse("start")))
        logout(request)
    return response


@cache_control(no_store=True)
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """A new password by the code that was written down."""
    form = Rescue(request.POST or None)
    if request.method == "POST" and form.is_valid() and _rescued(request, form):
        return render(request, "account/rescued.html")
    return render(request, "account/forgotten.html", {"form": form})


@cache_control(no_store=True)
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]  # it has no types
@require_http_methods(["GET", "POST"])
def rescue_new(request: HttpRequest) -> HttpResponse:
    """A fresh code, shown once: after signing up, or asked for later."""
    account = _account(request)
    if request.method == "POST":
        return render(request, "account/rescue.html", {"code": rescue.new_code(account)})
    return render(request, "account/rescue.html", {"has_one": bool(account.rescue)})


@cache_control(no_store=True)
@login_required
@require_safe
def device_list(request: HttpRequest) -> HttpResponse:
    """The devices that are signed in."""
    here = devices.hashed(token_of(request) or "")
    shown = [
        {"id": one.id, "since": one.created_at, "here": bytes(one.token_hash) == here}
        for one in devices.of(_person(request))
    ]
    return render(request, "account/devices.html", {"devices": shown})


@login_required
@require_POST
def device_out(request: HttpRequest, device: UUID) -> HttpResponse:
    """Sign another device out. Every sign-in session but this one ends with it."""
    account = _account(request)
    with transaction.atomic():
        if not devices.revoke(_person(request), device, belonging.current().clock()):
            raise Http404
        account.entries += 1
        account.save(update_fields=["entries"])
        tell(Action.DEVICE_REVOKED, account)
    update_session_auth_hash(request, account)
    return HttpResponseRedirect(reverse("account_devices"))


@cache_control(no_store=True)
@login_required
@require_http_methods(["GET", "POST"])
def join_guest(request: HttpRequest) -> HttpResponse:
    """What was written on this device before signing in: bring it along, or leave it here."""
    token = entering.guest_token(request)
    guest = devices.find_person(token)
    response = HttpResponseRedirect(reverse("history"))
    if not lock.open_here(request, token):
        # Behind its PIN: it is there again after signing out, and asks for it then.
        return response
    if guest is None or belonging.current().account_of(guest) is not None:
        entering.forget_guest(response)
        return response
    if request.method != "POST":
        return render(request, "account/join.html")
    if request.POST.get("bring") == "yes":
        account = _account(request)
        joining.bring(guest, _person(request), lambda: tell(Action.DEVICES_JOINED, account))
        entering.forget_guest(response)
    return response


@cache_control(no_store=True)
@login_required
@require_safe
def totp_picture(request: HttpRequest) -> HttpResponse:
    """The picture to scan while a code from an app is being set up: the secret that is offered in
    this session, as django-allauth's own page holds it (there inside the page, where our policy of
    content lets no picture be)."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    adapter = second_factors()
    picture = adapter.build_totp_svg(adapter.build_totp_url(_account(request), secret))
    return HttpResponse(picture, content_type="image/svg+xml")


@cache_control(no_store=True)
def campus(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the campus, by a page of ours: a form may lead nowhere but here (form-action)."""
    response: HttpResponse = campus_login(request, provider_id)
    return by_a_page(request, response)


def by_a_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Where an answer leads to, as a link on a page of ours."""
    where = response.headers.get("Location", "")
    if not where.startswith(("https://", "http://")):
        return response
    page = render(
        request,
        "socialaccount/going.html",
        {"where": where, "name": settings.CONFIG.campus_name or urlsplit(where).hostname},
    )
    page.cookies = response.cookies
    return page


@cache_control(no_store=True)
@require_safe
def campus_failed(request: HttpRequest) -> HttpResponse:
    """That the campus sign-in did not work. A page like any other: django-allauth answers 401,
    which asks a browser for something that there is not."""
    return render(request, "socialaccount/authentication_error.html")


def _rescued(request: HttpRequest, form: Rescue) -> bool:
    username = form.cleaned_data["username"].strip().lower()
    if not ratelimit.consume(request, action="rescue", key=username):
        form.add_error(None, _("That was tried too often. Wait an hour, then again."))
        return False
    try:
        validate_password(form.cleaned_data["password"], Account(username=username))
    except ValidationError as error:
        form.add_error("password", error)
        return False
    if rescue.use_code(username, form.cleaned_data["code"], form.cleaned_data["password"]) is None:
        form.add_error(None, _("That name and code don't go together."))
        return False
    return True


def _account(request: HttpRequest) -> Account:
    account = request.user
    if not isinstance(account, Account):
        raise Http404
    return account


def _person(request: HttpRequest) -> UUID:
    person = belonging.current().person_of(_account(request).pk)
    if person is None:
        raise Http404
    return person
