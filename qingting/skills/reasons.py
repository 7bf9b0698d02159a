"""Why an exercise had better wait, and what to look at before it: said plainly, without a label.

The first are known from the person's safety episode; the others nobody can know but they.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from qingting.companion.exercise.exercise import Exercise, Shelf, Unless
from qingting.companion.exercise.fitting import ruled_out
from qingting.companion.protect.episode import Episode

# The reason that is said where several hold, most pressing first.
_FIRST: Final[tuple[Unless, ...]] = (
    "abuse",
    "eating_disorder",
    "panic",
    "delusion",
    "mania",
    "episode_imminent",
    "episode",
)
_ASKED: Final[tuple[Unless, ...]] = (
    "heart",
    "lungs",
    "injury",
    "eating_disorder",
    "dissociation",
    "grief_new",
)


def why_not(exercise: Exercise, episode: Episode) -> str:
    """Why the exercise is not for now; "" where nothing known speaks against it."""
    known = exercise.not_when & ruled_out(episode)
    reason = next((one for one in _FIRST if one in known), None)
    return _reasons()[reason] if reason else ""


def look_first(exercise: Exercise) -> list[str]:
    """What to look at before beginning, one sentence each."""
    said = _conditions()
    return [said[one] for one in _ASKED if one in exercise.not_when]


def weighs(episode: Episode) -> bool:
    """Whether what is known of a person rules out anything now."""
    return bool(ruled_out(episode))


def shelf_names() -> dict[Shelf, str]:
    """What somebody needs right now, in everyday words."""
    return {
        "restless": _("Heart racing, can't settle"),
        "surge": _("It's all too much, about to boil over"),
        "awake": _("Can't sleep"),
        "racing": _("My head won't stop"),
        "flat": _("No energy for anything"),
        "heavy": _("Heavy inside, hard on myself"),
        "stuck": _("Stuck on something, or scared of it"),
        "people": _("Something to say to someone"),
    }


def _reasons() -> dict[Unless, str]:
    grave = _(
        "What you told me lately weighs more than this one can carry. It will still be here later."
    )
    turning = _(
        "This one has you turn things over in your head. Something that keeps you in the room "
        "is better for now."
    )
    return {
        "episode": grave,
        "episode_imminent": grave,
        "abuse": _(
            "This one asks what you could see or do differently. When somebody is hurting you, "
            "that is not the question. Being safe comes first, with a person beside you."
        ),
        "panic": _(
            "This one walks towards what frightens you. While the fear comes in waves, first "
            "something that lets the body settle."
        ),
        "delusion": turning,
        "mania": turning,
        "eating_disorder": _(
            "This one is rough on the body, and yours has had enough to carry lately."
        ),
    }


def _conditions() -> dict[Unless, str]:
    return {
        "heart": _("If your heart isn't well, or you take something for it, leave this one out."),
        "lungs": _(
            "If you have asthma, or your lungs aren't well, or you are short of breath right now, "
            "don't hold your breath here; take another one."
        ),
        "injury": _("If something is injured or hurts, leave that part out."),
        "eating_disorder": _(
            "If eating has been a struggle, or you feel faint, leave this one out."
        ),
        "dissociation": _(
            "If closing your eyes makes you drift off, or your body stops feeling like yours, "
            "keep them open, or take another one."
        ),
        "grief_new": _("If you have only just lost someone, this one can wait."),
    }
