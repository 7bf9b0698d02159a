"""What the heads cost beside one encode of the same message, in the same run, on one core."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

from evals.understand.table import table
from qingting.companion.understand import risk as rules
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.feelings import feelings_of
from qingting.companion.understand.normalise import views
from training import learned
from training.learned.embedder import load_embedder
from training.learned.join import joined
from training.learned.model import Asked, Learned
from training.learned.views import plain_view

_SHORT = (
    "我觉得我快撑不住了，今天又被老师当着全班骂",
    "室友打呼我睡不着，明天还要考试，烦死了",
    "i think i'm falling apart and nobody around me notices",
    "my boss is killing me with these deadlines lol",
)
_LONG = "今天先去食堂，遇到同学聊了一会，然后去图书馆坐到晚上。" * 12
_ROUNDS = 60


def measured() -> str:
    """Milliseconds of processor time, medians over rounds."""
    model, embedder = learned.load(), load_embedder()
    if model is None or embedder is None:
        return "Speed is not measured: the heads or the encoder are not here.\n"
    encode = _per_message(lambda text: embedder.vectors([plain_view(text)]))
    parts: list[tuple[str, Callable[[str], object]]] = [
        ("rules and feelings by words", _rules),
        ("all heads, encode included", lambda text: _heads(model, text)),
        ("everything", lambda text: _everything(model, text)),
    ]
    rows: list[list[object]] = [["one encode", encode, 1.0]]
    for name, read in parts:
        took = _per_message(read)
        rows.append([name, took, took / encode])
    long_encode = _once(lambda text: embedder.vectors([text[:128]]), _LONG)
    rows.append(
        [f"everything, {len(_LONG)} letters", _once(lambda t: _everything(model, t), _LONG), ""]
    )
    rows.append(["one encode of 128 letters", long_encode, ""])
    batch = list(_SHORT) * 50
    began = time.process_time()
    for sketch in model.sketches([Asked(plain_view(text)) for text in batch]):
        model.risk(sketch, "zh")
        model.feelings(sketch)
    rate = len(batch) / (time.process_time() - began)
    shown = table("Speed, one core", ["what", "ms a message", "x one encode"], rows)
    return shown + f"\nHeads in batches: {rate:.0f} messages a second.\n"


def _rules(text: str) -> None:
    clean = cleaned(text)
    feelings_of(clean)
    rules.read(views(clean), ())


def _heads(model: Learned, text: str) -> None:
    view = views(cleaned(text))[-1]
    sketch = model.sketch(Asked(view.text))
    model.feelings(sketch)
    model.risk(sketch, "zh")
    model.distortions(sketch, view)


def _everything(model: Learned, text: str) -> None:
    clean = cleaned(text)
    feelings_of(clean)
    seen = views(clean)
    said = rules.read(seen, ())
    sketch = model.sketch(Asked(seen[-1].text))
    model.feelings(sketch)
    joined(said, model.risk(sketch, "zh"))
    model.distortions(sketch, seen[-1])


def _per_message(read: Callable[[str], object]) -> float:
    return sum(_once(read, text) for text in _SHORT) / len(_SHORT)


def _once(read: Callable[[str], object], text: str) -> float:
    took = []
    for _ in range(_ROUNDS):
        began = time.process_time()
        read(text)
        took.append((time.process_time() - began) * 1000)
    return median(took)
