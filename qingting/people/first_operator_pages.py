"""The page behind the link of `qingting operator create`."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qingting.people import first_operator
from qingting.people.staff.forms import FirstOperator


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, code: str) -> HttpResponseBase:
    """Choose a name and a password. A second step is asked before anything else opens."""
    if not ratelimit.consume(request, action="operator_link"):
        return _spent(request, 429)
    if not first_operator.is_good(code, timezone.now()):
        return _spent(request, 404)
    form = FirstOperator(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _asked(request, form)
    try:
        account = first_operator.use_link(
            code, form.cleaned_data["username"], form.cleaned_data["password"], timezone.now()
        )
    except IntegrityError:
        form.add_error("username", _("Somebody has this name already. Another one?"))
        return _asked(request, form)
    if account is None:
        return _spent(request, 404)
    entered: HttpResponseBase = perform_login(
        request, account, redirect_url=reverse("staff_second"), signup=True
    )
    return entered


def _asked(request: HttpRequest, form: Any) -> HttpResponse:
    return render(request, "staff/begin.html", {"form": form})


def _spent(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, "staff/spent.html", status=status)
