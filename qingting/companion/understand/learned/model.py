"""The trained half of understanding, behind one object.

    from training import learned
    model = learned.load()              # None where numpy or the arrays are missing
    sketch = model.sketch(Asked(plain, history))   # one pass over letters and vector
    model.feelings(sketch), model.risk(sketch, "zh")

It knows runs of letters and sentence vectors, not people: a probability here is never a reason to
do less than the rules ask. Without the encoder everything still answers, by letters alone and
with thresholds of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from qingting.companion.person import Language
from qingting.companion.understand.clean import Clean
from qingting.companion.understand.history import Heard
from qingting.companion.understand.reading import (
    FEELINGS,
    KINDS,
    FeelingRead,
    Level,
    Subject,
)
from training.learned.arrays import Arrays, Head
from training.learned.embedder import MOST_LETTERS, Usem3, Vectors
from training.learned.extras import extra
from training.learned.labels import LabelSet
from training.learned.reads import RiskRead, TrapRead
from training.learned.scoring import (
    Sketch,
    letter_scores,
    probabilities,
    sketched,
)
from training.learned.traps import traps
from training.learned.views import plain_view
from training.learned.windows import pieces, window

# "low" is the same probability as "moderate", asked for less of it: worth a gentle question.
_GRADES: Final[tuple[Level, ...]] = ("low", "moderate", "high", "imminent")
# Several heads of the public sets may say the same; more than this many is noise.
_MOST_FEELINGS: Final = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """One message to be read: its plain view (views.plain_view) and the turns before it, oldest
    first."""

    plain: str
    history: Sequence[Heard] = ()


class Learned:
    """The trained heads with or without an encoder. Safe to share between threads.

    arrays: from arrays.shipped(). embedder: None reads by letters alone.
    """

    def __init__(self, arrays: Arrays, embedder: Usem3 | None) -> None:
        self._arrays = arrays
        # Heads were trained on the vectors of one encoder and mean nothing with another.
        fits = embedder is not None and embedder.model_id == arrays.encoder
        self._embedder = embedder if fits else None

    @property
    def has_encoder(self) -> bool:
        """True when sentence vectors are used."""
        return self._embedder is not None

    def sketch(self, asked: Asked) -> Sketch:
        """One message prepared for every head."""
        return self.sketches([asked])[0]

    def sketches(self, asked: Sequence[Asked]) -> list[Sketch]:
        """Several messages prepared together: the encoder is several times faster that way."""
        looked_at = [self._window(one.plain) for one in asked]
        vectors = None if self._embedder is None else self._embedder.vectors(looked_at)
        extras = np.stack(
            [extra(seen, one.history) for seen, one in zip(looked_at, asked, strict=True)]
        )
        return sketched(self._arrays, looked_at, vectors, extras)

    def vector(self, text: str) -> Vectors | None:
        """The sentence vector of a message, of its most telling part when it is long; None
        without an encoder or without a letter in the text. A sketch carries it already."""
        if self._embedder is None:
            return None
        found = self._embedder.vectors([self._window(plain_view(text))])[0]
        return found if found.any() else None

    def _window(self, plain: str) -> str:
        """The part worth encoding: where the risk head, by letters, sees most."""
        if len(plain) <= MOST_LETTERS:
            return plain
        ranges = pieces(plain)
        scores = letter_scores(self._arrays, [plain[begin:end] for begin, end in ranges])
        telling = scores[:, self._arrays.heads["risk"].columns.start]
        return window(plain, ranges, telling.tolist())

    def feelings(self, sketch: Sketch) -> tuple[FeelingRead, ...]:
        """Our feelings that pass their threshold, the strongest first, at most four. "neutral"
        only when nothing else was heard."""
        told = self._passing("feelings", sketch)
        warm = [(label, strength) for label, strength in told if label != "neutral"]
        return tuple(
            FeelingRead(label, round(strength, 2))
            for label, strength in (warm or told)[:_MOST_FEELINGS]
            if label in FEELINGS
        )

    def labels(
        self, sketch: Sketch, label_set: LabelSet, language: Language
    ) -> list[tuple[str, float]]:
        """(label, strength) in one of the label sets, the strongest first; BRIGHTER differs by
        language. Strengths are 0.3 at the threshold and 1 at certainty."""
        if label_set == "brighter":
            return self._passing(f"brighter_{language}", sketch)
        return self._passing("feelings" if label_set == "qingting" else label_set, sketch)

    def _passing(self, name: str, sketch: Sketch) -> list[tuple[str, float]]:
        head = self._arrays.heads[name]
        sure = probabilities(head, sketch)
        at = head.thresholds[sketch.mode]
        strength = 0.3 + 0.7 * (sure - at) / np.maximum(1.0 - at, 1e-6)
        found = [
            (head.labels[place], float(strength[place])) for place in np.flatnonzero(sure >= at)
        ]
        return sorted(found, key=lambda pair: -pair[1])

    def risk(self, sketch: Sketch, language: Language) -> RiskRead:
        """The heads' view of the danger. language: chooses the thresholds."""
        grades = probabilities(self._arrays.heads["risk"], sketch)
        at: Sequence[float] = self._arrays.notes["risk"][sketch.mode][language]
        # A graver level is never likelier than the one below it.
        some = float(grades[0])
        grave = min(some, float(grades[1]))
        now = min(grave, float(grades[2]))
        level: Level = "none"
        for grade, probability, least in zip(_GRADES, (some, some, grave, now), at, strict=True):
            if probability < least:
                break
            level = grade
        other = float(grades[3])
        subject: Subject = "other" if other >= 0.5 else "self"
        kinds = probabilities(self._arrays.heads["kinds"], sketch)
        return RiskRead(
            calm=1.0 - some,
            moderate=some - grave,
            high=grave - now,
            imminent=now,
            level=level,
            subject=subject,
            other=other,
            kinds=dict(zip(KINDS, map(float, kinds), strict=True)),
        )

    def distortions(self, sketch: Sketch, view: Clean) -> tuple[TrapRead, ...]:
        """Thinking traps with their words. view: the Clean whose text is the sketch's plain."""
        return traps(self._arrays, sketch, view)

    def head(self, name: str) -> Head:
        """One head by name, for evaluations. Raises KeyError for one that is not shipped."""
        return self._arrays.heads[name]
