"""The data as they lie on disk: public sets (never copied here) and our own authored lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

_TURNS_BEFORE: Final = 4
AUTHORED: Final = Path(__file__).parent / "authored"


class NoData(ValueError):
    """A data file that is needed is not where it was said to be."""


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled text. source: the file's short name. group: lines of one origin share it and
    stay together in folds. label: as the source wrote it. more: the source's other fields."""

    text: str
    language: str
    source: str
    group: str
    label: Any
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def held(self) -> bool:
        """True for the authored pass that is never trained on."""
        return self.more.get("pass") == "h"

    @property
    def history(self) -> list[list[str]]:
        """The turns before, as [speaker, text]."""
        turns: list[list[str]] = self.more.get("history") or []
        return turns


def public(folder: Path, name: str, split: str = "train") -> list[Line]:
    """A public set by its short name, such as "emotion_goemotions_en". Raises NoData."""
    path = folder / f"{name}.{split}.jsonl"
    if not path.is_file():
        raise NoData(f"{path} is missing: see training/README.md for where the sets come from")
    language = "zh" if "_zh" in name else "en"
    return [
        Line(
            text=str(row["text"]),
            language=language,
            source=name,
            group=f"{name}:{row.get('dialogue') or number}",
            label=row.get("label"),
            more=row,
        )
        for number, row in enumerate(_rows(path))
    ]


def spoken(folder: Path, name: str) -> list[Line]:
    """What people say in a public set of dialogues, each turn with the turns before it. Raises
    NoData."""
    found: list[Line] = []
    for dialogue in public(folder, name):
        before: list[list[str]] = []
        for turn in dialogue.more.get("messages") or ():
            speaker = "person" if turn["role"] == "user" else "companion"
            if speaker == "person":
                more = {"history": before[-_TURNS_BEFORE:]}
                found.append(
                    Line(str(turn["content"]), dialogue.language, name, dialogue.group, None, more)
                )
            before = [*before, [speaker, str(turn["content"])]]
    return found


def authored(kind: str = "") -> list[Line]:
    """Our own lines, all files whose name begins with `kind` ("risk", "everyday", "traps",
    "feelings"); empty where none are written yet."""
    found: list[Line] = []
    for path in sorted(AUTHORED.glob(f"[ez][nh]/{kind}*.jsonl")):
        for number, row in enumerate(_rows(path)):
            found.append(
                Line(
                    text=str(row["text"]),
                    language=str(row.get("lang", path.parent.name)),
                    source=f"authored_{path.stem}",
                    group=f"{path.parent.name}/{path.stem}:{number}",
                    label=None,
                    more=row,
                )
            )
    return found


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
