"""The person themselves and their devices, and what was noted about their things, in an export."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from qingting.companion.person import Person as Reader
from qingting.people.breaking_glass_told import told_by_now
from qingting.people.models import Device, Person
from qingting.privacy.audit_reading import in_order
from qingting.privacy.audit_words import who_of, words_of
from qingting.privacy.ports import About, Line, Part, Section, Table
from qingting.privacy.sealing import PersonSeal


class ExportedDevices:
    """See qingting.privacy.ports.Exporter."""

    name: Final = "devices"
    covers: Final = frozenset({"people.Person", "people.Device"})

    def about(self) -> About:
        """What is kept."""
        return About(
            title=_("That you were here"),
            counted={"people.Device": _("Devices")},
            how_long=_("Until you erase it all."),
        )

    def section(self, person: UUID, seal: PersonSeal, reader: Reader) -> Section:
        """Since when, and from how many devices."""
        began = Person.objects.filter(id=person).values_list("created_at", flat=True).first()
        devices = list(Device.objects.filter(person_id=person).order_by("created_at"))
        lines = [Line(_("A browser or a phone, first seen"), "", one.created_at) for one in devices]
        return Section(
            title=_("That you were here"),
            note=_("A device is known by a random cookie. No name, no number, no address is kept."),
            parts=[Part(_("Devices"), lines)],
            data={
                "since": began.isoformat() if began else None,
                "devices": [
                    {
                        "id": str(one.id),
                        "first_seen": one.created_at.isoformat(),
                        "signed_out": one.revoked_at.isoformat() if one.revoked_at else None,
                        "pin_after_minutes": one.pin_minutes if one.pin else None,
                    }
                    for one in devices
                ],
            },
            tables=[
                Table(
                    "devices",
                    ("id", "first_seen", "signed_out"),
                    [(one.id, one.created_at, one.revoked_at) for one in devices],
                )
            ],
        )


class ExportedSeen:
    """See qingting.privacy.ports.Exporter. The audit log itself stays; its entries about somebody
    are theirs to know."""

    name: Final = "log"
    covers: Final = frozenset({"privacy.AuditEntry"})

    def about(self) -> About:
        """What is kept."""
        return About(
            title=_("Who did what with what is yours"),
            counted={"privacy.AuditEntry": _("Entries")},
            how_long=_(
                "For good, with a random number in place of you: nobody may take out a line."
            ),
            page="my_seen",
        )

    def section(self, person: UUID, seal: PersonSeal, reader: Reader) -> Section:
        """Every entry, the oldest first."""
        found = told_by_now(person, in_order(subject=person))
        lines = [
            Line(
                _("You") if one.by_ref == str(person) else who_of(one.by_kind),
                words_of(one.action),
                one.at,
            )
            for one in found
        ]
        return Section(
            title=_("Who did what with what is yours"),
            parts=[Part(_("Entries"), lines)] if lines else [],
            data=[
                {
                    "number": one.seq,
                    "at": one.at.isoformat(),
                    "what": one.action,
                    "by": one.by_kind,
                    "you": one.by_ref == str(person),
                    "thing": one.object_ref,
                }
                for one in found
            ],
            tables=[
                Table(
                    "log",
                    ("number", "at", "what", "by", "thing"),
                    [(one.seq, one.at, one.action, one.by_kind, one.object_ref) for one in found],
                )
            ],
        )
