"""The policy in force. One profile so far, the strictest-common; packs resolve here later."""

from __future__ import annotations

from django.conf import settings

from qingting.companion.policy import Policy


def policy_for() -> Policy:
    """The policy of this installation, with its cap on model calls."""
    return Policy(model_calls_per_day=settings.CONFIG.model_calls_per_day)
