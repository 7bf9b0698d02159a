"""For every control of the vocabulary, what obeys it; tests/policy/test_obeying.py walks it: what
is named exists, tests and headings too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from qingting.policy.obeying_kinds import Always, Fact, Obeying, Procedure, ReadBy

_OBEYED: Final = "tests/policy/test_obedience.py"
_KEPT: Final = "tests/policy/test_obedience_kept.py"
_CLOCK: Final = "tests/policy/test_notices_by_clock.py"
_PACKS: Final = "tests/policy/test_packs.py"
_CONSENT: Final = "tests/people/test_consent.py"
_GUARD: Final = "tests/companion/test_guard.py"
_EVIDENCE: Final = "tests/policy/test_evidence.py"
_DUE: Final = "qingting.companion.protect.notices:disclosure_due"
_PAUSE: Final = "qingting.companion.policy:Policy.break_after"
_GUARDED: Final = "qingting.companion.protect.guard:problems"
_READING: Final = Always(
    "qingting.companion.understand.stage:Understand",
    "tests/companion/test_danger_words.py::"
    "test_every_kind_of_danger_is_asked_about_and_led_to_people",
)
_HARM: Final = Always(_GUARDED, f"{_GUARD}::test_a_harmful_sentence_is_seen_for_what_it_is")
_CLAIMED: Final = Always("banned.toml", f"{_EVIDENCE}::test_nothing_on_any_page_claims_too_much")
_MINORS_AUDIT: Final = "docs/governance/minors-audit.md"
_DATA: Final = "docs/governance/data-protection.md"

OBEYING: Final[Mapping[str, Obeying]] = {
    "ai_disclosure.start": ReadBy((_DUE,), f"{_EVIDENCE}::test_each_notice_follows_its_value"),
    "ai_disclosure.interval_h": ReadBy(
        (_DUE,), f"{_CLOCK}::test_it_is_never_longer_unsaid_than_the_law_allows"
    ),
    "ai_disclosure.after_inactive_days": ReadBy(
        (_DUE,), f"{_CLOCK}::test_after_an_absence_it_is_said_again"
    ),
    "ai_disclosure.on_dependence": ReadBy(
        ("qingting.companion.plan.dependence:says_again",),
        "tests/companion/dependence/test_weeks.py::"
        "test_where_it_is_clear_it_is_said_again_that_this_is_an_ai",
    ),
    "break_reminder.interval_h": ReadBy(
        (_PAUSE,), f"{_CLOCK}::test_a_talk_of_seven_hours_over_midnight"
    ),
    "minors.rest_reminder_min": ReadBy((_PAUSE,), f"{_PACKS}::test_how_often_what_is_said"),
    "ai_disclosure.before_access": Always(
        "qingting.talk.pages:start", f"{_EVIDENCE}::test_the_first_page_says_what_it_is"
    ),
    "ai_disclosure.on_ask": Always(
        "qingting.companion.understand.about_us:asked_about_us",
        "tests/companion/test_small_talk.py::"
        "test_each_question_about_us_has_its_own_answer_in_danger_too",
    ),
    "ai_disclosure.if_misleading": Always(
        "qingting.talk.pages:start", f"{_EVIDENCE}::test_the_first_page_says_what_it_is"
    ),
    "ai_disclosure.health_care": Always(
        "qingting.talk.pages:start", f"{_EVIDENCE}::test_the_first_page_says_what_it_is"
    ),
    "label.explicit": Always(
        "qingting.privacy.labels:ai_label",
        f"{_KEPT}::test_the_label_is_on_the_page_and_in_every_file_that_leaves",
    ),
    "label.implicit_metadata": Always(
        "qingting.privacy.labels:ai_label",
        f"{_KEPT}::test_the_label_is_on_the_page_and_in_every_file_that_leaves",
    ),
    # Age, guardians, the young.
    "register.collect_age": ReadBy(
        ("qingting.people.consent.ages:AgeRules.is_minor",),
        f"{_CONSENT}::test_what_an_age_changes_where",
    ),
    "register.guardian_or_emergency_contact": ReadBy(
        ("qingting.people.asked:Asked",),
        f"{_KEPT}::test_somebody_to_call_is_asked_for_and_may_be_left_out",
    ),
    "minors.consent_below_age": ReadBy(
        ("qingting.people.consent.ages:AgeRules.needs_guardian",),
        f"{_CONSENT}::test_what_an_age_changes_where",
    ),
    "minors.talk_waits_for_consent": ReadBy(
        ("qingting.people.consent.service:Consents.waits",),
        "tests/people/test_consent_talk.py::"
        "test_a_childs_everyday_talk_waits_for_a_yes_and_danger_never_does",
    ),
    "minors.guardian_sees_usage": ReadBy(
        ("qingting.people.consent.service:Consents.usage_for",),
        f"{_CONSENT}::test_a_guardian_sees_usage_while_granted_or_while_the_law_owes_it",
    ),
    "minors.daily_limit_h": ReadBy(
        ("qingting.people.consent.resting:suggested",),
        "tests/people/test_rest.py::"
        "test_the_form_offers_the_night_of_the_place_and_takes_nothing_else",
    ),
    "minors.curfew": ReadBy(
        ("qingting.people.consent.resting:suggested",),
        "tests/people/test_rest.py::"
        "test_the_form_offers_the_night_of_the_place_and_takes_nothing_else",
    ),
    "minors.companion_features": ReadBy(
        ("qingting.policy.profile:asks_first",),
        f"{_OBEYED}::test_a_check_in_is_asked_only_where_it_may_be",
    ),
    "minors.mental_health_service": ReadBy(
        ("qingting.site.consents:terms_of",),
        f"{_PACKS}::test_a_law_to_come_adds_notices_ahead_and_takes_nothing_away_before_its_day",
    ),
    "minors.sensitive_remembered": ReadBy(
        ("qingting.companion.remember.stage:Remember",),
        "tests/companion/remember/test_by_model.py::test_of_a_minor_it_keeps_nothing",
    ),
    "minors.suitability_notice": ReadBy(
        ("qingting.talk.pages:start",), f"{_EVIDENCE}::test_the_first_page_says_what_it_is"
    ),
    "minors.mode": Always(
        "qingting.people.consent.resting:now_for",
        "tests/people/test_rest.py::test_who_chose_is_told_at_night_and_when_the_amount_is_used_up",
    ),
    "minors.virtual_intimacy": Always(
        "qingting.companion.voice.words:voices",
        "tests/companion/voice/test_in_talk.py::"
        "test_nobody_living_no_kin_and_no_lover_is_played_and_what_there_is_is_told",
    ),
    "minors.sexual_content": _HARM,
    "minors.harmful_content": _HARM,
    "minors.engagement_optimisation": Always(
        "qingting.companion.plan.dependence:says_again",
        "tests/companion/dependence/test_hard_rules.py::test_the_hard_rules_hold_in_every_order",
    ),
    "minors.best_interests": Always(
        "qingting.companion.policy:Policy.break_after", f"{_PACKS}::test_how_often_what_is_said"
    ),
    "minors.age_assurance": Procedure("docs/minors.md", "Objecting to an age"),
    "minors.audit": Procedure(_MINORS_AUDIT, "Once a year"),
    "minors.app_store_age_signal": Procedure(_MINORS_AUDIT, "Where it is in an app store"),
    # Danger.
    "crisis.contact_guardian_or_emergency": ReadBy(
        ("qingting.companion.protect.who_is_told:may_tell",),
        "tests/telling/test_telling.py::test_nobody_is_told_against_policy_set_up_or_her_word",
    ),
    "crisis.publish_count": ReadBy(
        ("qingting.site.protocol_pages:protocol",),
        "tests/site/test_protocol.py::test_the_count_stands_there_only_where_it_is_owed",
    ),
    "crisis.annual_report": ReadBy(
        ("qingting.policy.reporting_words:shape", "qingting.site.persons_data:schedule_of"),
        "tests/policy/test_reporting.py::test_where_an_office_wants_a_report_counts_stay_longer",
    ),
    "crisis.detect": _READING,
    "crisis.detect_eating_disorder": _READING,
    "crisis.detect_violence": _READING,
    "crisis.refer": _READING,
    "crisis.interrupt_conversation": Always(
        "qingting.companion.protect.stage:Protect",
        "tests/companion/test_turn.py::test_danger_is_answered_before_any_model_is_asked",
    ),
    "crisis.publish_protocol": Always(
        "qingting.site.protocol_pages:protocol",
        "tests/site/test_protocol.py::test_it_is_made_from_what_runs",
    ),
    "crisis.count_referrals": Always(
        "qingting.policy.counting:events_of",
        "tests/policy/test_counting.py::test_what_happened_is_counted",
    ),
    "harm.encouragement": _HARM,
    "manipulation.ban": _HARM,
    "sycophancy_dependence.ban": Always(
        "qingting.companion.plan.dependence:says_again",
        "tests/companion/dependence/test_hard_rules.py::test_the_hard_rules_hold_in_every_order",
    ),
    "exit.immediate": Always(
        "qingting.companion.plan.planner:plan_for", f"{_OBEYED}::test_whoever_goes_is_let_go"
    ),
    # Words that may not be claimed.
    "claims.diagnose_treat": _CLAIMED,
    "claims.therapy_service": _CLAIMED,
    "claims.licensed_professional": Always(
        _GUARDED,
        "tests/companion/protect/test_guard_rules.py::test_a_sure_rule_holds_its_own_examples_back",
    ),
    "claims.refer_to_medical_institution": Always(
        "screening.toml",
        "tests/companion/instruments/test_shown.py::test_nothing_that_is_shown_is_a_label",
    ),
    "clinical.emotion_reading_shown": ReadBy(
        ("qingting.talk.companion:closing",),
        f"{_KEPT}::test_feelings_are_neither_kept_nor_shown_where_the_law_forbids_it",
    ),
    "clinical.biometric_emotion": Always(
        "qingting.site.headers:EVERYWHERE",
        f"{_EVIDENCE}::test_no_page_may_use_microphone_or_camera",
    ),
    # What is kept, where it goes.
    "data.localisation": ReadBy(
        ("qingting.policy.hosted:may_ask",),
        f"{_CONSENT}::test_when_a_hosted_model_may_be_asked_about",
    ),
    "data.log_retention_min_months": ReadBy(
        ("qingting.site.persons_data:schedule_of",),
        f"{_KEPT}::test_logs_without_content_are_never_kept_for_less_than_the_law_says",
    ),
    "data.third_party": Always(
        "qingting.talk.agreeing:Agreed",
        "tests/people/test_consent_talk.py::"
        "test_no_word_leaves_before_a_yes_and_none_after_it_is_taken_back",
    ),
    "data.training": Always(
        "qingting.people.consent.vocabulary:What",
        f"{_EVIDENCE}::test_there_is_no_way_to_train_on_it",
    ),
    "data.copy_delete": Always(
        "qingting.privacy.exporting:Exporting",
        "tests/privacy/test_exporting.py::test_everything_is_in_it_to_read_and_as_data",
    ),
    "data.health_explicit_consent": Always(
        "qingting.talk.agreeing:Agreed",
        "tests/people/test_consent_talk.py::"
        "test_no_word_leaves_before_a_yes_and_none_after_it_is_taken_back",
    ),
    "data.sale_or_share": Always(
        "qingting.site.headers:EVERYWHERE",
        "tests/site/test_headers.py::test_nothing_inline_and_nothing_of_others",
    ),
    "ads.any": Always(
        "qingting.site.headers:EVERYWHERE",
        "tests/site/test_headers.py::test_nothing_inline_and_nothing_of_others",
    ),
    "data.act": Procedure(_DATA, "Impact assessment"),
    "breach.notify_h": Procedure("docs/governance/breach.md", "Whom to tell, by when"),
    "hipaa": Procedure(_DATA, "HIPAA"),
    # What an operator owes the state, and where it may not run at all.
    "deploy.school": ReadBy(
        ("qingting.policy.closing:closed",),
        "tests/policy/test_evidence.py::test_a_school_where_schools_are_closed_does_not_start",
    ),
    "complaints.channel_with_deadline": ReadBy(
        ("qingting.policy.checking:findings", "qingting.complaints.service:Complaints"),
        "tests/policy/test_evidence.py::test_what_is_missing_is_said_and_exits_with_one",
    ),
    "assessment.registered_users": ReadBy(
        ("qingting.policy.reporting_words:thresholds",),
        "tests/policy/test_reporting.py::test_an_assessment_is_due_from_its_number_on",
    ),
    "assessment.monthly_active_users": ReadBy(
        ("qingting.policy.reporting_words:thresholds",),
        "tests/policy/test_reporting.py::test_an_assessment_is_due_from_its_number_on",
    ),
    "assessment.on_launch_or_new_function": Procedure(
        "docs/governance/security-assessment.md", "Before going public and before a new function"
    ),
    "assessment.review": Procedure("docs/governance/security-assessment.md", "Every year"),
    "filing.algorithm": Procedure("docs/governance/algorithm-filing.md", "What to file"),
    "register.real_identity": ReadBy(
        ("qingting.people.asked:Asked", "qingting.policy.checking:findings"),
        f"{_KEPT}::test_where_a_real_identity_is_asked_for",
    ),
    "sharing.personas": Always(
        "qingting.voices.service:Voices.choose",
        "tests/voices/test_choosing.py::"
        "test_a_browser_never_seen_may_choose_and_nothing_else_may_be_chosen",
    ),
    "penalty": Fact(),
}
