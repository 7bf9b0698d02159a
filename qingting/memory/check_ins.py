"""Asking afterwards how a thing went: what is due, asked, put off, refused for good.

Once a visit at most and never within 20 hours of the last time; what was asked is not asked again,
whatever came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from qingting.companion.exercise.run import Run
from qingting.companion.exercise.shelf import titles
from qingting.companion.person import Language
from qingting.companion.recall.left_alone import left_alone
from qingting.companion.recall.recollection import Wishes
from qingting.companion.remember.check_in_words import question
from qingting.companion.remember.follow_ups import Due, FollowUpKind, after_exercise, tells_of
from qingting.companion.words.choose import Chooser
from qingting.memory import check_in_rows as rows
from qingting.memory import course_rows
from qingting.memory.check_in_rows import Kept
from qingting.memory.models import CheckIn
from qingting.memory.ports import Courses
from qingting.memory.service import Memories
from qingting.privacy.sealing import PersonSeal

_APART: Final = timedelta(hours=20)
# A question seen on a page stands there for one visit, and is not put there again.
_STANDS: Final = timedelta(hours=6)
# What one is asked about first, of the same day.
_FIRST: Final[tuple[FollowUpKind, ...]] = ("exam", "result", "deadline", "appointment", "theirs")
_LESS_PRESSING: Final[tuple[FollowUpKind, ...]] = ("step", "exercise", "course")


class CheckIns:
    """See qingting.talk.ports and qingting.skills.ports. may_ask: whether somebody may be asked
    anything of our own accord, where they are."""

    def __init__(
        self,
        memories: Memories,
        courses: Courses | None = None,
        may_ask: Callable[[UUID], bool] = lambda person: True,
    ) -> None:
        self._memories = memories
        self._courses = courses
        self._may_ask = may_ask

    def due(
        self,
        person: UUID,
        seal: PersonSeal,
        now: datetime,
        today: date,
        visit: Callable[[], datetime],
        language: Language | None = None,
    ) -> Due | None:
        """What may be asked now; None for nothing. visit: tells when this visit began. language: in
        which it may be said that it is not getting lighter; None: not now."""
        waiting = rows.waiting(person, seal, today)
        if not self._wanted(person):
            return None
        if not waiting:
            waiting = self._of_course(person, seal, now, today, language)
        if not waiting:
            return None
        fresh = self._fresh(person, waiting, now, today)
        seen = next((one for one in fresh if one.shown is not None), None)
        if seen is not None:
            return _due(seen)
        asked = rows.last_asked(person)
        if asked is not None and (now - asked < _APART or asked >= visit()):
            return None
        wishes = self._memories.wishes(person, seal)
        fitting = [one for one in fresh if not _unwanted(one, wishes)]
        fitting.sort(key=_press)
        return _due(fitting[0]) if fitting else None

    def shown(
        self,
        person: UUID,
        seal: PersonSeal,
        due: Due,
        now: datetime,
        today: date,
        written: Callable[[str], str],
    ) -> str:
        """The words of a question on a page; the same as long as it stands there. written: puts
        words into the characters they read."""
        which = UUID(due.id)
        kept = next((one for one in rows.waiting(person, seal, today) if one.id == which), None)
        if kept is not None and kept.said:
            return kept.said
        said = written(question(due.follow_up, today, Chooser(which.hex, 0, frozenset(), {})))
        if kept is not None:
            rows.shown(person, seal, kept, said, now)
        return said

    def asked(self, person: UUID, which: UUID, now: datetime) -> bool:
        """Note that it was asked. False when it does not wait (any more)."""
        return rows.settle(person, which, CheckIn.State.ASKED, now)

    def answered(
        self, person: UUID, seal: PersonSeal, which: UUID, now: datetime
    ) -> tuple[Due, str] | None:
        """The question they answer by what they write, and its words, noted as asked; None when
        it does not wait or was not shown."""
        row = CheckIn.objects.filter(
            person_id=person, id=which, state=CheckIn.State.WAITING
        ).first()
        kept = rows.opened(row, seal) if row is not None else None
        if kept is None or not kept.said or not self.asked(person, which, now):
            return None
        return _due(kept), kept.said

    def refuse(self, person: UUID) -> None:
        """Ask no more of this kind, ever; until they choose otherwise on their page."""
        choice = self._memories.choice(person)
        self._memories.choose(person, replace(choice, check_ins=False))

    def told(self, person: UUID, seal: PersonSeal, text: str, now: datetime, today: date) -> None:
        """What they tell of by themselves is not asked about any more."""
        for kept in rows.waiting(person, seal, today + timedelta(days=1)):
            if tells_of(kept.follow_up, text, today):
                rows.settle(person, kept.id, CheckIn.State.DROPPED, now)

    def finished(
        self,
        person: UUID,
        seal: PersonSeal,
        run: Run,
        which: UUID,
        language: Language,
        now: datetime,
        today: date,
    ) -> None:
        """An exercise was done to its end. which: the id its run is kept under."""
        title = titles(language).get(run.exercise, {}).get("title", "")
        follow_up = after_exercise(run, title, language, today)
        if follow_up is None or not self._wanted(person):
            return
        if not CheckIn.objects.filter(person_id=person, id=rows.id_of(which)).exists():
            rows.write(person, seal, Kept(rows.id_of(which), follow_up), now)

    def deleted(self, person: UUID, runs: Collection[UUID]) -> None:
        """These runs of exercises are being deleted: nothing is asked about them."""
        which = [rows.id_of(run) for run in runs]
        CheckIn.objects.filter(person_id=person, id__in=which).delete()

    def _wanted(self, person: UUID) -> bool:
        choice = self._memories.choice(person)
        return choice.check_ins and not choice.paused and self._may_ask(person)

    def _of_course(
        self, person: UUID, seal: PersonSeal, now: datetime, today: date, language: Language | None
    ) -> list[Kept]:
        """That their own notes show no let-up, where that is so and was not said lately."""
        if self._courses is None or language is None or not course_rows.may_say(person, today):
            return []
        if not self._courses.not_lighter(person, seal, today):
            return []
        return [course_rows.write(person, seal, language, now, today)]

    def _fresh(self, person: UUID, waiting: list[Kept], now: datetime, today: date) -> list[Kept]:
        """What still waits: not what is too late, nor what was seen on an earlier visit."""
        fresh = []
        for one in waiting:
            if one.follow_up.lapses < today:
                rows.settle(person, one.id, CheckIn.State.DROPPED, now)
            elif one.shown is not None and now - one.shown >= _STANDS:
                rows.settle(person, one.id, CheckIn.State.ASKED, one.shown)
            else:
                fresh.append(one)
        return fresh


def _press(kept: Kept) -> tuple[bool, int, int]:
    """Orders what may be asked: steps and exercises last, the freshest first."""
    one = kept.follow_up
    rank = _FIRST.index(one.kind) if one.kind in _FIRST else len(_FIRST)
    return one.kind in _LESS_PRESSING, -one.due.toordinal(), rank


def _due(kept: Kept) -> Due:
    return Due(kept.id.hex, kept.follow_up, kept.item)


def _unwanted(kept: Kept, wishes: Wishes) -> bool:
    """Whether they want no questions, or none about this."""
    if wishes.no_questions:
        return True
    text = f"{kept.follow_up.what} {kept.follow_up.about}".casefold()
    # Who wants no word of grades is not asked about the exam either.
    unwanted = left_alone(wishes.avoid, "")
    return unwanted is not None and unwanted.search(text) is not None
