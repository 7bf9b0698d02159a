"""What is asked at the door: as little as can be."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qingting.people.accounts import belonging, invited
from qingting.people.consent import service as consent
from qingting.people.consent.ages import WORDS, Band


class SignUp(forms.Form):
    """What signing up asks beside a name and a password. django-allauth builds its form on it."""

    invitation = forms.CharField(max_length=64, label=_("Invitation code"))
    age = forms.ChoiceField(
        required=False,
        label=_("How old you are, roughly"),
        help_text=_("Kept encrypted. You can leave it, or change it later."),
        choices=[("", _("Ask me later")), *((one.value, WORDS[one]) for one in Band)],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.CONFIG.signup != "invited":
            del self.fields["invitation"]

    def clean_invitation(self) -> str:
        """A code that opens something."""
        code: str = self.cleaned_data["invitation"]
        if not invited.check(code):
            raise forms.ValidationError(
                _("This code opens nothing here. Whoever gave it to you can look it up.")
            )
        return code

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Called when the account and its person are there: the age, if it was said."""
        person = belonging.current().person_of(user.pk)
        if person is not None and self.cleaned_data["age"]:
            consent.current().declare_age(person, Band(self.cleaned_data["age"]))


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
