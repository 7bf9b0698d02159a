"""Django's handle on the safety feature."""

from __future__ import annotations

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """See the module."""

    name = "qingting.safety"
    label = "safety"
    default_auto_field = "django.db.models.BigAutoField"
