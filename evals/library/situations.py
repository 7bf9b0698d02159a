"""The situations, and what the companion hands over in each."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from qingting.cli.scripted import InMemory
from qingting.companion.events import ToRead
from qingting.companion.person import Language, Person
from qingting.companion.policy import Policy

Part = Literal["development", "unseen"]
PARTS: Final[tuple[Part, ...]] = ("development", "unseen")
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
_HERE: Final = Path(__file__).parent
_EVENING: Final = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Situation:
    """fits: the articles that suit, none where nothing should be handed over. asks: whether they
    ask for it themselves."""

    id: str
    language: Language
    messages: tuple[str, ...]
    fits: frozenset[str]
    asks: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was handed over, as (number of the message from 1, slug); the slug is "" for the whole
    shelf. replies: what was said."""

    situation: Situation
    given: tuple[tuple[int, str], ...]
    replies: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether everything that was handed over suits."""
        return all(slug in self.situation.fits for _, slug in self.given)


def load(language: Language, part: Part) -> tuple[Situation, ...]:
    """The situations of one file."""
    text = (_HERE / f"{language}_{part}.toml").read_text(encoding="utf-8")
    return tuple(
        Situation(
            one["id"],
            language,
            tuple(one["messages"]),
            frozenset(one["fits"]),
            bool(one.get("asks", False)),
        )
        for one in tomllib.loads(text)["situation"]
    )


def play(situations: Sequence[Situation]) -> list[Outcome]:
    """Run each through the whole companion, a fresh person each time."""
    return asyncio.run(_play(situations))


async def _play(situations: Sequence[Situation]) -> list[Outcome]:
    return [await _one(situation) for situation in situations]


async def _one(situation: Situation) -> Outcome:
    chinese = situation.language == "zh"
    person = Person(
        locale="zh-CN" if chinese else "en-GB",
        timezone="Asia/Shanghai" if chinese else "Europe/London",
        age_band="adult",
    )
    talk = InMemory(person, Policy(), _EVENING, seed=f"library-{situation.id}")
    given, replies = [], []
    for number, text in enumerate(situation.messages, 1):
        events, done = await talk.say(text)
        given += [(number, event.slug) for event in events if isinstance(event, ToRead)]
        replies.append(done.reply)
        talk.now += timedelta(seconds=40)
    return Outcome(situation, tuple(given), tuple(replies))
