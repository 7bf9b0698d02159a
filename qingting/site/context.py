"""What every page knows."""

from __future__ import annotations

from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from qingting.people import asked, breaking_glass_told, devices, notices
from qingting.people.hiding.pages import is_neutral
from qingting.people.visitors import timezone_of, token_of
from qingting.policy.profile import policy_for
from qingting.privacy import labels
from qingting.privacy.errors import StorageError
from qingting.site.resting import line_for
from qingting.telling import service as telling_service
from qingting.telling.records import Shown
from qingting.voices import pages as voice_pages


def everywhere(request: HttpRequest) -> dict[str, object]:
    """The page's language tag, the languages there are, and where words go when they leave."""
    tags = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}
    language = translation.get_language() or "en"
    return {
        "timezone": timezone_of(request),
        "languages": settings.LANGUAGES,
        "html_lang": tags.get(language, "en"),
        # Asked of the database only by the pages that show them.
        "telling": SimpleLazyObject(lambda: _telling(request)),
        # Of which tellings the letter is shown again beside how they stand.
        "shows_letter": ("waiting", "sending", "told"),
        # Whether anybody can be told from here at all: what pages say of it follows the set-up.
        "tells": settings.CONFIG.mail is not None and policy_for().emergency_contact != "never",
        "news": SimpleLazyObject(lambda: _news(request)),
        "resting": SimpleLazyObject(lambda: line_for(request)),
        "notices": SimpleLazyObject(lambda: _notices(language)),
        "voice": SimpleLazyObject(lambda: voice_pages.label_of(request)),
        "neutral": is_neutral(request),
        # Who made what an AI says here: for machines that read the page.
        "generator": labels.generator(),
        # What the law asks of whoever makes an account.
        "law_asks": SimpleLazyObject(asked.now),
        # Whether break-glass needs a second person: what pages say of it follows the setting.
        "needs_two": settings.CONFIG.break_glass_needs_two != "no",
        "model_host": settings.CONFIG.model_host if policy_for().hosted_model else "",
    }


def _news(request: HttpRequest) -> bool:
    """Whether something of theirs was opened in an emergency that they have not been told of."""
    try:
        return breaking_glass_told.has_news(devices.find_person(token_of(request)))
    except DatabaseError:
        return False


def _telling(request: HttpRequest) -> Shown | None:
    """Who is being told that they are in danger, or was lately; None where it cannot be read."""
    try:
        person = devices.find_person(token_of(request))
        return telling_service.current().seen(person) if person is not None else None
    except (StorageError, DatabaseError):
        return None


def _notices(language: str) -> list[str]:
    """The lines that everybody is shown today."""
    try:
        return notices.shown(timezone.localdate(), "zh" if language.startswith("zh") else "en")
    except (StorageError, DatabaseError):
        return []
