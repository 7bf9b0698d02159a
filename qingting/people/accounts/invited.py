"""Codes that let somebody sign up where an installation is not open to everybody. Made and kept by
qingting.people.invitations, which knows accounts: it is asked here only when a form comes."""

from __future__ import annotations

from uuid import UUID

from qingting.people.accounts.models import Account


class Spent(Exception):
    """The code was used up, or ended, between the form and the deed."""


def check(code: str) -> bool:
    """Whether a code opens anything now."""
    from qingting.people import invitations

    return invitations.find(code) is not None


def use(code: str, person: UUID, account: Account) -> None:
    """Use a code once, in the caller's transaction; an empty one asks for nothing. Raises Spent."""
    if not code:
        return
    from qingting.people import invitations

    invitation = invitations.find(code)
    if invitation is None:
        raise Spent
    try:
        invitations.use(invitation, person, account)
    except invitations.NotUsable:
        raise Spent from None
