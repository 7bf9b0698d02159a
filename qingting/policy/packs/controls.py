"""The closed vocabulary of controls: what each is called, what its values are, and who obeys it.

A pack may state nothing else. What each control asks stands in plain words in
content/policies/words.toml; which code or document obeys it, in obeying.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from qingting.policy.packs.kinds import (
    AGE,
    DAYS,
    FLAG,
    HOURS,
    MINUTES,
    MONTHS_AT_LEAST,
    PEOPLE,
    TOLD,
    WINDOW,
    Kind,
    one_of,
)

# read: code reads the value, another value is another behaviour. always: done wherever Qingting
# runs, whatever a place asks. procedure: people do it, a document says how. fact: nothing to obey
# (what a breach costs).
Obeyed = Literal["read", "always", "procedure", "fact"]


@dataclass(frozen=True, slots=True)
class Control:
    """One control. guided: guidance (which binds nobody) is followed all the same, because it only
    adds a notice; else it is only suggested. ahead: a law that is enacted and not yet in force is
    followed before its day, for the same reason."""

    key: str
    kind: Kind
    obeyed: Obeyed
    guided: bool = False
    ahead: bool = False


_PROHIBITED: Final = one_of("allowed", "prohibited")
_LIST: Final[tuple[Control, ...]] = (
    # That it is an AI, and how long one has been here.
    Control("ai_disclosure.start", FLAG, "read", ahead=True),
    Control("ai_disclosure.interval_h", HOURS, "read", guided=True, ahead=True),
    Control("ai_disclosure.after_inactive_days", DAYS, "read", ahead=True),
    Control("ai_disclosure.on_dependence", FLAG, "read", guided=True, ahead=True),
    Control("break_reminder.interval_h", HOURS, "read", guided=True, ahead=True),
    Control("minors.rest_reminder_min", MINUTES, "read", guided=True, ahead=True),
    Control("ai_disclosure.before_access", FLAG, "always"),
    Control("ai_disclosure.on_ask", FLAG, "always"),
    Control("ai_disclosure.if_misleading", FLAG, "always"),
    Control("ai_disclosure.health_care", TOLD, "always"),
    Control("label.explicit", FLAG, "always"),
    Control("label.implicit_metadata", FLAG, "always"),
    # Age, guardians, the young.
    Control("register.collect_age", FLAG, "read"),
    Control("register.guardian_or_emergency_contact", FLAG, "read"),
    Control("minors.consent_below_age", AGE, "read"),
    Control("minors.talk_waits_for_consent", FLAG, "read"),
    Control("minors.guardian_sees_usage", FLAG, "read"),
    Control("minors.daily_limit_h", HOURS, "read"),
    Control("minors.curfew", WINDOW, "read"),
    Control("minors.companion_features", _PROHIBITED, "read"),
    Control("minors.mental_health_service", one_of("allowed", "supervised_only"), "read"),
    Control("minors.sensitive_remembered", one_of("kept", "not_kept"), "read"),
    Control("minors.suitability_notice", FLAG, "read", ahead=True),
    Control("minors.mode", FLAG, "always"),
    Control("minors.virtual_intimacy", _PROHIBITED, "always"),
    Control("minors.sexual_content", _PROHIBITED, "always"),
    Control("minors.harmful_content", _PROHIBITED, "always"),
    Control("minors.engagement_optimisation", _PROHIBITED, "always"),
    Control("minors.best_interests", FLAG, "always"),
    Control("minors.age_assurance", TOLD, "procedure"),
    Control("minors.audit", TOLD, "procedure"),
    Control("minors.app_store_age_signal", FLAG, "procedure"),
    # Danger.
    Control(
        "crisis.contact_guardian_or_emergency",
        one_of("never", "with_consent", "on_explicit_intent"),
        "read",
    ),
    Control("crisis.publish_count", FLAG, "read", ahead=True),
    Control("crisis.annual_report", TOLD, "read", ahead=True),
    Control("crisis.detect", FLAG, "always"),
    Control("crisis.detect_eating_disorder", FLAG, "always"),
    Control("crisis.detect_violence", FLAG, "always"),
    Control("crisis.refer", FLAG, "always"),
    Control("crisis.interrupt_conversation", FLAG, "always"),
    Control("crisis.publish_protocol", FLAG, "always"),
    Control("crisis.count_referrals", FLAG, "always"),
    Control("harm.encouragement", _PROHIBITED, "always"),
    Control("manipulation.ban", FLAG, "always"),
    Control("sycophancy_dependence.ban", FLAG, "always"),
    Control("exit.immediate", FLAG, "always"),
    # Words that may not be claimed.
    Control("claims.diagnose_treat", _PROHIBITED, "always"),
    Control("claims.therapy_service", _PROHIBITED, "always"),
    Control("claims.licensed_professional", _PROHIBITED, "always"),
    Control("claims.refer_to_medical_institution", FLAG, "always"),
    Control("clinical.emotion_reading_shown", _PROHIBITED, "read"),
    Control("clinical.biometric_emotion", _PROHIBITED, "always"),
    # What is kept, where it goes.
    Control("data.localisation", one_of("anywhere", "mainland"), "read"),
    Control("data.log_retention_min_months", MONTHS_AT_LEAST, "read"),
    Control("data.third_party", one_of("by_contract", "explicit_consent"), "always"),
    Control("data.training", one_of("allowed", "separate_consent"), "always"),
    Control("data.copy_delete", FLAG, "always"),
    Control("data.health_explicit_consent", FLAG, "always"),
    Control("data.sale_or_share", _PROHIBITED, "always"),
    Control("ads.any", one_of("allowed", "labelled", "prohibited"), "always"),
    Control("data.act", TOLD, "procedure"),
    Control("breach.notify_h", HOURS, "procedure"),
    Control("hipaa", TOLD, "procedure"),
    # What an operator owes the state, and where it may not run at all.
    Control("deploy.school", _PROHIBITED, "read"),
    Control("complaints.channel_with_deadline", FLAG, "read"),
    Control("assessment.registered_users", PEOPLE, "read"),
    Control("assessment.monthly_active_users", PEOPLE, "read"),
    Control("assessment.on_launch_or_new_function", FLAG, "procedure"),
    Control("assessment.review", TOLD, "procedure"),
    Control("filing.algorithm", FLAG, "procedure"),
    Control("register.real_identity", FLAG, "read"),
    Control("sharing.personas", _PROHIBITED, "always"),
    Control("penalty", TOLD, "fact"),
)
CONTROLS: Final[Mapping[str, Control]] = {control.key: control for control in _LIST}
