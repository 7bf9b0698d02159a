"""The notices that stand beside a reply: when one is due, and its words, from
content/<language>/notices.toml."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

from qingting.companion.person import Language
from qingting.companion.policy import Policy
from qingting.companion.state import Attention
from qingting.companion.words.bank import read_toml


@cache
def _notices(language: Language) -> dict[str, Any]:
    return read_toml(resources.files("qingting.content") / language / "notices.toml")


def notice_text(kind: str, language: Language, seed: str, turn: int) -> str:
    """A notice in words; which of its variants is fixed by the conversation and the turn."""
    variants: list[str] = _notices(language)[kind]["lines"]
    return variants[(sum(seed.encode()) + turn) % len(variants)]


def disclosure_due(attention: Attention, policy: Policy, now: datetime) -> bool:
    """Whether to say now that this is an AI: at the start of a talk, when so much time went by
    since it was said, and to somebody who was away."""
    before = attention.disclosed_at
    if before is None:
        return policy.disclose_at_start
    away = attention.last_at is not None and (
        now - attention.last_at >= policy.disclosure_after_absence
    )
    return away or now - before >= policy.disclosure_interval
