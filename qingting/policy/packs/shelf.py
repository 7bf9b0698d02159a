"""The packs that are shipped, and an operator's own beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from qingting.policy.packs.pack import Pack
from qingting.policy.packs.reading import PackError, read_pack

DEFAULT: Final = "default"
# Files of the folder that are no packs.
_WORDS: Final = frozenset({"words.toml"})


@cache
def shipped() -> Mapping[str, Pack]:
    """Every pack of content/policies by its id. Raises PackError."""
    packs: dict[str, Pack] = {}
    folder = resources.files("qingting.content") / "policies"
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if not file.name.endswith(".toml") or file.name in _WORDS:
            continue
        pack = read_pack(file.read_text(encoding="utf-8"), file.name)
        if pack.id in packs:
            raise PackError(f"{file.name}: there are two packs {pack.id}")
        packs[pack.id] = pack
    return packs


def own_pack(path: Path) -> Pack:
    """An operator's own. Raises PackError, also when the file cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{path}: cannot be read ({type(error).__name__})") from error
    return read_pack(text, path.name)


def with_those_around(ids: Iterable[str], known: Mapping[str, Pack]) -> tuple[Pack, ...]:
    """The packs of these ids and every pack they lie within, each once, the widest first. Raises
    PackError for an id that is none."""
    chosen: dict[str, Pack] = {}
    for one in ids:
        if one not in known:
            raise PackError(
                f"there is no policy pack {one!r}; there are {', '.join(sorted(known))}"
            )
        for around in with_those_around(known[one].within, known):
            chosen.setdefault(around.id, around)
        chosen.setdefault(one, known[one])
    return tuple(chosen.values())


def of_place(place: str, known: Mapping[str, Pack]) -> str | None:
    """Id of the pack of a country; None where there is none."""
    place = place.strip().upper()
    return next((pack.id for pack in known.values() if place in pack.places), None)
