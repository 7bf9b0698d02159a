"""Django's handle on the outbox."""

from __future__ import annotations

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """See the module."""

    name = "qingting.outbox"
    label = "outbox"
    default_auto_field = "django.db.models.BigAutoField"
