"""The policy in force. One profile so far, the strictest-common; packs resolve here later."""

from __future__ import annotations

from django.conf import settings

from qingting.companion.policy import Policy
from qingting.policy.hosted import may_ask


def policy_for() -> Policy:
    """The policy of this installation, with its cap on model calls."""
    config = settings.CONFIG
    address = config.endpoint[0] if config.endpoint else ""
    return Policy(
        model_calls_per_day=config.model_calls_per_day,
        hosted_model=may_ask(config.hosted_models, config.place, address),
    )
