"""Danger in what was written into a page, or ticked on one: what is said to it, in the authored
words of a talk.

Which words or answers of a page are danger is for the page's own feature to say; what follows is
the same everywhere: the words, a line to keep in sight, and the raised episode.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from asgiref.sync import async_to_sync

from qingting.companion.events import Done, Pinned
from qingting.companion.message import Message
from qingting.companion.parts import Parts
from qingting.companion.person import Language, Person
from qingting.companion.policy import Policy
from qingting.companion.protect.episode import Episode, raised
from qingting.companion.protect.places import help_for
from qingting.companion.protect.stage import Protect
from qingting.companion.protect.ticked import Ticked, met, together
from qingting.companion.state import Attention, ConversationState
from qingting.companion.turn import turn
from qingting.companion.understand import Told
from qingting.companion.understand.reading import Reading
from qingting.companion.understand.stage import Understand
from qingting.companion.words.script import in_script

_STAGES: Final = (Understand(), Protect())


@dataclass(frozen=True, slots=True)
class Danger:
    """A text that reads as danger."""

    told: Told
    reading: Reading


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to danger. line: label and address of a line to keep in sight. episode: the
    safety episode after it."""

    words: str
    language: Language
    line: tuple[str, str] | None
    episode: Episode


def answer(
    found: Sequence[Danger], person: Person, episode: Episode, now: datetime, seed: str
) -> Answer:
    """The words for the worst of the dangers; all of them are in the episode. found: at least one,
    worst first. seed: with it the same words are taken each time."""
    told = found[0].told
    # No turn of a talk: what is due in those (that this is an AI, a break) is not due here.
    state = ConversationState(
        seed=seed, turns=1, attention=Attention(disclosed_at=now), history=tuple(told.history)
    )
    said = async_to_sync(_told)(state, Message(told.text, seed), person, episode, now)
    return _with_others(said, found[1:], now)


def answer_ticked(
    found: Sequence[Ticked], person: Person, episode: Episode, now: datetime, seed: str
) -> Answer:
    """The words for answers to a questionnaire that tell of danger, all of them in the episode.
    found: at least one. Asks no storage and never raises because words are missing, so that it
    can be said where nothing can be kept."""
    told = met(together(found), person, episode, now, seed)
    return Answer(told.words, person.language, told.line, told.episode)


async def _told(
    state: ConversationState, message: Message, person: Person, episode: Episode, now: datetime
) -> Answer:
    line: tuple[str, str] | None = None
    done: Done | None = None
    parts = Parts()
    async for event in turn(
        state,
        message,
        person=person,
        policy=Policy(),
        now=now,
        episode=episode,
        parts=parts,
        stages=_STAGES,
    ):
        if isinstance(event, Pinned):
            line = event.label, event.href
        elif isinstance(event, Done):
            done = event
    if done is None:
        raise RuntimeError("a turn ended without its last event")
    language = done.reading.language
    shown = line or help_for(person, language, now, parts.directory()).pinned
    if shown is not None:
        shown = in_script(shown[0], person, wrote=message.text), shown[1]
    return Answer(done.reply, language, shown, done.episode)


def _with_others(told: Answer, others: Sequence[Danger], now: datetime) -> Answer:
    episode = told.episode
    for one in others:
        risk = one.reading.risk
        episode = raised(
            episode,
            risk.levels,
            now,
            subject=risk.subject,
            reason="heard " + "+".join(risk.kinds),
            evidence=one.told.text,
        )
    return Answer(told.words, told.language, told.line, episode)
