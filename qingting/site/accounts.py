"""Accounts put together with the rest: how two records of one person become one, and the leading
from a person to their account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from qingting.companion.protect import record, safety_plan
from qingting.companion.protect.meeting import met
from qingting.memory import rows as memory_rows
from qingting.memory.models import MemoryChoice
from qingting.people import asked, data_words
from qingting.people.accounts import belonging, joining
from qingting.policy.profile import duties
from qingting.privacy import rows
from qingting.privacy.installation import Installation
from qingting.privacy.keyring import Keyring
from qingting.progress.models import ProgressChoice
from qingting.voices.models import VoiceChoice


def wire_accounts(
    keyring: Keyring, installation: Installation, clock: Callable[[], datetime]
) -> None:
    """Make accounts work in this process."""
    belonging.use(belonging.Belongings(keyring, installation, clock))
    asked.use(_asked)
    joining.know_merge("safety_episoderecord", _episodes)
    joining.know_merge("safety_safetyplan", _plans)
    joining.know_joined("memory_memoryindex", memory_rows.join_indexes)
    joining.know_chosen("memory_memorychoice", _choices)
    joining.know_chosen("progress_progresschoice", _progress_choices)
    data_words.know_kept(MemoryChoice)
    data_words.know_kept(ProgressChoice)
    data_words.know_kept(VoiceChoice)
    rows.know_owner("account", _account_of)


def _asked() -> asked.Asked:
    owed = duties()
    return asked.Asked(contact=owed.asks_contact, identity=owed.real_identity)


def _account_of(person: UUID) -> UUID | None:
    account = belonging.current().account_of(person)
    return None if account is None else account.pk


def _episodes(theirs: Any, mine: Any | None) -> Any:
    if mine is None:
        return theirs
    return record.dump(met(record.load(mine), record.load(theirs)))


def _choices(theirs: Any, kept: Any) -> None:
    """Whichever asked for less: a pause holds, and so does not wanting to be asked."""
    kept.paused = kept.paused or theirs.paused
    kept.check_ins = kept.check_ins and theirs.check_ins


def _progress_choices(theirs: Any, kept: Any) -> None:
    """Whichever asked for less."""
    for column in ("felt", "letters", "course"):
        setattr(kept, column, getattr(kept, column) and getattr(theirs, column))


def _plans(theirs: Any, mine: Any | None) -> Any:
    if mine is None:
        return theirs
    plan, other = safety_plan.load(mine), safety_plan.load(theirs)
    for section in safety_plan.SECTIONS:
        for item in other.of(section):
            plan = plan.adding(section, item)
    return safety_plan.dump(plan)
