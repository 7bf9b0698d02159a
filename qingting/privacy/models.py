"""Storage of keys, of who was erased and of the audit log's end (all in the key database and
nowhere else), and of the audit log (in the main one)."""

from __future__ import annotations

from django.db import models

from qingting.privacy.declarations import NoPersonalData, PersonalData


class PersonKey(models.Model):
    """A person's data key, wrapped by the installation's key."""

    person_id = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    privacy = PersonalData(
        exported="never: it is what keeps the rest closed",
        erased="the row is deleted first; everything it sealed is unreadable from then on",
        retained="as long as the person's data",
        clear=frozenset({"person_id", "wrapped", "created_at"}),
        person="person_id",
        withheld=frozenset({"wrapped"}),
    )


class InstallationKey(models.Model):
    """A data key of the installation's own for one use (installation.py), wrapped as a person's."""

    name = models.CharField(max_length=16, primary_key=True)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    privacy = NoPersonalData("keys of the installation itself; which person is what lies elsewhere")


class AuditEntry(models.Model):
    """One noted deed: ids, a time, and a word of audit_actions.Action. Never free text.

    Only qingting.privacy.audit.record writes here; triggers refuse UPDATE and DELETE.
    `hash` is keyed, and covers every other column and with `previous` the entry before.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=32)
    by_kind = models.CharField(max_length=8)
    by_ref = models.CharField(max_length=64)
    subject = models.UUIDField(null=True)
    object_ref = models.CharField(max_length=64)
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    privacy = PersonalData(
        exported="log: who did what with what is theirs, and when",
        erased="entries stay: a random id that leads to nobody once the person is erased",
        retained="as long as the installation",
        clear=frozenset(
            {
                "seq",
                "at",
                "action",
                "by_kind",
                "by_ref",
                "subject",
                "object_ref",
                "previous",
                "hash",
            }
        ),
        person="subject",
        on_erasure="keep",
        withheld=frozenset({"previous", "hash"}),
    )

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-seq"], name="privacy_audit_subject"),
            models.Index(fields=["action", "-seq"], name="privacy_audit_action"),
        ]


class AuditHead(models.Model):
    """Where the audit log ends, kept in the key database, so that entries missing at the end are
    missed. A restore of an older backup begins a new row; the row before keeps what was lost."""

    epoch = models.IntegerField(primary_key=True)
    began = models.BigIntegerField()
    count = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    privacy = NoPersonalData("counts entries; knows nothing of what they are about")


class ErasedPerson(models.Model):
    """Somebody who was erased. Kept in the key database, so that a restore of the rest that brings
    rows of theirs back erases them again (qingting.privacy.erasing)."""

    person_id = models.UUIDField(primary_key=True)
    erased_at = models.DateTimeField()

    privacy = NoPersonalData("a random id that leads to nobody, kept so that nobody comes back")
