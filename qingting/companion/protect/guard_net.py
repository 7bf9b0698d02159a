"""The small network of the reply guard, read with numpy: how likely a sentence would do harm.

Runs of one to four word pieces are looked for, as letters would be, but by their meaning: each
piece stands as its row of the sentence encoder's table, so that words never seen in training are
read by their neighbours. The person's words are read beside the sentence, because "you're right"
is harmful or not by what it answers; of those the meaning is known as well, encoded once a turn.
What the whole sentence means (guard_meaning.py) and what it does to what it answers (guard_pair.py)
are read beside it. Trained by training/guard.py.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from qingting.companion.protect.guard_meaning import PREFIX, GuardMeaning
from qingting.companion.protect.guard_pair import PREFIX as PAIR
from qingting.companion.protect.guard_pair import GuardPair
from qingting.companion.understand import learned
from qingting.companion.understand.learned.encoder import NoEncoder, opened, pieces_of
from qingting.companion.understand.learned.model import Asked
from qingting.companion.understand.learned.views import plain_view

Floats = NDArray[np.float32]

NAME: Final = "guard"
FORMAT: Final = 5
WIDTHS: Final = (1, 2, 3, 4)
USER_WIDTHS: Final = (1, 2, 3)
# Pieces of a sentence, and the last ones of what the person said.
MOST_PIECES: Final = 48
# Brings unit vectors of 512 numbers to the size of what else comes in.
SPREAD: Final = 22.6


class GuardNetError(ValueError):
    """The shipped numbers of the guard cannot be used."""


@dataclass(frozen=True, slots=True)
class Harm:
    """What the network thinks of a sentence. logit: log odds of harm. category: the likeliest."""

    logit: float
    category: str


class GuardNet:
    """Reads sentences. arrays: the trained matrices as they are kept. notes: what the JSON beside
    them says: the names of the last columns, what each reader counts."""

    def __init__(self, arrays: Mapping[str, Any], notes: Mapping[str, Any]) -> None:
        parts = {
            name: np.asarray(part, np.float32)
            for name, part in arrays.items()
            if not name.startswith(PAIR)
        }
        self._parts = parts
        self._shipped = opened()
        self._meaning = GuardMeaning(
            {
                name.removeprefix(PREFIX): part
                for name, part in parts.items()
                if name.startswith(PREFIX)
            }
        )
        self._pair = GuardPair(arrays)
        self.notes = notes
        self._categories: tuple[str, ...] = tuple(notes["categories"])
        self._heard = lru_cache(maxsize=1)(self._user)

    def read(self, sentence: str, user: str) -> Harm:
        """How harmful a sentence is after those words. Texts as the rules see them: small letters,
        simplified."""
        part = self._parts
        said = self._pooled(sentence, "sentence", WIDTHS)
        heard, heard_bears = self._heard(user)
        bearing = np.tanh(said @ part["said_bears_W"] + part["said_bears_b"]) * heard_bears
        found = np.concatenate([said, heard, bearing])
        hidden = np.maximum(found @ part["hidden_W"] + part["hidden_b"], 0)
        out = hidden @ part["out_W"] + part["out_b"]
        # A sentence that answers nothing is no pair: short plain ones look like harm in it.
        pair = self.notes["pair" if user else "pair_alone"]
        for counts, reader in ((self.notes["meaning"], self._meaning), (pair, self._pair)):
            beside = reader.logits(sentence, user)
            if beside is not None:
                out = out + counts * beside
        return Harm(float(out[0]), self._categories[int(np.argmax(out[1:]))])

    def _user(self, user: str) -> tuple[Floats, Floats]:
        """What the person said, and how it bears on any sentence."""
        part = self._parts
        vector = meant(user)
        spread = np.zeros(part["meant_W"].shape[0], np.float32) if vector is None else vector
        of_meaning = np.maximum(spread * SPREAD @ part["meant_W"] + part["meant_b"], 0)
        heard = np.concatenate([self._pooled(user, "user", USER_WIDTHS), of_meaning])
        bears: Floats = np.tanh(heard @ part["heard_bears_W"] + part["heard_bears_b"])
        return heard, bears

    def _pooled(self, text: str, whose: str, widths: tuple[int, ...]) -> Floats:
        """The strongest answer of every unit, over all places of the text."""
        size = sum(self._parts[f"{whose}_b{width}"].shape[0] for width in widths)
        pieces = pieces_of(text).message if text else []
        if not pieces:
            return np.zeros(size, np.float32)
        rows = self._rows(np.asarray(pieces, np.int64)[-MOST_PIECES:])
        return np.concatenate([self._strongest(rows, whose, width) for width in widths])

    def _rows(self, pieces: NDArray[np.int64]) -> Floats:
        shipped = self._shipped
        chunk = pieces % len(shipped.scale)
        raw = shipped.table[pieces].astype(np.float32)
        raw *= shipped.scale[chunk, None]
        raw += shipped.low[chunk, None]
        rows: Floats = np.maximum(raw @ self._parts["inner_W"] + self._parts["inner_b"], 0)
        return rows

    def _strongest(self, rows: Floats, whose: str, width: int) -> Floats:
        count, units = rows.shape
        left = width // 2
        padded = np.zeros((count + width - 1, units), np.float32)
        padded[left : left + count] = rows
        runs = np.lib.stride_tricks.sliding_window_view(padded, width, axis=0)
        flat = runs.transpose(0, 2, 1).reshape(count, width * units)
        found = flat @ self._parts[f"{whose}_W{width}"] + self._parts[f"{whose}_b{width}"]
        strongest: Floats = np.maximum(found.max(0), 0)
        return strongest


def meant(user: str) -> Floats | None:
    """The sentence vector of what the person said; None without an encoder or without a letter."""
    model = learned.load() if user else None
    return model.sketch(Asked(plain_view(user))).vector if model is not None else None


@lru_cache(maxsize=1)
def load() -> GuardNet | None:
    """The shipped network; None where it or the table of pieces is missing: the rules then judge
    alone."""
    try:
        return read(resources.files("qingting.content") / "models")
    except (GuardNetError, NoEncoder):
        return None


def read(folder: Traversable) -> GuardNet:
    """The network of a folder. Raises GuardNetError, NoEncoder."""
    try:
        content = (folder / f"{NAME}.npz").read_bytes()
        described = json.loads((folder / f"{NAME}.json").read_bytes())
        if described["format"] != FORMAT:
            raise GuardNetError(f"format {described['format']!r}, this version reads {FORMAT}")
        if hashlib.sha256(content).hexdigest() != described["sha256"]:
            raise GuardNetError(f"{NAME}.npz is not the file that {NAME}.json describes")
        with np.load(io.BytesIO(content), allow_pickle=False) as parts:
            packed = {name: parts[name] for name in parts.files}
        return GuardNet(packed, described["notes"])
    except (OSError, LookupError, TypeError, ValueError) as error:
        raise GuardNetError(f"no trained guard: {error!r}") from error
