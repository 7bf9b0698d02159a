"""What is typed into a complaint and its answer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from qingting.complaints.models import About
from qingting.complaints.service import ROOM


class Complaining(forms.Form):
    """A complaint."""

    about = forms.ChoiceField(choices=About.choices)
    words = forms.CharField(
        max_length=ROOM,
        error_messages={"required": _("There is nothing written there yet.")},
    )


class Answering(forms.Form):
    """An operator's answer."""

    words = forms.CharField(max_length=ROOM)
