"""A person's export: everything that is kept of them, to read, to take along, to hand on.

One ZIP: index.html to read and print, data.json with everything (docs/privacy.md has the format),
a CSV file for each kind, and fhir/bundle.json for what other systems of care can read. It is made
in memory; a large one goes on into a file without a name, mode 0600, which is gone with whoever
reads it.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import translation

from qingting.companion.person import Person
from qingting.privacy import audit, fhir, labels
from qingting.privacy.audit import Action, By
from qingting.privacy.exporting_rest import rest_of
from qingting.privacy.keyring import Keyring
from qingting.privacy.ports import Exporter, Section, Table

FORMAT: Final = "qingting-export"
VERSION: Final = 1
# Larger ones leave the memory.
_IN_MEMORY: Final = 16 * 1024 * 1024
# What a spreadsheet would run as a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_LANGUAGES: Final = {"zh-Hans": "zh-hans", "zh-Hant": "zh-hant", "en": "en"}


@dataclass(frozen=True, slots=True)
class Made:
    """An export, ready to be sent. file: at its beginning; whoever takes it closes it."""

    file: IO[bytes]
    size: int
    at: datetime


class Exporting:
    """Makes exports.

    exporters: what each feature gives; what none speaks for is added row by row, so that nothing
    is left out. folder: where a large one grows; None leaves it to the system.
    """

    def __init__(
        self,
        keyring: Keyring,
        exporters: Sequence[Exporter],
        clock: Callable[[], datetime],
        folder: Path | None = None,
        in_memory: int = _IN_MEMORY,
    ) -> None:
        self.exporters = exporters
        self._keyring = keyring
        self._clock = clock
        self._folder = folder
        self._in_memory = in_memory

    def make(self, person: UUID, reader: Person) -> Made:
        """Everything that is kept of a person, in the reader's language and on their clock.

        Noted in the audit log before it is handed out. Raises KeyMissing, Unreadable when their
        key does not open, AuditFailed, DatabaseError, or OSError when there is no room.
        """
        with translation.override(_LANGUAGES[reader.script]):
            sections = self._sections(person, reader)
            now = self._clock()
            file: IO[bytes] = tempfile.SpooledTemporaryFile(  # noqa: SIM115  # handed on
                max_size=self._in_memory, dir=str(self._folder) if self._folder else None
            )
            try:
                _write(file, person, now, reader, sections)
                size = file.tell()
                file.seek(0)
                audit.record(Action.EXPORTED, by=By("person", str(person)), subject=person, now=now)
            except BaseException:
                file.close()
                raise
        return Made(file, size, now)

    def _sections(self, person: UUID, reader: Person) -> dict[str, Section]:
        seal = self._keyring.open(person)
        found = {one.name: one.section(person, seal, reader) for one in self.exporters}
        covered = frozenset[str]().union(*(one.covers for one in self.exporters))
        rest = rest_of(person, seal, covered)
        return {**found, "rest": rest} if rest is not None else found


def _write(
    file: IO[bytes], person: UUID, now: datetime, reader: Person, sections: Mapping[str, Section]
) -> None:
    resources = [one for section in sections.values() for one in section.resources]
    data = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": now.isoformat(),
        "language": reader.script,
        "person": str(person),
        # Of the whole file, before anybody reads a line of it.
        "contains_ai_generated": {
            "label": labels.ATTRIBUTE,
            "produced_by": labels.PRODUCT,
            "provider": labels.provider(),
        },
        **{name: section.data for name, section in sections.items()},
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:

        def put(name: str, text: str) -> None:
            entry = zipfile.ZipInfo(name, now.timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            packed.writestr(entry, text)

        put("index.html", _page(now, reader, sections.values()))
        put("data.json", _json(data))
        for section in sections.values():
            for table in section.tables:
                put(f"csv/{table.name}.csv", _csv(table))
        put("fhir/bundle.json", _json(fhir.bundle(person, now, resources)))


def _page(now: datetime, reader: Person, sections: Iterable[Section]) -> str:
    context = {
        "sections": list(sections),
        "made_at": now,
        "timezone": reader.timezone,
        "html_lang": reader.script,
        "generator": labels.generator(),
    }
    return render_to_string("people/export.html", context)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _csv(table: Table) -> str:
    written = io.StringIO()
    # A spreadsheet takes a file without this mark for something other than UTF-8.
    written.write("\N{BYTE ORDER MARK}")
    rows = csv.writer(written)
    rows.writerow(table.columns)
    rows.writerows([_cell(one) for one in row] for row in table.rows)
    return written.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
