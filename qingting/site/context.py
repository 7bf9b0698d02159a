"""What every page knows."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from qingting.people.visitors import timezone_of


def everywhere(request: HttpRequest) -> dict[str, object]:
    """The page's language tag, the languages there are, and where words go when they leave."""
    endpoint = settings.CONFIG.endpoint
    hosted = endpoint is not None and settings.CONFIG.endpoint_is_hosted
    tags = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}
    language = translation.get_language() or "en"
    return {
        "timezone": timezone_of(request),
        "languages": settings.LANGUAGES,
        "html_lang": tags.get(language, "en"),
        "model_host": urlsplit(endpoint[0]).hostname if endpoint and hosted else "",
    }
