"""docs/settings.md, written from the settings themselves:

python -m tests.site.settings_page
"""

from __future__ import annotations

from dataclasses import Field, fields
from pathlib import Path
from typing import Any, Final

from qingting.site.config import Config

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "settings.md"
_TOP: Final = """# Settings

Each setting is an environment variable. None is needed: without any, Qingting keeps everything in
one folder, answers on this machine only, and words its replies itself.

A secret may come from a file instead: set the variable with `_FILE` after its name to the file's
path. A path that cannot be read stops the start. A variable set to nothing counts as not set.

The same settings may stand in `qingting.env` in the data folder, one `QINGTING_NAME=value` a line;
`qingting init` writes it. A variable of the environment goes before the file, and a line that
cannot be read stops the start. `QINGTING_DATA_DIR` itself cannot stand there.

`qingting doctor` tells what is configured, what works, and what to do next.

| variable | default | what it is |
|---|---|---|
"""
_BOTTOM: Final = """
`DEEPSEEK_API_KEY` (or `DEEPSEEK_API_KEY_FILE`) is read where `QINGTING_DEEPSEEK_KEY` is not set.

The address and port to listen at are given to the command: `qingting serve --host 127.0.0.1
--port 8000`.

This page is written by `python -m tests.site.settings_page` from `qingting/site/config.py`; a test
holds the two together.
"""


def variable(one: Field[Any]) -> str:
    """The environment variable of a field."""
    return f"QINGTING_{one.name.upper()}"


def row(one: Field[Any]) -> str:
    """One line of the table."""
    name = f"`{variable(one)}`"
    if one.metadata["secret"]:
        name += f" (or `{variable(one)}_FILE`)"
    default = f"`{one.default}`" if str(one.default) else "empty"
    says = one.metadata["says"].replace("|", "\\|")
    return f"| {name} | {default} | {says} |"


def page() -> str:
    """The whole page."""
    return _TOP + "\n".join(map(row, fields(Config))) + "\n" + _BOTTOM


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
