"""The stage that reads the message."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from qingting.companion.events import Event, Understood
from qingting.companion.parts import Parts
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.feelings import feelings_of
from qingting.companion.understand.history import Heard
from qingting.companion.understand.reading import Reading
from qingting.companion.words.fragments import person_mentioned, quote, turned
from qingting.companion.work import Work


class Understand:
    """Reads the message and lays out the person's own words for those who answer."""

    name = "understand"
    limit = 2.0

    async def run(self, work: Work, parts: Parts) -> AsyncIterator[Event]:
        """See the class."""
        text = work.message.text
        work.reading = parts.understand(
            text, _heard_before(work), default_language=work.person.language
        )
        work.chooser.slots = _own_words(work)
        yield Understood(work.reading)

    def fall_back(self, work: Work, parts: Parts) -> Sequence[Event]:
        """Risk falls towards human help: an unread message is answered with a way to people."""
        if not work.reading.degraded:
            # It was read; only laying out their words failed. What was heard must not be lost.
            return (Understood(work.reading),)
        # The plainest rule there is: this must not fail for the reason that reading failed.
        chinese = any("一" <= letter <= "鿿" for letter in work.message.text)
        english = work.message.text.isascii() and any(map(str.isalpha, work.message.text))
        language = "zh" if chinese else "en" if english else work.person.language
        work.reading = Reading(language=language, need="human", degraded=True)
        return (Understood(work.reading),)


def _heard_before(work: Work) -> tuple[Heard, ...]:
    """What was said before. The step of an exercise asks for a thing at hand or for a number: the
    answer is no answer about danger, and is read by itself."""
    state = work.state
    in_exercise = bool(state.offered_exercise) or (state.run is not None and state.run.going)
    return state.history[:-1] if in_exercise else state.history


def _own_words(work: Work) -> dict[str, str]:
    text, language = work.message.text, work.language
    slots: dict[str, str] = {}
    said = quote(text, language, felt=lambda clause: bool(feelings_of(cleaned(clause))))
    if said is not None:
        slots["quote"] = said
        back = turned(said, language)
        if back is not None:
            slots["turned"] = back
    whom = person_mentioned(text, language)
    if whom is not None:
        slots["who"] = whom
    return slots
