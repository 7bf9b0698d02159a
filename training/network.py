"""The network that is trained: the sentence encoder opened up, and a trunk that reads its words.

The encoder (Universal Sentence Encoder multilingual v3: word pieces, three runs of convolutions)
ends in a sum over pieces, which drowns one grave clause in much small talk. The trunk looks at the
pieces themselves: several weighted sums and the strongest answer of each unit. All convolutions
are trained further; the table of word pieces stays as it is shipped.

`qingting/companion/understand/learned/encoder.py` reads the result with numpy; a test holds the
two to the same numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn

from qingting.companion.understand.learned.encoder import (
    ORDERS,
    PARTS,
    Pieces,
    layout,
    opened,
)
from qingting.companion.understand.learned.extras import WIDTH
from training.examples import COLUMNS

LOOKS: Final = 8
UNITS: Final = 160
HIDDEN: Final = 384
_VECTOR: Final = 512
_EPS: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Batch:
    """Several messages as one run of pieces. See encoder.layout for the fields."""

    pieces: Tensor
    around: Tensor
    owner: Tensor
    context: Tensor
    lengths: Tensor
    extras: Tensor


def batch(messages: Sequence[Pieces], extras: np.ndarray[Any, Any]) -> Batch:
    """Messages ready for the network. extras: [messages, WIDTH]."""
    flat = layout(messages)
    return Batch(
        torch.from_numpy(flat.pieces),
        torch.from_numpy(flat.around),
        torch.from_numpy(flat.owner),
        torch.from_numpy(flat.context),
        torch.from_numpy(flat.lengths.astype(np.float32)),
        torch.from_numpy(extras),
    )


class Network(nn.Module):
    """Encoder, trunk and one column per label. Scores are logits."""

    def __init__(self) -> None:
        super().__init__()
        shipped = opened()
        self.register_buffer("table", torch.from_numpy(shipped.table))
        self.register_buffer("scale", torch.from_numpy(shipped.scale))
        self.register_buffer("low", torch.from_numpy(shipped.low))
        self.eps = shipped.eps
        self.encoder = nn.ParameterDict(
            {name: nn.Parameter(torch.tensor(shipped.parts[name])) for name in PARTS}
        )
        features = _VECTOR + 3 * 256
        self.units = nn.Linear(features, UNITS)
        self.looks = nn.Linear(features, LOOKS)
        self.told_before = nn.Parameter(torch.zeros(UNITS))
        self.looked_before = nn.Parameter(torch.zeros(LOOKS))
        self.hidden = nn.Linear(_VECTOR + WIDTH + 2 * UNITS, HIDDEN)
        self.out = nn.Linear(HIDDEN, COLUMNS)
        self.drop = nn.Dropout(0.2)
        self.drop_hidden = nn.Dropout(0.3)
        # Most labels are rarely true.
        nn.init.constant_(self.out.bias, -3.0)

    def forward(self, seen: Batch) -> tuple[Tensor, Tensor]:
        """(vectors [messages, 512] of unit length, logits [messages, COLUMNS])."""
        vector, inputs = self.inputs(seen)
        hidden = torch.relu(self.hidden(self.drop(inputs)))
        return vector, self.out(self.drop_hidden(hidden))

    def inputs(self, seen: Batch) -> tuple[Tensor, Tensor]:
        """(vectors, all that the last layers start from)."""
        features = self.features(seen)
        count = len(seen.lengths)
        vector = self.vector(features, seen, count)
        before = seen.context[:, None]
        units = torch.relu(self.units(features) + before * self.told_before)
        units = self.drop(units)
        looks = self.looks(features) + before * self.looked_before
        sums = looked(units, looks, seen.owner, count)
        strongest = torch.zeros(count, UNITS).index_reduce(
            0, seen.owner, units * (1 - before), "amax"
        )
        return vector, torch.cat([vector * 8.0, seen.extras, sums, strongest], 1)

    def features(self, seen: Batch) -> Tensor:
        """What the encoder makes of each piece, one row each."""
        part = self.encoder
        chunk = seen.pieces % len(self.scale)
        raw = self.table[seen.pieces].float() * self.scale[chunk][:, None]
        raw = raw + self.low[chunk][:, None]
        inner = self._even(
            raw @ part["proj_W"] + part["proj_b"], part["ln_g_all"], part["ln_b_all"]
        )
        features = [raw]
        for number, (width, left) in enumerate(ORDERS):
            straight = inner[:, number * 256 : (number + 1) * 256]
            columns = seen.around[:, 2 - left : 2 - left + width]
            first = self._convolved(straight, columns, part[f"w1_{number}"], part[f"b1_{number}"])
            middle = first + straight
            second = self._convolved(middle, columns, part[f"w2_{number}"], part[f"b2_{number}"])
            features.append(second + middle)
        return self._even(torch.cat(features, 1), part["ln_g"], part["ln_b"])

    @staticmethod
    def _convolved(rows: Tensor, columns: Tensor, weights: Tensor, bias: Tensor) -> Tensor:
        padded = torch.cat([rows, torch.zeros(1, rows.shape[1])])
        return torch.relu(padded[columns].flatten(1) @ weights + bias)

    def _even(self, rows: Tensor, gain: Tensor, shift: Tensor) -> Tensor:
        centred = rows - rows.mean(-1, keepdim=True)
        spread = (centred * centred).mean(-1, keepdim=True)
        return centred * torch.rsqrt(spread + self.eps) * gain + shift

    def vector(self, features: Tensor, seen: Batch, count: int) -> Tensor:
        """[messages, 512] of unit length."""
        part = self.encoder
        own = features * (1 - seen.context[:, None])
        total = torch.zeros(count, features.shape[1]).index_add(0, seen.owner, own)
        mean = total @ part["cnn_W"] + seen.lengths[:, None] * part["cnn_b"]
        mean = mean * torch.rsqrt(seen.lengths)[:, None]
        first = torch.relu(mean @ part["p1"] + torch.relu(mean @ part["d0"]) @ part["d1"])
        last = torch.tanh(first @ part["p3"] + torch.relu(first @ part["d2"]) @ part["d3"])
        return last / torch.sqrt((last * last).sum(1, keepdim=True) + _EPS)


def looked(units: Tensor, looks: Tensor, owner: Tensor, count: int) -> Tensor:
    """Each look weighs the pieces of a message and sums its own share of the units."""
    most = torch.full((count, LOOKS), -1e4).index_reduce(0, owner, looks.detach(), "amax")
    weight = torch.exp(looks - most[owner])
    whole = torch.zeros(count, LOOKS).index_add(0, owner, weight)
    share = (weight / whole[owner]).repeat_interleave(UNITS // LOOKS, dim=1)
    return torch.zeros(count, UNITS).index_add(0, owner, units * share)
