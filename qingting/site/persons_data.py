"""A person's rights over their data, put together: what each feature exports, what may be at work
for somebody who is erased, and what is kept for a time only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from qingting.complaints.exporting import ExportedComplaints
from qingting.complaints.retention import OldComplaints
from qingting.memory.exporting import ExportedMemory
from qingting.memory.retention import OldCheckIns
from qingting.people import data_service
from qingting.people.accounts import belonging
from qingting.people.consent.exporting import ExportedConsents
from qingting.people.data_exporting import ExportedDevices, ExportedSeen
from qingting.people.data_retention import InactiveGuests
from qingting.people.staff_exporting import ExportedAppointments, ExportedClasses, ExportedOpened
from qingting.policy.balance_exporting import ExportedBalance
from qingting.policy.balance_retention import OldBalances
from qingting.policy.exporting import ExportedCounts
from qingting.policy.profile import duties
from qingting.policy.retention import OldCounts
from qingting.privacy.erasing import Erasing
from qingting.privacy.exporting import Exporting
from qingting.privacy.keyring import Keyring
from qingting.privacy.ports import Exporter, Running
from qingting.privacy.retention import Retention
from qingting.privacy.schedule import Schedule, of_months
from qingting.progress.exporting import ExportedProgress
from qingting.safety.exporting import ExportedEpisode, ExportedPlan
from qingting.site.config import Config
from qingting.skills.exporting import ExportedExercises
from qingting.talk import service as talk_service
from qingting.talk.exporting import ExportedTalks
from qingting.talk.retention import DeletedTalks, PrivateTalks
from qingting.telling.exporting import ExportedTelling
from qingting.telling.retention import OldLetters
from qingting.voices.exporting import ExportedVoice

# A year that an office wants a report of in the summer after it (BPC 22603: from 1 July), whole.
_UNTIL_REPORTED: Final = timedelta(days=580)
# In the order in which they are shown.
EXPORTERS: Final[tuple[Exporter, ...]] = (
    ExportedTalks(),
    ExportedVoice(),
    ExportedMemory(),
    ExportedProgress(),
    ExportedExercises(),
    ExportedPlan(),
    ExportedEpisode(),
    ExportedComplaints(),
    ExportedCounts(),
    ExportedBalance(),
    ExportedConsents(),
    ExportedTelling(),
    ExportedDevices(),
    ExportedClasses(),
    ExportedAppointments(),
    ExportedOpened(),
    ExportedSeen(),
)


def wire_data(
    config: Config,
    keyring: Keyring,
    running: Sequence[Running],
    clock: Callable[[], datetime],
) -> None:
    """Make it work in this process."""
    data_service.use(
        data_service.MyData(
            Exporting(keyring, EXPORTERS, clock, config.data_dir),
            Erasing(running, clock),
            lambda: schedule_of(config),
            clock,
        )
    )


def schedule_of(config: Config) -> Schedule:
    """How long things are kept in this installation. Counts are the logs without content that a
    law may want kept: never for a shorter time than it says. The audit log is never shortened."""
    owed = duties()
    counts = max(Schedule().counts, owed.logs_at_least)
    if owed.reports_to:
        counts = max(counts, _UNTIL_REPORTED)
    return Schedule(guests=of_months(config.guest_months), counts=counts)


def retention_of(config: Config, running: Sequence[Running] = ()) -> Retention:
    """The time limits of this installation. running: of this process; a command has none."""

    def clock() -> datetime:
        return datetime.now(UTC)

    guests = InactiveGuests(Erasing(running, clock), _has_account)
    private = PrivateTalks(lambda: talk_service.current().keyring)
    counts = (OldCheckIns(), OldCounts(), OldBalances(), OldLetters(), OldComplaints())
    limited = (DeletedTalks(), private, *counts, guests)
    return Retention(limited, lambda: schedule_of(config), clock)


def _has_account(person: UUID) -> bool:
    return belonging.current().account_of(person) is not None
