"""What is asked at the door: as little as can be."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qingting.people.accounts import invited


class SignUp(forms.Form):
    """What signing up asks beside a name and a password. django-allauth builds its form on it."""

    invitation = forms.CharField(max_length=64, label=_("Invitation code"))

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
        """Called when the account is made. Nothing more is kept."""


class Rescue(forms.Form):
    """A new password by the code that was written down."""

    username = forms.CharField(max_length=64, label=_("Name you sign in with"))
    code = forms.CharField(max_length=64, label=_("The code you wrote down"))
    password = forms.CharField(
        max_length=256,
        label=_("New password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
