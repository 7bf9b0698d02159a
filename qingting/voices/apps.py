"""Django's handle on the voices feature."""

from __future__ import annotations

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    """See the module."""

    name = "qingting.voices"
    label = "voices"
    default_auto_field = "django.db.models.BigAutoField"
