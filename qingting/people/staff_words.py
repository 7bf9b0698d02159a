"""Roles and settings of staff in plain words."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from qingting.people.breaking_glass import What
from qingting.people.roles import Role

_ROLES: Final = {
    Role.COUNSELLOR: _("Counsellor"),
    Role.SUPERVISOR: _("Supervisor"),
    Role.OPERATOR: _("Operator"),
    Role.AUDITOR: _("Auditor"),
    Role.GUARDIAN: _("Parent or guardian"),
    Role.DUTY_CONTACT: _("On duty"),
}
_WHAT: Final = {
    What.IDENTITY: _("Who they are"),
    What.LAST_CONVERSATION: _("Their last talk"),
    What.PLAN: _("Their safety plan"),
}
# Who gave a role: the word before the colon in RoleGrant.given_by.
_GIVERS: Final = {
    "invitation": _("Given by an operator's invitation"),
    "command": _("Given on the server itself"),
    "guardian": _("Given with your yes as a guardian"),
}
# Why break-glass was refused (breaking_glass.Refused).
_WHY: Final = {
    "reason": _("That does not say why. A sentence or two: what happened, and why it cannot wait."),
    "danger": _("If they are to be told later, say what danger telling them now would be."),
    "nobody": _("Nobody in your organisation has this word."),
    "yourself": _("Somebody else has to decide this."),
    "decided": _("That was decided already."),
    "over": _("That was asked too long ago. Ask again."),
    "closed": _("This is closed."),
    "role": _("This does not open with what you signed in with."),
}


def name_of_role(role: Role) -> str:
    """A role, in the language in use."""
    return str(_ROLES[role])


def name_of_what(what: str) -> str:
    """What is to be opened, in the language in use."""
    return str(_WHAT[What(what)])


def words_of_giver(given_by: str) -> str:
    """Who gave a role, in the language in use; nobody's name."""
    kind = given_by.partition(":")[0]
    return str(_GIVERS[kind]) if kind in _GIVERS else given_by


def why(word: str) -> str:
    """Why it was refused, in the language in use."""
    return str(_WHY[word])
