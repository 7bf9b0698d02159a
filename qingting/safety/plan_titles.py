"""What the parts of a safety plan are called, wherever one is shown."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingting.companion.protect.safety_plan import Section


def plan_titles() -> dict[Section, str]:
    """Titles in the language in use."""
    return {
        "signs": _("How I notice it's coming"),
        "alone": _("What I can do on my own"),
        "places": _("Places to go, people to be around"),
        "people": _("People I can turn to"),
        "professionals": _("People whose work this is, and lines"),
        "safer": _("Making it safer around me"),
        "reasons": _("What I don't want to lose"),
    }
