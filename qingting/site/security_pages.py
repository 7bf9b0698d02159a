"""Addresses that machines ask for: where to report a fault of security, and what not to index."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

# RFC 9116 asks for an end, and advises less than a year.
_GOOD_FOR: Final = timedelta(days=180)
# The first page, what this is, and the lines may be found; nobody's way to a page of theirs may.
_ROBOTS: Final = """User-agent: *
Allow: /$
Allow: /about/
Allow: /privacy/
Allow: /terms/
Allow: /now/
Allow: /static/
Disallow: /
"""


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. Raises Http404 where no contact is configured: better none than a dead one."""
    contact = settings.CONFIG.security_contact.strip()
    if not contact:
        raise Http404
    if not contact.startswith(("mailto:", "https://")):
        contact = f"mailto:{contact}"
    # Whole days, so that it is the same text all day.
    until = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + _GOOD_FOR
    lines = [f"Contact: {contact}", f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}"]
    lines.append("Preferred-Languages: zh, en")
    if settings.CONFIG.public_url:
        root = settings.CONFIG.public_url.rstrip("/")
        lines.append(f"Canonical: {root}/.well-known/security.txt")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What may be found by a search engine."""
    return HttpResponse(_ROBOTS, content_type="text/plain; charset=utf-8")
