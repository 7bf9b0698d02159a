"""Complaints in a person's export, and on the page of what is kept."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from qingting.companion.person import Person
from qingting.complaints.models import Complaint
from qingting.complaints.service import Shown, current
from qingting.complaints.words import about_words, state_words
from qingting.privacy.ports import About, Line, Part, Section
from qingting.privacy.sealing import PersonSeal


class ExportedComplaints:
    """See qingting.privacy.ports.Exporter."""

    name: Final = "complaints"
    covers: Final = frozenset({"complaints.Complaint"})

    def about(self) -> About:
        """What is kept."""
        return About(
            title=_("Complaints"),
            counted={"complaints.Complaint": _("What you complained about")},
            how_long=_("A little over a year after it was closed."),
            page="complaints",
        )

    def section(self, person: UUID, seal: PersonSeal, reader: Person) -> Section:
        """Every complaint with its answer."""
        rows = Complaint.objects.filter(person_id=person).order_by("at")
        found = [current().shown(one, seal) for one in rows]
        shut = any(one.words is None for one in found)
        return Section(
            title=_("Complaints"),
            note=_("Some of it does not open any more.") if shut else "",
            parts=[_part(one) for one in found if one.words is not None],
            data=[
                {
                    "about": one.about,
                    "state": one.state,
                    "at": one.at.isoformat(),
                    "words": one.words,
                    "answer": one.reply,
                }
                for one in found
                if one.words is not None
            ],
        )


def _part(one: Shown) -> Part:
    lines = [Line(state_words(one.state), one.words or "", one.at)]
    if one.reply:
        lines.append(Line(_("Answer"), one.reply, one.answered_at))
    return Part(about_words(one.about), lines, one.at)
