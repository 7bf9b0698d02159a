"""What the law of the place asks of whoever makes an account: told by the policy in force, which
lies above this layer (qingting.site.accounts)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Asked:
    """contact: a guardian or somebody to call in an emergency is asked for, and may be left out.
    identity: accounts must be tied to a real identity (docs/accounts.md)."""

    contact: bool = False
    identity: bool = False

    @property
    def only_campus(self) -> bool:
        """Whether accounts are made through the campus alone: it knows who its people are, and a
        made-up name is tied to nobody."""
        return self.identity and has_campus()

    @property
    def unmet(self) -> bool:
        """Whether a real identity is asked for and there is nothing here that could know one."""
        return self.identity and not has_campus()


def has_campus() -> bool:
    """Whether somebody can sign in through a campus."""
    return bool(settings.CONFIG.campus_url or settings.CONFIG.campus_saml)


def _nothing() -> Asked:
    return Asked()


_current: Callable[[], Asked] = _nothing


def use(asked: Callable[[], Asked]) -> None:
    """Make this what is asked in this process; it is called anew each time, because a law begins on
    its day while a server runs."""
    global _current  # noqa: PLW0603  # set once, by the wiring
    _current = asked


def now() -> Asked:
    """What is asked today; nothing before the site wired it."""
    return _current()
