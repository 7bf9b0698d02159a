"""Django's handle on the complaints feature."""

from __future__ import annotations

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """See the module."""

    name = "qingting.complaints"
    label = "complaints"
    default_auto_field = "django.db.models.BigAutoField"
