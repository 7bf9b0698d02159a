"""django-allauth's forms of second factors, in our words."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import EditWebAuthnForm
from django.utils.translation import gettext_lazy as _


class ActivatingCode(ActivateTOTPForm):  # type: ignore[misc]  # it has no types
    """The first code of an app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _a_code(self)


class ShowingCode(AuthenticateForm):  # type: ignore[misc]  # it has no types
    """A code, when signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _a_code(self)


class ShowingCodeAgain(ReauthenticateForm):  # type: ignore[misc]  # it has no types
    """A code, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _a_code(self)


class NamingPasskey(EditWebAuthnForm):  # type: ignore[misc]  # it has no types
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What to call it")
        self.fields["name"].max_length = 60


def _a_code(form: Any) -> None:
    field = form.fields["code"]
    field.label = _("Code")
    field.widget.attrs.pop("placeholder", None)
