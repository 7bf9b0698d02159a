"""Django's handle on the privacy feature."""

from __future__ import annotations

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """See the module."""

    name = "qingting.privacy"
    label = "privacy"
    default_auto_field = "django.db.models.BigAutoField"
