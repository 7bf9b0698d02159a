"""The small network of the reply guard, as it is trained. See companion/protect/guard_net.py."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from qingting.companion.protect.guard_net import SPREAD, USER_WIDTHS, WIDTHS
from qingting.companion.understand.learned.encoder import VECTOR, opened

INNER: Final = 192
UNITS: Final = 128
USER_UNITS: Final = 64
# What the person meant: so many directions of the sentence vector, and so many ways in which it
# bears on the sentence.
MEANT: Final = 64
BEARING: Final = 48
HIDDEN: Final = 160
_BATCH: Final = 64
_LOST: Final = 0.08
# So often a sentence that needs no context is looked at without it: callers may have none.
_UNHEARD: Final = 0.3
# What naming the kind of harm counts for beside telling harm from none.
_NAMING: Final = 0.3
# So often a vector is left out: an installation without the encoder has none.
_UNMEANT: Final = 0.15


@dataclass(frozen=True, slots=True)
class Pair:
    """One sentence after what the person said. pieces, user: numbers of word pieces. category: 0
    for a fine sentence, else 1 + its place among the categories. alone: the sentence is what it is
    whatever the person said. meant: the sentence vector of what the person said; None without."""

    pieces: Sequence[int]
    user: Sequence[int]
    category: int
    alone: bool = False
    meant: NDArray[np.float32] | None = None


class GuardNetwork(nn.Module):
    """Column 0: harm or none. The others: kinds of harm. Scores are logits."""

    def __init__(self, categories: int) -> None:
        super().__init__()
        shipped = opened()
        self.register_buffer("table", torch.from_numpy(shipped.table))
        self.register_buffer("scale", torch.from_numpy(shipped.scale))
        self.register_buffer("low", torch.from_numpy(shipped.low))
        self.inner = nn.Linear(VECTOR, INNER)
        self.sentence = nn.ModuleList([nn.Conv1d(INNER, UNITS, w, padding=w // 2) for w in WIDTHS])
        self.user = nn.ModuleList(
            [nn.Conv1d(INNER, USER_UNITS, w, padding=w // 2) for w in USER_WIDTHS]
        )
        pooled = UNITS * len(WIDTHS) + USER_UNITS * len(USER_WIDTHS)
        self.meant = nn.Linear(VECTOR, MEANT)
        self.said_bears = nn.Linear(UNITS * len(WIDTHS), BEARING)
        self.heard_bears = nn.Linear(USER_UNITS * len(USER_WIDTHS) + MEANT, BEARING)
        self.hidden = nn.Linear(pooled + MEANT + BEARING, HIDDEN)
        self.out = nn.Linear(HIDDEN, categories + 1)
        self.drop_rows = nn.Dropout(0.2)
        self.drop = nn.Dropout(0.35)
        nn.init.constant_(self.out.bias, -2.0)

    def forward(self, some: Sequence[Pair]) -> Tensor:
        """[pairs, categories + 1]."""
        said = self._pooled([pair.pieces for pair in some], self.sentence)
        heard = self._pooled([pair.user for pair in some], self.user)
        nothing = np.zeros(VECTOR, np.float32)
        vectors = torch.from_numpy(
            np.stack([nothing if pair.meant is None else pair.meant for pair in some])
        )
        heard = torch.cat([heard, torch.relu(self.meant(self.drop_rows(vectors * SPREAD)))], 1)
        # "You're right" is harmful by what it answers: the product sees both at once.
        bearing = torch.tanh(self.said_bears(said)) * torch.tanh(self.heard_bears(heard))
        hidden = torch.relu(self.hidden(self.drop(torch.cat([said, heard, bearing], 1))))
        scores: Tensor = self.out(self.drop(hidden))
        return scores

    def _pooled(self, texts: Sequence[Sequence[int]], runs: nn.ModuleList) -> Tensor:
        longest = max(1, *(len(text) for text in texts))
        pieces = torch.zeros(len(texts), longest, dtype=torch.long)
        there = torch.zeros(len(texts), longest)
        for row, text in enumerate(texts):
            pieces[row, : len(text)] = torch.tensor(text, dtype=torch.long)
            there[row, : len(text)] = 1
        chunk = pieces % len(self.scale)
        raw = self.table[pieces].float() * self.scale[chunk][..., None] + self.low[chunk][..., None]
        rows = torch.relu(self.inner(self.drop_rows(raw))) * there[..., None]
        found = [
            (torch.relu(run(rows.transpose(1, 2)))[:, :, :longest] * there[:, None]).amax(2)
            for run in runs
        ]
        return torch.cat(found, 1)


def trained(
    pairs: Sequence[Pair], categories: int, *, passes: int, seed: int, rate: float = 1.2e-3
) -> GuardNetwork:
    """The network after so many passes over the pairs."""
    torch.manual_seed(seed)
    draw = random.Random(seed)
    network = GuardNetwork(categories)
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.05)
    steps = passes * -(-len(pairs) // _BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, rate, total_steps=steps, pct_start=0.1
    )
    shuffled = list(pairs)
    for _ in range(passes):
        draw.shuffle(shuffled)
        for first in range(0, len(shuffled), _BATCH):
            loss = _loss(network, [_changed(p, draw) for p in shuffled[first : first + _BATCH]])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return network.eval()


def logits(network: GuardNetwork, pairs: Sequence[Pair]) -> Tensor:
    """Scores of unchanged pairs."""
    with torch.no_grad():
        parts = [network(pairs[first : first + 64]) for first in range(0, len(pairs), 64)]
    return torch.cat(parts)


def _loss(network: GuardNetwork, some: Sequence[Pair]) -> Tensor:
    scores = network(some)
    truth = torch.zeros_like(scores)
    for row, pair in enumerate(some):
        if pair.category:
            truth[row, 0] = truth[row, pair.category] = 1
    weights = torch.full_like(scores, _NAMING)
    weights[:, 0] = 1
    cells = functional.binary_cross_entropy_with_logits(scores, truth, reduction="none")
    return (cells * weights).sum() / len(some)


def _changed(pair: Pair, draw: random.Random) -> Pair:
    """With some pieces lost, so that no single word carries a judgement, and sometimes without
    what the person said."""

    def kept(pieces: Sequence[int]) -> Sequence[int]:
        return [piece for piece in pieces if draw.random() >= _LOST] or pieces

    unheard = pair.alone and draw.random() < _UNHEARD
    unmeant = unheard or draw.random() < _UNMEANT
    return replace(
        pair,
        pieces=kept(pair.pieces),
        user=() if unheard else kept(pair.user),
        meant=None if unmeant else pair.meant,
    )
