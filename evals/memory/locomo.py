"""A public benchmark of very long conversations, LoCoMo (Maharana et al., ACL 2024), as far as it
asks for retrieval: which turns of the conversation hold the evidence of a question.

The data file (locomo10.json) is given as an argument and never copied. Every turn is one note here;
the patterns that find notes in messages play no part.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.memory.retrieval import Baseline, Found, places
from qingting.companion.recall.search import index_of
from qingting.companion.remember.item import Item, Source

_NOW = datetime(2024, 6, 1, tzinfo=UTC)


def report(path: Path) -> str:
    """Recall of evidence turns over every question that names some."""
    found = Found()
    for sample in json.loads(path.read_text(encoding="utf-8")):
        turns = _turns(sample["conversation"])
        place_of = {turn["dia_id"]: place for place, turn in enumerate(turns)}
        texts = [f"{turn['speaker']}: {turn['text']}" for turn in turns]
        index = index_of([_item(n, turn) for n, turn in enumerate(turns)])
        baseline = Baseline(texts)
        for question in sample["qa"]:
            wanted = {place_of[one] for one in question.get("evidence", ()) if one in place_of}
            if wanted:
                asked = question["question"]
                found.add(wanted, places(index, asked, _NOW), baseline.places(asked))
    return found.told("LoCoMo")


def _turns(conversation: dict[str, Any]) -> list[dict[str, str]]:
    sessions = sorted(
        (name for name in conversation if name.startswith("session_") and name[8:].isdigit()),
        key=lambda name: int(name[8:]),
    )
    return [turn for name in sessions for turn in conversation[name]]


def _item(number: int, turn: dict[str, str]) -> Item:
    return Item(
        id=f"{number:032x}",
        kind="person",
        about=turn["speaker"],
        says=turn["text"],
        quote="",
        language="en",
        sources=(Source(turn["dia_id"], 0, 0, _NOW),),
    )
