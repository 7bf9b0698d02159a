"""Staff pages put together with the rest: what break-glass opens, and what an operator sees."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from qingting.companion.protect.safety_plan import SECTIONS
from qingting.people import staff_service
from qingting.people.models import Person
from qingting.people.staff.ports import Line
from qingting.privacy.installation import Installation
from qingting.privacy.keyring import Keyring
from qingting.safety.plan_statements import plan_of
from qingting.safety.plan_titles import plan_titles
from qingting.site.config import Config
from qingting.talk import reading_back


@dataclass(frozen=True, slots=True)
class Opened:
    """See qingting.people.staff.ports.Opens."""

    keyring: Keyring

    def last_conversation(self, person: UUID) -> Sequence[Line]:
        """The talk that was last written in."""
        last = reading_back.of_person(person).first()
        if last is None:
            return []
        shown = reading_back.conversation(self.keyring, person, last.pk)
        return [Line(one.speaker, one.text, one.at) for one in shown.messages]

    def plan(self, person: UUID) -> Sequence[Line]:
        """The safety plan, under the titles that its person sees."""
        from django.db import connection

        with connection.cursor() as cursor:
            plan = plan_of(cursor, person, self.keyring.open(person))
        titles = plan_titles()
        return [Line(titles[one], text) for one in SECTIONS for text in plan.of(one)]


@dataclass(frozen=True, slots=True)
class Seen:
    """See qingting.people.staff.ports.Figures."""

    config: Config

    def settings(self) -> Mapping[str, str]:
        """Every setting, with no secret among them."""
        return {one.name: self._value(one.name, one.metadata) for one in fields(Config)}

    def counts(self) -> Mapping[str, int]:
        """People, and nothing below them."""
        return {"people.Person": Person.objects.count()}

    def _value(self, name: str, metadata: Mapping[str, object]) -> str:
        value = getattr(self.config, name)
        if metadata["secret"]:
            return "(set)" if value else ""
        return str(value)


def wire_staff(
    config: Config, keyring: Keyring, installation: Installation, clock: Callable[[], datetime]
) -> None:
    """Make staff pages work in this process."""
    staff_service.use(
        staff_service.Staff(
            keyring,
            installation,
            clock,
            Opened(keyring),
            Seen(config),
            needs_two=config.break_glass_needs_two != "no",
        )
    )
