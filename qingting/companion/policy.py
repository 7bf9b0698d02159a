"""The law and the house rules of one turn, as typed values the stages obey.

The defaults are the strictest-common profile: what is owed wherever the place of a deployment is
unknown. Policy packs (content/policies, docs/policy.md) resolve to the same type.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

# When somebody whom the person named may be told: never, with their yes, or also without it where
# they say plainly that they mean to end their life.
Telling = Literal["never", "with_consent", "on_explicit_intent"]


@dataclass(frozen=True, slots=True)
class Policy:
    """Resolved policy for one person.

    packs: ids of the packs it comes from.
    disclose_at_start: whether a new talk says that this is an AI.
    disclosure_interval: how often to say it again, in active use.
    disclosure_after_absence: say it again to somebody who was away for so long.
    disclose_on_dependence: say it again when the talk takes too much room in somebody's life.
    break_interval: active use after which a pause is suggested; minors have their own.
    hosted_model: whether text may go to a model on someone else's machine at all.
    sensitive_of_minors: whether what a minor told of health, body, sex, faith or the law is
        remembered beyond the conversation it was told in.
    asks_minors_first: whether a minor is asked of our own accord how something went or how they
        are; every answer to what they say themselves is untouched.
    minors_may_talk: whether everyday talk is open to minors at all. Danger always is.
    feelings_shown: whether the feelings read in talks are kept and shown as such.
    emergency_contact: when somebody they named may be told of grave danger.
    model_calls_per_day: replies a hosted or local model may word per person and day; past it the
        guided responder answers, so nobody is ever turned away.
    """

    packs: tuple[str, ...] = ("default",)
    disclose_at_start: bool = True
    disclosure_interval: timedelta = timedelta(hours=1)
    disclosure_after_absence: timedelta = timedelta(days=7)
    disclose_on_dependence: bool = True
    break_interval: timedelta = timedelta(hours=1)
    break_interval_minor: timedelta = timedelta(minutes=30)
    hosted_model: bool = True
    sensitive_of_minors: bool = False
    asks_minors_first: bool = True
    minors_may_talk: bool = True
    feelings_shown: bool = True
    emergency_contact: Telling = "with_consent"
    model_calls_per_day: int = 200

    def asks_first(self, *, minor: bool) -> bool:
        """Whether this person may be asked how they are, and be reminded of what they told of their
        health, of our own accord."""
        return self.asks_minors_first or not minor

    def break_after(self, *, minor: bool) -> timedelta:
        """Active use after which a pause is suggested to this person."""
        return self.break_interval_minor if minor else self.break_interval
