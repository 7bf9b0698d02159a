"""The word lists of the checks (words.toml): words that say nothing, ways of advising."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final

from qingting.companion.person import Language

_DATA: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
)
ZH_FUNCTION: Final = frozenset(_DATA["zh_function"])
ZH_STOP: Final = frozenset(_DATA["zh_stop"].split())
EN_STOP: Final = frozenset(_DATA["en_stop"].split())
ZH_FILLER: Final = frozenset(_DATA["zh_filler"])
EN_FILLER: Final = frozenset(_DATA["en_filler"].split())


def _patterns(name: str) -> dict[Language, re.Pattern[str]]:
    return {
        language: re.compile("|".join(f"(?:{p})" for p in _DATA[name][language]), re.IGNORECASE)
        for language in ("zh", "en")
    }


ADVISING: Final = _patterns("advising")
OFFERING: Final = _patterns("offering")
FEELING: Final = _patterns("feeling")
WHY_ASKED: Final = _patterns("why_asked")
