"""django-allauth's SAML, keeping as little as the OpenID Connect beside it (provider.py).

Only at work where QINGTING_CAMPUS_SAML names a file and the extra "saml" is installed. An answer
counts only to what this browser asked: django-allauth looks its InResponseTo up in the session, and
refuses one that nobody asked for.
"""

from __future__ import annotations

from typing import Any, Final

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from django.http import HttpResponseRedirect
from django.urls import reverse

from qingting.people.accounts import belonging

# What stays the same for somebody, the most private first: pairwise-id, subject-id, persistent
# ids, the principal name.
_SAME: Final = (
    "urn:oasis:names:tc:SAML:attribute:pairwise-id",
    "urn:oasis:names:tc:SAML:attribute:subject-id",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.10",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.6",
)
_PASSING: Final = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
# What a counsellor needs to find somebody in an emergency, and no more, as provider.py names it.
_FOUND_BY: Final = {
    "name": ("urn:oid:2.16.840.1.113730.3.1.241", "displayName"),
    "preferred_username": ("urn:oid:0.9.2342.19200300.100.1.1", "uid"),
    "sub": ("urn:oid:1.3.6.1.4.1.5923.1.1.1.6", "eduPersonPrincipalName"),
    "email": ("urn:oid:0.9.2342.19200300.100.1.3", "mail"),
    "phone_number": ("urn:oid:2.5.4.20", "telephoneNumber"),
}


class CampusSaml(SAMLProvider):  # type: ignore[misc]  # it has no types
    """In the place of django-allauth's own (settings: provider_class)."""

    def extract_uid(self, data: Any) -> str:
        """A blind index of the campus's id for somebody. An id that is another one each time is
        none: it would make a new account at each sign-in."""
        uid = _first(data, _SAME)
        if not uid and data.get_nameid_format() != _PASSING:
            uid = data.get_nameid() or ""
        if not uid:
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("socialaccount_login_error")))
        entity = self.app.settings["idp"]["entity_id"]
        return belonging.current().campus_index(f"{entity}|{uid}")

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        """Nothing."""
        return {}

    def extract_common_fields(self, data: Any) -> dict[str, Any]:
        """Nothing: the name in the account is random."""
        return {}

    def extract_email_addresses(self, data: Any) -> list[Any]:
        """None."""
        return []

    def sociallogin_from_response(self, request: Any, response: Any) -> Any:
        """The sign-in, with what the campus said beside it until the account is saved."""
        login = super().sociallogin_from_response(request, response)
        login.campus_answered = True
        said = {one: _first(response, names) for one, names in _FOUND_BY.items()}
        login.campus_said = {one: text for one, text in said.items() if text}
        return login


def _first(data: Any, names: tuple[str, ...]) -> str:
    attributes = data.get_attributes()
    found = (str(value) for name in names for value in attributes.get(name) or [] if value)
    return next(found, "")
