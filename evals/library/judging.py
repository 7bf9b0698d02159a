"""Sheets for readers: a situation, and the title and lead of what was handed over in it. They see
neither what was expected nor which part a situation is of."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from evals.library.situations import LANGUAGES, Outcome
from qingting.companion.library.shelf import articles

_ANSWER: Final = re.compile(r"^## (\w+)$.*?^Answer: *(\w*)", re.MULTILINE | re.DOTALL)
_HOW: Final = """# Does it fit?

Somebody wrote these messages, one after the other, to a companion that listens. After the message
marked with an arrow it handed over an article. Imagine being the person, at that moment. Write
`yes` behind "Answer:" where you would be glad of just this article or would at least not mind it,
`no` where it misses what you said, comes too early, or hurts. Nothing else.
"""


def write(outcomes: Sequence[Outcome], folder: Path) -> str:
    """One sheet a language, in an order drawn once."""
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for language in LANGUAGES:
        given = [one for one in outcomes if one.situation.language == language and one.given]
        random.Random(f"library-{language}").shuffle(given)  # an order, no secret
        sheet = [_HOW, *map(_entry, given)]
        (folder / f"{language}.md").write_text("\n".join(sheet), encoding="utf-8")
        written += len(given)
    return f"{written} situations in {folder}"


def score(folder: Path) -> str:
    """How many of the answered situations fit."""
    lines = []
    for sheet in sorted(folder.glob("*.md")):
        answers = _ANSWER.findall(sheet.read_text(encoding="utf-8"))
        said = [answer.lower() for _, answer in answers if answer]
        misses = [name for name, answer in answers if answer.lower() == "no"]
        lines.append(
            f"{sheet.stem}: fits {said.count('yes')} of {len(said)} answered,"
            f" {len(answers) - len(said)} left open; misses: {', '.join(misses) or 'none'}"
        )
    return "\n".join(lines)


def _entry(one: Outcome) -> str:
    situation = one.situation
    after = dict(one.given)
    lines = [f"## {situation.id}", ""]
    for number, text in enumerate(situation.messages, 1):
        lines.append(f"- {text}")
        if number not in after:
            continue
        article = articles(situation.language).get(after[number])
        told = f"{article.title}: {article.lead}" if article else "(the list of all articles)"
        lines.append(f"  → {told}")
    return "\n".join([*lines, "", "Answer: ", ""])
