"""The small network beside the linear score of memory, as it is trained.

See companion/remember/network.py, which reads it. Pieces of both languages are learned together:
what a language lacks, the other may have told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from qingting.companion.remember.item import KINDS
from qingting.companion.remember.network import INPUTS, LAYERS
from qingting.companion.remember.pieces import LETTERS, SIGNS, VECTOR, Floats

_UNITS: Final = 256
_SECOND: Final = 96
_PASSES: Final = 8
_BATCH: Final = 128
_RATE: Final = 1e-3
# Weights shrink by this: pieces are few beside the numbers of each.
_DECAY: Final = 0.1
# A number of the sentence vector becomes about 1 in size, one of the word pieces' features half.
_SPREAD: Final = 7.5
_HALF: Final = 0.5


class Network(nn.Module):
    """One column a kind. Scores are logits."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(INPUTS, _UNITS)
        self.second = nn.Linear(_UNITS, _SECOND)
        self.out = nn.Linear(_SECOND, len(KINDS))
        self.drop_in = nn.Dropout(0.3)
        self.drop = nn.Dropout(0.5)
        # Few pieces are of any one kind.
        nn.init.constant_(self.out.bias, -2.0)

    def forward(self, told: Tensor) -> Tensor:
        """[pieces, kinds] of evened inputs."""
        inside = torch.relu(self.first(self.drop_in(told)))
        inside = torch.relu(self.second(self.drop(inside)))
        scores: Tensor = self.out(self.drop(inside))
        return scores


def evened(told: Floats) -> tuple[Floats, Floats]:
    """What is taken from the inputs of a language, and what they are then multiplied by."""
    shift, scale = np.zeros(INPUTS, np.float32), np.ones(INPUTS, np.float32)
    scale[:VECTOR] = _SPREAD
    features = slice(VECTOR, LETTERS)
    assert INPUTS - LETTERS == SIGNS
    shift[features] = told[:, features].mean(0)
    scale[features] = _HALF / (told[:, features].std(0) + 1e-6)
    return shift, scale


def trained(told: Floats, wanted: Floats, *, seed: int) -> Network:
    """The network after all passes. told: evened inputs. wanted: [pieces, kinds] of 0 and 1."""
    torch.manual_seed(seed)
    network = Network()
    given, truth = torch.from_numpy(told), torch.from_numpy(wanted)
    optimiser = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    steps = _PASSES * -(-len(told) // _BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, _RATE, total_steps=steps, pct_start=0.1
    )
    for _ in range(_PASSES):
        for some in torch.randperm(len(told)).split(_BATCH):
            cells = functional.binary_cross_entropy_with_logits(
                network(given[some]), truth[some], reduction="sum"
            )
            optimiser.zero_grad()
            (cells / len(some)).backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    return network.eval()


def logits(network: Network, told: Floats) -> Floats:
    """Scores of evened inputs."""
    with torch.no_grad():
        scores: Floats = network(torch.from_numpy(told)).numpy()
    return scores


def crossed(told: Floats, wanted: Floats, source: NDArray[np.str_], names: Sequence[str]) -> Floats:
    """The score of every piece of the files named, by what was learned without its file, in either
    language; nothing (nan) of the others."""
    scores = np.full((len(told), len(KINDS)), np.nan, np.float32)
    for name in names:
        there = source == name
        network = trained(told[~there], wanted[~there], seed=0)
        scores[there] = logits(network, told[there])
        print(f"network without {name}", flush=True)
    return scores


def arrays_of(network: Network) -> dict[str, NDArray[np.float16]]:
    """The arrays that are shipped."""
    arrays = {}
    for name in LAYERS:
        layer: nn.Linear = getattr(network, name)
        arrays[f"network.{name}"] = layer.weight.detach().numpy().T.astype(np.float16)
        arrays[f"network.{name}_bias"] = layer.bias.detach().numpy().astype(np.float16)
    return arrays
