"""The closed vocabulary of the audit log: what can be noted, and who can have done it.

Adding a word here (with its plain words in audit_words.py) is the only way to note more.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

ByKind = Literal["person", "account", "system", "command"]


class Action(StrEnum):
    """A deed worth noting. At most 32 characters each."""

    ACCOUNT_CREATED = "account_created"
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  # a deed, not a password
    SECOND_FACTOR_ADDED = "second_factor_added"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    DEVICE_ADDED = "device_added"
    DEVICE_REVOKED = "device_revoked"
    DEVICES_JOINED = "devices_joined"
    ROLE_GRANTED = "role_granted"
    ROLE_REVOKED = "role_revoked"
    OPERATOR_CREATED = "operator_created"
    INVITATION_MADE = "invitation_made"
    INVITATION_USED = "invitation_used"
    GROUP_JOINED = "group_joined"
    GROUP_LEFT = "group_left"
    CONSENT_GIVEN = "consent_given"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    AGE_DECLARED = "age_declared"
    GUARDIAN_ASKED = "guardian_asked"
    GUARDIAN_CONSENTED = "guardian_consented"
    GUARDIAN_WITHDREW = "guardian_withdrew"
    REST_CHOSEN = "rest_chosen"
    CONTACT_SAVED = "contact_saved"
    CONTACT_REMOVED = "contact_removed"
    EXPORTED = "exported"
    ERASURE_ASKED = "erasure_asked"
    ERASED = "erased"
    WORDS_ERASED = "words_erased"
    RESTORED_AFTER_ERASURE = "restored_after_erasure"
    CORRECTED = "corrected"
    RETENTION_RUN = "retention_run"
    KEYS_ROTATED = "keys_rotated"
    BACKUP_MADE = "backup_made"
    BACKUP_RESTORED = "backup_restored"
    BREAK_GLASS_ASKED = "break_glass_asked"
    BREAK_GLASS_APPROVED = "break_glass_approved"
    BREAK_GLASS_REFUSED = "break_glass_refused"
    BREAK_GLASS_OPENED = "break_glass_opened"
    BREAK_GLASS_ENDED = "break_glass_ended"
    IDENTITY_READ = "identity_read"
    CONVERSATION_READ = "conversation_read"
    SUMMARY_READ = "summary_read"
    PLAN_READ = "plan_read"
    ALERT_SEEN = "alert_seen"
    RELEASED_TO_CONTACT = "released_to_contact"
    SETTINGS_CHANGED = "settings_changed"
    MODEL_CHANGED = "model_changed"
    COMPLAINT_ANSWERED = "complaint_answered"


@dataclass(frozen=True, slots=True)
class By:
    """Who did it. ref: the id of a person or an account (a UUID), or the name of the part of the
    system or of the command, like "retention" or "keys.rotate"."""

    kind: ByKind
    ref: str
