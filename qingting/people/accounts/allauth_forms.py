"""django-allauth's forms, in our words. A module of its own: django-allauth imports forms.py while
it builds the forms that are taken here."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    SetPasswordForm,
    SignupForm,
)
from django.utils.translation import gettext_lazy as _

_GOOD: Final = _(
    "Ten letters or more. Three or four words that only you would put together are good."
)


class SigningUp(SignupForm):  # type: ignore[misc]  # it has no types
    """A made-up name and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "username", _("A name you make up"))
        _say(self, "password1", _("Password"))
        self.fields["password1"].help_text = _GOOD


class SigningIn(LoginForm):  # type: ignore[misc]  # it has no types
    """The name and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", _("Name you sign in with"))
        _say(self, "password", _("Password"))
        self.fields["password"].help_text = ""


class ChangingPassword(ChangePasswordForm):  # type: ignore[misc]  # it has no types
    """The password now, and another one, typed once: it can be seen in the browser's own way."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "oldpassword", _("The password you have now"))
        self.fields["oldpassword"].help_text = ""
        _one_new(self)


class SettingPassword(SetPasswordForm):  # type: ignore[misc]  # it has no types
    """A first password, for an account made through a campus."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _one_new(self)


class Reauthenticating(ReauthenticateForm):  # type: ignore[misc]  # it has no types
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password", _("Password"))
        self.fields["password"].help_text = ""


def _one_new(form: Any) -> None:
    _say(form, "password1", _("New password"))
    form.fields["password1"].help_text = _GOOD
    del form.fields["password2"]


def _say(form: Any, field: str, label: Any) -> None:
    form.fields[field].label = label
    form.fields[field].widget.attrs.pop("placeholder", None)
