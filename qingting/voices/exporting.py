"""The chosen voice, in a person's export, and on the page of what is kept."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from qingting.companion.person import Person
from qingting.companion.voice.labels import label_for
from qingting.companion.voice.words import PLAIN
from qingting.privacy.errors import Unreadable
from qingting.privacy.ports import About, Line, Part, Section
from qingting.privacy.sealing import PersonSeal
from qingting.voices.models import VoiceChoice
from qingting.voices.service import voice_in


class ExportedVoice:
    """See qingting.privacy.ports.Exporter."""

    name: Final = "voice"
    covers: Final = frozenset({"voices.VoiceChoice"})

    def about(self) -> About:
        """What is kept."""
        return About(
            title=_("How I sound"),
            counted={"voices.VoiceChoice": _("A voice you chose")},
            how_long=_("Until you choose otherwise."),
            page="voices",
        )

    def section(self, person: UUID, seal: PersonSeal, reader: Person) -> Section:
        """Which voice it is."""
        row = VoiceChoice.objects.filter(person_id=person).first()
        which, shut = PLAIN, False
        try:
            which = PLAIN if row is None else voice_in(row, seal)
        except Unreadable:
            shut = True
        label = label_for(which, reader)
        return Section(
            title=_("How I sound"),
            note=_("Some of it does not open any more.") if shut else "",
            parts=[Part(_("A voice you chose"), [Line("", label)])] if label else [],
            data={"voice": None if shut else which},
        )
