"""The data as they lie on disk: public sets (never copied here) and our own authored lines."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, Final

_TURNS_BEFORE: Final = 4
DAYS: Final = "authored_days"
MOMENTS: Final = "moments"
# Shelves of moments that are danger, or may be.
_GRAVE_SHELVES: Final = ("danger_", "thread_", "asked_body", "advice_")
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


def days() -> list[Line]:
    """Ordinary talk in our own pieces: those for what is worth remembering, and how people tell of
    the moments we know and of others (moments.txt). Nobody labelled them for danger one by one;
    what a reader flagged and a second pair of eyes would rather look into is left out
    (days_left_out.txt). Of every second piece the one before it is known, as in a talk."""
    found: list[Line] = []
    for folder in sorted(AUTHORED.glob("[ez][nh]")):
        left_out = set((folder / "days_left_out.txt").read_text(encoding="utf-8").splitlines())
        for path in sorted(folder.glob("memory_*.tsv")):
            pieces = [
                row.partition("\t")[0] for row in path.read_text(encoding="utf-8").splitlines()
            ]
            for number, text in enumerate(pieces):
                if text in left_out:
                    continue
                more: dict[str, Any] = {"pass": "days"}
                if number % 2:
                    more["history"] = [["person", pieces[number - 1]]]
                group = f"{folder.name}/{path.stem}:{number}"
                found.append(Line(text, folder.name, DAYS, group, None, more))
        found += [line for line in _moments(folder.name) if line.text not in left_out]
    return found


def _moments(language: str) -> list[Line]:
    shelves = resources.files("qingting.content") / language / "situations"
    found: list[Line] = []
    for shelf in sorted(shelves.iterdir(), key=lambda one: one.name):
        if shelf.name.startswith(_GRAVE_SHELVES) or not shelf.name.endswith(".toml"):
            continue
        told = tomllib.loads(shelf.read_text(encoding="utf-8")).get("situation", [])
        plain = [one for one in told if not one.get("grave")]
        lines = [line for one in plain for line in one.get("when", ()) if "{" not in line]
        found += [
            Line(line, language, MOMENTS, f"{language}/{shelf.name}:{n}", None)
            for n, line in enumerate(lines)
        ]
    more = (AUTHORED / language / "moments.txt").read_text(encoding="utf-8").splitlines()
    return [
        *found,
        *(
            Line(line, language, MOMENTS, f"{language}/moments:{n}", None)
            for n, line in enumerate(more)
        ),
    ]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
