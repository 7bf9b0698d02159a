"""Django's handle on the memory feature."""

from __future__ import annotations

from django.apps import AppConfig


class MemoryConfig(AppConfig):
    """See the module."""

    name = "qingting.memory"
    label = "memory"
    default_auto_field = "django.db.models.BigAutoField"
