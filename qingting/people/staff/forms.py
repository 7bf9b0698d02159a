"""What staff pages ask."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from qingting.people.accounts.models import NAME_LENGTH, Account
from qingting.people.breaking_glass import MOST_LETTERS, What
from qingting.people.organisations import NAME_LENGTH as NAME_OF_PLACE


class FirstOperator(forms.Form):
    """A name and a password for whoever runs the installation."""

    username = forms.CharField(max_length=NAME_LENGTH, label=_("A name you make up"))
    password = forms.CharField(
        max_length=256,
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "Ten letters or more. Three or four words that only you would put together are good."
        ),
    )

    def clean_username(self) -> str:
        """One spelling for one name; nobody else's."""
        name: str = get_adapter().clean_username(self.cleaned_data["username"])
        return name

    def clean(self) -> dict[str, Any]:
        """A password that is no easy one."""
        cleaned = super().clean() or {}
        if "password" in cleaned:
            try:
                validate_password(
                    cleaned["password"], Account(username=cleaned.get("username", ""))
                )
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class Named(forms.Form):
    """A name for an organisation or a class."""

    name = forms.CharField(max_length=NAME_OF_PLACE, label=_("Name"))


class Invite(forms.Form):
    """How long an invitation is good, and for how many."""

    days = forms.IntegerField(min_value=1, max_value=90, initial=14, label=_("Good for (days)"))
    uses = forms.IntegerField(
        min_value=1, max_value=500, initial=40, required=False, label=_("For how many people")
    )


class Ask(forms.Form):
    """Break-glass."""

    reference = forms.CharField(max_length=16, label=_("Their word (ten letters and digits)"))
    what = forms.ChoiceField(
        label=_("What to open"),
        widget=forms.RadioSelect,
        choices=[
            (What.IDENTITY, _("Who they are (as their campus gave it)")),
            (What.LAST_CONVERSATION, _("Their last talk")),
            (What.PLAN, _("Their safety plan")),
        ],
    )
    reason = forms.CharField(
        max_length=MOST_LETTERS,
        label=_("Why, and why now. They will read this."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    delay = forms.IntegerField(
        min_value=0,
        max_value=7,
        initial=0,
        required=False,
        label=_("Tell them only after so many days (0 to 7)"),
    )
    danger = forms.CharField(
        max_length=MOST_LETTERS,
        required=False,
        label=_("If it waits: what danger would telling them now be?"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def waits(self) -> timedelta:
        """How long the person is not told."""
        return timedelta(days=self.cleaned_data["delay"] or 0)


class Code(forms.Form):
    """An invitation code somebody was given."""

    code = forms.CharField(max_length=64, label=_("The code you were given"))
