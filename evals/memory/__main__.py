"""Prints how well it remembers: `python -m evals.memory [--show] [--locomo locomo10.json]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from evals.memory import extraction, locomo, retrieval, talks
from qingting.companion.person import Language

_LANGUAGES: tuple[Language, ...] = ("zh", "en")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="every mistake of finding, too")
    parser.add_argument("--locomo", type=Path, default=None, help="data file of LoCoMo")
    given = parser.parse_args()
    print("Found in held-out dialogues")
    for language in _LANGUAGES:
        print(extraction.report(language, show=given.show), flush=True)
        if told := talks.report(language):
            print(told, flush=True)
    print("Comes to mind")
    for language in _LANGUAGES:
        print(retrieval.report(language), flush=True)
    if given.locomo is not None:
        print(locomo.report(given.locomo))


if __name__ == "__main__":
    main()
