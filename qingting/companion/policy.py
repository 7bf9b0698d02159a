"""The law and the house rules of one turn, as typed values the stages obey.

The defaults are the strictest-common profile: what is owed wherever the place of a deployment is
unknown. Policy packs (content/policies) will resolve to the same type.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Policy:
    """Resolved policy for one person.

    disclosure_interval: how often to say again that this is an AI, in active use.
    break_interval: active use after which a pause is suggested; minors have their own.
    hosted_model: whether text may go to a model on someone else's machine at all.
    sensitive_of_minors: whether what a minor told of health, body, sex, faith or the law is
        remembered beyond the conversation it was told in.
    model_calls_per_day: replies a hosted or local model may word per person and day; past it the
        guided responder answers, so nobody is ever turned away.
    """

    id: str = "strictest-common"
    disclose_at_start: bool = True
    disclosure_interval: timedelta = timedelta(hours=1)
    break_interval: timedelta = timedelta(hours=1)
    break_interval_minor: timedelta = timedelta(minutes=30)
    hosted_model: bool = True
    sensitive_of_minors: bool = False
    model_calls_per_day: int = 200

    def break_after(self, *, minor: bool) -> timedelta:
        """Active use after which a pause is suggested to this person."""
        return self.break_interval_minor if minor else self.break_interval
