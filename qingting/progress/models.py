"""Storage of how somebody is doing. What they noted, answered or were told lies sealed; a row in
the clear says only that there is something, and when."""

from __future__ import annotations

import uuid

from django.db import models

from qingting.people.models import Person
from qingting.privacy.declarations import PersonalData, SealedField


class _Sealed(models.Model):
    """A row whose whole content lies sealed in `body`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    body = SealedField()
    at = models.DateTimeField()

    class Meta:
        abstract = True


class MoodEntry(_Sealed):
    """One check-in (companion/progress/mood.py, Mood). at: when it was noted."""

    privacy = PersonalData(
        exported="progress: every check-in",
        erased="rows deleted, key destroyed",
        retained="until the person deletes it; or as long as their data",
        clear=frozenset({"id", "person", "at"}),
    )

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="progress_moods")]


class FeltDay(_Sealed):
    """What was read in the talks of one stretch of a day (Felt), kept apart from what the person
    says of themselves. at: when it was last written."""

    privacy = PersonalData(
        exported="progress: what was read of feelings in talks",
        erased="rows deleted, key destroyed",
        retained="until the person deletes it; or as long as their data",
        clear=frozenset({"id", "person", "at"}),
    )

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="progress_felt")]


class JournalEntry(_Sealed):
    """One page of a journal (Entry). at: when it was last written."""

    privacy = PersonalData(
        exported="progress: every page of the journal",
        erased="rows deleted, key destroyed",
        retained="until the person deletes it; or as long as their data",
        clear=frozenset({"id", "person", "at"}),
    )

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="progress_journal")]


class Questionnaire(_Sealed):
    """What somebody answered to a questionnaire (companion/instruments, Answers), half or whole.
    Which one lies sealed as well. at: when it was last answered."""

    privacy = PersonalData(
        exported="progress: every questionnaire with its answers and score; as FHIR too",
        erased="rows deleted, key destroyed",
        retained="until the person deletes it; or as long as their data",
        clear=frozenset({"id", "person", "at"}),
    )

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="progress_answers")]


class Schedule(_Sealed):
    """That somebody wants to be asked a questionnaire again: which, how often, and from which day.
    at: when they chose it."""

    privacy = PersonalData(
        exported="progress: what is asked again, and how often",
        erased="rows deleted, key destroyed",
        retained="until the person chooses otherwise",
        clear=frozenset({"id", "person", "at"}),
    )


class Letter(_Sealed):
    """A letter about a week, or the page to take to somebody, as they left it. at: when it was made
    or changed."""

    privacy = PersonalData(
        exported="progress: every letter, and the page to take to somebody",
        erased="rows deleted, key destroyed",
        retained="until the person deletes it; or as long as their data",
        clear=frozenset({"id", "person", "at"}),
    )

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="progress_letters")]


class ProgressChoice(models.Model):
    """What somebody chose. felt: whether what is read of feelings in talks is kept. letters:
    whether a letter is made each week. course: whether we may say that it is not getting easier."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    felt = models.BooleanField(default=True)
    letters = models.BooleanField(default=True)
    course = models.BooleanField(default=True)
    updated_at = models.DateTimeField()

    privacy = PersonalData(
        exported="progress: what was chosen about it",
        erased="rows deleted",
        retained="until it is chosen otherwise",
        clear=frozenset({"person", "felt", "letters", "course", "updated_at"}),
    )
