"""The words for a move: authored lines, put together one turn at a time.

Design of the answers: ask directly and warmly (QPR and LivingWorks practice: asking does not plant
the idea; Dazzi et al. 2014), one question at a time, never reuse one, one number when it is due,
stay. docs/safety-protocol.md has the protocol in plain words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from qingting.companion.protect import now_words, people_words
from qingting.companion.protect.facets import BY_OTHERS, DIRECT
from qingting.companion.protect.move import Move, MoveName
from qingting.companion.protect.plan_talk import Step
from qingting.companion.protect.voice import Parts, Voice
from qingting.companion.words.bank import Lines

# Files that have no words of their own for these turn to those of suicide, which fit any danger.
_SHARED: Final = frozenset({"calm", "denied", "goodbye"})
# Where the body itself is in danger, a line to talk to is not help enough.
_BODILY: Final = frozenset({"eating_disorder", "substance", "panic", "self_harm"})
_BESIDE_IT: Final = frozenset({"means_near", "wound_bad", "body_bad", "safe_no"})
# What stands in the way there is the one who hurts: to whoever must not be heard, speaking low in
# the hall is no help.
_BEHIND_A_DOOR: Final = frozenset({"overheard"})
# Answers that say themselves that it is not their fault.
_ABSOLVES: Final = frozenset({"does_it_count", "am_i_in_trouble"})
_OF_PEOPLE: Final = frozenset({"sent", "agreed", "declined"})


@dataclass(frozen=True, slots=True)
class Answer:
    """The words of danger for one turn.

    lines: in speaking order; empty when this turn needs no words of danger. probes: questions
    now asked, as "path.facet"; said: fingerprints of their words. number: whether a number was
    given. offered: what was offered in it, e.g. "named.your sister".
    """

    lines: tuple[str, ...]
    probes: tuple[str, ...] = ()
    said: frozenset[str] = frozenset()
    number: bool = False
    offered: str = ""


def answer(voice: Voice, move: Move) -> Answer:
    """The words for a move, in the voice of one turn."""
    voice.path = move.path
    written = _COMPOSE.get(move.name)
    lines = [line for line in written(voice, move) if line] if written else []
    return Answer(tuple(lines), tuple(voice.asked), voice.said, voice.number, voice.offered)


def _barrier(voice: Voice, move: Move) -> Parts:
    voice.offered = f"barrier.{move.about}"
    # Answered again where it must be (medicines), but asked about once.
    again = voice.offered in voice.episode.steps.offered
    words = None
    if voice.imminent or (voice.path in BY_OTHERS and move.about in _BEHIND_A_DOOR):
        # What helps somebody who can leave the room does not help behind a locked door.
        words = voice.plain(voice.safety("barriers", "barrier", move.about, "trapped"))
    elif voice.path in BY_OTHERS:
        words = voice.plain(voice.safety("barriers", "barrier", move.about, "by_others"))
    words = words or voice.plain(voice.safety("barriers", "barrier", move.about, "lines"))
    asks = () if again else voice.safety("barriers", "barrier", move.about, "ask")
    asked = voice.marked("barrier", asks)
    act = now_words.step(voice) if voice.imminent else None
    return [words or voice.stay(), act or voice.bring(move), asked]


def _high(voice: Voice, move: Move) -> Parts:
    """A line when one is due and the step towards safety beside it."""
    lead = voice.us(move.us) or voice.plain(voice.own("high", "lead"))
    bring = voice.bring(move)
    act = _towards_safety(voice) if bring is None or voice.path in _BODILY else None
    if move.about:
        act = voice.plain(voice.safety("barriers", "barrier", move.about, "lines"))
        # "Can I just stop?", said next, is about it.
        voice.offered = f"barrier.{move.about}"
    return [lead or voice.stay(), act, bring, voice.ask(move)]


def _towards_safety(voice: Voice) -> str | None:
    """The step towards safety; for somebody under 18, once, that an adult can be made to act."""
    if voice.minor and "minor" not in voice.episode.steps.offered:
        words = voice.plain(voice.own("minor", "lines"))
        if words is not None:
            voice.offered = "minor"
            return words
    kept = voice.episode.asking.value(voice.path, "washed") == ""
    return voice.plain((*voice.own("high", "act"), *(voice.own("high", "proof") if kept else ())))


def _moderate(voice: Voice, move: Move) -> Parts:
    if move.unsure:
        return _unsure(voice, move)
    past = voice.path == "suicide" and voice.episode.asking.value("suicide", "attempt") == "past"
    lead = voice.us(move.us) or (_answered(voice, "attempt_long_ago") if past else None)
    lead = lead or voice.plain(voice.own("moderate", "lead"))
    if move.about:
        lead = voice.plain(voice.safety("barriers", "barrier", move.about, "lines")) or lead
    return [lead or voice.stay(), voice.bring(move), voice.ask(move)]


def _unsure(voice: Voice, move: Move) -> Parts:
    """A guess is asked about as one."""
    lead = voice.us(move.us) or voice.plain(voice.safety("guess", "lead", "lines"))
    asked = None
    if move.asks[:1] == (DIRECT,):
        own = "by_others" if voice.path in BY_OTHERS else move.about
        asked = voice.marked(DIRECT, voice.safety("guess", own, "ask")) if own else None
    return [lead or voice.stay(), voice.bring(move), asked or voice.ask(move)]


def _taken_in(voice: Voice, move: Move) -> Parts:
    lead = voice.us(move.us) or _answered(voice, move.about)
    lead = lead or voice.plain(voice.own("affirmed", "lead"))
    lead = lead or voice.plain(voice.own("moderate", "lead"))
    care = voice.own("care", "lines") if move.about == "wound_bad" else ()
    act = None
    if move.about in _BESIDE_IT and not (move.about == "safe_no" and move.number):
        act = voice.plain(care) if care else _towards_safety(voice)
    return [lead or voice.stay(), act or voice.bring(move), voice.ask(move)]


def _answered(voice: Voice, about: str) -> str | None:
    """Words for an answer such as "means_near"."""
    if about in _OF_PEOPLE:
        return voice.plain(voice.safety("people", about, "lines"))
    if not about:
        return None
    return voice.plain(voice.own("answers", about)) or voice.plain(
        voice.safety("answers", about, "lines")
    )


def _denied(voice: Voice, move: Move) -> Parts:
    if move.about == "believed":
        believed = voice.us(move.us) or voice.plain(voice.own("denied", "believed"))
        return [believed or _led_words(voice, "denied") or voice.stay(), voice.bring(move)]
    lead = voice.us(move.us) or _led_words(voice, "denied") or voice.stay()
    return [lead, voice.bring(move) or voice.without_number(), voice.ask(move)]


def _led(voice: Voice, move: Move) -> Parts:
    return [_led_words(voice, move.name) or voice.stay(), voice.bring(move), voice.ask(move)]


def _led_words(voice: Voice, name: str) -> str | None:
    words = voice.plain(voice.own(name, "lead"))
    if words is None and name in _SHARED:
        words = voice.plain(voice.bank.lines("danger", "suicide", name, "lead"))
    return words


def _plan(voice: Voice, move: Move) -> Parts:
    """One step of the safety plan: what they said taken in, the next line asked for."""
    step = move.step
    if step is None:
        return []
    asked = voice.safety("plan", step.section, "ask") if step.section else ()
    if step.outcome == "offered":
        offer = voice.marked("safety_plan", voice.safety("plan", "offer", "lines"))
        return [_answered(voice, move.about) or voice.stay(), voice.bring(move), offer]
    took = _taken(voice, step)
    last = voice.plain(voice.safety("plan", step.outcome, "lines"))
    ended = last if step.outcome in ("finished", "unfinished") else None
    return [took or last, ended if took else None, voice.marked("safety_plan", asked)]


def _taken(voice: Voice, step: Step) -> str | None:
    if step.item is None:
        return None
    return voice.plain(voice.safety("plan", step.item[0], "kept"))


def _back(voice: Voice, move: Move) -> Parts:
    days = {"1": "day1", "3": "day3", "7": "day7", "30": "day30"}[move.about]
    lines = voice.safety("coming_back", days, "lines")
    if days == "day30":
        lines = (*lines, *voice.safety("coming_back", "later", "lines"))
    return [voice.marked("back", lines), voice.bring(move)]


def _beside(voice: Voice, move: Move) -> Parts:
    """Only the question, or how it has been: what they told is answered by the responder."""
    return _back(voice, move) if move.about else [voice.ask(move)]


def _told(voice: Voice, move: Move) -> Parts:
    """The answer they are owed, then its own question, or ours where one is owed."""
    words = voice.owed_answer() or voice.us(move.us) or voice.stay()
    if voice.imminent:
        return [words, None if voice.episode.held else now_words.now(voice, move)]
    if move.about and not (voice.situation and voice.situation.name in _ABSOLVES):
        return [_answered(voice, move.about), words, voice.bring(move)]
    own = None if move.asks[:1] == (DIRECT,) else voice.asked_of_it()
    return [words, voice.bring(move), own or voice.ask(move)]


def _over(voice: Voice, move: Move) -> Parts:
    """Somebody else is safe: one line of relief. Where they were only found, how they are."""
    asked = voice.marked("you", voice.own("over", "ask")) if move.about == "found" else None
    return [voice.plain(voice.own("over", move.about)) or voice.stay(), asked]


def _let_go(voice: Voice, move: Move) -> Parts:
    return [_again(voice, voice.bank.lines("danger", "suicide", "denied", move.about))]


def _topic(voice: Voice, move: Move) -> Parts:
    return [_again(voice, voice.safety("answers", "topic", "lines")), voice.bring(move)]


def _again(voice: Voice, lines: Lines) -> str | None:
    """One of the lines, said again when all of them were."""
    return voice.plain(lines) or voice.chooser.again(lines)


def _stayed(voice: Voice, move: Move) -> Parts:
    """An answer that could not be read is taken as it is; otherwise simply stay."""
    lead = voice.us(move.us) or _answered(voice, move.about) or voice.stay()
    return [lead, voice.bring(move), voice.ask(move)]


_COMPOSE: Final[Mapping[MoveName, Callable[[Voice, Move], Parts]]] = {
    "act": now_words.act,
    "act_on": now_words.act_on,
    "held": now_words.held,
    "barrier": _barrier,
    "calm": _led,
    "goodbye": _led,
    "denied": _denied,
    "over": _over,
    "let_go": _let_go,
    "topic": _topic,
    "high": _high,
    "moderate": _moderate,
    "told": _told,
    "answer": _taken_in,
    "named": people_words.named,
    "plan": _plan,
    "back": _back,
    "stay": _stayed,
    "beside": _beside,
}
