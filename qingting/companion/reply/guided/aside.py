"""The aside of a voice: one short sentence in its own way, after a reply that took something up.

It asks nothing and advises nothing, so it may follow any caring line; and it is the first thing
that falls away: where words are few, where something is owed, asked or done, and where they want
to be listened to and no more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from qingting.companion.person import Language
from qingting.companion.plan.felt import heard_feeling
from qingting.companion.plan.voiced import VOICE
from qingting.companion.reply.guided.lists import Lists, is_question
from qingting.companion.voice.now import is_glad, words_now
from qingting.companion.voice.words import PLAIN, VoiceWords
from qingting.companion.words.bank import Lines, bank
from qingting.companion.words.choose import Preferred
from qingting.companion.work import Work

# Small messages that a sentence more does not crowd.
_SMALL: Final = frozenset(
    {
        *("yes", "no", "dont_know", "laugh", "never_mind", "repeat", "good_news", "big_news"),
        *("bored", "company", f"{VOICE}changed"),
    }
)
# From this hour on their own clock it is night, and until this one.
_NIGHT: Final = (23, 5)
# Every second aside of a night may speak of it: it is night all the while.
_NIGHT_EVERY: Final = 2
# Beside these there is no other aside than one of their own.
_ONLY_THEIR_OWN: Final = frozenset({"grief"})
_FIRST: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(r"[^\W_]{2}"),
    "en": re.compile(r"[\w']+(?:\W+[\w']+)?"),
}


def confirmed(work: Work) -> list[str]:
    """That another voice was asked for in a message that tells something besides."""
    if not work.plan.voice or work.plan.small is not None or work.plan.persona == PLAIN:
        return []
    lists = Lists(work, bank(work.language))
    words = work.chooser.choose(lists.moves("voice", "changed"))
    return [words] if words else []


def with_aside(lines: Sequence[str], work: Work, room: int) -> tuple[str, ...]:
    """The lines with an aside among them where one belongs. room: letters that are left for it."""
    voice = words_now(work)
    if voice is None or not _belongs(work) or not _due(lines, work):
        return tuple(lines)
    for fitting in _lists(voice, work):
        last = next((begun for begun in reversed(work.state.asides) if begun), "")
        short = [
            line for line in fitting if len(line) <= room and begins(line, work.language) != last
        ]
        words = work.chooser.choose(short)
        if words is not None:
            work.aside = begins(words, work.language)
            at = _place(lines, work)
            return (*lines[:at], words, *lines[at:])
    return tuple(lines)


def begins(line: str, language: Language) -> str:
    """The first words of a line, by which two in a row would sound alike."""
    found = _FIRST[language].search(line.lower())
    return found[0] if found else line


def _belongs(work: Work) -> bool:
    plan = work.plan
    if plan.small is not None:
        return plan.small in _SMALL
    asked = plan.why == "asked_for_advice" or plan.advice is not None
    silent = work.state.listen_only or plan.why == "listening_only"
    return not (asked or silent or plan.part is not None or plan.stage == "safety")


def _due(lines: Sequence[str], work: Work) -> bool:
    """Most times; a reply that has the voice already needs none, and three in a row are a tic."""
    spoken = any(isinstance(line, Preferred) for line in lines)
    before = [bool(begun) for begun in work.state.asides]
    if spoken:
        return not (before and before[-1])
    return before[-3:] != [True, True, True]


def _lists(voice: VoiceWords, work: Work) -> list[Lines]:
    """Where the aside may come from, the nearest first."""
    topic = work.plan.topic or (work.reading.topics[0].name if work.reading.topics else None)
    feeling = heard_feeling(work)
    if is_glad(work):
        # What weighs, or merely goes on, is no answer to something good.
        return [voice.asides("glad")]
    own = voice.asides(topic) if topic is not None else ()
    if topic in _ONLY_THEIR_OWN or (feeling is not None and feeling.label in _ONLY_THEIR_OWN):
        return [voice.asides("grief")]
    night = voice.asides("night") if _is_night(work) else ()
    return [own, night, voice.asides("any")]


def _is_night(work: Work) -> bool:
    hour = work.person.local(work.now).hour
    late = hour >= _NIGHT[0] or hour < _NIGHT[1]
    return late and work.state.turns % _NIGHT_EVERY == 0


def _place(lines: Sequence[str], work: Work) -> int:
    """Before a question, and before a suggestion: what may be answered or done stands last."""
    if work.plan.second == "suggestion" and len(lines) > 1:
        return 1
    return len(lines) - 1 if len(lines) > 1 and is_question(lines[-1]) else len(lines)
