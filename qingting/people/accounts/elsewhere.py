"""What the tables of django-allauth and Django's own hold about people, declared for them."""

from __future__ import annotations

from typing import Final

from qingting.privacy.declarations import ELSEWHERE, NoPersonalData, PersonalData

_ACCOUNT: Final = "until the account is closed"

_TABLES: Final[dict[str, PersonalData | NoPersonalData]] = {
    "sessions.Session": NoPersonalData(
        "a hash of a random key, and which account signed in; gone a week after the last visit"
    ),
    "contenttypes.ContentType": NoPersonalData("names of our own models"),
    "auth.Permission": NoPersonalData("unused; Django makes it"),
    "auth.Group": NoPersonalData("unused; Django makes it"),
    "auth.Group_permissions": NoPersonalData("unused; Django makes it"),
    "account.EmailAddress": PersonalData(
        exported="never has a row: nobody is asked for an address",
        erased="rows deleted",
        retained=_ACCOUNT,
        clear=frozenset({"id", "user", "email", "verified", "primary"}),
        person="user_id",
        owner="account",
    ),
    "account.EmailConfirmation": PersonalData(
        exported="never has a row: nobody is asked for an address",
        erased="rows deleted",
        retained=_ACCOUNT,
        clear=frozenset({"id", "email_address", "created", "sent", "key"}),
        person="email_address__user_id",
        owner="account",
    ),
    "mfa.Authenticator": PersonalData(
        exported="account.json: kinds of second step and since when",
        erased="rows deleted",
        retained=_ACCOUNT,
        # data: a passkey's public half, or a secret sealed under the installation's own key.
        clear=frozenset({"id", "user", "type", "data", "created_at", "last_used_at"}),
        person="user_id",
        owner="account",
        withheld=frozenset({"data"}),
    ),
    "socialaccount.SocialApp": NoPersonalData("never has a row: campuses are in the settings"),
    "socialaccount.SocialAccount": PersonalData(
        exported="account.json: which campus sign-in",
        erased="rows deleted",
        retained=_ACCOUNT,
        # uid: a blind index of the campus's id, extra_data: empty (campus.py).
        clear=frozenset(
            {"id", "user", "provider", "uid", "last_login", "date_joined", "extra_data"}
        ),
        person="user_id",
        owner="account",
        withheld=frozenset({"uid", "extra_data"}),
    ),
    "socialaccount.SocialToken": PersonalData(
        exported="never has a row: no campus token is kept",
        erased="rows deleted",
        retained=_ACCOUNT,
        clear=frozenset({"id", "app", "account", "token", "token_secret", "expires_at"}),
        person="account__user_id",
        owner="account",
        withheld=frozenset({"token", "token_secret"}),
    ),
}


def declare() -> None:
    """Make these known; called once, when Django is ready."""
    ELSEWHERE.update(_TABLES)
