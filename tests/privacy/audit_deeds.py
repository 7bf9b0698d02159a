"""Deeds and their entries, done by a process of its own on a real installation.

    python -m tests.privacy.audit_deeds begin            make the databases; one person
    python -m tests.privacy.audit_deeds write 10 40      ten threads, forty deeds each
    python -m tests.privacy.audit_deeds until_refused    deeds until one cannot be noted
    python -m tests.privacy.audit_deeds note_only        one entry
    python -m tests.privacy.audit_deeds forever          deeds until killed

A deed sets the day of a person to a new number and notes it, in one transaction. What was
done is printed line by line.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

BEGAN = datetime(2026, 3, 1, tzinfo=UTC)
SOMEBODY = UUID(int=1)


def _standing() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "qingting.site.settings"
    from qingting.site.config import read_config
    from qingting.site.secrets_on_disk import prepare

    prepare(read_config())
    import django

    django.setup(set_prefix=False)
    from qingting.privacy import audit
    from qingting.privacy.installation import Installation
    from qingting.site.keys import provider_of

    installation = Installation(provider_of(read_config()))
    audit.use(lambda: installation.key("audit"))


def _begin() -> None:
    from qingting.people.models import Person
    from qingting.site.starting import bring_up_to_date

    bring_up_to_date()
    Person.objects.get_or_create(id=SOMEBODY, defaults={"created_at": BEGAN})


def deed(number: int, person: UUID = SOMEBODY) -> None:
    """Raises AuditFailed."""
    from django.db import transaction

    from qingting.people.models import Person
    from qingting.privacy.audit import Action, By, record

    with transaction.atomic():
        day = BEGAN + timedelta(days=number)
        assert Person.objects.filter(id=person).update(created_at=day) == 1
        record(Action.CORRECTED, by=By("system", "test"), subject=SOMEBODY, object_ref=str(number))


def _write(threads: int, deeds: int) -> None:
    from django.db import connections

    from qingting.people.models import Person

    def some(thread: int) -> None:
        # Each its own person: nothing but the log keeps one from the other.
        person = Person.objects.create(created_at=BEGAN).id
        for one in range(deeds):
            deed(thread * deeds + one, person)
        connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(some, range(threads)))
    print("done", flush=True)


def _until_refused() -> None:
    from qingting.privacy.audit import AuditFailed

    for number in range(1, 20_000):
        try:
            deed(number)
        except AuditFailed as error:
            print(f"refused {number}: {error}", flush=True)
            return
        print(f"did {number}", flush=True)


def _note_only() -> None:
    """Without a deed, which a database that is only read would refuse first."""
    from qingting.privacy.audit import Action, AuditFailed, By, record

    try:
        record(Action.EXPORTED, by=By("system", "test"))
    except AuditFailed as error:
        print(f"refused: {error}", flush=True)
    else:
        print("noted", flush=True)


def _forever() -> None:
    for number in range(1, 10**9):
        deed(number)
        print(number, flush=True)


if __name__ == "__main__":
    _standing()
    match sys.argv[1:]:
        case ["begin"]:
            _begin()
        case ["write", threads, deeds]:
            _write(int(threads), int(deeds))
        case ["until_refused"]:
            _until_refused()
        case ["note_only"]:
            _note_only()
        case ["forever"]:
            _forever()
