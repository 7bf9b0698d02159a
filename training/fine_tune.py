"""Training of the network: one pass after another over shuffled examples, all heads together."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from qingting.companion.understand.learned.before import SHORT, before
from qingting.companion.understand.learned.encoder import Pieces, pieces_of
from qingting.companion.understand.learned.extras import extra
from qingting.companion.understand.learned.windows import cut
from training import features
from training.examples import RISK_SET, Example, columns_of
from training.network import Network, batch

Floats = NDArray[np.float32]

# As many everyday public lines as are looked at in one pass over our own.
_PUBLIC_SHARE: Final = 0.3
_BATCH: Final = 48
# Neighbours in length share a batch; this many batches are sorted at a time.
_SORTED: Final = 40
_LOST: Final = 0.1
_GLUED: Final = 0.12
_ASKED: Final = 0.25
# How strongly vectors are held to those of the published encoder, so that they still compare.
_HELD: Final = 0.5


@dataclass(frozen=True, slots=True)
class Recipe:
    """passes: over our own lines. rate, deep_rate: steps of the trunk and of the encoder."""

    passes: int = 7
    rate: float = 1e-3
    deep_rate: float = 5e-4
    seed: int = 7


@dataclass(slots=True)
class Ready:
    """An example as the network sees it."""

    pieces: Pieces
    extras: Floats
    targets: Floats
    weights: Floats
    anchor: Floats
    own: bool
    english: bool
    lonely: bool


def prepared(found: Sequence[Example], texts: Sequence[str], anchors: Floats) -> list[Ready]:
    """texts: the plain views, long ones cut to their window. anchors: the published encoder's
    vectors of them."""
    ready = []
    for example, text, anchor in zip(found, texts, anchors, strict=True):
        heard = features.heard(example.line)
        # What real people wrote about danger is looked at in every pass, like our own lines.
        own = example.line.source.startswith("authored") or example.line.source == RISK_SET
        ready.append(
            Ready(
                pieces_of(text, before(text, heard)),
                extra(text, heard),
                example.targets,
                example.weights,
                anchor,
                own,
                example.line.language == "en",
                own and not heard,
            )
        )
    return ready


def fine_tuned(ready: Sequence[Ready], recipe: Recipe) -> Network:
    """The trained network."""
    torch.manual_seed(recipe.seed)
    draw = random.Random(recipe.seed)
    network = Network()
    trunk = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    deep = list(network.encoder.parameters())
    rates = [recipe.rate, recipe.deep_rate]
    optimiser = torch.optim.AdamW(
        [{"params": trunk, "lr": rates[0]}, {"params": deep, "lr": rates[1], "weight_decay": 0.0}],
        weight_decay=0.05,
    )
    changer = Changer(ready, draw)
    size = sum(one.own for one in ready) + int(_PUBLIC_SHARE * sum(not one.own for one in ready))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, rates, total_steps=recipe.passes * (size // _BATCH + 2), pct_start=0.1
    )
    started = time.monotonic()
    for number in range(recipe.passes):
        total = steps = 0.0
        for some in _batches(ready, draw):
            loss = _loss(network, [changer.changed(one) for one in some])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total, steps = total + loss.item(), steps + 1
        print(
            f"pass {number + 1}: loss {total / steps:.3f}, {time.monotonic() - started:.0f} s",
            flush=True,
        )
    return network.eval()


def _loss(network: Network, some: Sequence[Ready]) -> torch.Tensor:
    seen = batch([one.pieces for one in some], np.stack([one.extras for one in some]))
    vectors, logits = network(seen)
    targets = torch.from_numpy(np.stack([one.targets for one in some]))
    weights = torch.from_numpy(np.stack([one.weights for one in some]))
    cells = functional.binary_cross_entropy_with_logits(logits, targets, reduction="none")
    anchors = torch.from_numpy(np.stack([one.anchor for one in some]))
    held = (1 - (vectors * anchors).sum(1)).mean()
    return (cells * weights).sum() / len(some) + _HELD * held


def _batches(ready: Sequence[Ready], draw: random.Random) -> Iterator[list[Ready]]:
    """All our own lines and a new share of the public ones, alike in length within a batch."""
    chosen = [one for one in ready if one.own or draw.random() < _PUBLIC_SHARE]
    draw.shuffle(chosen)
    for first in range(0, len(chosen), _BATCH * _SORTED):
        some = sorted(
            chosen[first : first + _BATCH * _SORTED], key=lambda one: len(one.pieces.message)
        )
        groups = [some[at : at + _BATCH] for at in range(0, len(some), _BATCH)]
        draw.shuffle(groups)
        yield from groups


class Changer:
    """Lines as they also arrive: with words lost, beside small talk, after some question.

    An everyday sentence before or after danger must not hide it, and a grave question does not
    make the answer grave.
    """

    def __init__(self, ready: Sequence[Ready], draw: random.Random) -> None:
        self._draw = draw
        risk = columns_of("risk").start
        self._calm = {
            english: [
                one.pieces.message
                for one in ready
                if one.lonely and one.english == english and _calm(one, risk)
            ]
            for english in (True, False)
        }
        self._asked = {
            english: [one for one in ready if one.pieces.before and one.english == english]
            for english in (True, False)
        }

    def changed(self, one: Ready) -> Ready:
        """The example, or a changed copy of it."""
        message, weights, before_, extras = (
            one.pieces.message,
            one.weights,
            one.pieces.before,
            one.extras,
        )
        if one.lonely and len(message) < 60 and self._draw.random() < _GLUED:
            message, weights = self._glued(message, one.english), _danger_only(weights)
        elif one.lonely and len(message) < SHORT // 2 and self._draw.random() < _ASKED:
            other = self._draw.choice(self._asked[one.english])
            before_ = other.pieces.before
            extras = np.concatenate([other.extras[:5], one.extras[5:]])
        if self._draw.random() < 0.5:
            message = [piece for piece in message if self._draw.random() >= _LOST] or message
        return Ready(
            Pieces(message, before_),
            extras,
            one.targets,
            weights,
            one.anchor,
            one.own,
            one.english,
            one.lonely,
        )

    def _glued(self, message: Sequence[int], english: bool) -> list[int]:
        other = self._draw.choice(self._calm[english])
        pair = [message, other]
        self._draw.shuffle(pair)
        return [*pair[0][:-1], *pair[1][1:]]


def _calm(one: Ready, risk: int) -> bool:
    return (
        one.own
        and one.weights[risk] > 0
        and one.targets[risk] == 0.0
        and len(one.pieces.message) < 60
    )


def _danger_only(weights: Floats) -> Floats:
    """What is asked of two sentences put together: danger, not how they feel."""
    kept = np.zeros_like(weights)
    for head in ("risk", "kinds"):
        kept[columns_of(head)] = weights[columns_of(head)]
    return kept


def scores(network: Network, ready: Sequence[Ready]) -> tuple[Floats, Floats]:
    """(vectors, logits) of unchanged examples."""
    vectors, logits = [], []
    with torch.no_grad():
        for first in range(0, len(ready), 64):
            some = ready[first : first + 64]
            found = network(batch([one.pieces for one in some], np.stack([o.extras for o in some])))
            vectors.append(found[0].numpy())
            logits.append(found[1].numpy())
    return np.concatenate(vectors), np.concatenate(logits)


def inputs(network: Network, texts: Sequence[str]) -> Floats:
    """What the last layers start from, for plain texts without a history."""
    found = []
    with torch.no_grad():
        for first in range(0, len(texts), 64):
            some = texts[first : first + 64]
            seen = batch(
                [pieces_of(cut(text)) for text in some], np.stack([extra(text) for text in some])
            )
            found.append(network.inputs(seen)[1].numpy())
    return np.concatenate(found)
