"""Prints how well messages are understood; see evals/understand/README in training/cards."""

from __future__ import annotations

from evals.understand.authored import danger
from evals.understand.readers import readers


def main() -> None:
    """The command."""
    print(danger(readers()))


if __name__ == "__main__":
    main()
