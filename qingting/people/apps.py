"""Django's handle on the people feature."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See the module."""

    name = "qingting.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
