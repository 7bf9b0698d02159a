"""Django's handle on the skills feature."""

from __future__ import annotations

from django.apps import AppConfig


class SkillsConfig(AppConfig):
    """See the module."""

    name = "qingting.skills"
    label = "skills"
    default_auto_field = "django.db.models.BigAutoField"
