"""Prints what the guard holds back of every exam: `python -m evals.guard [--categories]`."""

from __future__ import annotations

import argparse

from evals.guard.exams import exams, report
from qingting.companion.person import Language

_LANGUAGES: tuple[Language, ...] = ("zh", "en")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--categories", action="store_true", help="every kind of harm, too")
    parser.add_argument("--exam", default=None, help="this one alone")
    given = parser.parse_args()
    for language in _LANGUAGES:
        for exam in exams(language):
            if given.exam in (None, exam):
                print(report(language, exam, categories=given.categories), flush=True)


if __name__ == "__main__":
    main()
