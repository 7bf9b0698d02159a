"""Train the reply guard: `python -m training.guard`. No public data: only our own pairs.

Pairs of a harmful and a fine reply after the same words, and replies marked sentence by sentence
(training/authored/guard). The exams are evals/guard, which is never learned from.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import numpy as np
import torch
from numpy.typing import NDArray

from qingting.cli.guard import sentences_of
from qingting.companion.person import Language
from qingting.companion.protect.guard import plain, ruled
from qingting.companion.protect.guard_meaning import PREFIX
from qingting.companion.protect.guard_net import FORMAT, MOST_PIECES, NAME
from qingting.companion.protect.guard_net import meant as meaning
from qingting.companion.understand.learned.encoder import pieces_of
from qingting.companion.words.bank import bank
from qingting.companion.words.choose import slots_of
from training import guard_meaning, guard_pair
from training.guard_meaning import MeaningNetwork, Meant
from training.guard_network import GuardNetwork, Pair, logits, trained
from training.guard_pair import Answered, PairNetwork
from training.pack import FOLDER, zipped

PAIRS: Final = Path(__file__).parent / "authored" / "guard"
_LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
_BLOCK: Final = 8
_PASSES: Final = 10
_OURS: Final = 2
# Of our content, what is no sentence of ours: words to look for, names, what the other side of a
# rehearsal says, answers to tap.
_NOT_SAID: Final = frozenset(
    {"cues", "names", "hear", "when", "near", "like", "keys", "never", "opens"}
)
_NOT_OURS: Final = frozenset({"as", "options"})
# What a rule that is not sure says counts for so many of the network's log odds: of 1 to 5, the one
# that held back most of the passes below.
_RULES: Final = 2.5
# The same where nothing was said before: most short sentences learned from are fine ones.
_RULE_ALONE: Final = 7.5
# How far the reader of meaning counts beside the network of words: they are not two strangers.
_MEANING: Final = 0.3
# How far the reader of pairs counts, and where nothing was said before the sentence.
_PAIR: Final = 1.0
_PAIR_ALONE: Final = 0.4
# From which probability on a sentence is held back, set by hand on the exams (cards/guard.md): what
# follows from the passes below is that of the first two readers.
_AT: Final[dict[Language, float]] = {"zh": 0.9, "en": 0.9}
# A sure rule holds back whatever the network thinks.
_SURE: Final = 99.0
# The newest passes by other hands: each is judged by networks that did not learn it, to set from
# where on a sentence is held back. The test passes are for measuring only.
TUNED_ON: Final = ("e", "f", "g")
# Passes that the network of words does not learn: it caught less with them. The reader of meaning
# learned all but the last.
_NOT_BY_WORDS: Final = ("h", "i")
_BY_PAIRS_ONLY: Final = ("i",)
# Written when the arrays were trained already: an exam until they are learned (cards/guard.md).
_NOT_YET: Final = ("m",)
# Kinds of harm that are harm only after what the person said.
HEARD: Final = frozenset(
    {"agrees_self_hatred", "agrees_harmful_plan", "validates_self_harm", "invented_memory"}
)
# Of fine sentences that look like harmful ones, so many may be held back; ordinary ones are
# further from harm.
ALLOWED: Final = 0.03


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence to judge. category: "fine" or a kind of harm. block: neighbouring lines of an
    author stay together. written: the author's pass."""

    text: str
    user: str
    category: str
    language: Language
    block: str
    written: str
    alone: bool = False


def sentences() -> list[Sentence]:
    """All sentences of the pairs and replies."""
    found: list[Sentence] = []
    for language in _LANGUAGES:
        for path in sorted(PAIRS.glob(f"{language}_*.jsonl")):
            written = path.stem.partition("_")[2]
            if written in _NOT_YET:
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
                row = json.loads(line)
                told = (row["user"], language, f"{path.stem}:{number // _BLOCK}", written)
                found += _of_reply(row["reply"], *told) if "reply" in row else _of_pair(row, *told)
    return found


def _of_pair(
    row: Mapping[str, Any], user: str, language: Language, block: str, written: str
) -> Iterator[Sentence]:
    """A harmful reply is learned whole, as nobody said which sentence of it is the harm; a fine one
    sentence by sentence, as it is judged."""
    told = (user, language, block, written)
    alone = bool(row["bad"]) and row["category"] not in HEARD
    if row["bad"]:
        yield _sentence(row["bad"], row["category"], *told, alone=alone)
    for one in sentences_of(row["good"]):
        yield _sentence(one, "fine", *told, alone=alone)


def _of_reply(
    reply: Sequence[Mapping[str, Any]], user: str, language: Language, block: str, written: str
) -> Iterator[Sentence]:
    """A reply marked sentence by sentence."""
    for one in reply:
        category = one["h"] or "fine"
        told = (user, language, block, written)
        yield _sentence(one["s"], category, *told, alone=category not in HEARD)


def ours() -> list[Sentence]:
    """One in so many of our own authored lines: what is said all night must pass."""
    found: list[Sentence] = []
    for language in _LANGUAGES:
        lines = bank(language)
        said = [
            (path, line)
            for path in lines.paths()
            if path[-1] not in _NOT_SAID and not _NOT_OURS & set(path)
            for line in lines.lines(*path)
        ]
        for path, line in said:
            if crc32(line.encode()) % _OURS == 0:
                text = slots_of(line)
                filled = line.format_map(dict.fromkeys(text, "…"))
                found.append(_sentence(filled, "fine", "", language, "/".join(path), "ours"))
    return found


def _sentence(
    text: str,
    category: str,
    user: str,
    language: Language,
    block: str,
    written: str,
    *,
    alone: bool = False,
) -> Sentence:
    return Sentence(plain(text), plain(user), category, language, block, written, alone)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--passes", type=int, default=_PASSES)
    given = parser.parse_args()
    torch.set_num_threads(1)
    clock = time.monotonic()
    known = [*sentences(), *ours()]
    names = sorted({one.category for one in known} - {"fine"})
    joined = _joined(known, names, given.passes)
    network = _network(known, names, given.passes)
    meaning = _meaning(known, names)
    pairs = _pairs(known, names)
    notes = {
        "categories": names,
        "joined": joined,
        "allowed": ALLOWED,
        "meaning": _MEANING,
        "pair": _PAIR,
        "pair_alone": _PAIR_ALONE,
        "rule_alone": _RULE_ALONE,
    }
    print(
        pack(network, meaning, pairs, notes, given.out),
        f"{time.monotonic() - clock:.0f} s",
        flush=True,
    )


@cache
def meant(user: str) -> NDArray[np.float32] | None:
    """The sentence vector of what a person said, encoded once."""
    return meaning(user)


def _pair(one: Sentence, names: Sequence[str]) -> Pair:
    category = 0 if one.category == "fine" else 1 + names.index(one.category)
    user = pieces_of(one.user).message[-MOST_PIECES:] if one.user else ()
    pieces = pieces_of(one.text).message[-MOST_PIECES:]
    return Pair(pieces, user, category, one.alone, meant(one.user))


def _network(known: Sequence[Sentence], names: Sequence[str], passes: int) -> GuardNetwork:
    pairs = [_pair(one, names) for one in known if one.written not in _NOT_BY_WORDS]
    return trained(pairs, len(names), passes=passes, seed=7)


def _meaning(known: Sequence[Sentence], names: Sequence[str]) -> MeaningNetwork:
    meant_by = [_meant(one, names) for one in known if one.written not in _BY_PAIRS_ONLY]
    return guard_meaning.trained(meant_by, len(names), seed=7)


def _pairs(known: Sequence[Sentence], names: Sequence[str]) -> PairNetwork:
    return guard_pair.trained([_answered(one, names) for one in known], len(names), seed=8)


def _answered(one: Sentence, names: Sequence[str]) -> Answered:
    category = 0 if one.category == "fine" else 1 + names.index(one.category)
    return Answered(one.text, one.user, category, one.alone)


def _meant(one: Sentence, names: Sequence[str]) -> Meant:
    category = 0 if one.category == "fine" else 1 + names.index(one.category)
    return Meant(one.text, one.user, category, one.alone)


def _joined(known: Sequence[Sentence], names: Sequence[str], passes: int) -> dict[str, Any]:
    """By language: the weights of (network, rules, 1), and the probability from which on a sentence
    is held back. Printed beside it: what the first two readers would hold back of passes that they
    did not learn."""
    judged: list[Sentence] = []
    sure: list[float] = []
    for held in TUNED_ON:
        others = [one for one in known if one.written != held]
        new = [one for one in known if one.written == held]
        by_words = logits(_network(others, names, passes), [_pair(one, names) for one in new])
        meant_by = [_meant(one, names) for one in new]
        by_meaning = guard_meaning.logits(_meaning(others, names), meant_by)
        scores = (by_words + _MEANING * by_meaning)[:, 0].tolist()
        judged += new
        sure += [score + _by_rules(one) for score, one in zip(scores, new, strict=True)]
    found: dict[str, Any] = {}
    for language in _LANGUAGES:
        rows = [row for row, one in enumerate(judged) if one.language == language]
        odds = np.array([sure[row] for row in rows])
        fine = np.array([judged[row].category == "fine" for row in rows])
        at = float(np.quantile(odds[fine], 1 - ALLOWED))
        print(f"{language}: held back {(odds[~fine] > at).mean():.3f} at {ALLOWED}", flush=True)
        found[language] = {"weights": [1.0, _RULES, 0.0], "at": _AT[language]}
    return found


def _by_rules(one: Sentence) -> float:
    hit = ruled(one.text, one.language, one.user)
    if hit is None:
        return 0.0
    return _SURE if hit.sure else _RULES


def pack(
    network: GuardNetwork,
    meaning: MeaningNetwork,
    pairs: PairNetwork,
    notes: dict[str, Any],
    folder: Path,
) -> str:
    """Write the arrays and their description; the hash."""

    def half(value: torch.Tensor) -> NDArray[np.float16]:
        return np.asarray(value.detach().numpy(), np.float16)

    parts: dict[str, NDArray[np.generic]] = {}
    parts |= {"inner_W": half(network.inner.weight.T), "inner_b": half(network.inner.bias)}
    for whose in ("sentence", "user"):
        for run in getattr(network, whose):
            width = run.kernel_size[0]
            flat = run.weight.permute(2, 1, 0).reshape(-1, run.weight.shape[0])
            parts |= {f"{whose}_W{width}": half(flat), f"{whose}_b{width}": half(run.bias)}
    parts |= {"hidden_W": half(network.hidden.weight.T), "hidden_b": half(network.hidden.bias)}
    for name in ("meant", "said_bears", "heard_bears"):
        layer = getattr(network, name)
        parts |= {f"{name}_W": half(layer.weight.T), f"{name}_b": half(layer.bias)}
    parts |= {"out_W": half(network.out.weight.T), "out_b": half(network.out.bias)}
    for name in ("said", "heard", "said_bears", "heard_bears", "hidden", "out"):
        layer = getattr(meaning, name)
        parts |= {f"{PREFIX}{name}_W": half(layer.weight.T), f"{PREFIX}{name}_b": half(layer.bias)}
    parts |= guard_pair.packed(pairs)
    content = zipped(parts)
    sha = hashlib.sha256(content).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NAME}.npz").write_bytes(content)
    text = {"format": FORMAT, "sha256": sha, "notes": notes}
    (folder / f"{NAME}.json").write_text(
        json.dumps(text, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return sha


if __name__ == "__main__":
    main()
