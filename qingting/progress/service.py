"""How somebody is doing, by person: what the parts of this feature share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qingting.companion.person import Person
from qingting.policy.profile import policy_for
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import PersonSeal
from qingting.progress.models import ProgressChoice
from qingting.progress.ports import Ages, Exercises, NoExercises, NothingAround, Surroundings
from qingting.safety.ports import Episodes


class NoSuchThing(Exception):
    """There is no such check-in, entry, questionnaire or letter, or it is somebody else's."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose: see ProgressChoice."""

    felt: bool = True
    letters: bool = True
    course: bool = True


class Progress:
    """What the parts of this feature work with. They are called with the person whose device or
    turn it is, and nobody else reads it.

    episodes: the stored safety episodes, that an answer to a questionnaire may raise.
    ages: how old a person says they are. exercises: those they did. surroundings: what else is
    known for a letter.
    """

    def __init__(
        self,
        keyring: Keyring,
        episodes: Episodes,
        clock: Callable[[], datetime],
        ages: Ages = lambda _: "unknown",
        exercises: Exercises | None = None,
        surroundings: Surroundings | None = None,
    ) -> None:
        self.keyring = keyring
        self.episodes = episodes
        self.clock = clock
        self.ages = ages
        self.exercises = exercises or NoExercises()
        self.surroundings: Surroundings = surroundings or NothingAround()

    def seal(self, person: UUID) -> PersonSeal:
        """What opens a person's rows. Raises StorageError."""
        return self.keyring.open(person)

    def shows_felt(self, person: UUID) -> bool:
        """Whether the law lets feelings read in their talks be kept and shown at all."""
        return policy_for(Person(age_band=self.ages(person))).feelings_shown

    def choice(self, person: UUID) -> Choice:
        """What they chose."""
        row = ProgressChoice.objects.filter(person_id=person).first()
        return Choice() if row is None else Choice(row.felt, row.letters, row.course)

    def choose(self, person: UUID, choice: Choice) -> None:
        """Remember what they chose."""
        ProgressChoice.objects.update_or_create(
            person_id=person,
            defaults={
                "felt": choice.felt,
                "letters": choice.letters,
                "course": choice.course,
                "updated_at": self.clock(),
            },
        )


_current: Progress | None = None


def use(progress: Progress) -> None:
    """Set the progress of this process; called once by the site's wiring."""
    global _current  # noqa: PLW0603  # one process, one of it; set once at start
    _current = progress


def current() -> Progress:
    """The progress of this process. Raises RuntimeError before the site wired it."""
    if _current is None:
        raise RuntimeError("progress is not wired: qingting.site.wiring.wire() was not called")
    return _current
