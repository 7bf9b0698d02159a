"""An answer in a questionnaire of the talk that tells of danger: it is met in this very reply, and
the questionnaire waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from qingting.companion.events import Event, Pinned, Words
from qingting.companion.instruments.conversation import Asking, answered, heard, instrument_of
from qingting.companion.person import Language, Person
from qingting.companion.protect.resources import region_of
from qingting.companion.protect.ticked import Ticked, met
from qingting.companion.protect.ticked_items import ticked
from qingting.companion.work import Protection, Work

_LOCALES: Final[dict[Language, str]] = {"zh": "zh-CN", "en": "en"}


@dataclass(frozen=True, slots=True)
class Tick:
    """One such answer, and where the questionnaire stands with it."""

    one: Ticked
    asking: Asking


def tick_of(work: Work) -> Tick | None:
    """The answer of danger that this message is; None for any other message."""
    asking = work.state.asking
    if asking is None or not asking.asked:
        return None
    what, value = heard(asking, work.message.text)
    instrument = instrument_of(asking)
    if what != "answer" or value is None or instrument is None:
        return None
    found = ticked(instrument, {asking.item: value})
    if not found:
        return None
    after = answered(asking, value, work.person.local(work.now).date())
    return Tick(found[0], replace(after, waiting=True))


def only_answers(work: Work) -> bool:
    """Whether the message answers the item that was asked, and says nothing besides."""
    asking = work.state.asking
    if asking is None or not asking.asked:
        return False
    return heard(asking, work.message.text)[0] in ("answer", "skip", "back", "stop")


def met_here(work: Work, tick: Tick) -> Iterator[Event]:
    """The words for it, as its page has them, with the episode raised."""
    work.asking = tick.asking
    reader = _reading(work.person, tick.asking.language)
    told = met(tick.one, reader, work.episode, work.now, work.conversation)
    work.episode = told.episode
    work.responder = "safety"
    work.protection = Protection(
        answered=True, may_offer=False, path="suicide", resources_shown=told.line is not None
    )
    if told.line is not None:
        yield Pinned(*told.line)
    work.spoken.append(told.words)
    yield Words(told.words)


def _reading(person: Person, language: Language) -> Person:
    """The person as a reader of the language it is asked in; where they are stays the same."""
    if person.language == language:
        return person
    region = person.region or region_of(person.locale)
    return replace(person, locale=_LOCALES[language], region=region)
