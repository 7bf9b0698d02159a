"""The ways of reading that are compared: rules alone, with the heads, with the encoder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from qingting.companion.understand import Reading, understand
from qingting.companion.understand import risk as rules
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.history import Heard, Speaker
from qingting.companion.understand.language import language_of
from qingting.companion.understand.normalise import views
from qingting.companion.understand.reading import Risk
from training import learned
from training.learned.join import joined
from training.learned.model import Asked
from training.sources import Line

RiskReader = Callable[[Line], Risk]


def heard(line: Line) -> list[Heard]:
    """The turns before a line."""
    return [Heard(cast("Speaker", speaker), said) for speaker, said in line.history]


def by_rules(line: Line) -> Risk:
    """The rules alone."""
    return rules.read(views(cleaned(line.text)), heard(line))


def shipped(line: Line) -> Risk:
    """The risk that understand() gives, whatever it is made of."""
    return whole(line).risk


def whole(line: Line) -> Reading:
    """All that understand() gives."""
    return understand(line.text, heard(line))


def with_heads(*, encoder: bool) -> RiskReader | None:
    """Rules and heads together; None where the heads cannot be loaded."""
    model = learned.load(encoder=encoder)
    if model is None or (encoder and not model.has_encoder):
        return None

    def read(line: Line) -> Risk:
        clean = cleaned(line.text)
        seen = views(clean)
        said = rules.read(seen, heard(line))
        sketch = model.sketch(Asked(seen[-1].text, heard(line)))
        return joined(said, model.risk(sketch, language_of(clean, "zh")))

    return read


def readers() -> Sequence[tuple[str, RiskReader]]:
    """Every way of reading that works here, by name."""
    found: list[tuple[str, RiskReader]] = [("rules", by_rules)]
    for name, encoder in (("rules + letters", False), ("rules + letters + vector", True)):
        reader = with_heads(encoder=encoder)
        if reader is not None:
            found.append((name, reader))
    return [*found, ("understand()", shipped)]
