"""Prints how well messages are understood: `python -m evals.understand [--data ../shared/data]`.

Without --data: the authored held-out lines, which are part of the repository. With it: the public
sets too (ten minutes or so, needs the "train" extra).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from evals.understand import distortions, held_feelings
from evals.understand.authored import danger


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=None, help="folder of the public sets")
    given = parser.parse_args()
    for written in ("v", "u", "t", "h"):
        print(danger(written), flush=True)
    print(held_feelings.held())
    print(distortions.held())
    if given.data is not None:
        _public(given.data)


def _public(data: Path) -> None:
    from evals.understand import feelings, risk_folds

    print(feelings.goemotions(data), flush=True)
    for language in ("zh", "en"):
        print(feelings.brighter(data, language), flush=True)
    print(risk_folds.psysuicide(data), flush=True)
    print(risk_folds.cssrs(data), flush=True)


if __name__ == "__main__":
    main()
