"""The network of the reader of messages with columns of its own, trained further for one question.

See companion/understand/learned/further.py, which reads it for memory. The reply guard has a
network of its own over the same encoder (guard_pair.py).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from qingting.companion.understand.learned.arrays import Arrays
from qingting.companion.understand.learned.encoder import Pieces
from qingting.companion.understand.learned.further import ENCODER, TRUNK
from training.letters import Floats
from training.network import HIDDEN, Network, batch
from training.pack import bytes_of

# How the names of an encoder's matrices begin, wherever it stands in a network.
_ENCODER: Final = ".encoder."
_BATCH: Final = 48
# Neighbours in length share a batch; this many batches are sorted at a time.
_SORTED: Final = 40


@dataclass(frozen=True, slots=True)
class Look:
    """An example. message, before: word pieces, and those of what was said before. extras: WIDTH
    numbers known beside them. targets: 0 or 1 by column."""

    message: Sequence[int]
    before: Sequence[int]
    extras: Floats
    targets: Floats


@dataclass(frozen=True, slots=True)
class Recipe:
    """passes: over all looks. rate, deep_rate: steps of the trunk and of the encoder. weights: what
    each column counts. start: begin from the encoder and first layer of these, not as published."""

    passes: int
    weights: Floats
    rate: float = 1e-3
    deep_rate: float = 5e-4
    seed: int = 7
    start: Arrays | None = None


# A look as it is learned from this time; and looks to [looks, columns] scores.
Change = Callable[[Look, random.Random], Look]
Score = Callable[[Sequence[Look]], Tensor]


def trained(looks: Sequence[Look], recipe: Recipe, changed: Change) -> Network:
    """The network after all passes; about 3 minutes for 40,000 looks on a core of its own."""
    torch.manual_seed(recipe.seed)
    network = started(len(recipe.weights), recipe.start)
    fit(network, scored(network), looks, recipe, changed)
    return network


def fit(
    network: nn.Module, scores: Score, looks: Sequence[Look], recipe: Recipe, changed: Change
) -> None:
    """Train a network that has an encoder in it, which learns more slowly than the rest."""
    draw = random.Random(recipe.seed)
    named = list(network.named_parameters())
    trunk = [part for name, part in named if _ENCODER not in f".{name}"]
    deep = [part for name, part in named if _ENCODER in f".{name}"]
    rates = [recipe.rate, recipe.deep_rate]
    optimiser = torch.optim.AdamW(
        [{"params": trunk, "lr": rates[0]}, {"params": deep, "lr": rates[1], "weight_decay": 0.0}],
        weight_decay=0.05,
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, rates, total_steps=recipe.passes * (len(looks) // _BATCH + 60), pct_start=0.1
    )
    weights = torch.from_numpy(recipe.weights)
    clock = time.monotonic()
    for number in range(recipe.passes):
        total = count = 0.0
        for some in _batches(looks, draw):
            loss = _loss(scores, [changed(look, draw) for look in some], weights)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
        passed = time.monotonic() - clock
        print(f"pass {number + 1}: loss {total / count:.3f}, {passed:.0f} s", flush=True)
    network.eval()


def logits(scores: Score, looks: Sequence[Look]) -> Floats:
    """[looks, columns] scores of unchanged looks."""
    with torch.no_grad():
        parts = [scores(looks[at : at + 64]).numpy() for at in range(0, len(looks), 64)]
    return np.concatenate(parts)


def lost(pieces: Sequence[int], share: float, draw: random.Random) -> Sequence[int]:
    """The pieces without some of them, so that no single word carries a judgement."""
    return [piece for piece in pieces if draw.random() >= share] or pieces


def packed(network: Network, prefix: str) -> dict[str, NDArray[np.generic]]:
    """Its matrices by the names they are read by: the encoder's as bytes, the trunk's in half
    precision."""
    layers = {name: getattr(network, name) for name in ("units", "looks", "hidden", "out")}
    parts = encoder_packed(network, prefix) | halves(layers, prefix + TRUNK)
    for name in ("told_before", "looked_before"):
        parts[prefix + TRUNK + name] = _half(getattr(network, name))
    return parts


def encoder_packed(network: Network, prefix: str) -> dict[str, NDArray[np.generic]]:
    """The matrices of its encoder."""
    encoder = {name: value.detach().numpy() for name, value in network.encoder.items()}
    return {prefix + ENCODER + name: part for name, part in bytes_of(encoder).items()}


def halves(layers: Mapping[str, nn.Linear], prefix: str) -> dict[str, NDArray[np.generic]]:
    """The matrices of layers, with their biases where they have one."""
    parts: dict[str, NDArray[np.generic]] = {}
    for name, layer in layers.items():
        parts[f"{prefix}{name}_W"] = _half(layer.weight.T)
        if layer.bias is not None:
            parts[f"{prefix}{name}_b"] = _half(layer.bias)
    return parts


def _half(value: Tensor) -> NDArray[np.float16]:
    return np.asarray(value.detach().numpy(), np.float16)


def started(columns: int, start: Arrays | None) -> Network:
    """An untrained network of so many columns. start: see Recipe."""
    network = Network()
    if start is not None:
        with torch.no_grad():
            for name, value in network.encoder.items():
                value.copy_(torch.from_numpy(start.words[name]))
            for name in ("units", "looks"):
                layer = getattr(network, name)
                layer.weight.copy_(torch.from_numpy(start.trunk[f"{name}_W"]).T)
                layer.bias.copy_(torch.from_numpy(start.trunk[f"{name}_b"]))
            for name in ("told_before", "looked_before"):
                getattr(network, name).copy_(torch.from_numpy(start.trunk[name]))
    network.out = nn.Linear(HIDDEN, columns)
    nn.init.constant_(network.out.bias, -2.0)
    network.drop = nn.Dropout(0.3)
    network.drop_hidden = nn.Dropout(0.4)
    return network


def _batches(looks: Sequence[Look], draw: random.Random) -> Iterator[list[Look]]:
    shuffled = list(looks)
    draw.shuffle(shuffled)
    for first in range(0, len(shuffled), _BATCH * _SORTED):
        some = sorted(
            shuffled[first : first + _BATCH * _SORTED],
            key=lambda look: len(look.message) + len(look.before),
        )
        groups = [some[at : at + _BATCH] for at in range(0, len(some), _BATCH)]
        draw.shuffle(groups)
        yield from groups


def scored(network: Network) -> Score:
    """The scores of a network."""

    def scores(some: Sequence[Look]) -> Tensor:
        pieces = [Pieces(look.message, look.before) for look in some]
        found: Tensor = network(batch(pieces, np.stack([look.extras for look in some])))[1]
        return found

    return scores


def _loss(scores: Score, some: Sequence[Look], weights: Tensor) -> Tensor:
    truth = torch.from_numpy(np.stack([look.targets for look in some]))
    cells = functional.binary_cross_entropy_with_logits(scores(some), truth, reduction="none")
    return (cells * weights).sum() / len(some)
