"""Storage of counts that law and honesty ask for: what happened, never what was said."""

from __future__ import annotations

from django.db import models

from qingting.people.models import Person
from qingting.policy.balance_models import Balance
from qingting.privacy.declarations import PersonalData

# Django looks for models here.
__all__ = ["Balance", "DailyUse", "Event", "EventKind"]


class EventKind(models.TextChoices):
    """The closed vocabulary of counted events. Adding a word here is the only way to count more."""

    TURN = "turn"
    ACTIVE_SECONDS = "active_seconds"
    NOTICE_AI_DISCLOSURE = "notice:ai_disclosure"
    NOTICE_BREAK_REMINDER = "notice:break_reminder"
    NOTICE_SHORTENED = "notice:shortened"
    NOTICE_MODEL_CAP = "notice:model_cap"
    REFERRAL_SHOWN = "referral_shown"
    SAFETY_REPLY = "safety_reply"
    FALLBACK = "fallback"
    MODEL_REPLY = "model_reply"
    # Counted of nobody: without a person and without a time of day (counting.of_nobody).
    EPISODE_LOW = "episode:low"
    EPISODE_MODERATE = "episode:moderate"
    EPISODE_HIGH = "episode:high"
    EPISODE_IMMINENT = "episode:imminent"
    MINOR_AI_DISCLOSURE = "minor:ai_disclosure"
    MINOR_BREAK_REMINDER = "minor:break_reminder"


class Event(models.Model):
    """One counted event. No content, ever: a kind of the closed vocabulary, a number, a time."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL)
    kind = models.CharField(max_length=32, choices=EventKind.choices)
    amount = models.IntegerField(default=1)
    at = models.DateTimeField(db_index=True)

    privacy = PersonalData(
        exported="counts",
        erased="the count stays, the person is taken out of it",
        retained="400 days, for yearly reports",
        clear=frozenset({"id", "person", "kind", "amount", "at"}),
        on_erasure="detach",
    )


class DailyUse(models.Model):
    """How many replies a model worded for a person on a day, for the daily cap."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    day = models.DateField()
    model_calls = models.IntegerField(default=0)
    told = models.BooleanField(default=False)

    privacy = PersonalData(
        exported="counts",
        erased="row deleted",
        retained="400 days",
        clear=frozenset({"id", "person", "day", "model_calls", "told"}),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_use_a_day")]
