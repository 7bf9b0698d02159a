"""What the pages ask and show: plain words in the reader's language and script, and who answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from qingting.companion.words.script import in_script
from qingting.people import devices
from qingting.people.actor import actor_of
from qingting.people.consent.grants import named
from qingting.people.consent.service import current
from qingting.people.consent.vocabulary import What, Words, version_of, words_of
from qingting.people.visitors import give_token, new_token, person_of, token_of

# Remembers a "no" to the model, in this browser alone: of a no nothing is kept about anybody.
NO_COOKIE: Final = "no_model"
_HALF_A_YEAR: Final = 180 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Asked:
    """A person who answers, and the token of a device never seen before, to be given to it."""

    person: UUID
    fresh: str | None

    def told(self, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, with the token where there is one."""
        if self.fresh is not None:
            give_token(response, self.fresh)
        return response


def whoever(request: HttpRequest) -> Asked:
    """The person of this device; for one never seen a new guest, because an answer has to be kept
    for somebody."""
    person = actor_of(request).person
    if person is not None:
        return Asked(person, None)
    known = token_of(request)
    token = known or new_token()
    made = devices.welcome(token, current().keyring, current().clock())
    return Asked(made, None if known else token)


def shown_words(what: What, request: HttpRequest) -> Words:
    """The words of a consent as this reader reads them."""
    reader = person_of(request)
    words = words_of(what, reader.language)

    def turned(text: str) -> str:
        return in_script(text, reader)

    return replace(
        words,
        title=turned(words.title),
        means=tuple(map(turned, words.means)),
        never=tuple(map(turned, words.never)),
        who=turned(words.who),
        until=turned(words.until),
        take_back=turned(words.take_back),
    )


def model_to_ask(request: HttpRequest, person: UUID | None) -> Words | None:
    """The words of the question about the hosted model, where it is to be asked now: there is one,
    nobody agreed yet, and this browser has not said no to these words."""
    consents = current()
    if not consents.model_host or request.COOKIES.get(NO_COOKIE) == _no_to():
        return None
    if person is not None and consents.model_agreed(person):
        return None
    return shown_words(What.HOSTED_MODEL, request)


def remember_no(response: HttpResponseBase) -> None:
    """Not to be asked again in this browser, until the words or the host change."""
    response.set_cookie(
        NO_COOKIE,
        _no_to(),
        max_age=_HALF_A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.DEVICE_COOKIE_SECURE,
    )


def _no_to() -> str:
    return f"{version_of(What.HOSTED_MODEL)}.{named(current().model_host)}"
