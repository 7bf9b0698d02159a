"""The help an institution has of its own: its counselling centre, night duty, security office and
hospital. All four must be filled in, for a slot left empty is found empty at three in the morning.

The file is one more file of lines and services (content/resources), written by the operator and
named in QINGTING_INSTITUTION; docs/institution.md has an example.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from importlib.resources.abc import Traversable
from typing import Final

from qingting.companion.protect.resource import Resource, ResourceKind
from qingting.companion.protect.resource_files import ResourceError, read_place
from qingting.companion.protect.resources import Directory, use

SLOTS: Final[tuple[ResourceKind, ...]] = ("night_duty", "centre", "security", "campus_hospital")
# Who is there to listen; security and hospital are for when somebody has to come or be seen.
_LISTENING: Final[tuple[ResourceKind, ...]] = ("centre", "night_duty")


def use_institution(file: Traversable) -> None:
    """Put the institution's help before that of its country, for this process. Raises
    ResourceError naming the file and what is missing or wrong in it."""
    use(with_institution(Directory.read_shipped(), file))


def with_institution(directory: Directory, file: Traversable) -> Directory:
    """The directory with the institution's help first in its country. Raises ResourceError."""
    try:
        own = read_place(file, named=False)
    except OSError as error:
        raise ResourceError(f"{file.name}: {error.strerror}") from error
    missing = [slot for slot in SLOTS if not any(one.kind == slot for one in own.resources)]
    if missing:
        raise ResourceError(f"{file.name}: nothing of kind {', '.join(missing)}")
    other = [one.id for one in own.resources if one.kind not in SLOTS]
    if other:
        raise ResourceError(f"{file.name}: {', '.join(other)} is of none of the kinds {SLOTS}")
    if not any(place.country == own.country for place in directory.files):
        raise ResourceError(f"{file.name}: no country {own.country}")
    return Directory(
        tuple(
            replace(place, resources=(*own.resources, *place.resources))
            if place.country == own.country
            else place
            for place in directory.files
        )
    )


def on_duty_now(resources: Iterable[Resource], now: datetime) -> Resource | None:
    """Somebody of the institution who listens and surely is there now; None when nobody is."""
    for slot in _LISTENING:
        for one in resources:
            if one.kind == slot and one.number is not None and one.open_now(now):
                return one
    return None
