"""What is asked at the door: as little as can be."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qingting.people import asked
from qingting.people.accounts import belonging, invited
from qingting.people.consent import service as consent
from qingting.people.consent.ages import WORDS, Band
from qingting.people.consent.contacts import NamedContact, reaches


class SignUp(forms.Form):
    """What signing up asks beside a name and a password. django-allauth builds its form on it."""

    invitation = forms.CharField(max_length=64, label=_("Invitation code"))
    age = forms.ChoiceField(
        required=False,
        label=_("How old you are, roughly"),
        help_text=_("Kept encrypted. You can leave it, or change it later."),
        choices=[("", _("Ask me later")), *((one.value, WORDS[one]) for one in Band)],
    )

    contact = forms.CharField(
        max_length=60,
        required=False,
        label=_("Somebody to call in an emergency: who"),
        help_text=_(
            "The law here wants this asked: a parent or guardian, or anybody you trust. You can "
            "leave it. Writing somebody down calls nobody."
        ),
    )
    reach = forms.CharField(max_length=120, required=False, label=_("How to reach them"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.CONFIG.signup != "invited":
            del self.fields["invitation"]
        if not asked.now().contact:
            del self.fields["contact"], self.fields["reach"]

    def clean_invitation(self) -> str:
        """A code that opens something."""
        code: str = self.cleaned_data["invitation"]
        if not invited.check(code):
            raise forms.ValidationError(
                _("This code opens nothing here. Whoever gave it to you can look it up.")
            )
        return code

    def clean_reach(self) -> str:
        """Something that could be dialled or written to, where somebody was named."""
        reach = str(self.cleaned_data["reach"]).strip()
        if reach and not reaches(reach):
            raise forms.ValidationError(_("A number, an address, or where to find them, please."))
        if bool(reach) != bool(self.cleaned_data.get("contact")):
            raise forms.ValidationError(_("Both, or leave both empty."))
        return reach

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Called when the account and its person are there: the age and the one to call, if they
        were said."""
        person = belonging.current().person_of(user.pk)
        if person is None:
            return
        told = self.cleaned_data
        if told["age"]:
            consent.current().declare_age(person, Band(told["age"]))
        if told.get("reach"):
            whom = NamedContact(id="", name=told["contact"], reach=told["reach"])
            consent.current().save_contact(person, whom)


class Rescue(forms.Form):
    """A new password by the code that was written down."""

    username = forms.CharField(max_length=64, label=_("Name you sign in with"))
    code = forms.CharField(max_length=64, label=_("The code you wrote down"))
    password = forms.CharField(
        max_length=256,
        strip=False,  # as it is typed: at signing in nothing is taken off either
        label=_("New password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
