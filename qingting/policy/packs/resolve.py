"""From decisions to the typed values that the turn and the pages obey."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Final, cast

from qingting.companion.person import AgeBand
from qingting.companion.policy import Policy, Telling
from qingting.people.consent.ages import AgeRules
from qingting.policy.packs.combine import Chosen, Decision, decide, suggestion
from qingting.policy.packs.duties import Duties
from qingting.policy.packs.kinds import Value

_CLINIC: Final = "clinic"
_ADULT: Final[AgeBand] = "adult"
_CHILD: Final[AgeBand] = "under_14"
_MINORS: Final[tuple[AgeBand, ...]] = ("under_14", "14_15", "16_17")


def policy_of(chosen: Chosen, band: AgeBand, today: date) -> Policy:
    """What a turn obeys for somebody of this age."""
    mine = _Values(decide(chosen, band, today))
    minor = band not in ("adult", "unknown")
    pause = mine.hours("break_reminder.interval_h")
    return Policy(
        packs=tuple(pack.id for pack in chosen.packs) or (chosen.default.id,),
        disclose_at_start=mine.flag("ai_disclosure.start"),
        disclosure_interval=mine.hours("ai_disclosure.interval_h"),
        disclosure_after_absence=timedelta(days=mine.number("ai_disclosure.after_inactive_days")),
        disclose_on_dependence=mine.flag("ai_disclosure.on_dependence"),
        break_interval=pause,
        break_interval_minor=_minor_pause(chosen, mine, pause) if minor else pause,
        sensitive_of_minors=mine.word("minors.sensitive_remembered") == "kept",
        asks_minors_first=mine.word("minors.companion_features") != "prohibited",
        minors_may_talk=_may_talk(chosen, mine),
        feelings_shown=mine.word("clinical.emotion_reading_shown") != "prohibited",
        emergency_contact=cast("Telling", mine.word("crisis.contact_guardian_or_emergency")),
    )


def age_rules_of(chosen: Chosen, today: date) -> AgeRules:
    """What the place asks for the young."""
    child = _Values(decide(chosen, _CHILD, today))
    anybody = _Values(decide(chosen, _ADULT, today))
    minor = _Values(decide(chosen, "14_15", today))
    curfew = suggestion(chosen, "minors.curfew", "14_15")
    pause = minor.hours("break_reminder.interval_h")
    return AgeRules(
        alone_from=int(child.number("minors.consent_below_age")),
        talk_waits=child.flag("minors.talk_waits_for_consent"),
        must_know=anybody.flag("register.collect_age"),
        usage_owed=child.flag("minors.guardian_sees_usage"),
        break_after=_minor_pause(chosen, minor, pause),
        night=_night(str(curfew)) if curfew is not None else None,
        hours_a_day={
            band: float(cast("float", hours))
            for band in _MINORS
            if (hours := suggestion(chosen, "minors.daily_limit_h", band)) is not None
        },
    )


def duties_of(chosen: Chosen, today: date) -> Duties:
    """What pages, the start and the reports obey, whoever is looking."""
    anybody = _Values(decide(chosen, _ADULT, today))
    offices = [
        str(one.value)
        for one in chosen.statements("crisis.annual_report")
        if one.state != "unconfirmed" or one.id in chosen.confirmed
    ]
    return Duties(
        asks_contact=anybody.flag("register.guardian_or_emergency_contact"),
        real_identity=anybody.flag("register.real_identity"),
        suitability_notice=anybody.flag("minors.suitability_notice"),
        publishes_count=anybody.flag("crisis.publish_count"),
        reports_to=tuple(dict.fromkeys(offices)),
        only_mainland=anybody.word("data.localisation") == "mainland",
        logs_at_least=timedelta(days=round(anybody.number("data.log_retention_min_months") * 30.5)),
        complaints=anybody.flag("complaints.channel_with_deadline"),
        closed_to_schools=anybody.word("deploy.school") == "prohibited",
        assess_from_registered=anybody.people("assessment.registered_users"),
        assess_from_monthly=anybody.people("assessment.monthly_active_users"),
    )


class _Values:
    """Decisions as plain values. A control that must have one and has none is a fault of the
    default pack, which a test holds complete."""

    def __init__(self, decisions: Mapping[str, Decision]) -> None:
        self._decisions = decisions

    def number(self, key: str) -> float:
        return float(cast("float", self._value(key)))

    def hours(self, key: str) -> timedelta:
        return timedelta(hours=self.number(key))

    def flag(self, key: str) -> bool:
        return self._value(key) is True

    def word(self, key: str) -> str:
        return str(self._value(key))

    def people(self, key: str) -> int | None:
        found = self._decisions.get(key)
        return None if found is None or found.value is None else int(cast("int", found.value))

    def minutes(self, key: str) -> timedelta | None:
        found = self._decisions.get(key)
        if found is None or found.value is None:
            return None
        return timedelta(minutes=float(cast("float", found.value)))

    def stated(self, key: str) -> bool:
        """Whether a chosen pack, and not the default, decides it."""
        found = self._decisions.get(key)
        return found is not None and bool(found.by or found.unsure)

    def _value(self, key: str) -> Value:
        found = self._decisions.get(key)
        # Nobody states it for this age: as if it were not asked.
        return False if found is None or found.value is None else found.value


def _minor_pause(chosen: Chosen, mine: _Values, pause: timedelta) -> timedelta:
    """After how long a pause is suggested to a minor: their own where the place states one, else
    what it states for pauses, else the default's."""
    own = mine.minutes("minors.rest_reminder_min")
    states_pauses = bool(chosen.statements("break_reminder.interval_h"))
    if own is None or (states_pauses and not mine.stated("minors.rest_reminder_min")):
        return pause
    return min(own, pause)


def _may_talk(chosen: Chosen, mine: _Values) -> bool:
    if mine.word("minors.mental_health_service") != "supervised_only":
        return True
    return any(pack.id == _CLINIC for pack in chosen.packs)


def _night(window: str) -> tuple[time, time]:
    begins, ends = window.split("-")
    return time.fromisoformat(begins), time.fromisoformat(ends)
