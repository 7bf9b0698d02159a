"""The guard's reader of pairs, as it is trained. See companion/protect/guard_pair.py.

It starts from the encoder that reads danger, which knows how young people say things.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from qingting.companion.protect.guard_pair import EVENED, PREFIX, SPREAD, heard_pieces, said_pieces
from qingting.companion.understand.learned.arrays import Arrays, shipped
from qingting.companion.understand.learned.encoder import Pieces
from qingting.companion.understand.learned.further import TRUNK, nothing
from training import further
from training.further import Look, Recipe
from training.network import UNITS, Batch, batch, looked

PASSES: Final = 5
# Numbers each text is brought to by itself, those of how one bears on the other, those of how a
# piece stands beside what it bears on, and the last ones before the answer.
_ALIKE: Final = 192
_BEARING: Final = 128
_MATCHED: Final = 128
_HIDDEN: Final = 256
_AGREEING: Final = int(EVENED**2)
_WHOLE: Final = 512 + 2 * UNITS
# So many pieces are lost, in every second look.
_LOST: Final = 0.12
# So often a sentence that needs no context is looked at without it: callers may have none.
_UNHEARD: Final = 0.3
# What naming the kind of harm counts for beside telling harm from none.
_NAMING: Final = 0.3


@dataclass(frozen=True, slots=True)
class Answered:
    """A sentence after what the person said, by their plain texts. category: 0 for a fine one, else
    1 + its place among the categories. alone: it is what it is whatever the person said."""

    text: str
    user: str
    category: int
    alone: bool


class PairNetwork(nn.Module):
    """Column 0: harm or none. The others: kinds of harm. Scores are logits."""

    def __init__(self, columns: int, start: Arrays | None) -> None:
        super().__init__()
        self.base = further.started(columns, start)
        self.said, self.heard = nn.Linear(_WHOLE, _ALIKE), nn.Linear(_WHOLE, _ALIKE)
        self.said_bears = nn.Linear(_WHOLE, _BEARING)
        self.heard_bears = nn.Linear(_WHOLE, _BEARING)
        self.ask = nn.Linear(UNITS, _AGREEING, bias=False)
        self.offer = nn.Linear(UNITS, _AGREEING, bias=False)
        self.match = nn.Linear(4 * UNITS, _MATCHED)
        self.hidden = nn.Linear(2 * _ALIKE + _BEARING + _MATCHED, _HIDDEN)
        self.out = nn.Linear(_HIDDEN, columns)
        nn.init.constant_(self.out.bias, -2.0)
        self.drop, self.drop_hidden = nn.Dropout(0.25), nn.Dropout(0.4)

    def forward(self, some: Sequence[Look]) -> Tensor:
        """[looks, columns]."""
        count = len(some)
        there = torch.tensor([[float(bool(one.before))] for one in some])
        texts = [one.message or [0] for one in some] + [one.before or [0] for one in some]
        seen = batch([Pieces(text) for text in texts], nothing(2 * count))
        units, whole = self._read(seen)
        said, heard = whole[:count], whole[count:] * there
        found = [
            torch.relu(self.said(said)),
            torch.relu(self.heard(heard)) * there,
            torch.tanh(self.said_bears(said)) * torch.tanh(self.heard_bears(heard)) * there,
            self._matched(units, seen, there),
        ]
        hidden = torch.relu(self.hidden(self.drop(torch.cat(found, 1))))
        scores: Tensor = self.out(self.drop_hidden(hidden))
        return scores

    def _read(self, seen: Batch) -> tuple[Tensor, Tensor]:
        """(units, one row a piece; the whole of each text)."""
        base, count = self.base, len(seen.lengths)
        features = base.features(seen)
        units = base.drop(torch.relu(base.units(features)))
        sums = looked(units, base.looks(features), seen.owner, count)
        strongest = torch.zeros(count, UNITS).index_reduce(0, seen.owner, units, "amax")
        vectors = base.vector(features, seen, count) * SPREAD
        return units, self.drop(torch.cat([vectors, sums, strongest], 1))

    def _matched(self, units: Tensor, seen: Batch, there: Tensor) -> Tensor:
        half = len(there)
        said, said_there = _padded(units, seen.lengths, slice(0, half))
        heard, heard_there = _padded(units, seen.lengths, slice(half, 2 * half))
        agree = self.ask(said) @ self.offer(heard).transpose(1, 2) / EVENED
        shares = torch.softmax(agree.masked_fill(~heard_there[:, None], -1e4), 2)
        near = shares @ heard * there[:, None]
        beside = torch.cat([said, near, said * near, (said - near).abs()], 2)
        return (torch.relu(self.match(beside)) * said_there[..., None]).amax(1)


def _padded(units: Tensor, lengths: Tensor, which: slice) -> tuple[Tensor, Tensor]:
    """([texts, longest, UNITS], which of them are pieces) of some texts that lie in one run."""
    sizes = lengths.long()
    first = (torch.cumsum(sizes, 0) - sizes)[which, None]
    some = sizes[which, None]
    at = torch.arange(int(some.max()))[None]
    there = at < some
    return units[first + torch.minimum(at, some - 1)] * there[..., None], there


def trained(
    pairs: Sequence[Answered], categories: int, *, seed: int, passes: int = PASSES
) -> PairNetwork:
    """The network after so many passes over the pairs."""
    weights = np.full(categories + 1, _NAMING, np.float32)
    weights[0] = 1
    recipe = Recipe(passes, weights, seed=seed, start=shipped())
    looks = [look(pair, categories) for pair in pairs]
    alone = {id(one) for one, pair in zip(looks, pairs, strict=True) if pair.alone}

    def changed(one: Look, draw: random.Random) -> Look:
        before = () if id(one) in alone and draw.random() < _UNHEARD else one.before
        if draw.random() >= 0.5:
            return replace(one, before=before)
        kept = [piece for piece in before if draw.random() >= _LOST]
        return replace(one, message=further.lost(one.message, _LOST, draw), before=kept)

    torch.manual_seed(seed)
    network = PairNetwork(categories + 1, recipe.start)
    further.fit(network, network, looks, recipe, changed)
    return network


def look(pair: Answered, categories: int) -> Look:
    """A pair as the network sees it."""
    targets = np.zeros(categories + 1, np.float32)
    if pair.category:
        targets[[0, pair.category]] = 1
    return Look(said_pieces(pair.text), heard_pieces(pair.user), nothing(1)[0], targets)


def packed(network: PairNetwork) -> dict[str, NDArray[np.generic]]:
    """Its matrices by the names they are read by."""
    layers = {"units": network.base.units, "looks": network.base.looks}
    names = ("said", "heard", "said_bears", "heard_bears", "ask", "offer", "match", "hidden", "out")
    layers |= {name: getattr(network, name) for name in names}
    return further.encoder_packed(network.base, PREFIX) | further.halves(layers, PREFIX + TRUNK)
