"""Django's handle on the site."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """See the module."""

    name = "qingting.site"
    label = "site"
