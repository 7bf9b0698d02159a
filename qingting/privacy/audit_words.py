"""The audit log in plain words, for the page where a person sees what was done with what is theirs.

The words are texts of the pages (qingting/site/locale), because they stand on pages beside them.
They name no doer: "You" or one of the words of WHO goes before them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qingting.privacy.audit_actions import Action, ByKind

if TYPE_CHECKING:  # a class only for the type checker; at run time it is a function
    from django.utils.functional import _StrPromise

WHO: Final[Mapping[ByKind, _StrPromise]] = {
    "person": _("Another person here"),
    "account": _("Somebody with an account here"),
    "system": _("Qingting, by itself"),
    "command": _("Whoever runs this installation"),
}

WORDS: Final[Mapping[Action, _StrPromise]] = {
    Action.ACCOUNT_CREATED: _("made an account"),
    Action.SIGNED_IN: _("signed in"),
    Action.SIGN_IN_FAILED: _("tried to sign in and did not get in"),
    Action.SIGNED_OUT: _("signed out"),
    Action.PASSWORD_CHANGED: _("changed the password"),
    Action.SECOND_FACTOR_ADDED: _("added a second step to signing in"),
    Action.SECOND_FACTOR_REMOVED: _("took away the second step of signing in"),
    Action.PASSKEY_ADDED: _("added a passkey"),
    Action.PASSKEY_REMOVED: _("took away a passkey"),
    Action.DEVICE_ADDED: _("added a device that opens your talks"),
    Action.DEVICE_REVOKED: _("shut out a device"),
    Action.DEVICES_JOINED: _("joined what was on two devices"),
    Action.ROLE_GRANTED: _("gave somebody a role"),
    Action.ROLE_REVOKED: _("took a role away"),
    Action.OPERATOR_CREATED: _("made an account for running this installation"),
    Action.INVITATION_MADE: _("made an invitation"),
    Action.INVITATION_USED: _("used an invitation"),
    Action.GROUP_JOINED: _("joined a class"),
    Action.GROUP_LEFT: _("left a class"),
    Action.CONSENT_GIVEN: _("agreed to something being shared"),
    Action.CONSENT_WITHDRAWN: _("took back an agreement to share"),
    Action.AGE_DECLARED: _("said how old you are"),
    Action.GUARDIAN_ASKED: _("asked a parent or guardian"),
    Action.GUARDIAN_CONSENTED: _("agreed, as your parent or guardian"),
    Action.GUARDIAN_WITHDREW: _("took back the agreement of a parent or guardian"),
    Action.REST_CHOSEN: _("chose, or took away, an amount a day or a night"),
    Action.CONTACT_SAVED: _("saved somebody to call in an emergency"),
    Action.CONTACT_REMOVED: _("took out somebody to call in an emergency"),
    Action.EXPORTED: _("made a copy of everything of yours"),
    Action.ERASURE_ASKED: _("asked for everything of yours to be erased"),
    Action.ERASED: _("erased everything of yours"),
    Action.WORDS_ERASED: _("erased all you had written, and kept the account"),
    Action.RESTORED_AFTER_ERASURE: _("erased you again after a backup was brought back"),
    Action.CORRECTED: _("corrected something about you"),
    Action.RETENTION_RUN: _("deleted what was old enough to go"),
    Action.KEYS_ROTATED: _("changed the keys that lock everything here"),
    Action.BACKUP_MADE: _("made a locked backup of everything here"),
    Action.BACKUP_RESTORED: _("brought back a backup of everything here"),
    Action.BREAK_GLASS_ASKED: _("asked to open something of yours in an emergency"),
    Action.BREAK_GLASS_APPROVED: _("allowed something of yours to be opened in an emergency"),
    Action.BREAK_GLASS_REFUSED: _("did not allow something of yours to be opened"),
    Action.BREAK_GLASS_OPENED: _("opened something of yours in an emergency"),
    Action.BREAK_GLASS_ENDED: _("closed what had been opened in an emergency"),
    Action.IDENTITY_READ: _("looked up who you are, in an emergency"),
    Action.CONVERSATION_READ: _("read one of your talks"),
    Action.SUMMARY_READ: _("read a summary about you"),
    Action.PLAN_READ: _("read your safety plan"),
    Action.ALERT_SEEN: _("saw a notice that you may be in danger"),
    Action.RELEASED_TO_CONTACT: _("told the person you named for emergencies"),
    Action.SETTINGS_CHANGED: _("changed a setting of this installation"),
    Action.MODEL_CHANGED: _("changed the program that words the replies"),
    Action.COMPLAINT_ANSWERED: _("answered a complaint of yours"),
}


def words_of(action: str) -> str:
    """What was done, in the language in use. An action that a newer version wrote and this one
    does not know is said as such."""
    try:
        return str(WORDS[Action(action)])
    except ValueError:
        return gettext("did something that this version has no words for")


def who_of(by_kind: str) -> str:
    """Who did it, as far as the kind says, in the language in use."""
    found = WHO.get(by_kind)  # type: ignore[call-overload]  # a kind read back is any text
    return str(found) if found is not None else gettext("Somebody")
