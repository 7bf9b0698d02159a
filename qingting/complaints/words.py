"""What complaints are about and how far they came, in words of the language in use."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingting.complaints.models import About, State


def about_words(about: str) -> str:
    """What a complaint is about."""
    return {
        About.REPLY: _("A reply that was wrong or hurt"),
        About.RULE: _("A rule here, or how something works"),
        About.AGE: _("How old I was taken to be"),
        About.OTHER: _("Something else"),
    }.get(About(about), about)


def state_words(state: str) -> str:
    """How far it came."""
    return {
        State.RECEIVED: _("Waits for an answer"),
        State.ANSWERED: _("Answered"),
        State.CLOSED: _("Closed"),
    }.get(State(state), state)
