"""qingting.env in the data folder: settings that `qingting init` wrote down. The environment goes
before it, so that a container or a service file stays in charge."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

NAME: Final = "qingting.env"
_FILE: Final = "_FILE"
# Where the file itself lies cannot stand in it.
_NOT_HERE: Final = frozenset({"QINGTING_DATA_DIR"})
_HEAD: Final = (
    "# Settings of this installation, one a line: NAME=value. Variables of the environment go\n"
    "# before it. docs/settings.md lists all.\n"
)


class BadFile(Exception):
    """A line cannot be read; says which, and nothing of its value, which may be a password."""


def read(folder: Path) -> dict[str, str]:
    """The settings of a data folder; none where there is no file. Raises BadFile."""
    path = folder / NAME
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise BadFile(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"{path}: is not text") from error
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, sign, value = line.partition("=")
        name = name.strip()
        if not sign or not name.startswith("QINGTING_") or name in _NOT_HERE:
            raise BadFile(f"{path}, line {number}: wants QINGTING_NAME=value")
        found[name] = value.strip()
    return found


def joined(environment: Mapping[str, str], written: Mapping[str, str]) -> dict[str, str]:
    """Both, the environment first. A variable set to nothing is not set; NAME and NAME_FILE are
    the same setting."""
    given = {name: value for name, value in environment.items() if value}
    here = {name.removesuffix(_FILE) for name in given}
    rest = {name: one for name, one in written.items() if name.removesuffix(_FILE) not in here}
    return {**rest, **given}


def write(folder: Path, settings: Mapping[str, str]) -> Path:
    """Write settings beside those that stand there, for nobody else to read; "" takes one away.
    Raises BadFile, OSError."""
    for name, value in settings.items():
        if "\n" in value or "\r" in value:
            raise BadFile(f"{name} must be one line")
    kept = {name: one for name, one in {**read(folder), **settings}.items() if one}
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / NAME
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(_HEAD + "".join(f"{name}={one}\n" for name, one in kept.items()))
    beside.replace(path)
    return path
