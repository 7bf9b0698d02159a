"""The exercises there are, read once from content/exercises. Every mistake is named by its file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

from qingting.companion.exercise.exercise import (
    GROUPS,
    SHELVES,
    STEP_KINDS,
    UNLESS,
    Exercise,
    Step,
)
from qingting.companion.person import Language
from qingting.companion.words.bank import ContentError, read_toml

_WHEN: Final = ("feelings", "topics", "traps", "needs")


@cache
def exercises() -> Mapping[str, Exercise]:
    """Every exercise by its id, in the order of their names. Raises ContentError."""
    folder = resources.files("qingting.content") / "exercises"
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".toml")]
    return {
        name: _exercise(name, read_toml(entry))
        for name, entry in sorted((entry.name.removesuffix(".toml"), entry) for entry in found)
    }


@cache
def titles(language: Language) -> Mapping[str, Mapping[str, str]]:
    """By exercise: its "title" and what its page says first, "page"."""
    folder = resources.files("qingting.content") / language / "exercises"
    return {
        name: {key: str(read_toml(folder / f"{name}.toml")[key]) for key in ("title", "page")}
        for name in exercises()
        if (folder / f"{name}.toml").is_file()
    }


def _exercise(name: str, data: Mapping[str, Any]) -> Exercise:
    when = data.get("when", {})
    unless = frozenset(data["not_when"])
    if data["group"] not in GROUPS or not unless <= set(UNLESS):
        raise ContentError(f"exercises/{name}.toml: group or not_when is not known")
    if data["shelf"] not in SHELVES:
        raise ContentError(f"exercises/{name}.toml: shelf is not known")
    return Exercise(
        id=name,
        group=data["group"],
        shelf=data["shelf"],
        minutes=int(data["minutes"]),
        mood=bool(data["mood"]),
        not_when=unless,
        after=str(data["after"]),
        when={key: frozenset(when.get(key, ())) for key in _WHEN},
        aroused=bool(when.get("aroused", False)),
        steps=tuple(_step(name, one) for one in data["step"]),
    )


def _step(name: str, data: Mapping[str, Any]) -> Step:
    kind = data["kind"]
    if kind not in STEP_KINDS:
        raise ContentError(f"exercises/{name}.toml: step {data['id']} is of no known kind")
    return Step(
        id=str(data["id"]),
        kind=kind,
        seconds=tuple(data.get("seconds", ())),
        rounds=int(data.get("rounds", 0)),
        least=int(data.get("least", 1)),
        most=int(data.get("most", 1)),
        instead={int(number): str(other) for number, other in data.get("instead", {}).items()},
        things=bool(data.get("things", False)),
    )
