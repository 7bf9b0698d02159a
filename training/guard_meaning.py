"""The guard's reader of meaning, as it is trained. See companion/protect/guard_meaning.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from qingting.companion.protect.guard_meaning import SPREAD
from qingting.companion.understand.learned.encoder import VECTOR
from qingting.companion.understand.learned.published import vector

SAID: Final = 320
HEARD: Final = 160
BEARING: Final = 96
HIDDEN: Final = 192
_PASSES: Final = 14
_BATCH: Final = 128
_RATE: Final = 1.5e-3
# So often a sentence that needs no context is looked at without it: callers may have none.
_UNHEARD: Final = 0.3
# What naming the kind of harm counts for beside telling harm from none.
_NAMING: Final = 0.3


@dataclass(frozen=True, slots=True)
class Meant:
    """A sentence after what the person said, by their plain texts. category: 0 for a fine one, else
    1 + its place among the categories. alone: it is what it is whatever the person said."""

    text: str
    user: str
    category: int
    alone: bool


class MeaningNetwork(nn.Module):
    """Column 0: harm or none. The others: kinds of harm. Scores are logits."""

    def __init__(self, categories: int) -> None:
        super().__init__()
        self.said = nn.Linear(VECTOR, SAID)
        self.heard = nn.Linear(VECTOR, HEARD)
        self.said_bears = nn.Linear(SAID, BEARING)
        self.heard_bears = nn.Linear(HEARD, BEARING)
        self.hidden = nn.Linear(SAID + HEARD + BEARING, HIDDEN)
        self.out = nn.Linear(HIDDEN, categories + 1)
        self.drop_in = nn.Dropout(0.2)
        self.drop = nn.Dropout(0.4)
        nn.init.constant_(self.out.bias, -2.0)

    def forward(self, sentences: Tensor, users: Tensor) -> Tensor:
        """[pairs, categories + 1] of vectors [pairs, 512] each, spread."""
        said = torch.relu(self.said(self.drop_in(sentences)))
        heard = torch.relu(self.heard(self.drop_in(users)))
        bearing = torch.tanh(self.said_bears(said)) * torch.tanh(self.heard_bears(heard))
        hidden = torch.relu(self.hidden(self.drop(torch.cat([said, heard, bearing], 1))))
        scores: Tensor = self.out(self.drop(hidden))
        return scores


def trained(pairs: Sequence[Meant], categories: int, *, seed: int) -> MeaningNetwork:
    """The network after all passes over the pairs."""
    torch.manual_seed(seed)
    network = MeaningNetwork(categories)
    sentences, users = _vectors(pairs)
    truth = torch.zeros(len(pairs), categories + 1)
    for row, pair in enumerate(pairs):
        if pair.category:
            truth[row, 0] = truth[row, pair.category] = 1
    weights = torch.full((categories + 1,), _NAMING)
    weights[0] = 1
    alone = torch.tensor([pair.alone for pair in pairs])
    optimiser = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=0.05)
    steps = _PASSES * -(-len(pairs) // _BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, _RATE, total_steps=steps, pct_start=0.1
    )
    for _ in range(_PASSES):
        for some in torch.randperm(len(pairs)).split(_BATCH):
            heard = users[some].clone()
            heard[alone[some] & (torch.rand(len(some)) < _UNHEARD)] = 0
            scores = network(sentences[some], heard)
            cells = functional.binary_cross_entropy_with_logits(
                scores, truth[some], reduction="none"
            )
            loss = (cells * weights).sum() / len(some)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    return network.eval()


def logits(network: MeaningNetwork, pairs: Sequence[Meant]) -> Tensor:
    """Scores of unchanged pairs."""
    with torch.no_grad():
        scores: Tensor = network(*_vectors(pairs))
    return scores


def _vectors(pairs: Sequence[Meant]) -> tuple[Tensor, Tensor]:
    said = np.stack([_spread(pair.text) for pair in pairs])
    heard = np.stack([_spread(pair.user) for pair in pairs])
    return torch.from_numpy(said), torch.from_numpy(heard)


@cache
def _spread(text: str) -> NDArray[np.float32]:
    found = vector(text) if text else None
    return np.zeros(VECTOR, np.float32) if found is None else np.float32(SPREAD) * found
