"""Classes somebody joined, what they are appointed to, and what was asked to be opened of theirs,
in an export."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from qingting.companion.person import Person as Reader
from qingting.people import staff_service
from qingting.people.accounts.models import RoleGrant
from qingting.people.breaking_glass import reason_of
from qingting.people.roles import Role
from qingting.people.staff.models import Appointment, BreakGlass, Membership, Organisation
from qingting.people.staff_words import name_of_role, name_of_what, words_of_giver
from qingting.privacy.errors import StorageError
from qingting.privacy.ports import About, Line, Part, Section
from qingting.privacy.rows import rows_of
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


class ExportedAppointments:
    """See qingting.privacy.ports.Exporter. Roles of the account that this person has, and where it
    serves; a colleague who gave one is not named."""

    name: Final = "appointments"
    covers: Final = frozenset({"staff.Appointment", "accounts.RoleGrant"})

    def about(self) -> About:
        """What is kept."""
        return About(
            title=_("What you are appointed to"),
            counted={"accounts.RoleGrant": _("Roles"), "staff.Appointment": _("Places you serve")},
            how_long=_("As long as your account."),
        )

    def section(self, person: UUID, seal: PersonSeal, reader: Reader) -> Section:
        """Each role with who gave it, each place with its name, and until when where it ended."""
        held = list(rows_of(RoleGrant, RoleGrant.privacy, person).order_by("given_at"))
        posts = rows_of(Appointment, Appointment.privacy, person).select_related("organisation")
        serves = [(_place_name(one.organisation), one) for one in posts.order_by("since")]
        roles = [
            Line(name_of_role(Role(one.role)), _given(one, reader), one.given_at) for one in held
        ]
        places = [Line(name, _ended(one.ended_at, reader), one.since) for name, one in serves]
        parts = [Part(_("Roles"), roles), Part(_("Places you serve"), places)]
        return Section(
            title=_("What you are appointed to"),
            parts=[one for one in parts if one.lines],
            data={
                "roles": [
                    {
                        "role": one.role,
                        "by": one.given_by,
                        "since": one.given_at.isoformat(),
                        "until": one.until.isoformat() if one.until else None,
                        "taken": one.taken_at.isoformat() if one.taken_at else None,
                    }
                    for one in held
                ],
                "places": [
                    {
                        "place": name,
                        "since": one.since.isoformat(),
                        "ended": one.ended_at.isoformat() if one.ended_at else None,
                    }
                    for name, one in serves
                ],
            },
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


def _given(row: RoleGrant, reader: Reader) -> str:
    """Who gave a role, and when it ended."""
    ended = _ended(row.taken_at or row.until, reader)
    giver = words_of_giver(row.given_by)
    return f"{giver} · {ended}" if ended else giver


def _ended(at: datetime | None, reader: Reader) -> str:
    if at is None:
        return ""
    day = date_format(reader.local(at), "DATE_FORMAT")
    return _("until %(day)s") % {"day": day}


def _place_name(row: Organisation) -> str:
    try:
        return staff_service.current().name_of(row)
    except StorageError:  # one name that is damaged keeps nobody from the rest
        return ""
