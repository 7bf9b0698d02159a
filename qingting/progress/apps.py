"""Django's handle on the progress feature."""

from __future__ import annotations

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    """See the module."""

    name = "qingting.progress"
    label = "progress"
    default_auto_field = "django.db.models.BigAutoField"
