"""Headers that every answer has, whoever makes it: Django's pages and the files beside them."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any, Final

from django.conf import settings

# What a page may not ask the browser for. Waking screens, copying and passkeys are used here.
_REFUSED: Final = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)
EVERYWHERE: Final[Mapping[str, str]] = {
    "Permissions-Policy": ", ".join(f"{one}=()" for one in _REFUSED),
    "Cross-Origin-Resource-Policy": "same-origin",
    # The policy of the page says the same to every browser of this decade.
    "X-Frame-Options": "DENY",
}
# A file is no page: opened by itself it may run and load nothing.
_OF_FILES: Final[Mapping[str, str]] = {
    **EVERYWHERE,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
}


def of_file(headers: Any, _path: str, _url: str) -> None:
    """Add them to a static file (servestatic calls this once for each at the start)."""
    _add(headers, _OF_FILES)
    if settings.SECURE_HSTS_SECONDS:
        headers["Strict-Transport-Security"] = (
            f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
        )


def _add(headers: MutableMapping[str, str], more: Mapping[str, str]) -> None:
    for name, value in more.items():
        headers[name] = value
