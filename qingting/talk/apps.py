"""Django's handle on the talk feature."""

from __future__ import annotations

from django.apps import AppConfig


class TalkConfig(AppConfig):
    """See the module."""

    name = "qingting.talk"
    label = "talk"
    default_auto_field = "django.db.models.BigAutoField"
