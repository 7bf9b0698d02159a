"""django-allauth's OpenID Connect, keeping less.

What a campus says about somebody (name, number, address) is not copied into the account: its id is
kept as a blind index, enough to recognise them next time. The rest goes, sealed under the
installation's own key, into CampusIdentity, which only break-glass opens.
"""

from __future__ import annotations

import secrets
from typing import Any, Final

from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from qingting.people.accounts import belonging

# What a counsellor needs to find somebody in an emergency, and no more.
_FOUND_BY: Final = ("name", "preferred_username", "sub", "email", "phone_number")


class CampusProvider(OpenIDConnectProvider):  # type: ignore[misc]  # it has no types
    """In the place of django-allauth's own (settings: provider_class)."""

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: Any = None,
        data: Any = None,
        **more: Any,
    ) -> HttpResponseBase:
        """On to the campus, with a nonce that its answer must hold (django-allauth sends none).
        It waits in the session, beside the state; CampusAdapter.pre_social_login compares."""
        nonce = secrets.token_urlsafe(24)
        asked = more.pop("auth_params", None) or self.get_auth_params()
        answer: HttpResponseBase = super().redirect(
            request,
            process,
            next_url=next_url,
            data=data,
            auth_params={**asked, "nonce": nonce},
            nonce=nonce,
            **more,
        )
        return answer

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
        login.campus_nonce = (response.get("id_token") or {}).get("nonce")
        said = {**(response.get("id_token") or {}), **(response.get("userinfo") or {})}
        login.campus_said = {one: str(said[one]) for one in _FOUND_BY if said.get(one)}
        return login
