"""An amount a day and a night that a young person, or a guardian of theirs, agreed on.

It is told on the page of the talk and locks nothing: every message is answered as ever. Nobody has
one until somebody chooses it; whoever says they are grown up has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any, Final, Literal
from uuid import UUID

from django.db import transaction

from qingting.companion.person import Person as Reader
from qingting.people.consent import service
from qingting.people.consent.ages import Band, companion_band
from qingting.people.consent.models import Guardian, Rest
from qingting.privacy.audit import Action, By, record
from qingting.privacy.sealing import Place

MINUTES: Final = (30, 60, 90, 120)
FROM: Final = ("21:00", "22:00", "23:00", "00:00")
UNTIL: Final = ("05:00", "06:00", "07:00")


class NotTheirs(Exception):
    """Whoever chooses is not the one to choose now."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed on. minutes: a day, 0 for no amount. night: from and until as HH:MM, of FROM
    and UNTIL, "" and "" for none. guardian: whose choice it is; None for the young person's."""

    minutes: int = 0
    begins: str = ""
    ends: str = ""
    guardian: UUID | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is agreed on."""
        return not self.minutes and not self.begins


@dataclass(frozen=True, slots=True)
class Now:
    """What stands now. kind: that it is night, or that the day's amount is used up."""

    kind: Literal["night", "day"]
    agreed: Agreed


def read(form: Mapping[str, str]) -> Agreed:
    """What a form chose; what no page of ours offers counts as not chosen."""
    minutes = next((one for one in MINUTES if form.get("minutes") == str(one)), 0)
    begins, ends = form.get("begins", ""), form.get("ends", "")
    night = begins in FROM and ends in UNTIL
    return Agreed(minutes, begins if night else "", ends if night else "")


def of(person: UUID) -> Agreed | None:
    """What stands for a person; None where nothing was chosen, they are grown up, or the guardian
    who chose it is theirs no more. Raises KeyMissing, Unreadable."""
    row = Rest.objects.filter(person_id=person).first()
    if row is None or service.current().age_of(person) is Band.ADULT:
        return None
    stored = service.current().keyring.open(person).open_json(row.body, _place(person))
    guardian = UUID(stored["guardian"]) if stored["guardian"] else None
    if guardian is not None and not _stands(guardian, person):
        return None
    return Agreed(stored["minutes"], stored["begins"], stored["ends"], guardian)


def choose(person: UUID, agreed: Agreed) -> None:
    """The young person's own choice; an empty one takes it away. Raises NotTheirs while what a
    guardian chose stands, or for somebody grown up."""
    before = of(person)
    if (before is not None and before.guardian) or _grown_up(person):
        raise NotTheirs
    _keep(person, agreed, None, By("person", person.hex))


def choose_for(account: UUID, guardian: UUID, agreed: Agreed) -> None:
    """A guardian's choice, by their account. Raises NotTheirs when it is no guardian's of somebody
    under age, or no longer."""
    person = dict(service.current().children_of(account)).get(guardian)
    if person is None or _grown_up(person):
        raise NotTheirs
    _keep(person, agreed, guardian, By("account", account.hex))


def now_for(person: UUID, reader: Reader) -> Now | None:
    """What the page of the talk has to tell now, on the reader's clock. Raises KeyMissing,
    Unreadable, DatabaseError."""
    agreed = of(person)
    if agreed is None:
        return None
    consents = service.current()
    local = reader.local(consents.clock())
    if agreed.begins and is_night(local.time(), agreed.begins, agreed.ends):
        return Now("night", agreed)
    if not agreed.minutes:
        return None
    began = local.replace(hour=0, minute=0, second=0, microsecond=0)
    used = sum(consents.usage(person, began).values())
    return Now("day", agreed) if used >= agreed.minutes else None


def is_night(now: time, begins: str, ends: str) -> bool:
    """Whether a time of day lies in a night, over midnight or after it."""
    first, last = time.fromisoformat(begins), time.fromisoformat(ends)
    return first <= now < last if first < last else now >= first or now < last


def merged(theirs: Any, mine: Any | None) -> Any:
    """Of two that become one person's: a guardian's before one's own, mine before theirs."""
    if mine is None:
        return theirs
    return theirs if theirs["guardian"] and not mine["guardian"] else mine


def suggested(person: UUID | None) -> tuple[int, str, str]:
    """The minutes a day and the night that the rules of the place name for somebody of their age,
    as the form shows them first; 0, "" and "" for none. Nothing is switched on by itself."""
    rules = service.current().rules
    band = service.current().age_of(person) if person else None
    hours = rules.hours_a_day.get(companion_band(band, rules), 0.0)
    minutes = max((one for one in MINUTES if one <= hours * 60), default=0)
    night = rules.night
    return (
        (minutes, "", "") if night is None else (minutes, f"{night[0]:%H:%M}", f"{night[1]:%H:%M}")
    )


def _keep(person: UUID, agreed: Agreed, guardian: UUID | None, by: By) -> None:
    consents = service.current()
    body = {
        "minutes": agreed.minutes,
        "begins": agreed.begins,
        "ends": agreed.ends,
        "guardian": guardian.hex if guardian else "",
    }
    sealed = consents.keyring.open(person).seal_json(body, _place(person))
    with transaction.atomic():
        if agreed.is_empty:
            Rest.objects.filter(person_id=person).delete()
        else:
            Rest.objects.update_or_create(
                person_id=person, defaults={"body": sealed, "updated_at": consents.clock()}
            )
        record(Action.REST_CHOSEN, by=by, subject=person)


def _grown_up(person: UUID) -> bool:
    return service.current().age_of(person) is Band.ADULT


def _stands(guardian: UUID, person: UUID) -> bool:
    return Guardian.objects.filter(id=guardian, person_id=person, withdrawn_at=None).exists()


def _place(person: UUID) -> Place:
    return Place("consent_rest", "body", person)
