"""Harm by letters: the trained half of the reply guard.

Runs of letters of the sentence, of what the person had said, and, where the sentence agrees with
somebody, of what it agrees with: "you're right" is harmful or kind only by what it answers. No
sentence vector: a sentence is judged in well under a millisecond. Made by training/guard.py.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qingting.companion.person import Language
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.learned.grams import BUCKETS, grams

FORMAT: Final = 1
# The sentence, the person's words, and the person's words under a sentence that agrees.
BLOCKS: Final = 3
CATEGORIES: Final = (
    "validates_self_harm", "method", "diagnosis", "labels_others", "urges_rupture", "dosing",
    "claims_human", "secrecy", "romance", "exclusivity", "guilt_goodbye", "no_harm_promise",
    "guilt", "false_certainty", "fishing", "feeds_delusion", "fate", "agrees_self_hatred",
    "agrees_harmful_plan", "dismissive", "moralising", "eating_tips", "sexual",
    "invented_memory", "lecture", "refuses", "breaks_reality_claims", "stock",
)  # fmt: skip
# What the person said long before the end of their message is not what is being answered.
_LAST_LETTERS: Final = 160
_AGREES: Final = re.compile(
    r"你说得(?:对|没错|有道理)|(?:嗯|对|是|确实|没错)[,，。]|确实|有道理|好主意|好办法|可以(?:的|啊|呀)|"
    r"(?:支持|赞成|同意)你|那就(?:去|这样|做)|去吧|做吧|是这样|本来就|的确|"
    r"\b(?:you'?re right|you are right|that'?s true|true|exactly|yeah|yes|i agree|makes sense|"
    r"fair(?: enough)?|good (?:idea|plan|call)|go for it|do it|sounds (?:good|right|like a plan)|"
    r"you should|maybe you are|i think so too|absolutely|honestly)\b"
)


class GuardArraysError(ValueError):
    """The shipped arrays of the guard cannot be used."""


@dataclass(frozen=True, slots=True)
class _Arrays:
    weigh: NDArray[np.float32]
    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]
    at: dict[str, float]


def buckets_of(sentence: str, user: str) -> NDArray[np.int64]:
    """The distinct buckets of a sentence in its context, 0 <= bucket < BUCKETS * BLOCKS."""
    plain = cleaned(sentence).text
    before = cleaned(user[-_LAST_LETTERS:]).text if user else ""
    found = grams([plain, before])
    own = found.buckets[found.rows == 0]
    told = found.buckets[found.rows == 1] if before else own[:0]
    parts = [own, told + BUCKETS]
    if _AGREES.search(plain):
        parts.append(told + 2 * BUCKETS)
    return np.concatenate(parts)


def harm_by_letters(sentence: str, user: str, language: Language) -> str | None:
    """The category of harm that the letters show, or None. Raises GuardArraysError where the
    arrays are missing or damaged."""
    arrays = _shipped()
    buckets = buckets_of(sentence, user)
    values = arrays.weigh[buckets]
    length = float(np.sqrt(values @ values))
    if length == 0.0:
        return None
    scores = (values @ arrays.weights[buckets].astype(np.float32)) * (arrays.scale / length)
    scores += arrays.bias
    if float(scores[0]) <= arrays.at[language]:
        return None
    return CATEGORIES[int(scores[1:].argmax())]


@lru_cache(maxsize=1)
def _shipped() -> _Arrays:
    folder = resources.files("qingting.content") / "models"
    try:
        described = json.loads((folder / "guard.json").read_text(encoding="utf-8"))
        packed = (folder / "guard.npz").read_bytes()
    except OSError as error:
        raise GuardArraysError(f"no arrays of the guard: {error}") from error
    if described.get("format") != FORMAT or described["categories"] != list(CATEGORIES):
        raise GuardArraysError("arrays of another version")
    if hashlib.sha256(packed).hexdigest() != described["sha256"]:
        raise GuardArraysError("guard.npz is not the file that guard.json describes")
    with np.load(io.BytesIO(packed), allow_pickle=False) as parts:
        return _Arrays(
            np.asarray(parts["weigh"], np.float32),
            parts["weights"],
            np.asarray(parts["scale"], np.float32),
            np.asarray(parts["bias"], np.float32),
            described["at"],
        )
