"""Django's handle on staff."""

from __future__ import annotations

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """An app of its own, after the accounts it refers to."""

    name = "qingting.people.staff"
    label = "staff"
    default_auto_field = "django.db.models.BigAutoField"
