"""When somebody says that it is not getting better: believed at once, and something changes.

Being told in time that it is not going well, and doing something else about it, is what helps most
of all that was ever measured on progress (Lambert, Whipple & Kleinstäuber 2018). So the reply says
that it is so, blames nobody, and offers two ways out: another kind of help here, and a person. What
their own notes show is said on a visit (remember/follow_ups.py, "course"); what they choose then is
read here as well.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

from qingting.companion.exercise.fitting import allowed, fitting
from qingting.companion.exercise.shelf import exercises
from qingting.companion.person import Language
from qingting.companion.plan.exercising import turned_down
from qingting.companion.plan.plan import Plan, Why
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.lexicon import alternatives, table
from qingting.companion.work import Work

# How `small` of a plan begins that answers this; the rest is a list of moves/no_better.toml.
NO_BETTER: Final = "no_better."
TOLD: Final = f"{NO_BETTER}told"
Chosen = Literal["person", "way", "either"]
_CHOICES: Final[tuple[Chosen, ...]] = ("person", "way", "either")
# A longer choice tells a story; the talk itself listens to that.
_LONGEST: Final[dict[Language, int]] = {"zh": 16, "en": 48}
# Ways of another kind than breathing or writing down thoughts: doing, people, what matters.
_OTHER_KINDS: Final = ("activation", "small_steps", "values_compass", "hard_talk", "kind_letter")


def no_better_plan(work: Work) -> Plan | None:
    """The plan of a reply to "it is not getting better", or to the choice we gave then; None for
    any other. Nothing of danger is answered here."""
    # Danger was heard before this: what it left to an ordinary reply is none.
    if work.protection.listening or work.episode.weighs:
        return None
    if turned_down(work):
        # "That breathing again, useless": one exercise is meant, and no more of them are wanted.
        return None
    text, language = work.message.text, work.language
    if tells_no_better(text, language):
        return _said("told")
    if not _offered(work):
        return None
    chosen = chosen_way(text, language)
    if chosen == "way":
        return _another_way(work)
    return _said(chosen) if chosen is not None else None


def tells_no_better(text: str, language: Language) -> bool:
    """Whether a message says that it is not getting better with them, or does no good."""
    said = cleaned(text).text.strip()
    if said.endswith("?") or _pattern("aside", "words").search(said):
        return False
    return _pattern("told", language).search(said) is not None


def chosen_way(text: str, language: Language) -> Chosen | None:
    """What a short answer chooses of another way and a person; None for another answer."""
    said = cleaned(text).text.strip()
    if len(said) > _LONGEST[language]:
        return None
    return next((one for one in _CHOICES if _pattern("chosen", one).search(said)), None)


def either_way() -> Plan:
    """The plan of a reply that makes plain what the two ways are."""
    return _said("either")


def offers_a_choice(plan: Plan) -> bool:
    """Whether a reply with this plan leaves them the choice."""
    return plan.small in (TOLD, f"{NO_BETTER}either")


def changes_to_listening(plan: Plan) -> bool:
    """Whether a reply with this plan says that from now on we listen more and suggest less."""
    return plan.small == f"{NO_BETTER}way"


def _offered(work: Work) -> bool:
    state = work.state
    return state.check_in == "course" or state.choice_turn == state.turns


def _another_way(work: Work) -> Plan:
    """An exercise of another kind than those done in this talk; where none may be offered, another
    way of talking."""
    if work.state.no_exercises or not work.protection.may_offer:
        return _said("way")
    shelf, done = exercises(), work.state.exercises
    others = [shelf[one] for one in _OTHER_KINDS if one in shelf and one not in done]
    fits = fitting(others, work.reading, work.episode, done=done)
    found = fits or next((one for one in others if allowed(one, work.episode, work.reading)), None)
    if found is None:
        return _said("way")
    return Plan(
        stage="act",
        skill="suggestion",
        question=False,
        offer="exercise",
        why="no_better",
        small=f"{NO_BETTER}offered",
        exercise=found.id,
        part="offer",
    )


def _said(name: str) -> Plan:
    why: Why = "no_better"
    return Plan(
        stage="comfort" if name == "told" else "act",
        skill="presence",
        question=False,
        offer="person" if name in ("told", "person") else None,
        why=why,
        small=f"{NO_BETTER}{name}",
    )


@lru_cache(maxsize=8)
def _pattern(section: str, name: str) -> re.Pattern[str]:
    data = table("no_better")
    return alternatives(data[section][name], data["parts"])
