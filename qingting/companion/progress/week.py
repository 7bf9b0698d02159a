"""What a letter about a week may hold, taken from what somebody noted: facts, and nothing made of
them. That two things were noted together is all that is said of them; what led to what, nobody
asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Final, Literal

from qingting.companion.exercise.exercise import Exercise
from qingting.companion.exercise.fitting import allowed
from qingting.companion.exercise.shelf import exercises, titles
from qingting.companion.person import Language
from qingting.companion.progress.mood import Mood
from qingting.companion.progress.mood_words import mood_words
from qingting.companion.protect.episode import Episode

# Of what was noted along with one side of the grid, so many at most are named.
_NAMED: Final = 2
_EVENTS: Final = 2
# Words of a mood, and what was going on, as the exercises know them.
_FELT: Final = {
    **dict.fromkeys(("irritated", "angry"), "anger"),
    **dict.fromkeys(("anxious", "wired", "on_edge"), "anxiety"),
    **dict.fromkeys(("numb", "hollow"), "numbness"),
    **dict.fromkeys(("flat", "low"), "sadness"),
    "too_much": "overwhelm",
    "lonely": "loneliness",
    "hurt": "hurt",
}
_ABOUT: Final = {
    "exams": "exams",
    "study": "grades",
    "work": "work",
    "family": "parents",
    "friends": "friendship",
    "love": "crush",
    "roommates": "dorm",
    "sleep": "sleep",
    "body": "body",
    "looks": "body",
    "money": "money",
    "phone": "phone",
    "future": "jobs",
    "alone": "loneliness",
}


@dataclass(frozen=True, slots=True)
class Event:
    """Something they had told of that lay in the week. here: it never goes to a hosted model."""

    what: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """An exercise done to its end. before, after: how strong it was, 0 to 10; None where not both
    were said."""

    exercise: str
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What else is known for a letter. person: somebody they wrote down themselves, in their own
    word; "" for none. refused: exercises they broke off or turned down. no_exercises: they want
    none. avoid: what is not to be brought up; None for nothing."""

    events: tuple[Event, ...] = ()
    person: str = ""
    refused: frozenset[str] = frozenset()
    no_exercises: bool = False
    avoid: re.Pattern[str] | None = None
    episode: Episode = field(default_factory=Episode)


@dataclass(frozen=True, slots=True)
class Week:
    """The facts of one week.

    key: ISO week. notes: check-ins; days: with one. heavy, light, between: how many check-ins each.
    with_heavy, with_light, with_between: words they tapped along with those, the commonest first.
    sleep: hours of the nights they noted, the oldest first. tried: one exercise they did, and times
    how often. pages: of the journal. change: of a questionnaire, where it counts; "" for none.
    to_try: the id of an exercise, again: whether they did it before. person: see Around. present:
    danger is open, so nothing is summed up.
    """

    key: str
    notes: int = 0
    days: int = 0
    heavy: int = 0
    light: int = 0
    between: int = 0
    with_heavy: tuple[str, ...] = ()
    with_light: tuple[str, ...] = ()
    with_between: tuple[str, ...] = ()
    sleep: tuple[float, ...] = ()
    tried: Tried | None = None
    times: int = 0
    events: tuple[Event, ...] = ()
    pages: int = 0
    change: Literal["", "better", "worse"] = ""
    to_try: str = ""
    again: bool = False
    person: str = ""
    present: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write about. What others remember is no week of theirs."""
        return not (self.notes or self.tried or self.pages or self.change)

    @property
    def least(self) -> float:
        """The fewest hours of sleep noted. Raises ValueError for none."""
        return min(self.sleep)

    @property
    def most(self) -> float:
        """The most hours of sleep noted. Raises ValueError for none."""
        return max(self.sleep)

    @property
    def middle(self) -> float:
        """The hours of sleep in the middle. Raises StatisticsError for none."""
        return median(self.sleep)


def week_before(today: date) -> tuple[str, date, date]:
    """The last whole week, Monday to Sunday: its ISO key, its first and its last day."""
    monday = today - timedelta(days=today.weekday() + 7)
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}", monday, monday + timedelta(days=6)


def week_of(
    key: str,
    language: Language,
    moods: Iterable[Mood],
    tried: Sequence[Tried] = (),
    pages: int = 0,
    change: Literal["", "better", "worse"] = "",
    around: Around | None = None,
) -> Week:
    """The facts of one week. moods, tried, pages: those of its days."""
    around = around or Around()
    if around.episode.is_open:
        return Week(key, notes=1, present=True)
    noted = list(moods)
    heavy = [one for one in noted if one.valence < 0]
    light = [one for one in noted if one.valence > 0]
    between = [one for one in noted if one.valence == 0]
    done = _telling(tried)
    beside_heavy = _with(heavy, language, around.avoid)
    to_try, again = _to_try(heavy, tried, around, language)
    return Week(
        key=key,
        notes=len(noted),
        days=len({one.on for one in noted}),
        heavy=len(heavy),
        light=len(light),
        between=len(between),
        with_heavy=beside_heavy,
        with_light=_with(light, language, around.avoid, beside_heavy),
        with_between=_with(between, language, around.avoid),
        sleep=_sleep(noted),
        tried=done,
        times=sum(one.exercise == done.exercise for one in tried) if done else 0,
        events=tuple(one for one in around.events if _may(one.what, around.avoid))[:_EVENTS],
        pages=pages,
        change=change,
        to_try=to_try,
        again=again,
        person=around.person,
    )


def named_word(item: str) -> str:
    """Whom a line of a plan names: "小雨（室友）138…" gives "小雨". "" where that is not plain."""
    first = re.split(r"[,，;；:：(（/、。.\n]| - |[—–-]{2}", item.strip(), maxsplit=1)[0]
    word = re.sub(r"[+\d][\d\s-]{4,}.*$", "", first).strip()
    long = len(word) > (8 if re.search("[一-鿿]", word) else 24)
    return "" if long or not word or re.search(r"\d|@|http", word) else word


def _may(words: str, avoid: re.Pattern[str] | None) -> bool:
    return avoid is None or avoid.search(words.casefold()) is None


def _with(
    moods: Sequence[Mood],
    language: Language,
    avoid: re.Pattern[str] | None,
    named: Collection[str] = (),
) -> tuple[str, ...]:
    """The commonest feeling and the commonest thing going on; two of one kind where there is only
    one kind. named: words that are told of already."""
    words = mood_words(language)
    feelings = Counter(one for mood in moods for one in mood.feelings if one in words.feelings)
    about = Counter(one for mood in moods for one in mood.about if one in words.about)
    first = [words.feelings[key] for key, _ in feelings.most_common()]
    second = [words.about[key] for key, _ in about.most_common()]
    first, second = (
        [one for one in side if one not in named and _may(one, avoid)] for side in (first, second)
    )
    return tuple(dict.fromkeys([*first[:1], *second[:1], *first[1:], *second[1:]]))[:_NAMED]


def _sleep(moods: Iterable[Mood]) -> tuple[float, ...]:
    """The hours of each night once, as last said."""
    by_day = {
        one.on: one.sleep for one in sorted(moods, key=lambda one: one.at) if one.sleep is not None
    }
    return tuple(by_day[day] for day in sorted(by_day))


def _telling(tried: Sequence[Tried]) -> Tried | None:
    """The exercise to speak of: one with both numbers rather than one without."""
    known = [one for one in tried if one.exercise in exercises()]
    numbered = [one for one in known if one.before is not None and one.after is not None]
    return next(iter(numbered or known), None)


def _to_try(
    heavy: Sequence[Mood], tried: Sequence[Tried], around: Around, language: Language
) -> tuple[str, bool]:
    """An exercise to try, and whether they did it before: one that fits what was heavy, else one
    after which the number was lower. What did not help or was refused is not named."""
    if around.no_exercises:
        return "", False
    useless = {one.exercise for one in tried if not _eased(one) and one.after is not None}
    known = titles(language)
    possible = [
        one
        for name, one in exercises().items()
        # What has to be asked of a body first is asked on its own page, not named in a letter.
        if name not in useless | around.refused and "heart" not in one.not_when
        if name in known
        and allowed(one, around.episode)
        and _may(known[name]["title"], around.avoid)
    ]
    eased = {one.exercise for one in tried if _eased(one)}
    done = {one.exercise for one in tried}
    scored = [(_fits(one, heavy), one) for one in possible if one.id not in done]
    best = max(scored, key=lambda pair: (pair[0], -pair[1].minutes, pair[1].id), default=None)
    if best is not None and best[0] > 0:
        return best[1].id, False
    return next((one.id for one in possible if one.id in eased), ""), True


def _fits(exercise: Exercise, heavy: Collection[Mood]) -> int:
    score = 0
    for mood in heavy:
        feelings = {_FELT[one] for one in mood.feelings if one in _FELT}
        topics = {_ABOUT[one] for one in mood.about if one in _ABOUT}
        if "worn_out" in mood.feelings:
            topics.add("burnout")
        score += 2 * len(feelings & exercise.when["feelings"])
        score += 2 * len(topics & exercise.when["topics"])
    return score


def _eased(tried: Tried) -> bool:
    return tried.before is not None and tried.after is not None and tried.after < tried.before
