"""The shipped numbers: what they hold, and that nothing damaged is ever read."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import fields
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qingting.companion.understand.learned.arrays import (
    FILES,
    FORMAT,
    NAME,
    Arrays,
    ArraysError,
    read,
    shipped,
)
from qingting.companion.understand.learned.encoder import MODEL_ID, PARTS
from qingting.companion.understand.learned.extras import WIDTH
from qingting.companion.understand.learned.grams import BUCKETS
from qingting.companion.understand.reading import DISTORTIONS, FEELINGS, KINDS

MODELS = Path(str(resources.files("qingting.content") / "models"))
Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the shipped files that may be spoiled."""
    for name in (f"{NAME}.json", *(f"{name}.npz" for name in FILES)):
        (tmp_path / name).write_bytes((MODELS / name).read_bytes())
    return tmp_path


def describe(folder: Path, change: Change) -> None:
    path = folder / f"{NAME}.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    change(described)
    path.write_text(json.dumps(described), encoding="utf-8")


def repack(folder: Path, name: str, change: Change) -> None:
    """Another file of arrays, with its own hash in the description."""
    with np.load(folder / f"{name}.npz") as kept:
        parts: dict[str, Any] = dict(kept)
    change(parts)
    whole = io.BytesIO()
    np.savez(whole, allow_pickle=True, **parts)
    (folder / f"{name}.npz").write_bytes(whole.getvalue())
    told = hashlib.sha256(whole.getvalue()).hexdigest()
    describe(folder, lambda described: described["sha256"].update({name: told}))


def test_the_shipped_heads_answer_in_our_labels() -> None:
    heads = shipped().heads
    assert heads["risk"].labels == ("moderate", "high", "imminent", "other")
    assert heads["kinds"].labels == KINDS
    assert heads["feelings"].labels == FEELINGS
    assert heads["distortions"].labels == DISTORTIONS
    assert len(heads["goemotions"].labels) == 28
    assert set(heads["brighter_zh"].labels) - set(heads["brighter_en"].labels) == {"disgust"}


def test_every_column_belongs_to_one_label() -> None:
    arrays = shipped()
    first = 0
    for head in arrays.heads.values():
        assert head.columns == slice(first, first + len(head.labels))
        first = head.columns.stop
    assert arrays.letters.shape == (BUCKETS, first)
    # The network's own columns come first; a head trained apart stands in its place or after them.
    own = arrays.trunk["out_W"].shape[1]
    for name, head in arrays.heads.items():
        assert f"{name}.hidden" in arrays.trunk or head.columns.stop <= own, name


def test_every_label_has_its_weights_and_a_threshold_that_can_be_passed() -> None:
    for name, head in shipped().heads.items():
        count = len(head.labels)
        assert (head.both.shape, head.alone.shape) == ((3, count), (2, count)), name
        assert head.asked.shape == (WIDTH, count), name
        for at in head.thresholds.values():
            assert at.shape == (count,), name
            assert ((at > 0) & (at < 1)).all(), name


def test_all_numbers_are_numbers() -> None:
    arrays = shipped()
    assert arrays.encoder == MODEL_ID
    assert set(arrays.words) == set(PARTS)
    loose = [arrays.weigh, arrays.letters_scale, *arrays.words.values(), *arrays.trunk.values()]
    assert all(np.isfinite(part).all() for part in loose)
    assert all(
        np.isfinite(part).all()
        for head in arrays.heads.values()
        for part in (head.both, head.alone, head.asked)
    )


def test_a_copy_reads_as_the_original(copied: Path) -> None:
    first, second = shipped(), read(copied)
    for field in fields(Arrays):
        if field.name in ("weigh", "letters", "letters_scale"):
            assert (getattr(first, field.name) == getattr(second, field.name)).all()
    assert list(first.heads) == list(second.heads)


@pytest.mark.parametrize("name", FILES)
def test_changed_arrays_are_refused(copied: Path, name: str) -> None:
    path = copied / f"{name}.npz"
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(bytes(whole))
    with pytest.raises(ArraysError, match=f"{name}.npz is not the file"):
        read(copied)


@pytest.mark.parametrize("name", FILES)
def test_half_copied_arrays_are_refused(copied: Path, name: str) -> None:
    path = copied / f"{name}.npz"
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(ArraysError, match="not the file"):
        read(copied)


@pytest.mark.parametrize("name", [f"{NAME}.json", *(f"{name}.npz" for name in FILES)])
def test_a_missing_file_is_said_plainly(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ArraysError, match="no trained arrays"):
        read(copied)


@pytest.mark.parametrize("other", [1, FORMAT + 1, None, str(FORMAT)])
def test_another_format_is_refused(copied: Path, other: object) -> None:
    describe(copied, lambda described: described.update(format=other))
    with pytest.raises(ArraysError, match="format"):
        read(copied)


@pytest.mark.parametrize("content", [b"", b'{"format": 2, "enc', b"[]", b"\xff\xfe"])
def test_a_half_copied_description_is_refused(copied: Path, content: bytes) -> None:
    (copied / f"{NAME}.json").write_bytes(content)
    with pytest.raises(ArraysError):
        read(copied)


@pytest.mark.parametrize("key", ["sha256", "encoder", "heads"])
def test_a_description_without_a_part_is_refused(copied: Path, key: str) -> None:
    describe(copied, lambda described: described.pop(key))
    with pytest.raises(ArraysError):
        read(copied)


def test_arrays_without_a_part_are_refused(copied: Path) -> None:
    repack(copied, "heads", lambda parts: parts.pop("risk.both"))
    with pytest.raises(ArraysError):
        read(copied)


def test_nothing_pickled_is_ever_opened(copied: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[Any, ...]:
            return (Path.touch, (copied / "opened",))

    bad = np.array([Trap()], dtype=object)
    repack(copied, "heads", lambda parts: parts.update({"risk.both": bad}))
    with pytest.raises(ArraysError):
        read(copied)
    assert not (copied / "opened").exists()
