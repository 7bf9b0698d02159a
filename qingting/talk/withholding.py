"""What stays in a conversation but is never taken up again, because its person had it forgotten.

A message says so itself, sealed in `about`: a message of theirs names the places ([start, end]
pairs under "withheld"), a reply of ours is withheld whole (true).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from qingting.companion import state as states
from qingting.companion.state import ConversationState, dump
from qingting.privacy.errors import Unreadable
from qingting.privacy.sealing import PersonSeal, Place
from qingting.talk.models import Conversation, Message

WITHHELD: Final = "withheld"
_GAP: Final = "…"


def taken_up(text: str, about: Mapping[str, Any]) -> str:
    """A message as it may be taken up: without what was forgotten."""
    withheld = about.get(WITHHELD)
    if withheld is True:
        return _GAP
    for start, end in sorted(withheld or (), reverse=True):
        text = text[:start] + _GAP + text[end:]
    return text


def withhold(
    person: UUID,
    seal: PersonSeal,
    places: Iterable[tuple[UUID, int, int]],
    items: Collection[str],
) -> None:
    """Mark what is not to be taken up again. places: turn, start and end in its message of the
    person. items: replies that used one of these are withheld whole. In a transaction of the
    caller's."""
    by_turn: dict[UUID, list[list[int]]] = {}
    for turn, start, end in places:
        by_turn.setdefault(turn, []).append([start, end])
    quotes = _mark(person, seal, by_turn, items)
    _out_of_states(person, seal, quotes)


def _mark(
    person: UUID, seal: PersonSeal, by_turn: Mapping[UUID, list[list[int]]], items: Collection[str]
) -> list[str]:
    """Mark the messages; returns the words withheld."""
    quotes = []
    for message in Message.objects.filter(conversation__person_id=person).only(
        "id", "turn_id", "speaker", "about", "body"
    ):
        theirs = message.speaker == Message.Speaker.PERSON
        places = by_turn.get(message.turn_id, []) if theirs and message.turn_id else []
        if not places and (theirs or message.about is None):
            continue
        try:
            about = _about(message, seal)
            if theirs:
                text = seal.open(message.body, Place("talk_message", "body", message.id))
                quotes += [text[start:end] for start, end in places]
                about[WITHHELD] = [*about.get(WITHHELD, []), *places]
            elif set(items) & set(about.get("used", ())):
                about[WITHHELD] = True
                about["used"] = [one for one in about["used"] if one not in items]
            else:
                continue
        except Unreadable:
            continue
        sealed = seal.seal_json(about, Place("talk_message", "about", message.id))
        Message.objects.filter(id=message.id).update(about=sealed)
    return quotes


def _about(message: Message, seal: PersonSeal) -> dict[str, Any]:
    if message.about is None:
        return {}
    about: dict[str, Any] = seal.open_json(
        message.about, Place("talk_message", "about", message.id)
    )
    return about


def _out_of_states(person: UUID, seal: PersonSeal, quotes: Iterable[str]) -> None:
    """Let no conversation come back to these words by itself."""
    wanted = [quote for quote in quotes if quote.strip()]
    if not wanted:
        return
    for conversation in Conversation.objects.filter(person_id=person).exclude(state=None):
        place = Place("talk_conversation", "state", conversation.id)
        try:
            state = states.load(seal.open_json(conversation.state or b"", place))
        except Unreadable:
            continue
        without = _without(state, wanted)
        if without != state:
            conversation.state = seal.seal_json(dump(without), place)
            conversation.save(update_fields=["state"])


def _without(state: ConversationState, quotes: Iterable[str]) -> ConversationState:
    def touches(words: str) -> bool:
        return any(words in quote or quote in words for quote in quotes) if words else False

    return replace(
        state,
        threads=tuple(thread for thread in state.threads if not touches(thread.quote)),
        first="" if touches(state.first) else state.first,
    )
