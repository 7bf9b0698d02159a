"""Whether two scores of the same questionnaire differ by more than chance would have it (reliable
change, Jacobson & Truax 1991); what nobody has set a measure for is not judged."""

from __future__ import annotations

from typing import Final, Literal

from qingting.companion.instruments.instrument import Answers, Instrument
from qingting.companion.instruments.scoring import score

Change = Literal["better", "worse", "no_clear_change", "too_soon", "unknown"]
# The measure of change was found with the rights holder's words; others may weigh differently.
_KNOWN_WORDS: Final = ("official", "operator")


def change(instrument: Instrument, before: Answers, after: Answers) -> Change:
    """What became of it from `before` to `after`.

    unknown: no measure of change is set, one of them has no score, they were answered in different
    languages or in words that nobody compared with the original, or belong to another
    questionnaire. too_soon: less than `apart` days lie between. Otherwise a difference of `change`
    or more is better or worse, and anything less is no clear change.
    """
    words = instrument.wordings.get(after.language)
    if (
        instrument.change is None
        or {before.instrument, after.instrument} != {instrument.key}
        or before.language != after.language
        or words is None
        or words.status not in _KNOWN_WORDS
    ):
        return "unknown"
    first, last = (score(instrument, one.values).value for one in (before, after))
    if first is None or last is None:
        return "unknown"
    if (after.on - before.on).days < instrument.apart:
        return "too_soon"
    worse_by = last - first if instrument.higher_is_worse else first - last
    if abs(worse_by) < instrument.change:
        return "no_clear_change"
    return "worse" if worse_by > 0 else "better"
