"""Django's handle on the library."""

from __future__ import annotations

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """See the module."""

    name = "qingting.library"
    label = "library"
    default_auto_field = "django.db.models.BigAutoField"
