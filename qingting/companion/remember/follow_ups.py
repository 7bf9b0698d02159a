"""What is asked about afterwards: how the interview went, whether they got to talk to the tutor.

Pure: an item becomes a follow-up with the days on which it may be asked, or it does not. What is
painful is never asked about, and nothing is while a danger is near: that has its own coming back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final, Literal

from qingting.companion.exercise.run import Run
from qingting.companion.person import Language
from qingting.companion.protect.episode import Episode, Transition, settled
from qingting.companion.remember.item import Item
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import alternatives, table
from qingting.companion.understand.reading import at_least

FollowUpKind = Literal[
    "exam",
    "result",
    "deadline",
    "appointment",
    "trip",
    "birthday",
    "event",
    "theirs",
    "step",
    "exercise",
    "course",
]
_DAY: Final = timedelta(days=1)
_LAPSES: Final = timedelta(days=14)
_STEP_AFTER: Final = timedelta(days=3)
_STEP_LAPSES: Final = timedelta(days=21)
# A longer stretch ("some time next month") is no day that one could be asked about.
_LONGEST: Final = timedelta(days=10)
# No question of this kind for so long after danger.
_NEAR: Final = timedelta(days=30)
_SLIGHT: Final = timedelta(days=3)
_BRIEF: Final = 60


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something to ask about.

    kind: chooses the words. what: put into them ("面试", "your interview"). on, until: the day it
    was, first and last; of a step or an exercise, the day it was spoken of. due: the first day to
    ask; lapses: the last. about: what the item is about, by which a message may name it.
    """

    kind: FollowUpKind
    what: str
    about: str
    on: date
    until: date
    due: date
    lapses: date
    language: Language


@dataclass(frozen=True, slots=True)
class Due:
    """A follow-up that may be asked now. id: of the check-in. item: of what it is about, "" for an
    exercise."""

    id: str
    follow_up: FollowUp
    item: str = ""


def due_from(item: Item, today: date) -> FollowUp | None:
    """What to ask about an item, as it is known on that day; None for what is not asked about.

    today: the person's local day. An event that is over already told itself.
    """
    if item.sensitive or item.standing != "held":
        return None
    if item.kind == "goal":
        return _step(item, today)
    if item.kind != "event" or item.on is None:
        return None
    until = item.until or item.on
    kind = _kind(f"about_{item.language}", item.about)
    if kind is None or until < today or until - item.on > _LONGEST:
        return None
    return FollowUp(
        kind=kind,
        what=_what(kind, item),
        about=item.about,
        on=item.on,
        until=until,
        due=until + _DAY,
        lapses=until + _DAY + _LAPSES,
        language=item.language,
    )


def after_exercise(run: Run, title: str, language: Language, today: date) -> FollowUp | None:
    """What to ask after an exercise that was done to its end and is to be tried since; None for
    any other. title: what it is called."""
    if run.ended != "finished" or run.exercise not in _table()["exercises"]:
        return None
    due = today + _DAY
    return FollowUp("exercise", title, "", today, today, due, due + _LAPSES, language)


def calm(episode: Episode, now: datetime) -> bool:
    """Whether an ordinary question is in place: no danger is open, and none was for a month. What
    was slight, or only guessed to be so, is given a few days."""
    episode = settled(episode, now)
    if episode.weighs:
        return False
    return not any(now - one.at < _lasts(one) for one in episode.transitions)


def _lasts(one: Transition) -> timedelta:
    """How long after a change of the danger no ordinary question is asked."""
    if at_least(one.before, "moderate") or at_least(one.after, "moderate"):
        return _NEAR
    return _SLIGHT if one.after != "none" else timedelta()


def tells_of(follow_up: FollowUp, text: str, today: date) -> bool:
    """Whether a message tells by itself of what would be asked about: it names it after its day,
    or on that day as something over."""
    said = cleaned(text).text
    if today < follow_up.until or follow_up.kind in ("step", "exercise", "course"):
        return False
    if not any(key in said for key in _keys(follow_up)):
        return False
    return today > follow_up.until or _pattern("over", "told").search(said) is not None


def _step(item: Item, today: date) -> FollowUp | None:
    """Something to be done once, of what they mean to do."""
    if len(item.about) > _BRIEF or _kind(f"step_{item.language}", item.about) is None:
        return None
    due = today + _STEP_AFTER
    what = item.about if item.language == "zh" else _verbs(item)
    return FollowUp("step", what, item.about, today, today, due, due + _STEP_LAPSES, item.language)


def _kind(section: str, about: str) -> Any:
    """The kind an item is of by what it is about; None for one that is not asked about."""
    plain = about.casefold()
    for kind in _table()[section]:
        if _pattern(section, kind).search(plain):
            return None if kind == "never" else kind
    return None


_WANTS: Final = re.compile(r"^you (?:want|are going|plan|decided|are planning|hope|have) to (.+)$")
_MY: Final = re.compile(r"\bmy\b")


def _verbs(item: Item) -> str:
    """What they are going to do, as said to them: "talk to your tutor"."""
    told = _WANTS.match(item.says)
    return told[1] if told and not item.corrected else _MY.sub("your", item.about)


# What one looks up is not called as the looking up is.
_SCORE: Final = {"查分": "分数", "分": "分数", "出分": "分数"}


def _what(kind: FollowUpKind, item: Item) -> str:
    """The thing itself, as it stands in a question."""
    about = item.about
    if item.language == "zh":
        if kind == "result":
            return _SCORE.get(about, about.removeprefix("出"))
        return f"你{about}" if kind == "theirs" else about
    doing = item.says.removeprefix("you are ")
    if kind != "theirs" and doing != item.says and not item.corrected:
        return doing
    if about.startswith("back to "):
        return f"going {about}"
    if kind == "deadline":
        bare = about.removesuffix(" deadline")
        return "your work" if bare in ("deadline", "submission", "") else f"your {bare}"
    return "your first day" if about.startswith("first day of ") else f"your {about}"


# Words of an item that are no name of it by themselves.
_FRAME_ZH: Final = re.compile(r"^(?:出|交|还|见|去|回|飞)|(?:考试|的)$")


def _keys(follow_up: FollowUp) -> tuple[str, ...]:
    about = follow_up.about.casefold()
    if follow_up.language == "en":
        last = about.split()[-1] if about else ""
        return tuple(key for key in (about, last) if len(key) >= 4)
    bare = _FRAME_ZH.sub("", about)
    exam = ("考完", "考砸", "考得") if follow_up.kind == "exam" and about.endswith("考试") else ()
    return tuple(key for key in (about, bare, *exam) if len(key) >= 2)


def _table() -> Any:
    return table("check_in")


@lru_cache(maxsize=64)
def _pattern(section: str, name: str) -> re.Pattern[str]:
    data = _table()
    return alternatives(data[section][name], data["parts"])
