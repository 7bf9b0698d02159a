"""Where reminders go: chosen, shown word for word, ended."""

from __future__ import annotations

import logging

from django import forms
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qingting.companion.protect.told_words import reminder
from qingting.companion.words.script import in_script
from qingting.people.actor import actor_of
from qingting.people.consent import asking_pages
from qingting.people.consent.vocabulary import What
from qingting.people.data_service import CannotStore
from qingting.people.visitors import person_of
from qingting.telling.reminders import Choice, current

log = logging.getLogger(__name__)


class Where(forms.Form):
    """An address of one's own."""

    to = forms.EmailField(max_length=120, label=_("Your e-mail"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest) -> HttpResponseBase:
    """See the module."""
    try:
        if request.method == "POST":
            return _changed(request)
        return _page(request, None)
    except CannotStore as error:
        log.error("the page of reminders failed: %s", type(error).__name__)
        return render(request, "telling/reminders.html", {"unreadable": True}, status=503)


def _changed(request: HttpRequest) -> HttpResponseBase:
    back = HttpResponseRedirect(reverse("my_reminders"), status=303)
    person = actor_of(request).person
    if request.POST.get("step") == "end":
        if person is not None:
            current().end(person)
        return back
    form = Where(request.POST)
    if not current().possible or not form.is_valid():
        return _page(request, form)
    asked, reader = asking_pages.whoever(request), person_of(request)
    choice = Choice(form.cleaned_data["to"], reader.locale, reader.timezone)
    current().choose(asked.person, choice)
    return asked.told(back)


def _page(request: HttpRequest, form: Where | None) -> HttpResponseBase:
    person, reader = actor_of(request).person, person_of(request)
    chosen = current().choice(person) if person is not None else None
    letter = reminder(reader.language, "", current().public_url)
    context = {
        "form": form or Where(initial={"to": chosen.to if chosen else ""}),
        "chosen": chosen,
        "possible": current().possible,
        "letter": [in_script(one, reader) for one in (letter.subject, *letter.lines)],
        "words": asking_pages.shown_words(What.REMINDERS_BY_CHANNEL, request),
    }
    return render(request, "telling/reminders.html", context)
