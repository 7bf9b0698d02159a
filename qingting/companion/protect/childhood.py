"""What is graver because of how young somebody is.

Sexual touching of a child is abuse whoever does it and whatever it is called (UN Convention on the
Rights of the Child, Art. 19 and 34; WHO 2003): under sixteen it is high as soon as it is told in
words that a rule reads. A guess of the trained heads is asked about first, as it is with anybody.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from qingting.companion.person import AgeBand
from qingting.companion.understand.reading import Risk, at_least, worst

_CHILD: Final[frozenset[AgeBand]] = frozenset({"under_14", "14_15"})


def weighed_for_a_child(risk: Risk, age: AgeBand) -> Risk:
    """The danger as it weighs for somebody of this age."""
    told = risk.levels.get("sexual_violence", "none")
    if age not in _CHILD or risk.guessed or risk.subject != "self":
        return risk
    if not at_least(told, "moderate") or at_least(told, "high"):
        return risk
    levels = {**risk.levels, "sexual_violence": "high"}
    return replace(risk, levels=levels, level=worst(*levels.values()))
