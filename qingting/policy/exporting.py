"""Counts in a person's export, and on the page of what is kept."""

from __future__ import annotations

from collections import Counter
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from qingting.companion.person import Person
from qingting.policy.models import DailyUse, Event, EventKind
from qingting.privacy.ports import About, Line, Part, Section, Table
from qingting.privacy.sealing import PersonSeal


class ExportedCounts:
    """See qingting.privacy.ports.Exporter."""

    name: Final = "counts"
    covers: Final = frozenset({"policy.Event", "policy.DailyUse"})

    def about(self) -> About:
        """What is kept."""
        return About(
            title=_("What happened how often"),
            counted={"policy.Event": _("Counts")},
            how_long=_(
                "A little over a year. Numbers and times only, not a word of what was said."
            ),
        )

    def section(self, person: UUID, seal: PersonSeal, reader: Person) -> Section:
        """Every count, and how many replies a model worded on which day."""
        events = list(
            Event.objects.filter(person_id=person)
            .order_by("at")
            .values_list("kind", "amount", "at")
        )
        days = list(
            DailyUse.objects.filter(person_id=person)
            .order_by("day")
            .values_list("day", "model_calls")
        )
        total: Counter[str] = Counter()
        for kind, amount, _at in events:
            total[kind] += amount
        words = _words()
        lines = [Line(words.get(kind, kind), str(number)) for kind, number in total.items()]
        return Section(
            title=_("What happened how often"),
            note=_("Numbers and times only, not a word of what was said."),
            parts=[Part(_("In all"), lines)] if lines else [],
            data={
                "events": [
                    {"what": kind, "amount": amount, "at": at.isoformat()}
                    for kind, amount, at in events
                ],
                "model_replies_a_day": [
                    {"day": day.isoformat(), "replies": number} for day, number in days
                ],
            },
            tables=[Table("counts", ("at", "what", "amount"), [(c, a, b) for a, b, c in events])],
        )


def _words() -> dict[str, str]:
    return {
        EventKind.TURN: _("Messages of yours that were answered"),
        EventKind.ACTIVE_SECONDS: _("Seconds you spent talking"),
        EventKind.NOTICE_AI_DISCLOSURE: _("Times you were told again that this is an AI"),
        EventKind.NOTICE_BREAK_REMINDER: _("Times a pause was suggested"),
        EventKind.NOTICE_SHORTENED: _("Times only the beginning of a very long message was read"),
        EventKind.NOTICE_MODEL_CAP: _("Times the replies of a model for one day were used up"),
        EventKind.REFERRAL_SHOWN: _("Times you were shown people and lines who can help"),
        EventKind.SAFETY_REPLY: _("Times the reply was about your being safe"),
        EventKind.FALLBACK: _("Times something failed and another reply took its place"),
        EventKind.MODEL_REPLY: _("Replies worded by a model"),
    }
