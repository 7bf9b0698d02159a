"""Django's handle on consents."""

from __future__ import annotations

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """An app of its own, after the accounts it refers to."""

    name = "qingting.people.consent"
    label = "consent"
    default_auto_field = "django.db.models.BigAutoField"
