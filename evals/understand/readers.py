"""The ways of reading that are compared: rules alone, with letters, with the network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from qingting.companion.understand import Heard, Reading, Told, learned, understand_all
from qingting.companion.understand.history import Speaker
from qingting.companion.understand.learned.beside import read_beside
from qingting.companion.understand.ruled import by_rules
from training.sources import Line

Reader = Callable[[Sequence[Line]], list[Reading]]
_AT_ONCE = 64


def told(line: Line) -> Told:
    """A line as the message it is."""
    history = [Heard(cast("Speaker", speaker), said) for speaker, said in line.history]
    return Told(line.text, history)


def rules(lines: Sequence[Line]) -> list[Reading]:
    """The rules alone."""
    return [by_rules(told(line), "zh").reading for line in lines]


def shipped(lines: Sequence[Line]) -> list[Reading]:
    """What understand() gives, whatever it is made of."""
    found: list[Reading] = []
    for first in range(0, len(lines), _AT_ONCE):
        found += understand_all([told(line) for line in lines[first : first + _AT_ONCE]])
    return found


def without_encoder(lines: Sequence[Line]) -> list[Reading]:
    """Rules and heads by letters alone."""
    model = learned.load(encoder=False)
    if model is None:
        raise RuntimeError("the trained arrays are not here: see training/README.md")
    return read_beside(model, [by_rules(told(line), "zh") for line in lines])


READERS: Sequence[tuple[str, Reader]] = (
    ("rules", rules),
    ("rules + letters", without_encoder),
    ("understand()", shipped),
)
