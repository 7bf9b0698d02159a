"""The page behind "Why this reply?"."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from qingting.people import devices
from qingting.people.consent import service as consent
from qingting.people.visitors import person_of, token_of
from qingting.policy.profile import policy_of_person
from qingting.talk import why
from qingting.talk.agreeing import CannotStore
from qingting.talk.service import current
from qingting.talk.statements import NoSuchConversation


@cache_control(no_store=True)
@require_safe
def why_this_reply(request: HttpRequest, which: UUID) -> HttpResponse:
    """Why one reply is as it is, for whoever it was given to."""
    try:
        person = devices.find_person(token_of(request))
        if person is None:
            raise Http404
        message = why.reply_of(person, which)
        seal = current().keyring.open(person)
        about = why.about_of(message, seal)
        says = current().remembered(person, seal, why.used_in(about))
        feelings = policy_of_person(person, consent.current()).feelings_shown
        told = why.told(message, seal, about, says, person_of(request), feelings=feelings)
    except NoSuchConversation:
        raise Http404 from None
    except CannotStore:
        return render(request, "talk/why.html", {"unreadable": True}, status=503)
    return render(request, "talk/why.html", {"told": told})
