"""Words of the notices that stand beside a reply, from content/<language>/notices.toml."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from qingting.companion.person import Language
from qingting.companion.words.bank import read_toml


@cache
def _notices(language: Language) -> dict[str, Any]:
    return read_toml(resources.files("qingting.content") / language / "notices.toml")


def notice_text(kind: str, language: Language, seed: str, turn: int) -> str:
    """A notice in words; which of its variants is fixed by the conversation and the turn."""
    variants: list[str] = _notices(language)[kind]["lines"]
    return variants[(sum(seed.encode()) + turn) % len(variants)]
