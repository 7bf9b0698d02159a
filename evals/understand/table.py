"""Plain tables, the same on a screen and in a card."""

from __future__ import annotations

from collections.abc import Sequence

Row = Sequence[object]


def table(title: str, head: Sequence[str], rows: Sequence[Row]) -> str:
    """A Markdown table with its title. Numbers are shown to three places."""
    lines = [f"### {title}", "", _line(head), _line(["---"] * len(head))]
    lines += [_line([_shown(cell) for cell in row]) for row in rows]
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _shown(cell: object) -> str:
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)
