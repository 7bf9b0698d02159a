"""Django's handle on accounts."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """An app of its own, so that its table exists before those of django-allauth refer to it."""

    name = "qingting.people.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what django-allauth tells, and declare what its tables hold."""
        from qingting.people.accounts import elsewhere, first_factor, telling

        elsewhere.declare()
        telling.listen()
        first_factor.listen()
