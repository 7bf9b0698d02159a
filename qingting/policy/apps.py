"""Django's handle on the policy feature."""

from __future__ import annotations

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """See the module."""

    name = "qingting.policy"
    label = "policy"
    default_auto_field = "django.db.models.BigAutoField"
