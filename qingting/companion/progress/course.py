"""Whether it is getting lighter, as far as somebody's own notes can tell, so that they are believed
when it is not.

People who are told in time that it is not getting better fare better (Lambert, Whipple &
Kleinstäuber 2018). The curves those systems expect are drawn from many thousand treatments; nothing
like them exists for somebody who talks at night, so none is pretended here. These rules are few and
careful, and each says below what it rests on.

    WORSE       a questionnaire is worse, by its own measure of change, than when it was first
                answered. Rests on reliable change (Jacobson & Truax 1991; companion/instruments/
                change.py).
    NO_CHANGE   a questionnaire was answered three times or more over four weeks or more, was at its
                cut-off or beyond at both ends, and is not better by its measure of change. The
                measure has a source; three times and four weeks are a rule of thumb.
    MOODS       check-ins of the last two weeks are no lighter than those of the first two, and on
                the heavy side. A rule of thumb throughout: no source sets a measure of change for a
                tapped mood, so moods alone are never called worse.
    SAID        they said so themselves. Needs no measure: who says it is believed.

Of a questionnaire only one language counts at a time, the one answered last. What is older than
four weeks says nothing about today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Final, Literal

from qingting.companion.instruments.change import change
from qingting.companion.instruments.instrument import Answers, Instrument
from qingting.companion.instruments.scoring import above_cutoff, score
from qingting.companion.instruments.shelf import instruments
from qingting.companion.progress.mood import Mood

Kind = Literal["unknown", "on_track", "not_on_track", "worse"]

WORSE: Final = "worse"
NO_CHANGE: Final = "no_change"
MOODS: Final = "moods"
SAID: Final = "said"

# How long somebody is given before anything is called not getting better.
PATIENCE: Final = timedelta(weeks=4)
# How long what was answered or said still tells of today.
FRESH: Final = timedelta(weeks=4)
FEWEST_MEASURES: Final = 3
# The two stretches of check-ins that are compared, and the days that must be noted in each.
STRETCH: Final = timedelta(days=14)
FEWEST_DAYS: Final = 5


@dataclass(frozen=True, slots=True)
class Course:
    """kind: unknown with too little to tell; on_track with enough, and nothing against it. since:
    the day from which it is so, for worse and not_on_track. because: which rules spoke, the
    questionnaire behind a colon ("no_change:phq9"); empty otherwise. None of it is words for the
    person."""

    kind: Kind
    since: date | None = None
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Heard:
    """What one rule says: why is None where it had enough to tell and saw nothing amiss."""

    why: str | None
    since: date | None = None


def course_of(
    moods: Iterable[Mood],
    answers: Iterable[Answers],
    today: date,
    *,
    started: date | None,
    said: date | None = None,
) -> Course:
    """How it is going.

    moods, answers: all there are, in any order; what is half answered, of the future, or from
    before `started` is passed over. started: from when on to look; None for from the first. said:
    the last day on which they said themselves that it is not getting better.
    """
    begin = started or date.min
    noted = [mood for mood in moods if begin <= mood.on <= today]
    done = [one for one in answers if one.finished and begin <= one.on <= today]
    heard = [*_of_questionnaires(done, today), *_of_moods(noted, today), *_of_words(said, today)]
    against = [one for one in heard if one.why is not None]
    if not heard:
        return Course("unknown")
    if not against:
        return Course("on_track")
    return Course(
        kind="worse" if any(_is_worse(one) for one in against) else "not_on_track",
        since=_since(against),
        because=tuple(one.why for one in against if one.why is not None),
    )


def _is_worse(heard: _Heard) -> bool:
    return heard.why is not None and heard.why.partition(":")[0] == WORSE


def _since(against: Sequence[_Heard]) -> date | None:
    """From when on the gravest of them holds; the earliest where there are several."""
    worse = [one for one in against if _is_worse(one)]
    return min((one.since for one in worse or against if one.since is not None), default=None)


def _of_questionnaires(done: Sequence[Answers], today: date) -> Iterator[_Heard]:
    by_key: dict[str, list[Answers]] = defaultdict(list)
    for one in sorted(done, key=lambda one: one.on):
        by_key[one.instrument].append(one)
    for key, series in sorted(by_key.items()):
        instrument = instruments().get(key)
        if instrument is not None and today - series[-1].on <= FRESH:
            yield from _of_series(instrument, _comparable(instrument, series))


def _comparable(instrument: Instrument, series: Sequence[Answers]) -> list[Answers]:
    """Those with a score, in the language answered last."""
    return [
        one
        for one in series
        if one.language == series[-1].language and score(instrument, one.values).value is not None
    ]


def _of_series(instrument: Instrument, series: Sequence[Answers]) -> Iterator[_Heard]:
    if len(series) < 2:
        return
    first, last = series[0], series[-1]
    became = change(instrument, first, last)
    if became == "worse":
        yield _Heard(f"{WORSE}:{instrument.key}", _worse_since(instrument, series))
    elif became == "better":
        yield _Heard(None)
    elif became == "no_clear_change":
        yield from _of_no_change(instrument, series)


def _worse_since(instrument: Instrument, series: Sequence[Answers]) -> date:
    """The day from which on every measure was worse than the first."""
    since = series[-1].on
    for one in reversed(series):
        if change(instrument, series[0], one) != "worse":
            break
        since = one.on
    return since


def _of_no_change(instrument: Instrument, series: Sequence[Answers]) -> Iterator[_Heard]:
    first, last = series[0], series[-1]
    if last.on - first.on < PATIENCE or len({one.on for one in series}) < FEWEST_MEASURES:
        return
    ends = [
        above_cutoff(instrument, score(instrument, one.values), "unknown") for one in (first, last)
    ]
    if None in ends:
        return
    # Who began low has no room for the score to fall.
    yield _Heard(f"{NO_CHANGE}:{instrument.key}" if all(ends) else None, first.on)


def _of_moods(noted: Sequence[Mood], today: date) -> Iterator[_Heard]:
    days = _by_day(noted)
    if not days:
        return
    began = min(days)
    if today - began < PATIENCE:
        return
    first = [value for day, value in days.items() if day < began + STRETCH]
    last = [value for day, value in days.items() if day > today - STRETCH]
    if min(len(first), len(last)) < FEWEST_DAYS:
        return
    heavy = median(last) < 0 and median(last) <= median(first)
    yield _Heard(MOODS if heavy else None, began)


def _by_day(noted: Sequence[Mood]) -> dict[date, float]:
    """One value a day, so that a day with many check-ins counts no more than another."""
    days: dict[date, list[int]] = defaultdict(list)
    for mood in noted:
        days[mood.on].append(mood.valence)
    return {day: median(values) for day, values in days.items()}


def _of_words(said: date | None, today: date) -> Iterator[_Heard]:
    if said is not None and said <= today and today - said <= FRESH:
        yield _Heard(SAID, said)
