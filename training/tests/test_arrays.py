import json
from pathlib import Path

import pytest

pytest.importorskip("numpy")
from qingting.companion.understand.learned.arrays import NAME, ArraysError, read, shipped
from training.pack import FOLDER

made = pytest.mark.skipif(
    not (FOLDER / f"{NAME}.npz").is_file(), reason="nothing is trained here: python -m training.run"
)


def copied(folder: Path) -> Path:
    for ending in ("json", "npz"):
        (folder / f"{NAME}.{ending}").write_bytes((FOLDER / f"{NAME}.{ending}").read_bytes())
    return folder


@made
def test_the_shipped_arrays_fit_their_description() -> None:
    arrays = shipped()
    assert {"risk", "kinds", "feelings", "goemotions"} <= set(arrays.heads)
    last = max(head.columns.stop for head in arrays.heads.values())
    assert arrays.letters.shape[1] == arrays.out.shape[1] == last


@made
def test_changed_arrays_are_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    path = folder / f"{NAME}.npz"
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(bytes(whole))
    with pytest.raises(ArraysError, match="not the file"):
        read(folder)


@made
def test_another_format_is_refused(tmp_path: Path) -> None:
    path = copied(tmp_path) / f"{NAME}.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 99}))
    with pytest.raises(ArraysError, match="format"):
        read(tmp_path)


def test_missing_arrays_are_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(ArraysError, match="no trained arrays"):
        read(tmp_path)
