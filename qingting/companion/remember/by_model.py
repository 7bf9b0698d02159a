"""What a model finds worth keeping in a message, believed no further than the message itself bears
it out: the quote must stand in it word for word, and the day is read from the quote by us."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from contextlib import aclosing
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final

from qingting.companion.person import Language
from qingting.companion.ports import ChatMessage, ChatModel
from qingting.companion.remember.dates import find_dates
from qingting.companion.remember.item import KINDS, Found
from qingting.companion.reply.model.errors import ModelError

# Less sure than a pattern: it is kept and shown, and taken up once it was heard again.
CONFIDENCE: Final = 0.6
_TOKENS: Final = 400
_SECONDS: Final = 10.0
_MOST: Final = 6
_ABOUT, _SAYS, _QUOTE = 24, 60, 300
# Shorter messages hold nothing that the patterns miss and are not worth a call.
_SHORTEST: Final[dict[Language, int]] = {"zh": 20, "en": 60}
_ARRAY: Final = re.compile(r"\[.*\]", re.DOTALL)


def worth_asking(text: str, language: Language) -> bool:
    """Whether a message is long enough to hold more than the patterns find."""
    return len(text) >= _SHORTEST[language]


async def found_by(
    model: ChatModel,
    text: str,
    language: Language,
    today: date,
    *,
    mask: Callable[[str], str] = str,
    unmask: Callable[[str], str] = str,
) -> tuple[Found, ...]:
    """What the model finds, each proved by its quote; nothing when it is slow, fails or writes
    something else than asked. mask, unmask: for a model on somebody else's machine."""
    messages = [ChatMessage("system", _instructions(language)), ChatMessage("user", mask(text))]
    try:
        async with asyncio.timeout(_SECONDS):
            said = await _whole(model, messages)
    except (TimeoutError, ModelError):
        return ()
    return tuple(proved(unmask(said), text, language, today))


def proved(said: str, text: str, language: Language, today: date) -> list[Found]:
    """The items in what a model said that the message bears out, at most six."""
    array = _ARRAY.search(said)
    try:
        items = json.loads(array[0]) if array else []
    except (ValueError, RecursionError):
        return []
    found: list[Found] = []
    for item in items[: 2 * _MOST]:
        one = _proved(item, text, language, today)
        if one is not None and all(one.about != other.about for other in found):
            found.append(one)
    return found[:_MOST]


def _proved(item: Any, text: str, language: Language, today: date) -> Found | None:
    if not isinstance(item, dict):
        return None
    told = [item.get(name) for name in ("kind", "about", "says", "quote")]
    kind, about, says, quote = (one.strip() if isinstance(one, str) else "" for one in told)
    if kind not in KINDS:
        return None
    start = text.find(quote)
    fits = 0 < len(about) <= _ABOUT and 0 < len(says) <= _SAYS and 2 < len(quote) <= _QUOTE
    if start < 0 or not fits or not _borne_out(f"{about} {says}", text, language):
        return None
    days = find_dates(quote, language, today) if kind == "event" else ()
    if kind == "event" and not days:
        return None
    return Found(
        kind=kind,
        about=about,
        says=says,
        quote=quote,
        start=start,
        end=start + len(quote),
        language=language,
        on=days[0].first if days else None,
        until=days[0].last if days else None,
        confidence=CONFIDENCE,
    )


def _borne_out(note: str, text: str, language: Language) -> bool:
    """Whether the note is made of the message's own words: half of its 汉字, or of its words of
    four letters and more; and every number and every capitalised name."""
    plain = text.casefold()
    exact = re.findall(r"\d+|(?<!^)\b[A-Z][a-z]+", note)
    if any(word.casefold() not in plain for word in exact):
        return False
    if language == "zh":
        words = re.findall(r"[一-鿿]", note)
    else:
        words = [word for word in re.findall(r"[a-z]{4,}", note.casefold()) if word != "your"]
    return not words or sum(word in plain for word in words) * 2 >= len(words)


async def _whole(model: ChatModel, messages: list[ChatMessage]) -> str:
    async with aclosing(model.stream(messages, max_tokens=_TOKENS)) as stream:
        return "".join([piece async for piece in stream])


@cache
def _instructions(language: Language) -> str:
    folder = resources.files("qingting.content") / language / "model"
    return (folder / "remember.md").read_text(encoding="utf-8")
