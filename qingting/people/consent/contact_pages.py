"""The page of somebody to call in an emergency: written, previewed, agreed to, taken out."""

from __future__ import annotations

import logging
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qingting.companion.words.script import in_script
from qingting.people.actor import actor_of
from qingting.people.consent import asking_pages, contact_asking_pages
from qingting.people.consent.contacts import NamedContact, reaches
from qingting.people.consent.service import contact_to_tell, current
from qingting.people.consent.vocabulary import What
from qingting.people.data_service import CannotStore
from qingting.people.visitors import person_of

log = logging.getLogger(__name__)

_FIELDS: Final = ("name", "reach", "mail", "relation", "called", "when", "say", "never_tell")


class ContactForm(forms.Form):
    """Whom, how, and in whose words. Only a name and a way to reach them must be there."""

    name = forms.CharField(max_length=60, label=_("Who"))
    reach = forms.CharField(max_length=120, label=_("How to reach them"))
    mail = forms.EmailField(
        max_length=120, required=False, label=_("Their e-mail, so that a letter can reach them")
    )
    relation = forms.CharField(max_length=60, required=False, label=_("What they are to you"))
    called = forms.CharField(max_length=60, required=False, label=_("What they call you"))
    when = forms.CharField(
        max_length=400,
        required=False,
        label=_("When they may be called, in your own words"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    say = forms.CharField(
        max_length=400,
        required=False,
        label=_("What they should be told, in your own words"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    never_tell = forms.CharField(max_length=200, required=False, label=_("Who must never be told"))

    def clean_reach(self) -> str:
        """Lightly: something that could be dialled or written to."""
        reach: str = self.cleaned_data["reach"].strip()
        if not reaches(reach):
            raise forms.ValidationError(_("A number, an address, or where to find them, please."))
        return reach


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponseBase:
    """See the module."""
    try:
        if request.method == "POST":
            return _changed(request)
        return _page(request, None)
    except CannotStore as error:
        log.error("an emergency contact could not be kept: %s", type(error).__name__)
        return render(request, "people/consent_contact.html", {"unreadable": True}, status=503)


def _changed(request: HttpRequest) -> HttpResponseBase:
    step = request.POST.get("step", "")
    back = HttpResponseRedirect(reverse("my_contact"), status=303)
    if step == "not_now":
        home = HttpResponseRedirect(reverse("start"), status=303)
        contact_asking_pages.remember_no(home)
        return home
    person = actor_of(request).person
    if step in ("yes", "no", "remove") and person is not None:
        if step == "remove":
            current().remove_contact(person)
        else:
            current().contact_may_be_told(person, yes=step == "yes")
        return back
    form = ContactForm(request.POST)
    if step != "save" or not form.is_valid():
        return _page(request, form)
    asked = asking_pages.whoever(request)
    current().save_contact(asked.person, NamedContact(id="", **form.cleaned_data))
    return asked.told(back)


def _page(request: HttpRequest, form: ContactForm | None) -> HttpResponseBase:
    person = actor_of(request).person
    saved = current().contact_of(person) if person else None
    shown = {one: getattr(saved, one) for one in _FIELDS} if saved else {}
    context: dict[str, Any] = {
        "form": form or ContactForm(initial=shown),
        "saved": saved,
        "message": _letter(saved, request) if saved else [],
        "words": asking_pages.shown_words(What.EMERGENCY_CONTACT_TOLD, request),
        "agreed": person is not None and contact_to_tell(person, current().clock()) is not None,
    }
    return render(request, "people/consent_contact.html", context)


def _letter(saved: NamedContact, request: HttpRequest) -> list[str]:
    """The letter as it would go out, with words where the link will stand."""
    reader = person_of(request)
    letter = saved.letter(reader.language, gettext("(a link to answer by)"))
    return [in_script(line, reader) for line in (letter.subject, *letter.lines)]
