"""Django's handle on telling."""

from __future__ import annotations

from django.apps import AppConfig


class TellingConfig(AppConfig):
    """See the module."""

    name = "qingting.telling"
    label = "telling"
    default_auto_field = "django.db.models.BigAutoField"
