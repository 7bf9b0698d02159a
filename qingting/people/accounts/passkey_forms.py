"""django-allauth's forms of passkeys, with JSON that may be anything at all.

The field of a passkey is filled by a script, so whoever fills it by hand sends what they like: a
number with thousands of digits, brackets nested without end, bytes that are cut. The libraries
below raise whatever that makes of them; here each is a wrong form and never an error of ours.
"""

from __future__ import annotations

import json
import struct
from typing import Any, Final

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

# What fido2 raises for bytes and objects that no browser made. It promises no fewer.
_UNREADABLE: Final = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RecursionError,
    struct.error,
)


class AnyText(json.JSONDecoder):
    """Python's decoder, with one error for everything that it cannot take."""

    def decode(self, s: str, *args: Any) -> Any:
        """See JSONDecoder. Raises JSONDecodeError alone."""
        try:
            found = super().decode(s, *args)
            # Half of a pair of signs can be written as JSON, and on no page.
            json.dumps(found, ensure_ascii=False).encode()
        except json.JSONDecodeError:
            raise
        except (ValueError, RecursionError):
            # Python refuses to make a number of more than 4,300 digits; and it stops at a depth.
            raise json.JSONDecodeError("not to be read", "", 0) from None
        return found


class _Careful:
    """What the forms share: how their field is read, and that the rest of them only sees what can
    be read. answer: what a browser's answer is read as."""

    fields: dict[str, Any]
    cleaned_data: dict[str, Any]
    answer: Any = AuthenticationResponse

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].decoder = AnyText

    def clean_credential(self) -> Any:
        """The passkey. Raises ValidationError for what no browser sends."""
        credential = self.cleaned_data["credential"]
        try:
            self.answer.from_dict(credential)
        except _UNREADABLE:
            raise get_adapter().validation_error("incorrect_code") from None
        known = getattr(super(), "clean_credential", None)
        return known() if known is not None else credential


class AddingPasskey(_Careful, AddWebAuthnForm):  # type: ignore[misc]  # it has no types
    """A new passkey."""

    answer = RegistrationResponse


class ShowingPasskey(_Careful, AuthenticateWebAuthnForm):  # type: ignore[misc]  # it has no types
    """A passkey as the second step of signing in."""


class ComingWithPasskey(_Careful, LoginWebAuthnForm):  # type: ignore[misc]  # it has no types
    """A passkey instead of name and password."""


class ShowingPasskeyAgain(_Careful, ReauthenticateWebAuthnForm):  # type: ignore[misc]  # it has no types
    """A passkey, before something that matters."""
