"""The trained heads beside the rules: one reading out of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from qingting.companion.understand import hits
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.feelings import denied_feelings
from qingting.companion.understand.learned.extras import asked_about_danger
from qingting.companion.understand.learned.join import joined
from qingting.companion.understand.learned.model import Asked, Learned
from qingting.companion.understand.learned.scoring import Sketch
from qingting.companion.understand.reading import FeelingRead, Reading, Risk, at_least
from qingting.companion.understand.ruled import Ruled
from qingting.companion.understand.tone import tone

_MOST: Final = 4
_BARE: Final = 4
# A message and its answer.
_A_TALK: Final = 2


def read_beside(model: Learned, ruled: Sequence[Ruled]) -> list[Reading]:
    """Each message's reading by rules, completed by the heads."""
    sketches = model.sketches([Asked(one.plain.text, one.told.history) for one in ruled])
    return [_both(model, one, sketch) for one, sketch in zip(ruled, sketches, strict=True)]


def _both(model: Learned, one: Ruled, sketch: Sketch) -> Reading:
    reading = one.reading
    if _bare(one, sketch):
        return replace(reading, vector=sketch.vector)
    feelings = _together(reading.feelings, _heard(model, one, sketch))
    valence, arousal = tone(feelings)
    return replace(
        reading,
        feelings=feelings,
        valence=valence,
        arousal=arousal,
        risk=_danger(model, one, sketch),
        distortions=model.distortions(sketch, one.plain),
        vector=sketch.vector,
    )


def _danger(model: Learned, one: Ruled, sketch: Sketch) -> Risk:
    danger = _joined(model, one, sketch)
    raised = at_least(danger.level, "moderate") and not at_least(one.reading.risk.level, "moderate")
    text = hits.masked(one.plain.text)
    if not raised or text == one.plain.text:
        return danger
    # The letters of a saying (笑死, "dying to know") look like danger: what is said without it?
    plainly = model.sketch(Asked(text.replace(hits.BLANK, ""), one.told.history))
    return _joined(model, one, plainly)


def _joined(model: Learned, one: Ruled, sketch: Sketch) -> Risk:
    return joined(
        one.reading.risk,
        model.risk(sketch),
        model.joining(sketch),
        one.reading.language,
        asked=asked_about_danger(sketch.extra),
        talking=len(one.told.history) >= _A_TALK,
        evidence=partial(model.evidence, one.plain),
    )


def _heard(model: Learned, one: Ruled, sketch: Sketch) -> list[FeelingRead]:
    """The heads' feelings, without what the person says is not there. Where that is all they say
    of feelings, the heads, which do not see negation well, are not asked."""
    denied = denied_feelings(cleaned(one.told.text))
    if denied and not one.reading.feelings:
        return []
    return [read for read in model.feelings(sketch) if read.label not in denied]


def _bare(one: Ruled, sketch: Sketch) -> bool:
    """Whether a message is a mere "yes" or "hi" that answers no question about danger: there is
    nothing to hear in it but what letters it shares with answers that meant something."""
    return len(one.plain.text.strip()) <= _BARE and not asked_about_danger(sketch.extra)


def _together(
    named: Sequence[FeelingRead], heard: Sequence[FeelingRead]
) -> tuple[FeelingRead, ...]:
    """Feelings the person named come first, for they are certain; then what the heads hear."""
    told = {read.label for read in named if read.label != "neutral"}
    further = [read for read in heard if read.label not in told]
    if told:
        further = [read for read in further if read.label != "neutral"]
    return (*named, *further)[:_MOST]
