"""What the rules alone understand of a message, with the views it was read in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qingting.companion.person import Language
from qingting.companion.understand import risk
from qingting.companion.understand.clean import Clean, cleaned
from qingting.companion.understand.feelings import feelings_of
from qingting.companion.understand.history import Heard
from qingting.companion.understand.language import language_of
from qingting.companion.understand.learned.views import read_view
from qingting.companion.understand.needs import need_of, refused
from qingting.companion.understand.normalise import views
from qingting.companion.understand.reading import Reading
from qingting.companion.understand.tone import tone
from qingting.companion.understand.topics import topics_of


@dataclass(frozen=True, slots=True)
class Told:
    """A message to be understood. history: the turns before it, oldest first."""

    text: str
    history: Sequence[Heard] = ()


@dataclass(frozen=True, slots=True)
class Ruled:
    """A message and its reading by rules. plain: the view that trained heads look at."""

    told: Told
    plain: Clean
    reading: Reading


def by_rules(told: Told, default_language: Language) -> Ruled:
    """The reading of a message by rules alone."""
    clean = cleaned(told.text)
    seen = views(clean)
    language = language_of(clean, default_language)
    feelings = feelings_of(clean)
    valence, arousal = tone(feelings)
    reading = Reading(
        language=language,
        feelings=feelings,
        valence=valence,
        arousal=arousal,
        risk=risk.read(seen, told.history),
        topics=topics_of(clean, told.text, language),
        need=need_of(clean),
        refused=refused(clean),
    )
    return Ruled(told, read_view(clean, seen), reading)
