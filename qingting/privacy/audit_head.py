"""Where the audit log ends, noted a second time: in the key database.

It is noted right after an entry is committed, never before: a crash in between leaves it behind by
an entry, which the next one makes good, while one that ran ahead would cry wolf. It only moves
from an entry that still stands in the log, so that entries cut off at the end stay missed.
"""

from __future__ import annotations

import logging
from typing import Final

from django.db import Error as DatabaseError
from django.utils import timezone

from qingting.privacy.audit_actions import Action
from qingting.privacy.audit_chain import ZERO, Entry
from qingting.privacy.models import AuditEntry, AuditHead

log = logging.getLogger(__name__)

_TRIES: Final = 20


def begin() -> None:
    """Note that the log begins, before its first entry: from then on a missing note is a sign."""
    AuditHead.objects.get_or_create(
        epoch=1, defaults={"began": 0, "count": 0, "hash": ZERO, "at": timezone.now()}
    )


def current() -> AuditHead | None:
    """The end as it is noted; None when nothing ever was, or the note is gone."""
    return AuditHead.objects.order_by("-epoch").first()


def advance(entry: Entry) -> None:
    """Note an entry just committed as the end. The deed is done: failing here only says so."""
    try:
        for _ in range(_TRIES):
            if _moved(entry):
                return
    except DatabaseError as error:
        log.error("the end of the audit log could not be noted: %s", type(error).__name__)
        return
    log.error("the end of the audit log could not be noted: others were always quicker")


def _moved(entry: Entry) -> bool:
    """Whether nothing is left to do; False when another writer moved it at the same moment."""
    head = current()
    if head is None or not _stands(head, entry):
        return _again(head, entry)
    if head.count >= entry.seq:
        return True  # a later writer was quicker
    moved = AuditHead.objects.filter(epoch=head.epoch, count=head.count).update(
        count=entry.seq, hash=entry.hash, at=timezone.now()
    )
    return moved == 1


def _again(head: AuditHead | None, entry: Entry) -> bool:
    """What follows when the log does not have the end that was noted. A restore that says so in
    its own entry begins anew and leaves the old end to be seen; anything else is not made good."""
    if head is None or entry.action != Action.BACKUP_RESTORED:
        log.error("the audit log is not as it was left; run: qingting audit verify")
        return True
    _, made = AuditHead.objects.get_or_create(
        epoch=head.epoch + 1,
        defaults={
            "began": entry.seq - 1,
            "count": entry.seq,
            "hash": entry.hash,
            "at": timezone.now(),
        },
    )
    return made


def _stands(head: AuditHead, newest: Entry) -> bool:
    """Whether the entry noted as the end is in the log, as it was."""
    if head.count == 0:
        return bytes(head.hash) == ZERO
    if newest.seq == head.count + 1:
        return bytes(head.hash) == newest.previous
    found = AuditEntry.objects.filter(seq=head.count).values_list("hash", flat=True).first()
    return found is not None and bytes(found) == bytes(head.hash)
