"""One thing found in content, without words; findings.toml has the words by its code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from qingting.companion.person import Language

# error: it must not be used so. note: a person looks at it and decides.
Grade = Literal["error", "note"]
# The same in both languages, or one text for each.
Value = str | Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found where. file: relative to the content folder. line: from 1. values: what fills
    the gaps of its words."""

    code: str
    file: str
    line: int
    values: Mapping[str, Value] = field(default_factory=dict)
