"""django-allauth's OpenID Connect, keeping less.

What a campus says about somebody (name, number, address) is not copied into the account: its id is
kept as a blind index, enough to recognise them next time. The rest goes, sealed under the
installation's own key, into CampusIdentity, which only break-glass opens.
"""

from __future__ import annotations

from typing import Any, Final

from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider

from qingting.people.accounts import belonging

# What a counsellor needs to find somebody in an emergency, and no more.
_FOUND_BY: Final = ("name", "preferred_username", "sub", "email", "phone_number")


class CampusProvider(OpenIDConnectProvider):  # type: ignore[misc]  # it has no types
    """In the place of django-allauth's own (settings: provider_class)."""

    def extract_uid(self, data: dict[str, Any]) -> str:
        """A blind index of the campus's id for somebody."""
        uid = super().extract_uid(data)
        return belonging.current().campus_index(f"{self.server_url}|{uid}")

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing."""
        return {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing: the name in the account is random."""
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """None."""
        return []

    def sociallogin_from_response(self, request: Any, response: dict[str, Any]) -> Any:
        """The sign-in, with what the campus said beside it until the account is saved."""
        login = super().sociallogin_from_response(request, response)
        said = {**(response.get("id_token") or {}), **(response.get("userinfo") or {})}
        login.campus_said = {one: str(said[one]) for one in _FOUND_BY if said.get(one)}
        return login
