"""What somebody may be here, and what each may see. Roles are held by accounts; a guest has none.

Nobody's role opens anybody's words: a counsellor sees what its person consented to, a guardian and
a duty contact see the few fields named below, and everything else needs break-glass, which the
person is told about (qingting.people.breaking_glass).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """A role that is given and taken by an operator (or by an invitation an operator made)."""

    COUNSELLOR = "counsellor"  # sees people who consented, inside their organisation
    SUPERVISOR = "supervisor"  # approves break-glass; sees counsellors' work, not chats
    OPERATOR = "operator"  # runs the installation; sees counts and settings, never chats
    AUDITOR = "auditor"  # reads the audit log and the evidence, never chats
    GUARDIAN = "guardian"  # of a minor: usage and the alerts the law grants, never chats
    DUTY_CONTACT = "duty_contact"  # in a released emergency: name, place, what to do


# Those who look after others must show a second factor before any page of theirs opens.
STAFF: Final = frozenset({Role.COUNSELLOR, Role.SUPERVISOR, Role.OPERATOR, Role.AUDITOR})

# Given by an invitation of an operator's. Operators are made by `qingting operator create` alone:
# whoever has the machine has everything anyway, and nobody else should be able to add one.
INVITED: Final = frozenset({Role.COUNSELLOR, Role.SUPERVISOR, Role.AUDITOR})
# Held inside an organisation.
SERVING: Final = frozenset({Role.COUNSELLOR, Role.SUPERVISOR})
# Whoever gives roles must not use them, and whoever reads the log must not fill it.
_ALONE: Final = frozenset({Role.OPERATOR, Role.AUDITOR})


def may_hold(role: Role, held: frozenset[Role]) -> bool:
    """Whether an account that holds these roles may be given another one: an operator and an
    auditor hold no other staff role."""
    others = (held & STAFF) - {role}
    return not others or not ({role, *others} & _ALONE)
