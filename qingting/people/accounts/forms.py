"""What is asked at the door: as little as can be."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class SignUp(forms.Form):
    """What signing up asks beside a name and a password. django-allauth builds its form on it."""

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
