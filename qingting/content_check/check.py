"""All checks of a folder of content, or of one file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from qingting.companion.words.bank import ContentError, read_toml
from qingting.content_check import (
    banned,
    dates,
    exercises,
    fields,
    instruments,
    library,
    lines_and_services,
    numbers,
    parity,
    policies,
    questions,
    reading_level,
    repeated,
    voices,
    wording,
)
from qingting.content_check.finding import Finding
from qingting.content_check.folder import LANGUAGES, Document, Folder, read, root_of, unreadable

CHECKS = (
    fields.check,
    exercises.check,
    voices.check,
    lines_and_services.check,
    instruments.check,
    parity.check,
    policies.check,
    wording.length,
    wording.slots,
    wording.marks,
    questions.check,
    banned.check,
    numbers.check,
    repeated.check,
    reading_level.check,
)


class NoContent(Exception):
    """What was given to be checked is neither content nor a file that an operator brings."""


def findings(path: Path, today: date) -> list[Finding]:
    """What is wrong at a path, in the order of files and lines.

    path: a content folder, a folder or file in one, an institution's file of its own help, or a
    text for a questionnaire that an operator brings.
    Of a file, what concerns its other language and its steps or words is told too. Raises
    NoContent.
    """
    root = root_of(path)
    if root is None:
        return _sorted(_brought(path, today))
    folder = read(root)
    within = path.resolve().relative_to(root).as_posix()
    return [one for one in _sorted(of(folder, today)) if within == "." or _concerns(one, within)]


def of(folder: Folder, today: date) -> list[Finding]:
    """Every finding of a folder."""
    found = [one for check in CHECKS for one in check(folder)]
    return [*folder.broken, *found, *dates.check(folder, today), *library.check(folder, today)]


def _sorted(found: Iterable[Finding]) -> list[Finding]:
    return sorted(found, key=lambda one: (one.file, one.line, one.code))


def _concerns(finding: Finding, within: str) -> bool:
    """Whether a finding is about a file or folder, in either language."""
    # A line that is said twice is about both its places.
    places = [finding.file, str(finding.values.get("where", "")).partition(":")[0]]
    if within not in LANGUAGES:
        places, within = [_common(one) for one in places], _common(within)
    return any(one == within or one.startswith(f"{within}/") for one in places)


def _common(name: str) -> str:
    """A name without its language."""
    first, _, rest = name.partition("/")
    return rest if first in LANGUAGES and rest else name


def _brought(path: Path, today: date) -> list[Finding]:
    if not path.is_file() or path.suffix != ".toml":
        raise NoContent
    try:
        document = Document(path.name, path.read_text(encoding="utf-8"), read_toml(path))
    except (ContentError, UnicodeDecodeError) as error:
        if isinstance(error, ContentError):
            return [unreadable(path.name, error)]
        raise NoContent from error
    if "instrument" in document.data:
        return list(instruments.operators(document))
    if "resource" not in document.data:
        raise NoContent
    return [*lines_and_services.institution(path, document), *dates.of(document, today)]
