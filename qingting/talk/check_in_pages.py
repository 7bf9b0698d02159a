"""What is pressed beside a question on the first page: not now, or never again."""

from __future__ import annotations

import logging
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from qingting.people.visitors import token_of
from qingting.talk import asking_after
from qingting.talk.agreeing import CannotStore
from qingting.talk.service import current

log = logging.getLogger(__name__)


@require_POST
def put_off(request: HttpRequest, which: UUID) -> HttpResponse:
    """Put a question off. The first page comes back without it; one of somebody else's is none."""
    talk = current()
    forever = request.POST.get("answer") == "never"
    try:
        asking_after.put_off(
            talk.check_ins, token_of(request), which, talk.clock(), forever=forever
        )
    except CannotStore as error:
        log.error("a question could not be put off: %s", type(error).__name__)
        return HttpResponseRedirect(reverse("start"), status=303)
    said = "?said=unasked" if forever else ""
    return HttpResponseRedirect(reverse("start") + said, status=303)
