"""Classes somebody joined, and what was asked to be opened of theirs, in an export."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from qingting.companion.person import Person as Reader
from qingting.people import staff_service
from qingting.people.breaking_glass import reason_of
from qingting.people.staff.models import BreakGlass, Membership
from qingting.people.staff_words import name_of_what
from qingting.privacy.errors import StorageError
from qingting.privacy.ports import About, Line, Part, Section
from qingting.privacy.sealing import PersonSeal


class ExportedClasses:
    """See qingting.privacy.ports.Exporter."""

    name: Final = "classes"
    covers: Final = frozenset({"staff.Membership"})

    def about(self) -> About:
        """What is kept."""
        return About(
            title=_("Where you are in"),
            counted={"staff.Membership": _("Classes")},
            how_long=_("Until you leave, or erase it all."),
            page="my_classes",
        )

    def section(self, person: UUID, seal: PersonSeal, reader: Reader) -> Section:
        """Each class, with the word that stands for it."""
        mine = Membership.objects.filter(person_id=person).select_related("group__organisation")
        name_of = staff_service.current().name_of
        found = [(f"{name_of(one.group.organisation)} · {name_of(one.group)}", one) for one in mine]
        lines = [Line(name, one.reference, one.joined_at) for name, one in found]
        return Section(
            title=_("Where you are in"),
            parts=[Part(_("Classes"), lines)] if lines else [],
            data=[
                {"class": name, "word": one.reference, "since": one.joined_at.isoformat()}
                for name, one in found
            ],
        )


class ExportedOpened:
    """See qingting.privacy.ports.Exporter. What they are not told of yet is left out."""

    name: Final = "opened"
    covers: Final = frozenset({"staff.BreakGlass"})

    def about(self) -> About:
        """What is kept."""
        return About(
            title=_("What was asked to be opened in an emergency"),
            # Not how many: a number would tell what somebody is not told of yet.
            counted={},
            how_long=_("Until you erase it all."),
            page="my_seen",
        )

    def section(self, person: UUID, seal: PersonSeal, reader: Reader) -> Section:
        """Each with its reason."""
        rows = BreakGlass.objects.filter(person_id=person, told_from__lte=timezone.now())
        found = [(one, _reason(one)) for one in rows.order_by("asked_at")]
        lines = [Line(name_of_what(one.what), why, one.asked_at) for one, why in found]
        return Section(
            title=_("What was asked to be opened in an emergency"),
            parts=[Part(_("What was asked"), lines)] if lines else [],
            data=[
                {
                    "what": one.what,
                    "why": why,
                    "asked": one.asked_at.isoformat(),
                    "decided": one.decision,
                    "looked": one.read_at.isoformat() if one.read_at else None,
                }
                for one, why in found
            ],
        )


def _reason(row: BreakGlass) -> str:
    try:
        return reason_of(row)[0]
    except StorageError:
        return ""
