"""Ways into a page of the journal, from content/<language>/journal.toml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from qingting.companion.person import Language
from qingting.companion.words.bank import read_toml


@cache
def prompts(language: Language) -> Mapping[str, str]:
    """By key, the prompt. Raises ContentError."""
    data = read_toml(resources.files("qingting.content") / language / "journal.toml")
    return dict(data["prompts"])
