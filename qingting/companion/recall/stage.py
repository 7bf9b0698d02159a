"""The stage that brings back what matters now: an earlier thread of this conversation in the
person's own words, and what is remembered of them from any."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from qingting.companion.events import Event
from qingting.companion.parts import Parts
from qingting.companion.person import Language
from qingting.companion.plan.dependence import wants_names
from qingting.companion.recall.left_alone import left_alone
from qingting.companion.recall.near import shared
from qingting.companion.recall.recollection import (
    Recollection,
    Remembered,
    Wishes,
    without_local,
)
from qingting.companion.state import ConversationState, Thread
from qingting.companion.work import Work

# Fresh words are not memories: a thread rests a few turns before it is taken up again.
_REST: Final = 4
# A message this short, with no topic, brings nothing of its own.
_LULL: Final[Mapping[Language, int]] = {"zh": 8, "en": 24}


class Recall:
    """Finds what is remembered that has to do with the message, how they want to be talked to, and
    one earlier thread not taken up yet, of the present topic if there is one."""

    name = "recall"
    limit = 1.0

    async def run(self, work: Work, parts: Parts) -> AsyncIterator[Event]:
        """See the class."""
        recalled = await parts.memory.recall(work.message.text, _there(work))
        if parts.model is not None and parts.model.hosted and work.policy.hosted_model:
            recalled = without_local(recalled)
        work.memories = _fitting(recalled, work)
        work.remembers = parts.memory.keeps
        if wants_names(work):
            work.named = _wanted(await parts.kept.named(), work)
        work.state = _as_wished(work.state, work.memories.wishes)
        work.recalled = _thread(work)
        if work.recalled is not None:
            work.chooser.slots = {**work.chooser.slots, "earlier": work.recalled.quote}
        return
        yield

    def fall_back(self, work: Work, parts: Parts) -> Sequence[Event]:
        """Nothing comes to mind."""
        work.recalled, work.memories, work.remembers = None, Recollection(), False
        return ()


def _wanted(names: Sequence[str], work: Work) -> tuple[str, ...]:
    """Of whom they named, those whom they do not want left alone."""
    unwanted = left_alone(work.memories.wishes.avoid, work.message.text)
    return tuple(name for name in names if not (unwanted and unwanted.search(name.casefold())))


def _there(work: Work) -> datetime:
    return work.person.local(work.now)


def _fitting(recalled: Recollection, work: Work) -> Recollection:
    """What may come to mind here. Something painful only when they name it themselves; nothing they
    want left alone."""
    unwanted = left_alone(recalled.wishes.avoid, work.message.text)
    # Where the law keeps us from reminding the young of what they told of their health, naming it
    # brings back nothing of before: what they say now is answered all the same.
    free = work.policy.asks_first(minor=work.person.is_minor)

    def fits(item: Remembered) -> bool:
        avoided = unwanted is not None and unwanted.search(f"{item.about} {item.says}".casefold())
        return ((item.named and free) or not item.sensitive) and not avoided

    ask = recalled.ask if free else None
    return replace(recalled, items=tuple(filter(fits, recalled.items)), ask=ask)


def _as_wished(state: ConversationState, wishes: Wishes) -> ConversationState:
    """The conversation as they asked to be talked to, in this one or an earlier one."""
    return replace(
        state,
        listen_only=state.listen_only or wishes.no_advice,
        no_exercises=state.no_exercises or wishes.no_exercises,
        quiet_turn=state.turns if wishes.no_questions else state.quiet_turn,
    )


def _thread(work: Work) -> Thread | None:
    rested = [t for t in work.state.threads if not t.used and work.state.turns - t.turn >= _REST]
    unwanted = left_alone(work.memories.wishes.avoid, work.message.text)
    if unwanted is not None:
        rested = [thread for thread in rested if not unwanted.search(thread.quote.casefold())]
    near = {t: shared(t.quote, work.message.text, work.language) for t in rested}
    if near and max(near.values()) > 0:
        return max(rested, key=near.__getitem__)
    names = {topic.name for topic in work.reading.topics}
    same = [t for t in rested if t.topic in names]
    # Out of the blue something is taken up only when the message brought nothing of its own.
    lull = not names and len(work.message.text) <= _LULL[work.language]
    # "The delivery was wrong", said in passing, is nothing to come back to.
    about = [thread for thread in rested if thread.topic is not None]
    return next(iter(same or (about if lull else ())), None)
