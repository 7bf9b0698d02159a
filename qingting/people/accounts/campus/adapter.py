"""How django-allauth makes an account of a campus sign-in."""

from __future__ import annotations

import secrets
from typing import Any, Final

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthError
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from qingting.people.accounts import belonging, entering
from qingting.people.accounts.models import Account

_LETTERS: Final = "23456789abcdefghjkmnpqrstvwxyz"


class CampusAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # it has no types
    """No form after the campus's own, no name of theirs in the account."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Whoever the campus vouches for is invited."""
        return bool(settings.CONFIG.signup != "closed")

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Always: nothing more is asked."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Before anybody is signed in: the answer is to what this browser asked (OpenID Connect
        Core 3.1.3.7, 11), not one of another sign-in that somebody slipped in. An answer of SAML
        names what was asked itself (saml.py)."""
        if getattr(sociallogin, "campus_answered", False):
            return
        asked = str(sociallogin.state.get("nonce") or "")
        answered = str(getattr(sociallogin, "campus_nonce", None) or "")
        if not asked or not constant_time_compare(asked, answered):
            raise ImmediateHttpResponse(_failed())

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        """To the page that says so, instead of a 401: nothing in a browser can answer one."""
        if error != AuthError.CANCELLED:
            raise ImmediateHttpResponse(_failed())

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Account:
        """A random name; whoever wants another makes one up later."""
        account: Account = sociallogin.user
        account.username = "guest-" + "".join(secrets.choice(_LETTERS) for _ in range(10))
        return account

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Account:
        """The account, with what the campus said sealed beside it if the installation keeps it."""
        account: Account = sociallogin.user
        account.set_unusable_password()
        said = getattr(sociallogin, "campus_said", {})
        with transaction.atomic():
            sociallogin.save(request)
            entering.begin(request, account)
            if said and settings.CONFIG.campus_identity == "sealed":
                belonging.current().keep_identity(account.pk, said)
        return account

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """After a campus was added to an account that was there before."""
        return reverse("account_home")


def _failed() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("socialaccount_login_error"))
