"""Danger is open and the message told nothing dangerous by itself: what is done then."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from qingting.companion.protect.believed import disclosed
from qingting.companion.protect.episode import Episode
from qingting.companion.protect.facets import (
    ALWAYS_ASKED,
    BY_OTHERS,
    DIRECT,
    NO_IS_DANGER,
    PLANNED,
    SENT,
    UNSHAKEN,
    Facet,
    Path,
)
from qingting.companion.protect.move import Move, Number
from qingting.companion.protect.patience import follows_them
from qingting.companion.protect.plan_talk import Step, may_offer
from qingting.companion.protect.questions import after_denial, owed, passed_over
from qingting.companion.protect.said import Said
from qingting.companion.protect.taken_in import taken_in
from qingting.companion.understand.reading import at_least

# What others did to them: small talk's ways to go on would doubt it.
_BELIEVED: Final = frozenset({"abuse", "sexual_violence"})

# An answer no longer than this that could not be read is taken as it is; a longer one is a telling.
_SHORT: Final = 24

# Letters of a message that only hesitates.
_HESITATES: Final = 8
# So many questions were passed over: the next reply has none.
_PATIENCE: Final = 2

# 汉字 or words of another script; no more of them are a greeting.
_WORD: Final = re.compile(r"[一-鿿]|[^\W一-鿿]+")
_GREETING: Final = 4

# Days after the last danger at which, on the next visit, it is asked about.
BACK: Final[tuple[int, ...]] = (30, 7, 3, 1)
# So many people in one talk: a fourth name is a list, not somebody to tell.
_MOST_NAMED: Final = 3


def whom(episode: Episode, said: Said) -> str | None:
    """The person named now to whom a first sentence is still owed. Not once somebody was called or
    has been written to: they are on it already."""
    if (
        said.named is None
        or said.told.get("called") in ("done", "incoming")
        or said.told.get(SENT) == "done"
    ):
        return None
    offered = [key for key in episode.steps.offered if key.startswith("named.")]
    if f"named.{said.named}" in offered or len(offered) >= _MOST_NAMED:
        return None
    return said.named


def barrier_of(episode: Episode, said: Said) -> str | None:
    """What stands in the way, unless it was answered already: once is an answer, twice a sermon."""
    if said.barrier is None:
        return None
    answered = f"barrier.{said.barrier}" in episode.steps.offered
    if answered and not said.barrier.startswith("medication"):
        return None
    return said.barrier


def open_move(
    episode: Episode, said: Said, path: Path, asks: tuple[Facet, ...], line: Number | None
) -> Move:
    """Danger is open and this message told nothing dangerous by itself."""
    if whom(episode, said) is not None or (said.told.get("draft") == "wanted" and said.named):
        return Move("named", path, (), line, said.role)
    told = taken_in(said, path)
    if told == "fetching":
        # They go: nothing is asked that would hold them here.
        return Move("answer", path, (), line, told)
    if said.told.get(DIRECT) == "no" and path in NO_IS_DANGER:
        # Where somebody else may be right there, what to do comes before any comfort.
        here = told == "safe_no" and path in BY_OTHERS
        return Move("answer" if here else "high", path, asks, line, told if here else "")
    # "I don't know where she is" denies nothing of hers.
    denied = said.risk.shift == "denial" and path != "other_at_risk"
    if said.told.get(DIRECT) == "no" or denied:
        hint = path == "suicide" and not disclosed(episode)
        after = after_denial(episode, path, asks)
        if hint and episode.number_level == "none" and said.need != "human":
            # A place was asked about without a line; who was only there needs none after all.
            line = None
        return Move("denied", path, after, line, "believed" if hint else "")
    if told and not asks and path in PLANNED and may_offer(episode):
        # Nothing is left to ask: what they told is taken in, and a plan offered with it.
        return Move("plan", path, (), line, told, Step("offered"))
    if told:
        return Move("answer", path, asks, line, told)
    return _next_thing(episode, said, path, asks, line)


def _next_thing(
    episode: Episode, said: Said, path: Path, asks: tuple[Facet, ...], line: Number | None
) -> Move:
    """They told nothing that was looked for: what is still to know, or simply there."""
    grave = at_least(episode.level, "high")
    must = tuple(facet for facet in ALWAYS_ASKED.get(path, ()) if facet in asks)
    if owed(episode, path):
        return _unanswered(episode, said, path, asks, line)
    new = any(episode.asking.asked(path, facet) == 0 for facet in must)
    if follows_them(episode) and not (new or line or said.dangerous):
        # Something told beside a grave danger has authored words; anything else is small talk.
        return Move("beside" if (grave or path in UNSHAKEN) and said.tells else "none", path)
    if (grave and asks) or must:
        asks = asks if grave else must
        if line or said.dangerous or not said.tells:
            return _unanswered(episode, said, path, asks, line)
        # What they tell is answered before the next question; who passed over two of them is
        # only listened to for once.
        pressed = bool(episode.asking.open) and passed_over(episode, path) >= _PATIENCE
        return Move("beside", path, () if pressed else asks)
    if (
        path in PLANNED
        and may_offer(episode)
        and (grave or episode.asking.value(path, DIRECT) in ("yes", "some"))
    ):
        return Move("plan", path, (), line, step=Step("offered"))
    if line or said.dangerous:
        return Move("stay", path, (), line)
    if episode.asking.open_facet == DIRECT and len(said.words) <= _HESITATES and not said.tells:
        # "Um", after the direct question, is not small talk.
        return Move("stay", path, (), line, "unsure")
    if path in UNSHAKEN and said.tells:
        return Move("beside", path)
    if path in UNSHAKEN or (path in _BELIEVED and not follows_them(episode)):
        # "My clothes were inside out" is met by words that believe it, never by "Really?", and
        # "I've been chosen" by words that neither say it back nor doubt it.
        return Move("stay", path, (), line)
    return Move("none", path)


def told_move(
    episode: Episode, said: Said, path: Path, asks: tuple[Facet, ...], line: Number | None
) -> Move:
    """What has an answer of its own is answered. A question after it only where one is owed, or
    where it is grave and they have not passed over questions of ours."""
    wanted = asks if owed(episode, path) else ()
    if at_least(episode.level, "high") and passed_over(episode, path) < _PATIENCE:
        wanted = asks
    # "It's my own fault", said with it, is not passed over.
    blamed = said.told.get("fault") == "mine" and path in BY_OTHERS
    return Move("told", path, wanted, line, "not_your_fault" if blamed else "")


def back_move(episode: Episode, said: Said, path: Path, line: Number | None, day: str) -> Move:
    """They came back. Where it is calmer, what they came with ("I got the job") is answered before
    we ask how it has been."""
    if at_least(episode.level, "moderate"):
        return Move("back", path, (), line, day)
    greeting = len(_WORD.findall(said.words)) <= _GREETING
    return Move("back" if greeting else "beside", path, about=day)


def _unanswered(
    episode: Episode, said: Said, path: Path, asks: tuple[Facet, ...], line: Number | None
) -> Move:
    """Stay and ask. A short answer to our question that could not be read is taken as it is."""
    unread = "unsure" if episode.asking.open and len(said.words) <= _SHORT else ""
    return Move("stay", path, asks, line, unread)


def days_back(before: Episode, said: Said, now: datetime) -> str | None:
    """The day, of 1, 3, 7 and 30 since the last danger, that is asked about on this visit."""
    was_grave = any(at_least(change.after, "moderate") for change in before.transitions)
    if before.danger_at is None or said.dangerous or not was_grave:
        return None
    days = (now - before.danger_at) / timedelta(days=1)
    for day in BACK:
        if days >= day:
            return None if day in before.steps.back else str(day)
    return None
