"""The closed vocabulary of consents, and the plain words of each (content/<language>/consent)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from qingting.companion.person import Language
from qingting.companion.words.bank import read_toml


class What(StrEnum):
    """What can be agreed to. Adding a word here, with its plain words, is the only way to ask for
    more."""

    COUNSELLOR_SEES_SUMMARY = "counsellor_sees_summary"
    COUNSELLOR_READS_CONVERSATION = "counsellor_reads_conversation"
    COUNSELLOR_IS_ALERTED = "counsellor_is_alerted"
    GUARDIAN_SEES_USAGE = "guardian_sees_usage"
    GUARDIAN_IS_ALERTED = "guardian_is_alerted"
    EMERGENCY_CONTACT_TOLD = "emergency_contact_told"
    SCHOOL_IS_ASKED = "school_is_asked"
    HOSTED_MODEL = "hosted_model"
    COUNTS_FOR_RESEARCH = "counts_for_research"
    REMINDERS_BY_CHANNEL = "reminders_by_channel"


class Why(StrEnum):
    """What for. A grant for one purpose is none for another."""

    CARE = "care"
    OVERSIGHT = "oversight"
    EMERGENCY = "emergency"
    WORDING = "wording"
    RESEARCH = "research"
    REMINDING = "reminding"


PURPOSE: Final[Mapping[What, Why]] = {
    What.COUNSELLOR_SEES_SUMMARY: Why.CARE,
    What.COUNSELLOR_READS_CONVERSATION: Why.CARE,
    What.COUNSELLOR_IS_ALERTED: Why.CARE,
    What.GUARDIAN_SEES_USAGE: Why.OVERSIGHT,
    What.GUARDIAN_IS_ALERTED: Why.OVERSIGHT,
    What.EMERGENCY_CONTACT_TOLD: Why.EMERGENCY,
    What.SCHOOL_IS_ASKED: Why.EMERGENCY,
    What.HOSTED_MODEL: Why.WORDING,
    What.COUNTS_FOR_RESEARCH: Why.RESEARCH,
    What.REMINDERS_BY_CHANNEL: Why.REMINDING,
}


@dataclass(frozen=True, slots=True)
class Words:
    """One consent in plain words. `means` and `never`: one thing a line."""

    version: int
    title: str
    means: tuple[str, ...]
    never: tuple[str, ...]
    who: str
    until: str
    take_back: str


@cache
def words_of(what: What, language: Language) -> Words:
    """The words as authored. Raises ContentError when the file cannot be read."""
    root = resources.files("qingting.content") / language / "consent"
    data = read_toml(Path(str(root / f"{what.value}.toml")))
    return Words(
        version=int(data["version"]),
        title=data["title"],
        means=tuple(data["means"]),
        never=tuple(data["never"]),
        who=data["who"],
        until=data["until"],
        take_back=data["take_back"],
    )


def version_of(what: What) -> int:
    """The version of the words in use; the same in both languages (held by the content linter)."""
    return words_of(what, "zh").version
