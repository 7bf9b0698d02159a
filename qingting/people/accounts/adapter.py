"""How django-allauth behaves here: made-up names, no e-mail, a person behind each account."""

from __future__ import annotations

import unicodedata
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qingting.people import asked
from qingting.people.accounts import entering, invited
from qingting.people.accounts.models import Account
from qingting.people.accounts.telling import tell
from qingting.privacy.audit import Action

# Letters of any script, digits, and what joins them; no "@", so that nobody types an address.
username_validators: Final = [
    RegexValidator(
        r"^[\w](?:[\w.-]*[\w])?\Z",
        _("Letters, digits, dots, dashes and underscores, please."),
    )
]


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # it has no types
    """Signing up and in."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_taken": _("Somebody has this name already. Another one?"),
        "username_password_mismatch": _("That name and password don't go together."),
        "too_many_login_attempts": _("That was tried too often. Wait a few minutes, then again."),
        "incorrect_password": _("That is not the password."),
        "incorrect_code": _("That code doesn't fit. A fresh one may."),
        "rate_limited": _("A little slower, please: wait a minute, then again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether an account may be made here; an installation can close this, and so does a law
        that ties accounts to real identities, where the campus knows them."""
        return bool(settings.CONFIG.signup != "closed") and not asked.now().only_campus

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """The name as stored: one spelling for one name (NFKC, lower case)."""
        cleaned: str = super().clean_username(
            unicodedata.normalize("NFKC", username).strip().lower(), shallow
        )
        return cleaned

    def save_user(
        self, request: HttpRequest, user: Account, form: Any, commit: bool = True
    ) -> Account:
        """A new account and its person, noted, or nothing at all. A code that somebody else used
        up a moment ago leads back to the form."""
        user.username = form.cleaned_data["username"]
        password = form.cleaned_data.get("password1")
        # Before the transaction: a hash takes a tenth of a second, and others want to write.
        user.set_password(password) if password else user.set_unusable_password()
        try:
            with transaction.atomic():
                user.save()
                person = entering.begin(request, user)
                invited.use(form.cleaned_data.get("invitation", ""), person, user)
        except invited.Spent as error:
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_signup"))) from error
        return user

    def set_password(self, user: Account, password: str) -> None:
        """Another password, noted."""
        user.set_password(password)
        with transaction.atomic():
            user.save()
            tell(Action.PASSWORD_CHANGED, user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """After another password: which devices are signed in."""
        return reverse("account_devices")

    def post_login(self, request: HttpRequest, user: Account, **more: Any) -> HttpResponse:
        """The page that follows, with this device made the account's."""
        signup = bool(more.get("signup"))
        if signup and user.has_usable_password():
            # The password was typed a moment ago; the next page need not ask for it again.
            record_authentication(request, user, "password", reauthenticated=True)
        response: HttpResponse = super().post_login(request, user, **more)
        return entering.settle(request, user, response)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """After an account is made: the code for a forgotten password, shown once."""
        return str(entering.RESCUE_PAGE)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing is sent: no account has an address."""

    def clean_email(self, email: str) -> str:
        """No account has an address."""
        raise ValidationError(_("No e-mail address is needed here."))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # it has no types
    """Codes and passkeys, with their secrets sealed under the installation's own key."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code doesn't fit. A fresh one may."),
    }

    def generate_authenticator_name(self, user: Account, type: Any) -> str:  # noqa: A002  # theirs
        """What a passkey is called until its owner says otherwise."""
        return gettext("My passkey")

    def get_totp_issuer(self) -> str:
        """The name in the person's authenticator app: neutral, because others see that screen."""
        return "Notes"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What a passkey dialog names: the host alone."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Notes"}

    def encrypt(self, text: str) -> str:
        """A secret as it is stored."""
        return entering.seal_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        """A stored secret. Raises Unreadable when the installation's key is another one."""
        return entering.open_secret(encrypted_text)
