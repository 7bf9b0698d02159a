"""What the next reply does about danger: one pure decision, `decide`.

It says what to do and leaves the words to `danger.py`. tests/companion/protect/test_moves_model.py
walks it exhaustively: no order of messages skips the direct question, reuses a question, ends the
talk, lowers a level on one denial, or leaves an act under way without the emergency number first.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from qingting.companion.protect.aside import is_over
from qingting.companion.protect.believed import only_a_place, was_a_joke
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.facets import (
    BY_OTHERS,
    DIRECT,
    Facet,
    Path,
)
from qingting.companion.protect.move import Move, MoveName, Number
from qingting.companion.protect.open_danger import (
    back_move,
    barrier_of,
    days_back,
    open_move,
    told_move,
    whom,
)
from qingting.companion.protect.patience import follows_them
from qingting.companion.protect.plan_talk import Step
from qingting.companion.protect.questions import (
    asks_after,
    how_are_you,
    now_asked,
    owed,
    parting,
    unknown_now,
)
from qingting.companion.protect.said import Said, path_now, worst_act
from qingting.companion.protect.taken_in import taken_in
from qingting.companion.protect.turning import DENIED
from qingting.companion.understand.reading import at_least, rank


def decide(
    before: Episode,
    episode: Episode,
    said: Said,
    *,
    conversation: str,
    now: datetime,
    first: bool,
    step: Step | None = None,
) -> Move:
    """The move for one message. before, episode: the episode before and after it. conversation:
    its id. first: whether it is the first message of the conversation. step: the step of the
    safety plan that the message makes, if one was under way."""
    path = path_now(episode, said)
    barrier = barrier_of(episode, said)
    if is_over(before, said):
        return Move("over", "other_at_risk", about=said.told["outcome"])
    if was_a_joke(before, said):
        return Move("let_go", "suicide", about="joke")
    if path is None:
        return _at_peace(barrier, step)
    due = episode.number_due(conversation) or said.need == "human"
    # Who asks for no more lines gets none; the pinned one stays in sight.
    refused = said.told.get("called") == "refused"
    # Nor does who has told nothing at all: a guess that was asked about brings no number by itself.
    silent = not (said.dangerous or said.told or said.need == "human")
    unsaid = silent and episode.only_guessed and not at_least(episode.level, "high")
    line: Number | None = "line" if due and not (refused or unsaid) else None
    if at_least(episode.level, "imminent"):
        # "I took them", said after "tonight": the number comes first once more.
        begun = worst_act(before.act, episode.act) != before.act
        return _with_us(_imminent(episode, said, path, due=due or begun), said)
    back = days_back(before, said, now) if first else None
    if back is not None:
        return back_move(episode, said, path, line, back)
    if not (said.dangerous or at_least(episode.level, "moderate")):
        return _quiet(said, path) or _at_peace(barrier, step)
    if answered_first(before, episode, said, path):
        return told_move(episode, said, path, asks_after(episode, said, path), line)
    if (said.about_us or said.need == "about_you") and not said.dangerous:
        return Move("aside", path)
    if "topic" in said.told and not said.dangerous and not owed(episode, path):
        return Move("topic", path, (), line)
    turned = _turned(before, episode, said, path, line)
    return _with_us(turned or _going_on(before, episode, said, path, line, step), said)


# Where a straight answer about us may stand before the words of danger.
_ANSWERS_US: Final[frozenset[MoveName]] = frozenset(
    {"act_on", "high", "moderate", "answer", "stay", "denied"}
)


def _with_us(move: Move, said: Said) -> Move:
    """A question about us in the midst of danger ("do you care if I die") is answered as well."""
    fits = said.about_us is not None and move.name in _ANSWERS_US
    return replace(move, us=said.about_us or "") if fits else move


def _quiet(said: Said, path: Path) -> Move | None:
    """No danger is open: a no of their own accord is believed, a joke is one, a friend's being
    safe is good news; what is asked after a friend's danger is answered still."""
    if DENIED in said.told:
        return Move("let_go", path, about="believed")
    if "joke" in said.told:
        return Move("let_go", path, about="joke")
    if "outcome" in said.told:
        return Move("over", path, about=said.told["outcome"])
    return Move("told", path) if said.owed and path == "other_at_risk" else None


def _at_peace(barrier: str | None, step: Step | None) -> Move:
    """No danger is known: what is always answered, or a safety plan they asked for."""
    if step is not None:
        return Move("plan", "suicide", step=step)
    return Move("barrier", about=barrier) if barrier else Move("none")


def _turned(
    before: Episode, episode: Episode, said: Said, path: Path, line: Number | None
) -> Move | None:
    """Sudden calm, a goodbye, or something in the way: what the talk turns on, if it does."""
    if _with_somebody(said):
        return None
    graver = risen(before, episode)
    asks = asks_after(episode, said, path)
    if at_least(before.level, "moderate") and not graver:
        if said.risk.shift == "calm" and not said.told and not follows_them(episode):
            return Move("calm", path, asks, line)
        if said.risk.shift == "goodbye":
            return Move("goodbye", path, parting(asks), line)
    barrier = barrier_of(episode, said)
    if barrier == "cannot_talk" and said.named is not None:
        # "I could tell her but I don't know how to start" is answered by a first sentence.
        return Move("named", path, (), line, said.role)
    if barrier is not None and not (said.dangerous and graver):
        return Move("barrier", path, (), line, barrier)
    return None


def _going_on(
    before: Episode,
    episode: Episode,
    said: Said,
    path: Path,
    line: Number | None,
    step: Step | None,
) -> Move:
    """Danger said now, a step of the safety plan, or the next thing to know."""
    asks = asks_after(episode, said, path)
    graver = risen(before, episode)
    if said.risk.guessed and said.dangerous and not graver and asks:
        # More of what is known, as far as can be told: no new alarm, the next thing to know.
        return open_move(episode, said, path, asks, line)
    if said.told.get("wound") == "bad" and path == "self_harm" and said.dangerous:
        # A wound is cared for before anything is asked.
        return Move("answer", path, asks, line, "wound_bad")
    if said.dangerous and (graver or not (taken_in(said, path) or whom(episode, said))):
        move = _danger(before, episode, said, path, asks, line)
        # "Since the new pills I want to die" is answered as both.
        return replace(move, about=said.barrier) if said.barrier == "medication_worse" else move
    if step is not None and not said.dangerous:
        return Move("plan", path, (), line, step=step)
    return open_move(episode, said, path, asks, line)


def _with_somebody(said: Said) -> bool:
    """Whether they bring in somebody themselves: "thank you, I'll go and wake her" is no goodbye,
    and nothing stands in the way."""
    return said.told.get("company") in ("there", "coming", "fetching")


def _imminent(episode: Episode, said: Said, path: Path, *, due: bool) -> Move:
    asks = unknown_now(episode, path, now_asked(episode, path))
    worse = said.told.get("after_taking") in ("sleepy", "worse") and not episode.held
    if due or worse:
        # What was taken begins to work: the number again, before anything else.
        told = taken_in(said, path)
        beside = told if worse or told == "safe_no" else ""
        return Move("act", path, asks, "emergency", f"{episode.act}.{beside}")
    if said.owed and "help" not in said.told and not _with_somebody(said):
        return Move("told", path, () if episode.held else asks)
    if episode.held:
        return Move("held", path, how_are_you(episode, said, path), None, taken_in(said, path))
    put_off = "put_off" in said.told
    if whom(episode, said) is not None and not (_first_aid(said) or put_off):
        return Move("named", path, asks, None, said.role)
    barrier = barrier_of(episode, said)
    # "My mum is in the next room, I don't dare" is answered by how to get her.
    if barrier is not None and "company" not in said.told:
        return Move("barrier", path, (), None, barrier)
    return Move("act_on", path, asks, None, taken_in(said, path) or episode.act)


def _first_aid(said: Said) -> bool:
    return "first_aid" in said.told


def _danger(
    before: Episode,
    episode: Episode,
    said: Said,
    path: Path,
    asks: tuple[Facet, ...],
    line: Number | None,
) -> Move:
    """Danger said now: the direct question first, unless they said it in so many words."""
    # Who has not said it is not told that it is good they did.
    unsaid = said.risk.guessed and owed(episode, path)
    grave = at_least(episode.level, "high") and not unsaid
    fresh = not at_least(before.level, "moderate")
    if before.asking.open == f"{path}.{DIRECT}":
        # A yes to our direct question is taken in before anything else.
        some = episode.asking.value(path, DIRECT) == "some"
        return Move("answer", path, asks, line, "thoughts_some" if some else "")
    if grave:
        return Move("high", path, asks, line)
    if fresh or owed(episode, path):
        place = unsaid and only_a_place(before, said, path)
        vague = unsaid and said.risk.vague
        if place or vague or (unsaid and path in BY_OTHERS):
            # No line for what nobody said: it is given once they say it.
            line = None
        # "我又划了", "我喘不上气" may be heard by the heads alone, and are no mishearing to whoever
        # said it.
        doubtful = place or vague or (unsaid and path not in ("suicide", "self_harm", "panic"))
        about = "place" if place else ""
        return Move("moderate", path, asks, line, about, unsure=doubtful)
    return Move("answer", path, asks, line, "")


def answered_first(before: Episode, episode: Episode, said: Said, path: Path) -> bool:
    """Whether what was asked or told is answered before anything else is said. A wish to die, said
    for the first time beside it, goes before."""
    graver = said.dangerous and risen(before, episode)
    return said.owed and not (graver and path not in BY_OTHERS)


def risen(before: Episode, episode: Episode) -> bool:
    """Whether the danger as a whole grew, or one kind of it became grave."""
    if rank(episode.level) > rank(before.level):
        return True
    return any(
        at_least(level, "high") and rank(level) > rank(before.levels.get(kind, "none"))
        for kind, level in episode.levels.items()
    )
