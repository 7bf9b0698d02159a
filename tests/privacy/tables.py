"""Every table and column there is, so that a new one is seen in a review."""

from __future__ import annotations

from typing import Final

# Ids, times and levels. Whoever adds a column here says in the review why nobody's words, and
# nothing about anybody, can be in it.
CLEAR: Final = {
    "accounts_account": {
        "id",
        "username",
        "password",
        "rescue",
        "entries",
        "is_active",
        "last_login",
        "created_at",
    },
    "accounts_belonging": {"account_id", "person_index"},
    "accounts_campusidentity": {"account_id"},
    "accounts_rolegrant": {
        "id",
        "account_id",
        "role",
        "given_by",
        "given_at",
        "until",
        "taken_at",
    },
    "people_device": {"id", "person_id", "token_hash", "created_at", "revoked_at"},
    "people_person": {"id", "created_at"},
    "policy_dailyuse": {"id", "person_id", "day", "model_calls", "told"},
    "policy_event": {"id", "person_id", "kind", "amount", "at"},
    "privacy_auditentry": {
        "seq",
        "at",
        "action",
        "by_kind",
        "by_ref",
        "subject",
        "object_ref",
        "previous",
        "hash",
    },
    "privacy_audithead": {"epoch", "began", "count", "hash", "at"},
    "privacy_erasedperson": {"person_id", "erased_at"},
    "privacy_installationkey": {"name", "wrapped", "created_at"},
    "privacy_personkey": {"person_id", "wrapped", "created_at"},
    "safety_episoderecord": {"person_id", "level", "updated_at"},
    "safety_safetyplan": {"person_id", "updated_at"},
    "skills_exerciserun": {"id", "person_id", "talk_id", "begun_at", "updated_at", "ended_at"},
    "talk_conversation": {"id", "person_id", "created_at", "updated_at", "deleted_at"},
    "talk_message": {"id", "conversation_id", "turn_id", "seq", "speaker", "created_at"},
    "talk_turn": {
        "id",
        "person_id",
        "conversation_id",
        "key",
        "status",
        "claimed_by",
        "claimed_until",
        "created_at",
        "finished_at",
    },
}
SEALED: Final = {
    "accounts_belonging": {"person"},
    "accounts_campusidentity": {"body"},
    "safety_episoderecord": {"record"},
    "safety_safetyplan": {"body"},
    "skills_exerciserun": {"body"},
    "talk_conversation": {"title", "state"},
    "talk_message": {"body", "about"},
}
# Longer than a word of ours, and no sentence: Argon2id hashes.
HASHES: Final = {("accounts_account", "password"), ("accounts_account", "rescue")}
# Tables of Django and django-allauth. Those for e-mail and tokens never have a row
# (tests/people/test_accounts.py).
OF_OTHERS: Final = {
    "account_emailaddress": {"id", "user_id", "email", "verified", "primary"},
    "account_emailconfirmation": {"id", "email_address_id", "created", "sent", "key"},
    "auth_group": {"id", "name"},
    "auth_group_permissions": {"id", "group_id", "permission_id"},
    "auth_permission": {"id", "name", "content_type_id", "codename"},
    "django_content_type": {"id", "app_label", "model"},
    "django_session": {"session_key", "session_data", "expire_date"},
    "mfa_authenticator": {"id", "user_id", "type", "data", "created_at", "last_used_at"},
    "socialaccount_socialaccount": {
        "id",
        "user_id",
        "provider",
        "uid",
        "last_login",
        "date_joined",
        "extra_data",
    },
    "socialaccount_socialapp": {
        "id",
        "provider",
        "provider_id",
        "name",
        "client_id",
        "secret",
        "key",
        "settings",
    },
    "socialaccount_socialtoken": {
        "id",
        "app_id",
        "account_id",
        "token",
        "token_secret",
        "expires_at",
    },
}
