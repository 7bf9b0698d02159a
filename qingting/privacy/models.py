"""Storage of person keys. This table lives in the key database and nowhere else."""

from __future__ import annotations

from django.db import models

from qingting.privacy.declarations import PersonalData


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
    )
