"""Storage of how much room talking here takes in somebody's life beside people."""

from __future__ import annotations

from django.db import models

from qingting.people.models import Person
from qingting.privacy.declarations import PersonalData, SealedField


class Balance(models.Model):
    """What is kept of one person (companion/dependence/balance.py), sealed in `body`: which signs
    on which days of the last eight weeks, never a word of theirs; when anything was brought up; the
    answers they gave themselves and what they agreed on. There is no row before a sign was heard,
    so that even its being there says little. lasts: it holds more than signs, which nobody but they
    themselves may take away; updated_at: when it last changed."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    body = SealedField()
    lasts = models.BooleanField(default=False)
    updated_at = models.DateTimeField()

    privacy = PersonalData(
        exported="balance: signs by week, their own answers, what was agreed on",
        erased="row deleted, key destroyed",
        retained="signs for eight weeks; their answers and what they agreed on until they drop it",
        clear=frozenset({"person", "lasts", "updated_at"}),
    )

    class Meta:
        indexes = [models.Index(fields=["updated_at"], name="policy_balance_age")]
