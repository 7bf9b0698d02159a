"""The trained half of understanding, behind one object.

    from qingting.companion.understand import learned
    model = learned.load()              # None where numpy or the arrays are missing
    sketch = model.sketch(Asked(plain, history))   # one pass over letters and vector
    model.feelings(sketch), model.risk(sketch, "zh")

It knows runs of letters and word pieces, not people: a probability here is never a reason to
do less than the rules ask. Without the encoder everything still answers, by letters alone and
with thresholds of its own.

Danger is read by two models trained at different times on different talk: where one of them takes
ordinary words for danger the other seldom does, so the mean of both is wrong less often than either
(training/cards/risk.md). Everything else is the first one's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from qingting.companion.person import Language
from qingting.companion.understand.clean import Clean
from qingting.companion.understand.history import Heard
from qingting.companion.understand.learned.arrays import Arrays, Floats, Head
from qingting.companion.understand.learned.before import before
from qingting.companion.understand.learned.distortions import clause_scores, distortions
from qingting.companion.understand.learned.embedder import meaningful
from qingting.companion.understand.learned.extras import extra
from qingting.companion.understand.learned.join import Joining
from qingting.companion.understand.learned.labels import LabelSet
from qingting.companion.understand.learned.reads import RiskRead
from qingting.companion.understand.learned.scoring import (
    Network,
    Sketch,
    letter_scores,
    logits,
    probabilities,
)
from qingting.companion.understand.learned.windows import ALONE, fits, pieces, window
from qingting.companion.understand.reading import (
    FEELINGS,
    KINDS,
    DistortionRead,
    FeelingRead,
    Span,
)

# Several heads of the public sets may say the same; more than this many is noise.
_MOST_FEELINGS: Final = 4
# By letters, of a piece of a long text. Of 62 grave pieces of the development passes that the
# whole network was sure of, two stood below it.
_WORTH_A_LOOK: Final = 2.4


def _either(
    found: tuple[Floats, Floats] | None, letters: Floats
) -> tuple[Floats | None, Floats, Floats | None]:
    """(vector, letters, network), the outer two None where nothing was encoded."""
    return (None, letters, None) if found is None else (found[0], letters, found[1])


@dataclass(frozen=True, slots=True)
class Asked:
    """One message to be read: its plain view (views.plain_view) and the turns before it, oldest
    first."""

    plain: str
    history: Sequence[Heard] = ()


class Learned:
    """The trained heads with or without the network. Safe to share between threads.

    arrays: from arrays.shipped(). network: None reads by letters alone. second: a model that reads
    danger beside this one, with a network.
    """

    def __init__(
        self, arrays: Arrays, network: Network | None, second: Learned | None = None
    ) -> None:
        self._arrays = arrays
        self._network = network
        self._second = second
        self._joining = {mode: Joining.of(note) for mode, note in arrays.notes["risk"].items()}

    @property
    def has_encoder(self) -> bool:
        """True when sentence vectors are used."""
        return self._network is not None

    def sketch(self, asked: Asked) -> Sketch:
        """One message prepared for every head."""
        return self.sketches([asked])[0]

    def sketches(self, asked: Sequence[Asked]) -> list[Sketch]:
        """Several messages prepared together: the network is several times faster that way."""
        texts = [self._window(one.plain) for one in asked]
        extras = np.stack(
            [extra(text, one.history) for text, one in zip(texts, asked, strict=True)]
        )
        letters = letter_scores(self._arrays, texts)
        found: dict[int, tuple[Floats, Floats]] = {}
        said = [row for row, text in enumerate(texts) if meaningful(text)]
        if self._network is not None and said:
            vectors, scores = self._network.read(
                [texts[row] for row in said],
                [before(texts[row], asked[row].history) for row in said],
                extras[said],
            )
            found = dict(zip(said, zip(vectors, scores, strict=True), strict=True))
        sketches = [
            Sketch(text, *_either(found.get(row), letters[row]), extras[row])
            for row, text in enumerate(texts)
        ]
        return self._with_second(asked, sketches)

    def _with_second(self, asked: Sequence[Asked], sketches: list[Sketch]) -> list[Sketch]:
        """The sketches, each with the second model's; a message that has no vector has none."""
        if self._second is None or self._network is None:
            return sketches
        others = self._second.sketches(asked)
        return [
            one if one.network is None or other.network is None else replace(one, second=other)
            for one, other in zip(sketches, others, strict=True)
        ]

    def _window(self, plain: str) -> str:
        """The part worth encoding: where the risk head, by letters, sees most."""
        if fits(plain):
            return plain
        ranges = pieces(plain)
        return window(plain, ranges, self._telling(plain, ranges).tolist())

    def gravest(self, text: str) -> str:
        """The piece of a text, a clause or two, in which the risk head sees most by letters;
        empty where it sees too little in any to be worth a look, and without an encoder."""
        ranges = pieces(text, ALONE) if self._network is not None else []
        if not ranges:
            return ""
        telling = self._telling(text, ranges)
        best = int(telling.argmax())
        begin, end = ranges[best]
        return text[begin:end].strip() if telling[best] >= _WORTH_A_LOOK else ""

    def _telling(self, text: str, ranges: Sequence[tuple[int, int]]) -> Floats:
        scores = letter_scores(self._arrays, [text[begin:end] for begin, end in ranges])
        telling: Floats = scores[:, self._arrays.heads["risk"].columns.start]
        return telling

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

    def risk(self, sketch: Sketch) -> RiskRead:
        """The heads' view of the danger."""
        head = self._arrays.heads["risk"]
        some, grave, now, other = logits(head, sketch)
        kinds = probabilities(self._arrays.heads["kinds"], sketch)
        read = RiskRead(
            grades=(float(some), float(grave), float(now)),
            other=float(1.0 / (1.0 + np.exp(-other))),
            kinds=dict(zip(KINDS, map(float, kinds), strict=True)),
        )
        if self._second is None or sketch.second is None:
            return read
        return read.mean(self._second.risk(sketch.second))

    def joining(self, sketch: Sketch) -> Joining:
        """How the rules and these heads are joined."""
        return self._joining[sketch.risk_mode]

    def evidence(self, view: Clean) -> tuple[Span, ...]:
        """The clause of a message whose letters look gravest: what a raised level points at.
        view: the Clean whose text is the message's plain view."""
        if not view.text:
            return ()
        ranges, scores = clause_scores(self._arrays, view.text)
        begin, end = ranges[int(scores[:, self._arrays.heads["risk"].columns.start].argmax())]
        return (view.span(begin, end),)

    def distortions(self, sketch: Sketch, view: Clean) -> tuple[DistortionRead, ...]:
        """Thinking traps with their words. view: the Clean whose text is the sketch's plain."""
        return distortions(self._arrays, sketch, view)

    def head(self, name: str) -> Head:
        """One head by name, for evaluations. Raises KeyError for one that is not shipped."""
        return self._arrays.heads[name]
