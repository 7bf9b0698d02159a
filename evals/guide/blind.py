"""Blind side by side: which of two replies would you rather have had?

`draw` plays both bots through the scripts and writes a sheet for readers and, apart from it, the
key. A reader writes one JSON line an exchange: {"id": …, "choice": "A" | "B" | "same", "reason"?}.
`score` opens the key.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Literal

from evals.guide.bots import Answers, eliza, plain_model, qingting
from evals.guide.preference import Choice, report
from evals.guide.scripts import LANGUAGES, SCRIPTS, Script, load_all
from qingting.companion.person import Language

COUNT: Final = 30
# Turns 2 to 6: something was said before, and both are still fresh.
_TURNS: Final = range(1, 6)
_SHOWN_BEFORE: Final = 3
_SEED: Final = 1966


@dataclass(frozen=True, slots=True)
class Item:
    """One exchange on the sheet. before: what the person said before, without the replies."""

    id: str
    language: Language
    before: tuple[str, ...]
    message: str
    A: str
    B: str


@dataclass(frozen=True, slots=True)
class Key:
    """What a reader must not see. ours: which reply is Qingting's."""

    id: str
    language: Language
    ours: Literal["A", "B"]
    other: str
    script: str
    turn: int


def draw(
    scripts: Sequence[Script], other: Answers, name: str, *, count: int = COUNT, seed: int = _SEED
) -> list[tuple[Item, Key]]:
    """Up to `count` exchanges a language, one a script, in random order with the sides drawn.
    The same scripts and seed give the same sheet. other: who Qingting is compared with."""
    drawn = []
    for language in LANGUAGES:
        rng = random.Random(f"{seed}/{language}")
        mine = [one for one in scripts if one.language == language and len(one.turns) > _TURNS[0]]
        chosen = rng.sample(mine, min(count, len(mine)))
        for number, script in enumerate(chosen, start=1):
            index = rng.choice([i for i in _TURNS if i < len(script.turns)])
            ours: Literal["A", "B"] = rng.choice(("A", "B"))
            identity = f"{language}{number:02d}"
            # Both bots were given the conversation from its start.
            replies = qingting(script)[index], other(script)[index]
            first, second = replies if ours == "A" else replies[::-1]
            said = [turn.say for turn in script.turns]
            before = tuple(said[max(0, index - _SHOWN_BEFORE) : index])
            drawn.append(
                (
                    Item(identity, language, before, said[index], first, second),
                    Key(identity, language, ours, name, script.name, index + 1),
                )
            )
    return drawn


def write(drawn: Sequence[tuple[Item, Key]], sheet: Path, key: Path) -> None:
    """The sheet and the key as JSON lines."""
    for path, rows in ((sheet, [item for item, _ in drawn]), (key, [kept for _, kept in drawn])):
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = (json.dumps(asdict(row), ensure_ascii=False) for row in rows)
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def read_key(path: Path) -> dict[str, Key]:
    """The key by id. Raises ValueError or TypeError when it is none."""
    return {row["id"]: Key(**row) for row in _rows(path)}


def read_choices(path: Path, ids: Iterable[str]) -> dict[str, Choice]:
    """A reader's choices by id. Raises ValueError for an unknown id, one told twice, or another
    word than A, B or same; exchanges may be left out."""
    known = set(ids)
    choices: dict[str, Choice] = {}
    for row in _rows(path):
        identity, choice = row.get("id"), row.get("choice")
        if identity not in known or identity in choices:
            raise ValueError(f"{path}: {identity!r} is unknown or stands there twice")
        if choice not in ("A", "B", "same"):
            raise ValueError(f"{path}: {identity}: choice is {choice!r}, not A, B or same")
        choices[identity] = choice
    return choices


def _rows(path: Path) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m evals.guide.blind", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw", help="write a sheet and its key")
    drawing.add_argument("--scripts", type=Path, default=SCRIPTS)
    drawing.add_argument("--to", type=Path, required=True, help="folder for the sheet")
    drawing.add_argument("--key", type=Path, help="file of the key; default: TO_key/NAME.jsonl")
    drawing.add_argument("--count", type=int, default=COUNT, help="exchanges a language")
    drawing.add_argument("--seed", type=int, default=_SEED)
    drawing.add_argument("--model-url", help="OpenAI-compatible server instead of ELIZA; English")
    drawing.add_argument("--model-name", default="model")
    scoring = commands.add_parser("score", help="open the key")
    scoring.add_argument("--key", type=Path, required=True)
    scoring.add_argument("answers", type=Path, nargs="+", help="one file a reader")
    given = parser.parse_args()
    if given.command == "draw":
        _draw(given)
    else:
        _score(given)


def _draw(given: argparse.Namespace) -> None:
    other: Answers = eliza
    name = "eliza"
    if given.model_url:
        other, name = plain_model(given.model_url, given.model_name), "model"
    scripts = load_all(given.scripts, "en" if given.model_url else None)
    drawn = draw(scripts, other, name, count=given.count, seed=given.seed)
    sheet = given.to / f"{name}.jsonl"
    key = given.key or given.to.with_name(f"{given.to.name}_key") / f"{name}.jsonl"
    write(drawn, sheet, key)
    print(f"{len(drawn)} exchanges: sheet {sheet}, key {key}")


def _score(given: argparse.Namespace) -> None:
    key = read_key(given.key)
    readers = {path.stem: read_choices(path, key) for path in given.answers}
    for language in LANGUAGES:
        ours = {one.id: one.ours for one in key.values() if one.language == language}
        if ours:
            print(report(language, ours, readers))


if __name__ == "__main__":
    main()
