"""Read a pack from its file: content/policies/<id>.toml, or an operator's own of the same shape."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, get_args

from qingting.policy.packs.controls import CONTROLS
from qingting.policy.packs.pack import Confidence, Pack, Source, State, Statement, Who

_WHO: Final = get_args(Who)
_STATES: Final = get_args(State)
_CONFIDENCE: Final = get_args(Confidence)


class PackError(Exception):
    """A pack cannot be used; says which, where in it, and what is wrong."""


def read_pack(text: str, where: str) -> Pack:
    """A pack from TOML. where: the name of the file, for messages. Raises PackError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{where}: {error}") from error
    try:
        pack_id = str(data["id"])
        return Pack(
            id=pack_id,
            names={str(key): str(value) for key, value in data["name"].items()},
            places=tuple(str(one) for one in data.get("places", ())),
            within=tuple(str(one) for one in data.get("within", ())),
            verified_on=_day(data["verified_on"], where),
            sources=tuple(
                Source(str(one["ref"]), str(one["title"]), str(one.get("url", "")))
                for one in data.get("source", ())
            ),
            statements=tuple(
                _statement(one, pack_id, f"{where}, control {number}")
                for number, one in enumerate(data.get("control", ()), start=1)
            ),
        )
    except KeyError as error:
        raise PackError(f"{where}: {error.args[0]} is missing") from error


def _statement(data: Mapping[str, Any], pack: str, where: str) -> Statement:
    key = str(data["key"])
    control = CONTROLS.get(key)
    if control is None:
        raise PackError(f"{where}: there is no control {key!r} (docs/policy.md lists all)")
    value = data["value"]
    if not control.kind.accepts(value):
        raise PackError(f"{where}: {key} must be {control.kind.name}; it is {value!r}")
    who, state, sure = data.get("who", "all"), data["state"], data["confidence"]
    for word, known in ((who, _WHO), (state, _STATES), (sure, _CONFIDENCE)):
        if word not in known:
            raise PackError(f"{where}: {word!r} is not one of {', '.join(known)}")
    since = data.get("since")
    if state == "future" and since is None:
        raise PackError(f"{where}: what is to come needs its day (since)")
    return Statement(
        pack=pack,
        control=key,
        who=who,
        value=value,
        state=state,
        since=None if since is None else _day(since, where),
        ref=str(data["ref"]),
        confidence=sure,
    )


def _day(value: Any, where: str) -> date:
    if not isinstance(value, date):
        raise PackError(f"{where}: {value!r} is not a day such as 2026-07-15")
    return value
