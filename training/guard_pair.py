"""The guard's reader of pairs, as it is trained. See companion/protect/guard_pair.py.

The network of the reader of messages (training/network.py) with columns of its own: a sentence is
the message, what the person said the turn before it. It starts from the encoder that reads danger,
which knows how young people say things.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from qingting.companion.protect.guard_pair import ENCODER, TRUNK, heard_pieces, said_pieces
from qingting.companion.understand.learned.arrays import Arrays, shipped
from qingting.companion.understand.learned.encoder import Pieces
from qingting.companion.understand.learned.extras import WIDTH
from training.network import HIDDEN, Network, batch
from training.pack import bytes_of

PASSES: Final = 5
_BATCH: Final = 48
# Neighbours in length share a batch; this many batches are sorted at a time.
_SORTED: Final = 40
# Steps of the trunk and of the encoder.
_RATES: Final = (1e-3, 5e-4)
# So many pieces are lost, in every second look, so that no single word carries a judgement.
_LOST: Final = 0.12
# So often a sentence that needs no context is looked at without it: callers may have none.
_UNHEARD: Final = 0.3
# What naming the kind of harm counts for beside telling harm from none.
_NAMING: Final = 0.3


@dataclass(frozen=True, slots=True)
class Answered:
    """A sentence after what the person said, as pieces. category: 0 for a fine one, else 1 + its
    place among the categories. alone: it is what it is whatever the person said."""

    said: Sequence[int]
    heard: Sequence[int]
    category: int
    alone: bool


def answered(text: str, user: str, category: int, *, alone: bool) -> Answered:
    """The pair of a sentence and a person's words, by their plain texts."""
    return Answered(said_pieces(text), heard_pieces(user), category, alone)


def trained(
    pairs: Sequence[Answered], categories: int, *, seed: int, passes: int = PASSES
) -> Network:
    """The network after so many passes over the pairs; about 3 minutes a pass on a core of its
    own."""
    torch.manual_seed(seed)
    draw = random.Random(seed)
    network = _started(categories, shipped())
    trunk = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    deep = list(network.encoder.parameters())
    optimiser = torch.optim.AdamW(
        [
            {"params": trunk, "lr": _RATES[0]},
            {"params": deep, "lr": _RATES[1], "weight_decay": 0.0},
        ],
        weight_decay=0.05,
    )
    steps = passes * (len(pairs) // _BATCH + 60)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, list(_RATES), total_steps=steps, pct_start=0.1
    )
    clock = time.monotonic()
    for number in range(passes):
        total = count = 0.0
        for some in _batches(pairs, draw):
            loss = _loss(network, [_changed(pair, draw) for pair in some])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
        passed = time.monotonic() - clock
        print(f"pass {number + 1}: loss {total / count:.3f}, {passed:.0f} s", flush=True)
    return network.eval()


def logits(network: Network, pairs: Sequence[Answered]) -> Tensor:
    """Scores of unchanged pairs."""
    with torch.no_grad():
        parts = [_scores(network, pairs[at : at + 64]) for at in range(0, len(pairs), 64)]
    return torch.cat(parts)


def packed(network: Network) -> dict[str, NDArray[np.generic]]:
    """Its matrices by the names that the guard reads: the encoder's as bytes, the trunk's in half
    precision."""

    def half(value: Tensor) -> NDArray[np.float16]:
        return np.asarray(value.detach().numpy(), np.float16)

    encoder = {name: value.detach().numpy() for name, value in network.encoder.items()}
    parts: dict[str, NDArray[np.generic]] = {
        ENCODER + name: part for name, part in bytes_of(encoder).items()
    }
    for name in ("units", "looks", "hidden", "out"):
        layer = getattr(network, name)
        parts |= {f"{TRUNK}{name}_W": half(layer.weight.T), f"{TRUNK}{name}_b": half(layer.bias)}
    for name in ("told_before", "looked_before"):
        parts[TRUNK + name] = half(getattr(network, name))
    return parts


def _started(categories: int, danger: Arrays) -> Network:
    """A new network with the encoder and the first layer of the reader of danger."""
    network = Network()
    with torch.no_grad():
        for name, value in network.encoder.items():
            value.copy_(torch.from_numpy(danger.words[name]))
        for name in ("units", "looks"):
            layer = getattr(network, name)
            layer.weight.copy_(torch.from_numpy(danger.trunk[f"{name}_W"]).T)
            layer.bias.copy_(torch.from_numpy(danger.trunk[f"{name}_b"]))
        for name in ("told_before", "looked_before"):
            getattr(network, name).copy_(torch.from_numpy(danger.trunk[name]))
    network.out = nn.Linear(HIDDEN, categories + 1)
    nn.init.constant_(network.out.bias, -2.0)
    network.drop = nn.Dropout(0.3)
    network.drop_hidden = nn.Dropout(0.4)
    return network


def _batches(pairs: Sequence[Answered], draw: random.Random) -> Iterator[list[Answered]]:
    shuffled = list(pairs)
    draw.shuffle(shuffled)
    for first in range(0, len(shuffled), _BATCH * _SORTED):
        some = sorted(
            shuffled[first : first + _BATCH * _SORTED],
            key=lambda pair: len(pair.said) + len(pair.heard),
        )
        groups = [some[at : at + _BATCH] for at in range(0, len(some), _BATCH)]
        draw.shuffle(groups)
        yield from groups


def _changed(pair: Answered, draw: random.Random) -> Answered:
    heard = () if pair.alone and draw.random() < _UNHEARD else pair.heard
    if draw.random() >= 0.5:
        return replace(pair, heard=heard)
    said = [piece for piece in pair.said if draw.random() >= _LOST] or pair.said
    return replace(pair, said=said, heard=[p for p in heard if draw.random() >= _LOST])


def _scores(network: Network, some: Sequence[Answered]) -> Tensor:
    nothing = np.zeros((len(some), WIDTH), np.float32)
    seen = batch([Pieces(pair.said, pair.heard) for pair in some], nothing)
    scores: Tensor = network(seen)[1]
    return scores


def _loss(network: Network, some: Sequence[Answered]) -> Tensor:
    scores = _scores(network, some)
    truth = torch.zeros_like(scores)
    for row, pair in enumerate(some):
        if pair.category:
            truth[row, 0] = truth[row, pair.category] = 1
    weights = torch.full_like(scores, _NAMING)
    weights[:, 0] = 1
    cells = functional.binary_cross_entropy_with_logits(scores, truth, reduction="none")
    return (cells * weights).sum() / len(some)
