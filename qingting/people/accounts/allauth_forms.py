"""django-allauth's forms, in our words. A module of its own: django-allauth imports forms.py while
it builds the forms that are taken here."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, SignupForm
from django.utils.translation import gettext_lazy as _


class SigningUp(SignupForm):  # type: ignore[misc]  # it has no types
    """A made-up name and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "username", _("A name you make up"))
        _say(self, "password1", _("Password"))
        self.fields["password1"].help_text = _(
            "Ten letters or more. Three or four words that only you would put together are good."
        )


class SigningIn(LoginForm):  # type: ignore[misc]  # it has no types
    """The name and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", _("Name you sign in with"))
        _say(self, "password", _("Password"))
        self.fields["password"].help_text = ""


def _say(form: Any, field: str, label: Any) -> None:
    form.fields[field].label = label
    form.fields[field].widget.attrs.pop("placeholder", None)
