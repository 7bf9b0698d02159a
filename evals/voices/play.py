"""Talks of twenty everyday messages, played in every voice through the whole companion."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from qingting.cli.scripted import InMemory
from qingting.companion.person import Language, Person
from qingting.companion.plan.plan import Plan
from qingting.companion.policy import Policy
from qingting.companion.protect.guard import problem_with
from qingting.companion.voice.words import PLAIN, VoiceWords, voice_words, voices
from qingting.companion.words.choose import fingerprints, slots_of

HERE: Final = Path(__file__).parent
_BETWEEN: Final = timedelta(seconds=50)
_ZONES: Final[Mapping[Language, str]] = {"zh": "Asia/Shanghai", "en": "America/New_York"}


@dataclass(frozen=True, slots=True)
class Script:
    """One talk to be played. start: the person's clock."""

    id: str
    language: Language
    start: datetime
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """One message and its answer. voiced: lines of the voice in it. in_danger: danger is open, or
    was answered, so that the voice is plain by its own rule."""

    said: str
    reply: str
    plan: Plan
    voiced: tuple[str, ...]
    in_danger: bool


@dataclass(frozen=True, slots=True)
class Played:
    """A talk as it went in one voice."""

    script: Script
    voice: str
    turns: tuple[Turn, ...]

    @property
    def ordinary(self) -> tuple[Turn, ...]:
        """The replies in which a voice may be heard: no danger, no fact that is owed, nothing
        asked of us."""
        return tuple(turn for turn in self.turns if not turn.in_danger and _usual(turn))

    @property
    def repeated(self) -> tuple[str, ...]:
        """Replies with a sentence that was said before."""
        seen: set[str] = set()
        found = []
        for turn in self.turns:
            prints = fingerprints(turn.reply)
            if prints & seen:
                found.append(turn.reply)
            seen |= prints
        return tuple(found)

    @property
    def held_back(self) -> tuple[tuple[str, str], ...]:
        """Lines of the voice that the guard would not let a model say after that message, with why.
        Those with words of theirs in them are theirs in part, and are left out."""
        found = (
            (problem_with(line, self.script.language, user=turn.said), f"{turn.said} -> {line}")
            for turn in self.turns
            for line in turn.voiced
            if not slots_of(line)
        )
        return tuple((problem, line) for problem, line in found if problem is not None)


def scripts() -> Iterator[Script]:
    """All of them, both languages."""
    for language in _ZONES:
        data = tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))
        for talk in data["talk"]:
            start = datetime.fromisoformat(talk["start"])
            yield Script(talk["id"], language, start, tuple(talk["said"]))


def all_voices(language: Language) -> list[str]:
    """The ids of the voices of a language."""
    return [one.id for one in voices(language)]


def play(script: Script, voice: str) -> Played:
    """One talk, from its beginning to its end."""
    return asyncio.run(_play(script, voice))


async def _play(script: Script, voice: str) -> Played:
    locale = "zh-CN" if script.language == "zh" else "en"
    person = Person(locale=locale, timezone=_ZONES[script.language], voice=voice)
    talk = InMemory(person, Policy(), script.start, seed=script.id)
    words = voice_words(script.language, voice)
    turns = []
    for said in script.said:
        _, done = await talk.say(said)
        voiced = lines_in(done.reply, words) if words is not None else ()
        open_now = done.episode.is_open or done.responder == "safety"
        grave = open_now and done.plan.persona == PLAIN
        turns.append(Turn(said, done.reply, done.plan, voiced, grave))
        talk.now += _BETWEEN
    return Played(script, voice, tuple(turns))


def lines_in(reply: str, words: VoiceWords) -> tuple[str, ...]:
    """Lines of a voice that stand in a reply; of one with gaps, what stands around them."""
    found = [line for lines in words.lists.values() for line in lines if _stands(line, reply)]
    return tuple(dict.fromkeys(found))


def _stands(line: str, reply: str) -> bool:
    if not slots_of(line):
        return str(line) in reply
    around = [piece for piece in _pieces(line) if piece]
    places = [reply.find(piece) for piece in around]
    return bool(around) and -1 not in places and places == sorted(places) and _telling(around)


def _pieces(line: str) -> list[str]:
    from string import Formatter

    return [text for text, _, _, _ in Formatter().parse(line)]


def _telling(around: list[str]) -> bool:
    """Whether the fixed words are enough to be known by."""
    return sum(map(len, around)) >= 4


def _usual(turn: Turn) -> bool:
    small: Any = turn.plan.small or ""
    return not small.startswith(("about_you", "voice.", "answered", "human"))
