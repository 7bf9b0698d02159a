"""Which fields a file has: names, kinds of value, what may stand in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from qingting.content_check.finding import Finding
from qingting.content_check.folder import Document, tables
from qingting.content_check.places import Path

Kind = Literal[
    "text", "maybe_empty", "lines", "number", "numbers", "yes_no", "names", "day", "table", "tables"
]


@dataclass(frozen=True, slots=True)
class Field:
    """One field. among: the values that may stand in it; empty means any. inside: the fields of
    its table or tables; None means that they are looked at elsewhere."""

    kind: Kind
    required: bool = True
    among: tuple[str, ...] = ()
    inside: Mapping[str, Field] | None = None


Spec = Mapping[str, Field]


def against(
    document: Document, spec: Spec, table: Mapping[str, Any] | None = None, place: Path = ()
) -> Iterator[Finding]:
    """What a table has that it must not, lacks, or has in the wrong kind."""
    table = document.data if table is None else table
    for key in table.keys() - spec.keys():
        yield document.found("unknown_field", (*place, key), field=key, allowed=named(spec))
    for key, one in spec.items():
        if key in table:
            yield from _value(document, one, table[key], (*place, key))
        elif one.required:
            yield document.found("missing_field", place, field=key)


def _value(document: Document, one: Field, value: Any, place: Path) -> Iterator[Finding]:
    key = str(place[-1])
    if not _is(one.kind, value):
        kind = one.kind.replace("maybe_empty", "text")
        yield document.found(f"not_{kind}", place, field=key)
        return
    if one.kind in ("text", "lines") and not value:
        yield document.found("empty", place, field=key)
    given = [value] if one.kind == "text" else value if one.kind == "names" else []
    for name in given:
        if one.among and name not in one.among:
            allowed = named(one.among)
            yield document.found("not_among", place, field=key, value=name, allowed=allowed)
    if one.kind == "table" and one.inside is not None:
        yield from against(document, one.inside, value, place)
    if one.kind == "tables" and one.inside is not None:
        for number, table in tables(value):
            yield from against(document, one.inside, table, (*place, number))


def _is(kind: Kind, value: Any) -> bool:
    if isinstance(value, list):
        wanted = _IN_LISTS.get(kind)
        return wanted is not None and all(type(one) is wanted for one in value)
    return type(value) is _ALONE.get(kind)


_IN_LISTS: Final[Mapping[Kind, type]] = {
    "lines": str,
    "names": str,
    "numbers": int,
    "tables": dict,
}
_ALONE: Final[Mapping[Kind, type]] = {
    "text": str,
    "maybe_empty": str,
    "number": int,
    "yes_no": bool,
    "day": date,
    "table": dict,
}


def named(names: Collection[str]) -> str:
    """Names in a row."""
    return ", ".join(names)
