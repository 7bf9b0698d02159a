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
from qingting.companion.understand.learned.views import plain_view
from qingting.companion.understand.learned.windows import size
from qingting.companion.understand.reading import (
    FeelingRead,
    Kind,
    Level,
    Reading,
    Risk,
    at_least,
    rank,
)
from qingting.companion.understand.risk import danger_before
from qingting.companion.understand.ruled import Ruled
from qingting.companion.understand.situations import harmless
from qingting.companion.understand.tone import tone
from qingting.companion.words.bank import ContentError

_MOST: Final = 4
# Room of a mere "yes" or "hi", at the start and in the middle of a talk.
_BARE: Final = 2
_BARE_IN_TALK: Final = 4
_ENDS: Final = "。！？!?.…\n;；"
# A message and its answer.
_A_TALK: Final = 2
# Room of a few words, counted as windows.size counts it.
_FEW: Final = 16
# Room of a telling in which one grave clause can drown.
_LONG: Final = 48
# Below the first a telling is left alone; a clause of it is believed from the second on: surer
# than a message must be, for any long telling has a gravest clause. Set on passes u, t and h and
# on 1200 tellings put together from their lines.
_UNEASY: Final = 0.55
_SURE_ALONE: Final = 0.92
_SURE_IN_TALK: Final = 0.96


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
    if danger.guessed and danger.level in ("moderate", "high") and _on_a_bad_day(one):
        return one.reading.risk
    raised = at_least(danger.level, "moderate") and not at_least(one.reading.risk.level, "moderate")
    doubted = rank(danger.level) < rank(one.reading.risk.level)
    text = hits.masked(one.plain.text)
    if raised and text != one.plain.text:
        # The letters of a saying (笑死, "dying to know") look like danger: what is said without it?
        plainly = model.sketch(Asked(text.replace(hits.BLANK, ""), one.told.history))
        return _joined(model, one, plainly)
    said = _sentence(one) if doubted else ""
    if said:
        # Small talk around one grave sentence drowns it: is the sentence doubted by itself?
        return _joined(model, one, model.sketch(Asked(said, one.told.history)))
    if at_least(danger.level, "moderate") or size(sketch.text) < _LONG or danger.score < _UNEASY:
        return danger
    return _clause(model, one, sketch) or danger


def _on_a_bad_day(one: Ruled) -> bool:
    """Whether these few words, with which a talk begins, are known as harmless: of so few letters
    the heads cannot tell much. After anything was said, they are asked about like any others."""
    if one.told.history:
        return False
    try:
        return harmless(one.told.text, one.reading.language)
    except ContentError:
        # A shelf that cannot be read vouches for nothing.
        return False


def _clause(model: Learned, one: Ruled, sketch: Sketch) -> Risk | None:
    """The danger in the gravest clause of a long telling, read as if nothing stood around it; None
    where that is not sure. Small talk around it drowns what no rule has words for."""
    clause = model.gravest(hits.masked(sketch.text).replace(hits.BLANK, ""))
    if not clause:
        return None
    risk = _joined(model, one, model.sketch(Asked(clause)))
    least = _SURE_IN_TALK if len(one.told.history) >= _A_TALK else _SURE_ALONE
    return risk if at_least(risk.level, "moderate") and risk.score >= least else None


def _sentence(one: Ruled) -> str:
    """The sentence that the rules' evidence stands in; empty where that is the whole message."""
    typed = one.told.text
    if not one.reading.risk.evidence:
        return ""
    first = one.reading.risk.evidence[0]
    begin = max(typed.rfind(mark, 0, first.start) for mark in _ENDS) + 1
    ends = [at for mark in _ENDS if (at := typed.find(mark, first.end)) >= 0]
    sentence = typed[begin : min(ends, default=len(typed))].strip()
    return plain_view(sentence) if 0 < len(sentence) < len(typed.strip(_ENDS)) else ""


def _joined(model: Learned, one: Ruled, sketch: Sketch) -> Risk:
    both = partial(
        joined,
        one.reading.risk,
        model.risk(sketch),
        model.joining(sketch),
        one.reading.language,
        asked=asked_about_danger(sketch.extra),
        few_words=size(one.plain.text) <= _FEW,
        evidence=partial(model.evidence, one.plain),
    )
    risk = both()
    if len(one.told.history) < _A_TALK or rank(risk.level) <= rank(one.reading.risk.level):
        return risk
    # Looked up only now, for it reads the talk again: once danger is what the talk is about, half
    # sentences may well be about it.
    surer = risk if danger_before(one.told.history) else both(talking=True)
    alone = not at_least(one.reading.risk.level, "moderate")
    return _not_now(surer) if alone else surer


def _not_now(risk: Risk) -> Risk:
    """In the middle of a talk the heads alone never say that it is now: "high" asks whether it is,
    and the answer is heard (protect/telling.py)."""
    if risk.level != "imminent":
        return risk
    levels: dict[Kind, Level] = {
        kind: "high" if level == "imminent" else level for kind, level in risk.levels.items()
    }
    return replace(risk, level="high", levels=levels)


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
    few = _BARE_IN_TALK if len(one.told.history) >= _A_TALK else _BARE
    return size(one.plain.text.strip()) <= few and not asked_about_danger(sketch.extra)


def _together(
    named: Sequence[FeelingRead], heard: Sequence[FeelingRead]
) -> tuple[FeelingRead, ...]:
    """Feelings the person named come first, for they are certain; then what the heads hear."""
    told = {read.label for read in named if read.label != "neutral"}
    further = [read for read in heard if read.label not in told]
    if told:
        further = [read for read in further if read.label != "neutral"]
    return (*named, *further)[:_MOST]
