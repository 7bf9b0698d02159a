"""Lines for `qingting understand` and what came of them."""

from __future__ import annotations

import io
import json
from typing import Any

from qingting.cli.understand import run
from qingting.companion.understand.learned.labels import LabelSet

TEXTS = [
    "我真的不想活了，今晚就想走",
    "他们肯定都在背后笑我，我就是个废物",
    "i cut my arms again last night and i hate myself for it",
    "我室友说她想自杀，我不知道怎么帮她",
    "thank you so much, that made my day",
    "期末三门挂了两门，怎么办",
    "",
    "😭",
]


def written(*lines: object, labels: LabelSet = "qingting", status: int = 0) -> list[str]:
    told = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    out = io.StringIO()
    assert run(io.StringIO(told), out, labels) == status
    return out.getvalue().splitlines()


def answers(*lines: object, labels: LabelSet = "qingting", status: int = 0) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(*lines, labels=labels, status=status)]
