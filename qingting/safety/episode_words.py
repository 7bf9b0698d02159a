"""What was asked about, in plain words: for whoever reads what is kept of them."""

from __future__ import annotations

from django.utils.translation import gettext as _


def about_words() -> dict[str, str]:
    """What it was about, by path (qingting.companion.protect.facets)."""
    return {
        "suicide": _("Not wanting to be alive"),
        "self_harm": _("Hurting yourself"),
        "violence": _("The urge to hurt somebody"),
        "abuse": _("Being hurt by somebody close"),
        "sexual_violence": _("Something that was done to your body"),
        "exploitation": _("Being threatened or pressed for something"),
        "substance": _("Something you took or drank"),
        "eating_disorder": _("Eating, and your body"),
        "psychosis": _("Things you heard or noticed and others did not"),
        "mania": _("Days when everything ran too fast"),
        "panic": _("Fear that came all at once"),
        "other_at_risk": _("Somebody you were worried about"),
    }


def asked_words() -> dict[str, str]:
    """What was asked, by the thing to know."""
    return {
        "thoughts": _("Whether it was on your mind"),
        "plan": _("Whether you had thought about how"),
        "timing": _("When"),
        "means": _("Whether something for it was within reach"),
        "attempt": _("Whether it had come that far before"),
        "urge": _("How strong the urge was"),
        "wound": _("Whether you were wounded"),
        "dying": _("Whether thoughts of dying came with it"),
        "safe": _("Whether you were safe where you were"),
        "alone": _("Whether somebody was with you"),
        "called": _("Whether help had been called"),
        "moved": _("Whether you could get to another place"),
        "awake": _("Whether they were awake"),
        "kept_going": _("What kept you going"),
        "who": _("Who could know about it"),
        "tell": _("Whom you could tell"),
        "sent": _("Whether you sent the message"),
        "again": _("Whether it could happen again"),
        "when": _("When it happened"),
        "hurt": _("Whether your body was hurt"),
        "weapon": _("Whether something to hurt with was at hand"),
        "where_now": _("Where the other one was"),
        "deadline": _("Until when they gave you"),
        "paid": _("Whether you had given them something"),
        "body": _("How your body was"),
        "mixed": _("Whether it was mixed with something"),
        "since": _("Since when"),
        "commands": _("Whether it told you to do something"),
        "sleep": _("How you slept"),
        "risk": _("Whether something risky was going on"),
        "before": _("Whether it had been like this before"),
        "with_them": _("Whether you were with them"),
        "said_what": _("What they had said"),
        "means_near": _("Whether something for it was near them"),
        "who_near": _("Who could get to them"),
        "you": _("How you were yourself"),
    }
