"""How danger is joined where two models read it: `python -m training.two --zh 0.68 --en 0.74`.

Written into the description of the first model: what the rules count for is the mean of what they
count for in either, the threshold of "moderate" is given, that of
"low" is the first's, down to a twentieth, the others stand as in the first. Run it
after either model was trained anew; training/cards/risk.md says what the thresholds rest on.
"""

from __future__ import annotations

import argparse
import json
import math
from typing import Any

from qingting.companion.understand.learned.arrays import NAME, SECOND
from qingting.companion.understand.learned.scoring import TWO
from training.pack import FOLDER


def joined(first: dict[str, Any], second: dict[str, Any], at: dict[str, float]) -> dict[str, Any]:
    """The joining of two, from those of each with a network. at: "moderate" by language."""
    ruled = {
        level: [
            round((one + two) / 2, 3)
            for one, two in zip(counts, second["ruled"][level], strict=True)
        ]
        for level, counts in first["ruled"].items()
    }
    levels = {
        language: [math.floor(least[0] * 20) / 20, at[language], *least[2:]]
        for language, least in first["at"].items()
    }
    return {"ruled": ruled, "at": levels}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    for language in ("zh", "en"):
        parser.add_argument(f"--{language}", type=float, required=True)
    given = parser.parse_args()
    path = FOLDER / f"{NAME}.json"
    first = json.loads(path.read_text(encoding="utf-8"))
    second = json.loads((FOLDER / SECOND / f"{NAME}.json").read_text(encoding="utf-8"))
    risk = first["notes"]["risk"]
    both = second["notes"]["risk"]["both"]
    risk[TWO] = joined(risk["both"], both, {"zh": given.zh, "en": given.en})
    path.write_text(json.dumps(first, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
