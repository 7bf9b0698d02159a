"""A few messages said in a new talk, and what each was answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from qingting.companion.events import Done
from qingting.companion.person import Language
from qingting.companion.state import ConversationState
from qingting.companion.understand import Heard
from qingting.companion.understand.clean import has_han
from tests.companion.fakes import NIGHT, PEOPLE, answered


def written_in(text: str) -> Language:
    """The language a test message is in."""
    return "zh" if has_han(text) else "en"


async def said(
    *texts: str, state: ConversationState | None = None, now: datetime = NIGHT
) -> list[Done]:
    """What each of these messages, one after the other in a new talk, was answered."""
    state, episode, done = state or ConversationState(seed="a seed"), None, []
    for text in texts:
        person = PEOPLE[written_in(text)]
        _, last = await answered(text, person=person, state=state, episode=episode, now=now)
        history = (*state.history, Heard("person", text), Heard("companion", last.reply))
        state, episode = replace(last.state, history=history), last.episode
        done.append(last)
    return done


def asks(reply: str) -> bool:
    """Whether a reply asks anything."""
    return "？" in reply or "?" in reply
